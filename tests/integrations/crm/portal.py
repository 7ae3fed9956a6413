"""The records of a small HubSpot account: what may be read, searched and created, and the answers.

See :mod:`tests.integrations.crm.hubspot` for the documents that it follows.
"""

import html
import re
from dataclasses import dataclass, field
from typing import Any

OBJECTS: dict[str, frozenset[str]] = {
    "deals": frozenset(
        (
            "dealname amount dealstage pipeline closedate hubspot_owner_id hs_lastmodifieddate "
            "createdate hs_object_id deal_currency_code"
        ).split()
    ),
    "companies": frozenset("name domain hs_lastmodifieddate hs_object_id".split()),
    "contacts": frozenset("firstname lastname email lastmodifieddate hs_object_id".split()),
    "notes": frozenset("hs_timestamp hs_note_body hs_lastmodifieddate hs_object_id".split()),
}
SCOPES = {
    "deals": "crm.objects.deals.read",
    "companies": "crm.objects.companies.read",
    "contacts": "crm.objects.contacts.read",
    "notes": "crm.objects.contacts.read",
    "owners": "crm.objects.owners.read",
    "write": "crm.objects.contacts.write",
}
TYPES: dict[tuple[str, str], dict[int, str | None]] = {
    ("deals", "companies"): {5: "Primary", 341: None},
    ("deals", "contacts"): {3: None},
    ("deals", "notes"): {213: None},
}
"""The numbers of HubSpot's own kinds of associations, with their labels."""
NOTE_TO_DEAL = 214
LONGEST_NOTE = 65_536
PAGE = 100
NOON = "2026-11-23T12:00:00.000Z"
PROPOSAL, WON = "1072334910", "1072334911"
STAGES = (
    (PROPOSAL, "Proposal sent", "0.4", "false"),
    (WON, "Signed", "1.0", "true"),
    ("1072334912", "Gone", "0.0", "true"),
)


class Refused(Exception):
    """What HubSpot answers: a status, its own category, and a sentence."""

    def __init__(self, status: int, category: str, message: str, *scopes: str) -> None:
        super().__init__(message)
        self.status, self.category, self.scopes = status, category, scopes


def wrong(message: str) -> Refused:
    return Refused(400, "VALIDATION_ERROR", message)


