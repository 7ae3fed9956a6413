"""The company's deals in Salesforce: opportunities are read, tasks and links written."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from simple_salesforce.format import format_soql

from bot.ports import CrmRefused, CrmUnavailable, Deal
from integrations.crm.marks import mark_of
from integrations.crm.reading import UNREADABLE, readable
from integrations.crm.salesforce.line import SECONDS, Line, NotThere
from integrations.crm.salesforce.opportunities import CURRENCIES, Shape, deal_of, id_in

_WHILE_TYPING = 2.0
"""Seconds: Slack waits three for what it offers."""
_AT_ONCE = 200
_LONGEST_SUBJECT = 255
_LONGEST_TEXT = 32_000
_DONE = "Completed"
_WRITTEN: Mapping[str, tuple[str, ...]] = {
    "Task": ("WhatId", "Subject", "Description", "Status", "ActivityDate"),
    "ContentVersion": ("Title", "ContentUrl", "FirstPublishLocationId"),
}
_FEW = 0.1


class SalesforceCrm:
    """:class:`bot.ports.Crm` over one organisation.

    What is noted is a completed task on the opportunity, what is linked a link among its files.
    Salesforce knows no keys of ours: so a task carries a mark, a link is known by its address, and
    either is looked for before it is made.
    """

    def __init__(self, line: Line, currency: str, zone: ZoneInfo) -> None:
        """Call nobody yet. ``currency``: of amounts where the organisation has only one.

        ``zone``: a task has a day and no hour, and it is the day there.
        """
        self._line, self._currency, self._zone = line, currency, zone
        self._shape: Shape | None = None

    @property
    def name(self) -> str:
        """Salesforce."""
        return "Salesforce"

    def close(self) -> None:
        """Let go of every connection."""
        self._line.close()

    def search(self, text: str, limit: int = 100) -> Sequence[Deal]:
        """Return opportunities whose name, account or id has every word, the latest first."""
        with self._reading():
            until = monotonic() + _WHILE_TYPING
            shape = self._seen(_WHILE_TYPING)
            return self._deals(shape, shape.searching(text, limit), until - monotonic())

    def get(self, ref: str) -> Deal | None:
        """Return the opportunity whose id ``ref`` is, or to which it leads, or None."""
        return self.several([ref]).get(ref)

    def several(self, refs: Collection[str]) -> Mapping[str, Deal]:
        """Return the opportunities, by reference, in a call for each 200 of them."""
        by_id = {ref: number for ref in refs if (number := id_in(ref))}
        found: dict[str, Deal] = {}
        with self._reading():
            ids = sorted(set(by_id.values()))
            for start in range(0, len(ids), _AT_ONCE):
                shape = self._seen()
                soql = shape.listing(ids[start : start + _AT_ONCE])
                found |= {id_in(deal.ref): deal for deal in self._deals(shape, soql, SECONDS)}
        return {ref: found[number] for ref, number in by_id.items() if number in found}

    def note(self, ref: str, key: str, text: str, at: datetime) -> None:
        """Add a completed task of that day to the opportunity, called by ``text``'s first line."""
        mark = mark_of(key)
        opportunity = self._without(ref, "Tasks", f"Subject LIKE '%{mark}'")
        if not opportunity:
            return
        head, _, _ = text.partition("\n")
        self._line.create(
            "Task",
            {
                "WhatId": opportunity,
                "Subject": f"{head[: _LONGEST_SUBJECT - len(mark) - 1]} {mark}",
                "Description": text[:_LONGEST_TEXT],
                "Status": _DONE,
                "ActivityDate": at.astimezone(self._zone).date().isoformat(),
            },
        )

    def link(self, ref: str, title: str, url: str, at: datetime) -> None:  # noqa: ARG002 - the port's
        """Add the link to the opportunity's files, unless it is there: files have no day."""
        opportunity = self._without(ref)
        if not opportunity:
            return
        asked = (
            "SELECT Id FROM ContentVersion WHERE FirstPublishLocationId = {} AND ContentUrl = {}"
        )
        if self._line.query(format_soql(f"{asked} LIMIT 1", opportunity, url)):
            return
        values = {"Title": title[:_LONGEST_SUBJECT], "ContentUrl": url}
        self._line.create("ContentVersion", values | {"FirstPublishLocationId": opportunity})

    def check(self) -> Sequence[str]:
        """Look at what our user may read and write, and at what is left of the day's calls."""
        return list(self._lacking())

    def _lacking(self) -> Iterator[str]:
        if unseen := self._shape_now(SECONDS).unseen:
            yield f"Let its user see these fields of Opportunity: {', '.join(unseen)}."
        for kind, names in _WRITTEN.items():
            described = self._line.describe(kind)
            by_name = {each["name"]: each for each in described["fields"]}
            if not described["createable"]:
                yield f"Let its user create {kind}."
            elif closed := [name for name in names if not _may_write(by_name.get(name))]:
                yield f"Let its user write these fields of {kind}: {', '.join(closed)}."
            if kind == "Task" and not _offers(by_name.get("Status"), _DONE):
                yield f"Let the status {_DONE} of Task be active."
        calls = self._line.limits()["DailyApiRequests"]
        if calls["Remaining"] < calls["Max"] * _FEW:
            yield (
                f"{calls['Remaining']:,} of {calls['Max']:,} API calls are left for this day: find "
                "out what takes so many, or buy more."
            )

    def _without(self, ref: str, children: str = "", where: str = "") -> str:
        """Return the opportunity's id; "" where it is not there, or has such a child already."""
        number = id_in(ref)
        if not number:
            return ""
        also = f", (SELECT Id FROM {children} WHERE {where} LIMIT 1)" if children else ""
        asked = format_soql("SELECT Id{:literal} FROM Opportunity WHERE Id = {}", also, number)
        for found in self._line.query(asked):
            return "" if children and found.get(children) else str(found["Id"])
        return ""

    def _deals(self, shape: Shape, soql: str, seconds: float) -> list[Deal]:
        url, records = self._line.url, self._line.query(soql, seconds)
        currency = "" if shape.has_several else self._currency
        found = readable("deals", records, lambda each: deal_of(each, url, currency))
        if records and not found:
            raise ValueError("none of these deals can be read")
        return found

    def _seen(self, seconds: float = SECONDS) -> Shape:
        shape = self._shape
        if shape is None:
            self._shape = shape = self._shape_now(seconds)
        return shape

    def _shape_now(self, seconds: float) -> Shape:
        until = monotonic() + seconds
        described = self._line.describe("Opportunity", seconds)
        return Shape.of(described, lambda: self._is_there(CURRENCIES, until - monotonic()))

    def _is_there(self, kind: str, seconds: float) -> bool:
        try:
            self._line.describe(kind, seconds)
        except NotThere:
            return False
        return True

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """What is refused while reading may be there later: a field may have been hidden."""
        try:
            yield
        except CrmRefused as refused:
            self._shape = None
            raise CrmUnavailable(str(refused)) from refused
        except UNREADABLE as error:
            raise CrmUnavailable("Salesforce answers what is not understood.") from error


def _may_write(field: Mapping[str, Any] | None) -> bool:
    return field is not None and bool(field["createable"])


def _offers(field: Mapping[str, Any] | None, value: str) -> bool:
    offered = field["picklistValues"] if field else ()
    return any(each["value"] == value and each["active"] for each in offered)
