"""Requests, assets and what happened to them as JSON: no more than their reader is granted.

What is said of the details is what was asked for, in plain values. What grew inside the request
(documents, invoices, files, evidence, addresses of visitors) is not among it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from enum import Enum

from bot.api.tokens import Grants
from bot.concerns import Offices
from bot.desk import Desk
from bot.ports import Json, Unit
from bot.request_links import link_of
from bot.shelf.naming import WORKFLOW as SHELF
from bot.shelf.naming import link_to
from messages.withholding import TO_ROLE, Withholding
from modals.fields import Email
from workflows.ball import deciders
from workflows.definition import Workflow
from workflows.engine import SUBMIT, Entry
from workflows.money import Money, Withheld
from workflows.privacy import is_private
from workflows.request import Request
from workflows.roles import OUTSIDE
from workflows.shelved import SAID

_NOT_SAID = frozenset({"record", "files", "link", "private"})
_CONTACT = "contact_"
"""How the fields begin that name a client's contact."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: what they are granted, in one transaction, with who holds what in it."""

    desk: Desk
    unit: Unit
    grants: Grants
    offices: Offices
    _names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, desk: Desk, unit: Unit, grants: Grants) -> "Reader":
        """Return the reader, as the house stands in this transaction."""
        return cls(desk, unit, grants, desk.offices(unit, desk.workflows.values()))

    def may_see(self, request: Request) -> bool:
        """Whether the request is theirs to see at all."""
        return self.grants.private or not is_private(request)

    def person(self, user: str) -> Json:
        """Return somebody by id and name; the client and Frontdesk have their seat as both."""
        if user not in self._names:
            person = None if user in OUTSIDE else self.unit.people.get(user)
            self._names[user] = person.name if person else user
        return {"id": user, "name": self._names[user]}

    def withholding(self, request: Request) -> Withholding | None:
        """Return what leaves the amounts out of what they read; None: they are granted them."""
        if self.grants.amounts:
            return None
        return Withholding.of(request, TO_ROLE) or Withholding(TO_ROLE)  # sums in its texts

    def source(self, asset: Request) -> str:
        """Return the request that an asset came of; "" where that is not theirs to see."""
        source = self.unit.requests.get(asset.details.source) if asset.details.source else None
        return source.ref if source is not None and self.may_see(source) else ""


def request_facts(reader: Reader, request: Request) -> Json:
    """Return a request as it stands now."""
    workflow, office = reader.desk.workflows[request.workflow], reader.offices[request.workflow]
    withheld = reader.withholding(request)
    shown = withheld.request(request) if withheld else request
    stage = workflow.stage(request.stage)
    waiting_for = sorted(deciders(workflow, request, office))
    return {
        "ref": request.ref,
        "workflow": workflow.key,
        "title": workflow.title,
        "stage": {"name": stage.name, "label": stage.label},
        "open": not stage.final,
        "private": is_private(request),
        "asked_by": reader.person(request.asker),
        "owner": reader.person(request.owner) if request.owner else None,
        "waiting_for": [reader.person(user) for user in waiting_for],
        "asked_at": request.created_at.isoformat(),
        "since": request.since.isoformat(),
        "due_on": request.due_on.isoformat() if request.due_on else None,
        "version": request.version,
        "details": dict(_details(reader, workflow, request, shown.details)),
        "link": link_of(reader.desk, request.ref),
    }


def asset_facts(reader: Reader, asset: Request) -> Json:
    """Return an asset as it stands on the shelf. Its file is opened in Slack, by a person."""
    withheld = reader.withholding(asset)
    details = (withheld.request(asset) if withheld else asset).details
    current, source = details.record.current, reader.source(asset)
    return {
        "ref": asset.ref,
        "source": source or None,
        "status": asset.stage,
        **{name: _plain(getattr(details, name)) for name in SAID},
        "owner": reader.person(asset.owner) if asset.owner else None,
        "review_by": details.review_by.isoformat(),
        "since": asset.since.isoformat(),
        "asset_version": current.number if current else None,
        "version": asset.version,
        "link": link_to(reader.desk, source or asset.ref),
    }


def facts_of_timeline(reader: Reader, request: Request, entries: Iterable[Entry]) -> Iterator[Json]:
    """Yield what happened to a request: whatever was done to it, and nothing that was refused."""
    workflow = reader.desk.workflows[request.workflow]
    withheld = reader.withholding(request)
    for entry in entries:
        if is_fact(workflow, entry):
            yield entry_facts(reader, workflow, withheld.entry(entry) if withheld else entry)


def is_fact(workflow: Workflow, entry: Entry) -> bool:
    """Whether something was done to the request, rather than looked at or refused."""
    return entry.action == SUBMIT or workflow.transition(entry.action) is not None


def entry_facts(reader: Reader, workflow: Workflow, entry: Entry) -> Json:
    """Return one thing that was done to a request."""
    transition = workflow.transition(entry.action)
    return {
        "at": entry.at.isoformat(),
        "action": entry.action,
        "said": transition.done if transition else "submitted",
        "from": entry.before or None,
        "to": entry.after,
        "version": entry.version,
        "by": reader.person(entry.actor),
        "on_behalf_of": [reader.person(user) for user in entry.behalf],
        "reason": entry.detail.get("reason", ""),
    }


def _details(
    reader: Reader, workflow: Workflow, request: Request, details: object
) -> Iterator[tuple[str, object]]:
    form = reader.desk.forms.get(workflow.key)
    emails = {each.name for each in form.fields if isinstance(each, Email)} if form else set()
    for each in fields(details):  # type: ignore[arg-type]  # the details of a workflow are a dataclass
        is_contact = each.name in emails or each.name.startswith(_CONTACT)
        if each.name in _NOT_SAID or (is_contact and not reader.grants.amounts):
            continue
        value = getattr(details, each.name)
        if workflow.key == SHELF and each.name == "source":
            value = reader.source(request)
        if _is_plain(value):
            yield each.name, _plain(value)


def _is_plain(value: object) -> bool:
    if isinstance(value, tuple):
        return all(isinstance(each, str) for each in value)
    return value is None or isinstance(value, str | bool | int | date | Money)


def _plain(value: object) -> object:
    match value:
        case Withheld():
            return None
        case Money():
            return {"amount": str(value.amount), "currency": value.currency}
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
        case _:
            return value
