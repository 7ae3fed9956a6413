"""A person is erased: what need not be kept is emptied, what must be is named with the reason.

Nothing is done while they still have something in hand, or can still come in.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.company import Company
from bot.errors import Problem
from bot.ports import ERASED, Store, Traced, Unit
from bot.ports.wiping import Wiper
from bot.unmoved import beside
from workflows.definition import Workflow
from workflows.engine import Entry
from workflows.request import Request
from workflows.roles import Seat

ERASE = "erase"
"""The action under which it enters the audit."""

CLEARED = "cleared_of_names"
"""The action under which a request that named them does."""

EMPTIED = frozenset({"sales_asset", "shelf"})
"""The workflows whose ended requests need no names; those of all others are kept as they are."""

_SHOWN = 20


class NobodyKnown(Problem):
    """Nobody is known by this Slack id or e-mail address."""


class NotYet(Problem):
    """They cannot be erased yet; the text says what has to be done first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What was erased, by what it was, and a sentence for each thing that is kept.

    ``sought``: the names and addresses that were looked for everywhere, whoever wrote them.
    """

    sought: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    kept: tuple[str, ...] = ()


def erase(
    store: Store,
    company: Company,
    workflows: Mapping[str, Workflow],
    who: str,
    now: datetime,
    *,
    rehearsed: bool,
    by_name: bool = True,
) -> Erased:
    """Erase the member or client's contact with this Slack id or e-mail address, on record.

    Not ``by_name``: in what others wrote, they are looked for by their address alone, since people
    choose their names themselves. ``rehearsed``: say what would be done, and do nothing. Raises
    NobodyKnown, and NotYet with everything that stands in the way. All of it is one transaction.
    """
    with store.unit() as unit:
        person = unit.erasure.trace(who)
        if person is None:
            raise NobodyKnown
        if not by_name:
            person = replace(person, names=tuple(each for each in person.names if "@" in each))
        requests = list(_concerning(unit, workflows, person))
        if hindered := list(_hindrances(company, workflows, person, requests)):
            raise NotYet("\n".join(hindered))
        counts = _erase(unit, workflows, person, requests, now)
        kept = tuple(_kept(unit, company, workflows, person, requests))
        if not rehearsed:
            unit.commit()
    found = {what: count for what, count in counts.items() if count}
    return Erased(sought=_sought(person), counts=found, kept=kept)


def _concerning(unit: Unit, workflows: Mapping[str, Workflow], person: Traced) -> Iterator[Request]:
    """Yield the requests that are theirs, that they had in hand, or that name them."""
    wiper = Wiper(_sought(person))
    for workflow in workflows.values():
        stages, after = [stage.name for stage in workflow.stages], ""
        while page := unit.requests.at_stage(workflow.key, stages, after):
            after = page[-1].ref
            for each in page:
                holds = person.user and person.user in _in_hand(each)
                if holds or wiper.wiped(each.details) != each.details:
                    yield each


def _in_hand(request: Request) -> Collection[str]:
    return {request.asker, request.owner or "", *request.assigned.values()}


def _hindrances(
    company: Company,
    workflows: Mapping[str, Workflow],
    person: Traced,
    requests: Collection[Request],
) -> Iterator[str]:
    if person.active:
        yield (
            "They are an active member of the workspace: deactivate them in Slack first; "
            "Frontdesk hears of it within a minute."
        )
    named = {person.user, *(each.casefold() for each in person.names)}
    for role, identities in company.roles.items():
        if named & set(identities):
            yield f"The settings name them under roles.{role.value}: take them out."
    for request in requests:
        if _is_open(workflows, request) and (how := _how_to_free(request, person)):
            yield f"{request.ref} is open, and {how}"


def _is_open(workflows: Mapping[str, Workflow], request: Request) -> bool:
    return not workflows[request.workflow].stage(request.stage).final


def _how_to_free(request: Request, person: Traced) -> str:
    if not person.user:
        return "they are its contact: end it, or let its next version name another one."
    if request.asker == person.user:
        return "they asked for it: cancel it (an admin can), and let somebody else ask anew."
    if person.user in _in_hand(request):
        return "it is theirs to do: reassign it on its page."
    return ""


def _erase(
    unit: Unit,
    workflows: Mapping[str, Workflow],
    person: Traced,
    requests: Collection[Request],
    now: datetime,
) -> dict[str, int]:
    words, kept = _sought(person), _is_kept(workflows)
    counts = dict(unit.erasure.member(person.user)) if person.user else {}
    counts |= unit.erasure.words(words, kept, person.user)
    counts["requests"] = sum(
        _empty(unit, each, person, now)
        for each in requests
        if each.workflow in EMPTIED and not _is_open(workflows, each)
    )
    said = unit.erasure.said(words, kept)
    counts["what the audit says"] = len(said)
    detail = {"who": person.user or "a client's contact"}
    detail |= {what: str(count) for what, count in counts.items() if count}
    if said:
        detail[ERASED] = json.dumps({str(seq): list(names) for seq, names in said.items()})
    unit.audit.append(_entry(None, ERASE, detail, now))
    return counts


def _is_kept(workflows: Mapping[str, Workflow]) -> Callable[[str], bool]:
    """Return what says whether the record of a request, by reference, is kept as it is."""
    free = {workflow.prefix for key, workflow in workflows.items() if key in EMPTIED}
    return lambda ref: bool(ref) and ref.rpartition("-")[0] not in free


def _empty(unit: Unit, request: Request, person: Traced, now: datetime) -> bool:
    """Take them out of what was asked and answered; the new state goes on record."""
    own = person.names if request.asker == person.user else _sought(person)
    details = Wiper(own).wiped(request.details)
    if details == request.details:
        return False
    emptied = replace(request, details=details, version=request.version + 1)
    unit.requests.save(emptied)
    unit.audit.append(_entry(emptied, CLEARED, {}, now))
    return True


def _kept(
    unit: Unit,
    company: Company,
    workflows: Mapping[str, Workflow],
    person: Traced,
    requests: Collection[Request],
) -> Iterator[str]:
    """Yield a sentence for each thing that stays, with the reason."""
    for key, workflow in workflows.items():
        here = [each for each in requests if each.workflow == key]
        for each in here:
            if _is_open(workflows, each):
                yield f"{each.ref} is open and names them: erase them again when it has ended."
        own = [each for each in here if key not in EMPTIED and not _is_open(workflows, each)]
        if own:
            years = company.retention.records_years.get(key)
            how_long = f"for {years} years after its end" if years else "for good"
            listed = ", ".join(each.ref for each in own[:_SHOWN])
            more = f" and {len(own) - _SHOWN} more" if len(own) > _SHOWN else ""
            yield f"{listed}{more}: the record of a {workflow.noun} is kept {how_long}."
    if person.user:
        yield (
            f"The id {person.user} stays where they decided something: who did what is what the "
            "audit is for."
        )
    for name in set(person.names) - set(_sought(person)):
        yield f"The name {name} alone is taken out of their own requests only: others may have it."
    if rows := unit.erasure.indelible(_sought(person)):
        more = "..." if len(rows) > _SHOWN else ""
        yield (
            f"Rows {', '.join(map(str, rows[:_SHOWN]))}{more} of the audit were written by an "
            "earlier release, which chained what they say; they name them still."
        )


def _sought(person: Traced) -> tuple[str, ...]:
    """Return the names that are nobody else's: addresses, and names of more than one word."""
    return tuple(name for name in person.names if "@" in name or len(name.split()) > 1)


def _entry(request: Request | None, action: str, detail: Mapping[str, str], now: datetime) -> Entry:
    return beside(request, action, Seat.FRONTDESK.value, "command line", now, detail)