@dataclass
class Portal:
    """Its records. ``several_currencies``: its deals say in which currency they are.

    ``hidden`` properties are not there for our key, ``lacking`` scopes neither; ``loses``
    keeps what is created and breaks the connection's answer, so many times.
    """

    number: int = 4471123
    several_currencies: bool = True
    currency: str = "USD"
    zone: str = "US/Eastern"
    loses: int = 0
    page: int = PAGE
    hidden: set[str] = field(default_factory=set)
    lacking: set[str] = field(default_factory=set)
    records: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    broken: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What is said of a record, or of an owner or stage, in the place of what is so; by its id."""
    beside: list[tuple[str, str, str, int]] = field(default_factory=list)
    """Deal, kind, record, and the type of the association."""
    _next: int = 18_000_000_001

    def keep(self, kind: str, *, at: str = NOON, **properties: str | None) -> str:
        """Store a record as if somebody had entered it there; return its id."""
        unknown = properties.keys() - self.properties(kind)
        assert not unknown, unknown
        number = str(self._next)
        self._next += 1
        modified = "lastmodifieddate" if kind == "contacts" else "hs_lastmodifieddate"
        own = {"hs_object_id": number, modified: at}
        self.records.setdefault(kind, {})[number] = {**own, **properties}
        return number

    def owner(self, email: str) -> str:
        number = str(len(self.owners) + 61_001)
        self.owners[number] = email
        return number

    def associate(self, deal: str, kind: str, number: str, type_id: int) -> None:
        assert type_id in TYPES[("deals", kind)], "HubSpot has no such association"
        self.beside.append((deal, kind, number, type_id))

    def bodies(self, deal: str) -> list[str]:
        """The notes on a deal, oldest first, as HTML."""
        notes = self.records.get("notes", {})
        found = [each for of, kind, each, _ in self.beside if (of, kind) == (deal, "notes")]
        return [str(notes[each]["hs_note_body"]) for each in found]

    def properties(self, kind: str) -> frozenset[str]:
        gone = self.hidden | (set() if self.several_currencies else {"deal_currency_code"})
        return OBJECTS[kind] - gone

    def needs(self, what: str) -> None:
        if SCOPES[what] in self.lacking:
            raise Refused(403, "MISSING_SCOPES", "This app lacks scopes.", SCOPES[what])

    def shown(self, kind: str, number: str, wanted: list[str]) -> dict[str, Any]:
        """A record in the shape of SimplePublicObject; what has no value is null."""
        record = self.records[kind][number]
        strange = set(wanted) - OBJECTS[kind]
        assert not strange, f"no such properties of {kind}: {strange}"
        always = {"hs_object_id", *(each for each in record if each.endswith("lastmodifieddate"))}
        names = (set(wanted) | always) & self.properties(kind)
        modified = next(record[each] for each in record if each.endswith("lastmodifieddate"))
        return {
            "id": number,
            "properties": {each: record.get(each) for each in sorted(names)},
            "createdAt": "2026-10-01T08:00:00.000Z",
            "updatedAt": modified,
            "archived": False,
            "url": f"https://app.hubspot.com/contacts/{self.number}/record/0-3/{number}",
            **self.broken.get(number, {}),
        }

    def account(self) -> dict[str, Any]:
        return {
            "portalId": self.number,
            "accountType": "STANDARD",
            "timeZone": self.zone,
            "companyCurrency": self.currency,
            "additionalCurrencies": ["EUR"] if self.several_currencies else [],
            "utcOffset": "-05:00",
            "utcOffsetMilliseconds": -18_000_000,
            "uiDomain": "app.hubspot.com",
            "dataHostingLocation": "na1",
        }

    def pipelines(self) -> dict[str, Any]:
        self.needs("deals")
        stages = [
            {
                "id": number,
                "label": label,
                "displayOrder": order,
                "metadata": {"isClosed": closed, "probability": chance},
                "createdAt": NOON,
                "updatedAt": NOON,
                "archived": False,
                "writePermissions": "CRM_PERMISSIONS_ENFORCEMENT",
                **self.broken.get(number, {}),
            }
            for order, (number, label, chance, closed) in enumerate(STAGES)
        ]
        pipeline = {"id": "default", "label": "Sales", "displayOrder": 0, "stages": stages}
        return {"results": [pipeline | {"createdAt": NOON, "updatedAt": NOON, "archived": False}]}

    def listed_owners(self, limit: int, after: str) -> dict[str, Any]:
        self.needs("owners")
        start = int(after or 0)
        numbers = list(self.owners)[start : start + limit]
        found = [
            {
                "id": each,
                "type": "PERSON",
                "email": self.owners[each],
                "firstName": "Ana",
                "lastName": "Silva",
                "userId": 9_000_000 + int(each),
                "userIdIncludingInactive": 9_000_000 + int(each),
                "createdAt": NOON,
                "updatedAt": NOON,
                "archived": False,
                **self.broken.get(each, {}),
            }
            for each in numbers
        ]
        more = start + limit < len(self.owners)
        return {"results": found, **(_following(str(start + limit)) if more else {})}

    def batch_read(self, kind: str, inputs: list[str], wanted: list[str]) -> dict[str, Any]:
        self.needs(kind)
        kept = self.records.get(kind, {})
        found = [self.shown(kind, each, wanted) for each in inputs if each in kept]
        missing = [each for each in inputs if each not in kept]
        return _batch(found, missing)

    def associations(self, kind: str, inputs: list[dict[str, str]]) -> dict[str, Any]:
        self.needs("deals")
        self.needs(kind)
        results, missing = [], []
        for asked in inputs:
            start, deal = int(asked.get("after", 0)), asked["id"]
            every: dict[str, list[int]] = {}
            for of, what, number, type_id in self.beside:
                if (of, what) == (deal, kind):
                    every.setdefault(number, []).append(type_id)
            if not every:
                missing.append(deal)
                continue
            some = list(every.items())[start : start + self.page]
            to = [
                {
                    "toObjectId": int(number),
                    "associationTypes": [
                        {
                            "category": "HUBSPOT_DEFINED",
                            "typeId": each,
                            "label": TYPES[("deals", kind)][each],
                        }
                        for each in types
                    ],
                }
                for number, types in some
            ]
            more = start + self.page < len(every)
            following = _following(str(start + self.page)) if more else {}
            results.append({"from": {"id": deal}, "to": to, **following})
        return _batch(results, missing)

    def search(self, kind: str, body: dict[str, Any]) -> dict[str, Any]:
        self.needs(kind)
        groups = [each["filters"] for each in body.get("filterGroups", [])]
        if len(groups) > 5 or sum(map(len, groups)) > 18 or any(len(each) > 6 for each in groups):
            raise wrong("too many filters")
        for each in (one for group in groups for one in group):
            self._may_filter(kind, each)
        found = [
            number
            for number in self.records.get(kind, {})
            if not groups
            or any(all(self._holds(kind, number, each) for each in one) for one in groups)
        ]
        for sort in reversed(body.get("sorts", [])):
            assert sort.keys() == {"propertyName", "direction"}, sort
            if sort["propertyName"] not in self.properties(kind):
                raise wrong("no such property to sort by")
            found.sort(
                key=lambda each: str(self.records[kind][each].get(sort["propertyName"])),
                reverse=sort["direction"] == "DESCENDING",
            )
        limit = body.get("limit", 10)
        if not 0 < limit <= 200:
            raise wrong("limit")
        some = [self.shown(kind, each, body.get("properties", [])) for each in found[:limit]]
        following = _following(str(limit)) if len(found) > limit else {}
        return {"total": len(found), "results": some, **following}

    def _may_filter(self, kind: str, asked: dict[str, Any]) -> None:
        name, operator = asked["propertyName"], asked["operator"]
        if (name, kind) == (_OF_COMPANY, "deals"):
            assert operator == "IN"
            assert asked.keys() == {"propertyName", "operator", "values"}
        else:
            assert operator == "CONTAINS_TOKEN", operator
            assert asked.keys() == {"propertyName", "operator", "value"}
            if name not in self.properties(kind):
                raise wrong(f"no property {name}: {asked['value']}")

    def _holds(self, kind: str, number: str, asked: dict[str, Any]) -> bool:
        if asked["propertyName"] == _OF_COMPANY:
            beside = {
                each for deal, what, each, _ in self.beside if (deal, what) == (number, "companies")
            }
            return not beside.isdisjoint(asked["values"])
        said = str(self.records[kind][number].get(asked["propertyName"]) or "")
        pattern = re.escape(asked["value"].casefold()).replace(r"\*", ".*")
        tokens = re.findall(r"[^\W_]+", said.casefold())
        return any(re.fullmatch(pattern, each) for each in tokens)

    def create_note(self, body: dict[str, Any]) -> dict[str, Any]:
        self.needs("write")
        assert body.keys() == {"properties", "associations"}, body.keys()
        said, associations = body["properties"], body["associations"]
        if strange := said.keys() - OBJECTS["notes"]:
            raise wrong(f"no such properties: {strange}")
        if "hs_timestamp" not in said:
            raise wrong("hs_timestamp is required")
        if len(said.get("hs_note_body", "")) > LONGEST_NOTE:
            raise wrong("the note is too long")
        deals = [self._deal_of(each) for each in associations]
        number = self.keep("notes", **said)
        for deal in deals:
            self.associate(deal, "notes", number, 213)
        return self.shown("notes", number, list(said))

    def _deal_of(self, association: dict[str, Any]) -> str:
        assert association.keys() == {"to", "types"}
        (kind,), number = association["types"], association["to"]["id"]
        assert kind.keys() == {"associationCategory", "associationTypeId"}
        type_id = kind["associationTypeId"]
        if not isinstance(type_id, int) or kind["associationCategory"] != "HUBSPOT_DEFINED":
            raise wrong("associationTypeId is a number")
        if type_id != NOTE_TO_DEAL:
            raise wrong(f"{type_id} does not lead from a note to a deal")
        if number not in self.records.get("deals", {}):
            raise Refused(404, "OBJECT_NOT_FOUND", "no such deal")
        return str(number)


def text_of(body: str) -> str:
    """The text of a note, as people read it: without our mark."""
    said, _, mark = body.removeprefix("<p>").partition("</p><p>")
    assert re.fullmatch(r"\[frontdesk [0-9a-f]{12}\]</p>", mark), mark
    assert set(re.findall(r"</?(\w+)", said)) <= {"a", "br"}, said
    return html.unescape(re.sub(r"<[^>]+>", "", said.replace("<br>", "\n")))


def link_of(body: str) -> str:
    """The link of a note that is one: its title and its address."""
    found = re.match(r'<p><a href="([^"]*)">', body)
    return f"{text_of(body)}: {html.unescape(found[1])}" if found else ""


_OF_COMPANY = "associations.company"


def _following(after: str) -> dict[str, Any]:
    return {"paging": {"next": {"after": after, "link": f"?after={after}"}}}


def _batch(found: list[dict[str, Any]], missing: list[str]) -> dict[str, Any]:
    """The answer to a batch; what is not there stands among its errors, and it is a 207."""
    answer: dict[str, Any] = {"status": "COMPLETE", "results": found}
    answer |= {"startedAt": NOON, "completedAt": NOON}
    if missing:
        error = {
            "status": "error",
            "category": "OBJECT_NOT_FOUND",
            "message": "Could not get some objects.",
            "context": {"ids": missing},
        }
        answer |= {"numErrors": 1, "errors": [error]}
    return answer
