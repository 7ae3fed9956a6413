"""An envelope and a template as the double of DocuSign has them, and how it shows them."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tests.integrations.signatures.contract import Json

_LISTED = ("envelopeId", "status", "statusChangedDateTime", "createdDateTime", "emailSubject")


@dataclass
class Kept:
    """An envelope; ``made`` is its definition, with its template laid below it."""

    id: str
    made: Json
    status: str = "created"
    times: dict[str, str] = field(default_factory=dict)
    reason: str = ""
    titles: str = ""
    people: dict[str, str] = field(default_factory=dict)
    """By address: how somebody stands."""

    @property
    def signers(self) -> list[Json]:
        return list(self.made["recipients"]["signers"])

    @property
    def copies(self) -> list[Json]:
        return list(self.made["recipients"].get("carbonCopies", []))

    @property
    def fields(self) -> list[tuple[str, str]]:
        found = self.made["customFields"]["textCustomFields"]
        return [(each["name"], each["value"]) for each in found]

    @property
    def document(self) -> bytes:
        """What is signed, as far as anybody can see it."""
        if "documents" in self.made:
            return base64.b64decode(self.made["documents"][0]["documentBase64"])
        filled = "\n".join(each["value"] for each in self.signers[0]["tabs"]["textTabs"])
        return b"%PDF-1.7 " + filled.encode()

    def listed(self) -> Json:
        return {each: self.seen("")[each] for each in _LISTED}

    def seen(self, include: str) -> Json:
        times = self.times
        seen = {
            "envelopeId": self.id,
            "status": self.status,
            "emailSubject": self.made["emailSubject"],
            "createdDateTime": times["created"],
            "statusChangedDateTime": times["statusChanged"],
        }
        for status in ("sent", "completed", "declined", "voided"):
            if status in times:
                seen[f"{status}DateTime"] = times[status]
        if self.status == "voided":
            seen["voidedReason"] = self.reason
        if "recipients" not in include:
            return seen
        signers = [self._person(each, with_tabs="tabs" in include) for each in self.signers]
        copies = [self._person(each, with_tabs=False) for each in self.copies]
        return seen | {"recipients": {"signers": signers, "carbonCopies": copies}}

    def _person(self, made: Json, *, with_tabs: bool) -> Json:
        status = self.people.get(made["email"], "created")
        names = ("recipientId", "routingOrder", "name", "email", "roleName")
        said = {name: made[name] for name in names if name in made} | {"status": status}
        if status == "completed":
            said["signedDateTime"] = self.times["completed"]
        if status == "declined":
            said |= {"declinedDateTime": self.times["declined"], "declinedReason": self.reason}
        if with_tabs:
            titles = [{**each, "value": self.titles} for each in made["tabs"]["titleTabs"]]
            said["tabs"] = {"titleTabs": titles}
            said["tabs"] |= {"textTabs": made["tabs"].get("textTabs", [])}
        return said


def template(name: str, labels: Iterable[str], *, changed: str, role: str = "Client") -> Json:
    """Return a template with a signer in a role, and fields of these labels; its id is its name."""
    tabs = {
        "signHereTabs": [{"documentId": "1"}],
        "titleTabs": [{"documentId": "1", "tabLabel": "Their title"}],
        "textTabs": [{"tabLabel": each, "value": "", "locked": "false"} for each in labels],
    }
    client = {"recipientId": "7", "routingOrder": "1", "roleName": role, "tabs": tabs}
    return {
        "templateId": name,
        "name": f"Our {name}",
        "lastModifiedDateTime": changed,
        "recipients": {"signers": [client]},
    }


def laid(made: Json, templates: Mapping[str, Json]) -> Json:
    """Return a definition with what its templates give it: people meet by role, fields by label.

    A field that the template does not have is nowhere to be seen, so it is not there.
    """
    if "compositeTemplates" not in made:
        return made
    [composite] = made["compositeTemplates"]
    [below], [above] = composite["serverTemplates"], composite["inlineTemplates"]
    assert below["sequence"] < above["sequence"]
    theirs = templates[below["templateId"]]["recipients"]["signers"]
    signers = [
        _laid(each, next(it for it in theirs if it["roleName"] == each["roleName"]))
        for each in above["recipients"]["signers"]
    ]
    return made | {"recipients": above["recipients"] | {"signers": signers}}


def _laid(ours: Json, theirs: Json) -> Json:
    values = {each["tabLabel"]: each for each in ours["tabs"]["textTabs"]}
    texts = [each | values.get(each["tabLabel"], {}) for each in theirs["tabs"]["textTabs"]]
    return theirs | ours | {"tabs": theirs["tabs"] | {"textTabs": texts}}
