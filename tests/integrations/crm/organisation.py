"""The records of a small Salesforce: what may be read, filtered by and created, and the answers.

See :mod:`tests.integrations.crm.salesforce` for the documents that it follows.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.integrations.crm.soql import Malformed, Query, parse

VERSION = "v67.0"
DATA = f"/services/data/{VERSION}"

F, C, FC = "filter", "create", "filter create"
SCHEMA: dict[str, dict[str, str]] = {
    "Opportunity": {
        **dict.fromkeys(("Id", "IsClosed", "IsWon", "LastModifiedDate"), F),
        **dict.fromkeys(("Name", "AccountId", "Amount", "StageName", "CloseDate", "OwnerId"), FC),
    },
    "Account": {"Id": F, "Name": FC},
    "Contact": {"Id": F, "Name": F, "Email": FC},
    "User": {"Id": F, "Name": F, "Email": FC},
    "OpportunityContactRole": {
        "Id": F,
        **dict.fromkeys(("OpportunityId", "ContactId", "IsPrimary", "Role"), FC),
    },
    "Task": {
        **dict.fromkeys(("Id", "IsClosed", "CreatedDate"), F),
        **dict.fromkeys(("WhatId", "Subject", "Status", "ActivityDate", "Priority"), FC),
        "Description": C,
    },
    "CurrencyType": dict.fromkeys(("Id", "IsoCode", "IsCorporate"), F),
    "ContentVersion": {
        **dict.fromkeys(("Id", "FileType"), F),
        **dict.fromkeys(("Title", "ContentUrl", "FirstPublishLocationId"), FC),
    },
}
PREFIXES = {"Task": "00T", "ContentVersion": "068", "Opportunity": "006", "Account": "001"}
NEEDED = {"Task": ("Status",), "ContentVersion": ("Title", "ContentUrl")}
LONGEST = {"Subject": 255, "Title": 255, "Description": 32_000, "ContentUrl": 1300}
PARENTS = {"Account": "AccountId", "Owner": "OwnerId", "Contact": "ContactId"}
KINDS = {"Account": "Account", "Owner": "User", "Contact": "Contact"}
CHILDREN = {
    "Tasks": ("Task", "WhatId"),
    "OpportunityContactRoles": ("OpportunityContactRole", "OpportunityId"),
}
STATUSES = ("Not Started", "In Progress", "Completed")


class Refused(Exception):
    """What Salesforce answers: a status, its own code, and a sentence."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


@dataclass
class Organisation:
    """Its records. ``several_currencies``: its amounts say in which currency they are.

    ``hidden`` fields and ``unseen_kinds`` are not there for our user, ``closed_kinds`` cannot be
    created; ``loses`` keeps what is created and breaks the connection's answer, so many times.
    """

    several_currencies: bool = True
    loses: int = 0
    hidden: set[str] = field(default_factory=set)
    closed_kinds: set[str] = field(default_factory=set)
    unseen_kinds: set[str] = field(default_factory=set)
    statuses: tuple[str, ...] = STATUSES
    remaining: int = 14_998
    records: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)

    def keep(self, kind: str, **values: Any) -> str:
        """Store a record as if somebody had entered it there; return its id."""
        unknown = values.keys() - self._fields(kind).keys()
        assert not unknown, unknown
        return self._put(kind, values)

    def all(self, kind: str) -> list[dict[str, Any]]:
        """The records of a kind, oldest first."""
        return list(self.records.get(kind, {}).values())

    def _fields(self, kind: str) -> dict[str, str]:
        is_there = self.several_currencies or kind != "CurrencyType"
        if kind not in SCHEMA or kind in self.unseen_kinds or not is_there:
            raise Refused(404, "NOT_FOUND", "The requested resource does not exist")
        more = {"CurrencyIsoCode": FC} if self.several_currencies and kind == "Opportunity" else {}
        return {name: may for name, may in (SCHEMA[kind] | more).items() if name not in self.hidden}

    def _put(self, kind: str, values: dict[str, Any]) -> str:
        kept = self.records.setdefault(kind, {})
        number = f"{PREFIXES.get(kind, '0XX')}{len(kept) + 1:012d}AAA"
        kept[number] = {"Id": number, **values}
        return number

    def _describe(self, request: Request, _body: bytes) -> Response:
        kind = request.path_params["kind"]
        fields = [
            {
                "name": name,
                "createable": "create" in may,
                "filterable": "filter" in may,
                "picklistValues": [
                    {"value": each, "active": True, "defaultValue": False, "label": each}
                    for each in (self.statuses if (kind, name) == ("Task", "Status") else ())
                ],
            }
            for name, may in self._fields(kind).items()
        ]
        children = [
            {"childSObject": child, "field": by, "relationshipName": name}
            for name, (child, by) in CHILDREN.items()
        ]
        return JSONResponse(
            {
                "name": kind,
                "createable": kind not in self.closed_kinds,
                "queryable": True,
                "fields": fields,
                "childRelationships": children if kind == "Opportunity" else [],
            }
        )

    def _create(self, request: Request, body: bytes) -> Response:
        kind, values = request.path_params["kind"], json.loads(body)
        assert request.headers["content-type"] == "application/json"
        self._may_create(kind, values)
        for above in ("WhatId", "FirstPublishLocationId"):
            if above in values:
                found = self._by_id("Opportunity", values[above])
                if found is None:
                    raise Refused(400, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
                values[above] = found["Id"]
        number = self._put(kind, values)
        if self.loses:
            self.loses -= 1
            return Response("<html>Gateway Timeout</html>", 504)
        return JSONResponse({"id": number, "success": True, "errors": []}, 201)

    def _may_create(self, kind: str, values: dict[str, Any]) -> None:
        fields, denied = self._fields(kind), "insufficient access rights on object id"
        if kind in self.closed_kinds:
            raise Refused(403, "INSUFFICIENT_ACCESS_OR_READONLY", denied)
        for name, value in values.items():
            if name not in fields:
                text = f"No such column '{name}' on sobject of type {kind}"
                raise Refused(400, "INVALID_FIELD", text)
            if "create" not in fields[name]:
                text = f"Unable to create/update fields: {name}."
                raise Refused(400, "INVALID_FIELD_FOR_INSERT_UPDATE", text)
            if len(str(value)) > LONGEST.get(name, 10**6):
                raise Refused(400, "STRING_TOO_LONG", f"{name}: data value too large")
        if missing := [name for name in NEEDED.get(kind, ()) if name not in values]:
            text = f"Required fields are missing: {missing}"
            raise Refused(400, "REQUIRED_FIELD_MISSING", text)

    def _by_id(self, kind: str, number: str) -> dict[str, Any] | None:
        for each in self.all(kind):
            if number in (each["Id"], each["Id"][:15]):
                return each
        return None

    def _query(self, request: Request, _body: bytes) -> Response:
        try:
            query = parse(request.query_params["q"])
        except Malformed as error:
            raise Refused(400, "MALFORMED_QUERY", str(error)) from error
        if query.kind not in SCHEMA:
            text = (
                f"\n{request.query_params['q']}\n^\nsObject type '{query.kind}' is not supported."
            )
            raise Refused(400, "INVALID_TYPE", text)
        found = self._found(query, self.all(query.kind))
        answer: dict[str, Any] = {"totalSize": len(found), "done": True, "records": found}
        usage = {"Sforce-Limit-Info": f"api-usage={15_000 - self.remaining}/15000"}
        return JSONResponse(answer, headers=usage)

    def _found(self, query: Query, among: list[dict[str, Any]]) -> list[dict[str, Any]]:
        for path in query.paths + query.filtered + [path for path, _ in query.order]:
            self._may_read(query.kind, path, filtered=path in query.filtered)
        fits = [
            each
            for each in among
            if query.holds(lambda path, each=each: self._value(each, path))  # type: ignore[misc]
        ]
        for path, down in reversed(query.order):
            fits.sort(key=lambda each: str(self._value(each, path) or ""), reverse=down)
        return [self._shown(query, each) for each in fits[: query.limit]]

    def _may_read(self, kind: str, path: str, *, filtered: bool) -> None:
        *parents, name = path.split(".")
        for parent in parents:
            if PARENTS.get(parent) not in self._fields(kind):
                text = f"Didn't understand relationship '{parent}' in field path."
                raise Refused(400, "INVALID_FIELD", text)
            kind = KINDS[parent]
        may = self._fields(kind).get(name)
        if may is None:
            raise Refused(
                400, "INVALID_FIELD", f"\nSELECT\n^\nNo such column '{name}' on entity '{kind}'."
            )
        if filtered and "filter" not in may:
            raise Refused(
                400, "INVALID_FIELD", f"field '{name}' can not be filtered in a query call"
            )

    def _value(self, record: dict[str, Any], path: str) -> Any:  # noqa: ANN401 - as JSON has it
        parent, dot, name = path.partition(".")
        if dot:
            above = self.records.get(KINDS[parent], {}).get(record.get(PARENTS[parent]) or "")
            return above.get(name) if above else None
        value = record.get(path)
        return _Id(value) if path == "Id" or (path.endswith("Id") and value) else value

    def _shown(self, query: Query, record: dict[str, Any]) -> dict[str, Any]:
        shown: dict[str, Any] = {"attributes": _attributes(query.kind, record["Id"])}
        for path in query.paths:
            parent, dot, name = path.partition(".")
            if not dot:
                shown[path] = record.get(path)
                continue
            above = self.records.get(KINDS[parent], {}).get(record.get(PARENTS[parent]) or "")
            if above is None:
                shown[parent] = None
            else:
                at = shown.setdefault(
                    parent, {"attributes": _attributes(KINDS[parent], above["Id"])}
                )
                at[name] = above.get(name)
        for child in query.children:
            if query.kind != "Opportunity" or child.kind not in CHILDREN:
                text = f"Didn't understand relationship '{child.kind}' in FROM part of query call."
                raise Refused(400, "INVALID_TYPE", text)
            kind, by = CHILDREN[child.kind]
            below = [each for each in self.all(kind) if each.get(by) == record["Id"]]
            name, child_query = child.kind, Query(**(vars(child) | {"kind": kind}))
            found = self._found(child_query, below)
            some = {"totalSize": len(found), "done": True, "records": found}
            shown[name] = some if found else None
        return shown

    def _limits(self, _request: Request, _body: bytes) -> Response:
        return JSONResponse(
            {
                "DailyApiRequests": {"Max": 15_000, "Remaining": self.remaining},
                "DataStorageMB": {"Max": 1073, "Remaining": 1073},
            }
        )


class _Id(str):
    """An id: its 15 letters and its 18 are the same."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and self[:15] == other[:15] and len(other) in (15, 18)

    def __hash__(self) -> int:
        return hash(self[:15])


def _attributes(kind: str, number: str) -> dict[str, str]:
    return {"type": kind, "url": f"{DATA}/sobjects/{kind}/{number}"}
