"""The triage list: every week in the triage channel, and whenever somebody asks for it.

"Sales Ops/Marketing reviews requests weekly. Requests are prioritized" (Sales Asset Requests, 4.B).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot import parcels, windows
from bot.amounts import told
from bot.desk import Desk, Gesture
from bot.errors import Problem
from bot.facts import request_for, row_facts
from bot.members import member
from bot.ports import Claimed, Observation, Rank, Seen, Unit
from bot.recorded import recorded
from bot.sending import post_once
from bot.triage.meeting import WORKFLOW, before, closes_at, opens_at
from messages.asset_facts import Learning
from messages.filters import day
from messages.message import Message
from messages.minutes import Minute, minutes
from messages.ranking import why as explained
from messages.templates import about
from messages.triage import MANY, ON_PAGE, ORDER, TriageGroup, TriageRow, triage_list, triage_page
from workflows.asset import record_of
from workflows.definition import Transition
from workflows.engine import Entry
from workflows.office import Office
from workflows.priority import Part, Standing
from workflows.privacy import is_private
from workflows.refusals import NotAllowed
from workflows.request import Request
from workflows.roles import Role

SHOWN = 5
_DEEPEST = 10**6
READERS = (
    *(Role.TRIAGE, Role.MARKETING, Role.HEAD_OF_MARKETING, Role.HEAD_OF_SALES),
    *(Role.SALES_MANAGER, Role.ADMIN, Role.AUDITOR),
)
"""Who may ask for the list."""

_DECISIONS = ("accept", "decline", "merge", "defer", "ask", "answer_from_shelf")
_MINUTED = (*_DECISIONS, "bring_back", "request_changes")


class NotRanked(Problem):
    """This request is not open any more, or it is private, so it has no priority."""


_WEEK = timedelta(days=7)
_MOST_LEARNINGS = 5


def post_weekly(desk: Desk, now: datetime) -> None:
    """At the hour of the meeting: promise the triage channel its list, once."""
    begun, channel = opens_at(desk, now), desk.company.channel(WORKFLOW)
    if begun is None or not channel:
        return
    with desk.store.unit() as unit:
        what = {"begun": begun.isoformat()}
        unit.outbox.add(parcels.post("triage", begun.date().isoformat(), channel, what, now))
        unit.commit()
    desk.wake()


def deliver(desk: Desk, claimed: Claimed) -> None:
    """Post the list; from then on nothing in it is new. The minutes follow in its thread."""
    begun = datetime.fromisoformat(str(claimed.parcel.payload["begun"]))
    ts = post_once(
        desk, claimed, _list(desk, before(desk, begun), begun, claimed.parcel.address, weekly=True)
    )
    now, channel = desk.clock.now(), claimed.parcel.address
    with desk.store.unit() as unit:
        unit.ranks.seen()
        what = {"begun": begun.isoformat(), "thread_ts": ts}
        due = closes_at(desk, max(begun, now.astimezone(begun.tzinfo)))
        day = begun.date().isoformat()
        unit.outbox.add(parcels.aside("minutes", day, channel, what, max(due, now)))
        unit.commit()


def post_minutes(desk: Desk, claimed: Claimed) -> None:
    """Post in the list's thread what triage decided that day; nothing where it decided nothing."""
    what = claimed.parcel.payload
    begun = datetime.fromisoformat(str(what["begun"]))
    with desk.store.unit() as unit:
        entries = recorded(unit, desk.workflows[WORKFLOW], begun, desk.clock.now())
        decided = [each for each in entries if each.action in _MINUTED]
        hidden = _private_among(unit, {each.ref for each in decided})
        where = claimed.parcel.address
        lines = [_minute(desk, unit, each, where) for each in decided if each.ref not in hidden]
    if lines:
        post_once(desk, claimed, minutes(lines), thread_ts=str(what["thread_ts"]))


def answer(desk: Desk, gesture: Gesture) -> Message:
    """Return the list as it is now. Raises NotAllowed for who has nothing to do with triage."""
    with desk.store.unit() as unit:
        _reader(desk, unit, gesture)
    now = desk.clock.now()
    return _list(desk, now - _WEEK, now, f"user:{gesture.user}", weekly=False)


def show_more(desk: Desk, gesture: Gesture, standing: Standing, skip: int) -> None:
    """Open a page of those with one standing; within an open page it is replaced."""
    with desk.store.unit() as unit:
        office = _reader(desk, unit, gesture)
        group = _group(
            desk, unit, office, f"user:{gesture.user}", standing, ON_PAGE, min(skip, _DEEPEST)
        )
    view = triage_page(group, skip, group.count)
    windows.show(desk, gesture, view)


def why(desk: Desk, gesture: Gesture, ref: str) -> Message:
    """Return why a request has its number in triage: the parts of its score."""
    with desk.store.unit() as unit:
        _workflow, request, office = request_for(desk, unit, gesture, ref)
        rank, number = unit.ranks.get(ref), unit.ranks.number(ref)
        if rank is None:
            raise NotRanked
        late = sum(each.queued for each in unit.ranks.first(Standing.OVERDUE, MANY))
        queue = late + unit.ranks.count(Standing.NEW) + unit.ranks.count(Standing.WAITING)
        to = f"user:{gesture.user}"
        headline = str(about(row_facts(desk, request, office, to))["headline"])
        parts = [
            replace(part, because=told(desk, request, office, to, part.because))
            for part in rank.parts
        ]
    return explained(ref, headline, number, max(queue, number or 0), rank.score, parts)


def _list(desk: Desk, since: datetime, until: datetime, to: str, *, weekly: bool) -> Message:
    """Return the list, with what was learned and asked for outside in a stretch of time."""
    with desk.store.unit() as unit:
        office = desk.office(unit, desk.workflows[WORKFLOW])
        groups = [_group(desk, unit, office, to, each, SHOWN) for each in ORDER]
        learned = unit.observations.between(since, until, Seen.LEARNED)[-_MOST_LEARNINGS:]
        outside = len(unit.observations.between(since, until, Seen.ASKED_OUTSIDE))
        learnings = [learning(unit, each) for each in learned]
    return triage_list(groups, weekly=weekly, learnings=learnings, outside=outside)


def learning(unit: Unit, seen: Observation) -> Learning:
    """Return what was learned, with the title of the asset it is about."""
    asset = unit.requests.get(seen.ref)
    title = asset.details.title if asset else ""
    return Learning(asset_ref=seen.ref, title=title, text=seen.text, by=seen.user)


def _group(
    desk: Desk,
    unit: Unit,
    office: Office,
    to: str,
    standing: Standing,
    limit: int,
    skip: int = 0,
) -> TriageGroup:
    ranks = unit.ranks.first(standing, limit, skip)
    requests = unit.requests.several([each.ref for each in ranks])
    rows = [
        TriageRow(
            facts=row_facts(desk, requests[rank.ref], office, to),
            score=rank.score,
            because=told(desk, requests[rank.ref], office, to, because(rank)),
            buttons=_buttons(desk, requests[rank.ref].stage),
            number=unit.ranks.number(rank.ref) if rank.queued else None,
        )
        for rank in ranks
        if rank.ref in requests and not is_private(requests[rank.ref])
    ]
    return TriageGroup(standing=standing, rows=rows, count=unit.ranks.count(standing))


def because(rank: Rank) -> str:
    """Return in one line what weighs most in a score."""
    weighty = sorted(rank.parts, key=lambda part: -part.points)
    return "; ".join(part.because for part in weighty[:2] if part.points) or _nothing(rank.parts)


def _nothing(parts: Sequence[Part]) -> str:
    return parts[0].because if parts else "nothing speaks for it yet"


def _buttons(desk: Desk, stage: str) -> list[Transition]:
    """Return what triage can do in ``stage``; whoever presses is asked for their role then."""
    leaving = {each.name: each for each in desk.workflows[WORKFLOW].leaving(stage)}
    return [leaving[name] for name in _DECISIONS if name in leaving]


def _private_among(unit: Unit, refs: set[str]) -> set[str]:
    return {ref for ref, each in unit.requests.several(refs).items() if is_private(each)}


def _minute(desk: Desk, unit: Unit, entry: Entry, to: str) -> Minute:
    request = unit.requests.get(entry.ref)
    workflow = desk.workflows[WORKFLOW]
    transition = workflow.transition(entry.action)
    headline = ""
    if request is not None:
        office = desk.office(unit, workflow)
        headline = str(about(row_facts(desk, request, office, to))["headline"])
    return Minute(
        ref=entry.ref,
        headline=headline,
        done=_done(request, entry) or (transition.done if transition else entry.action),
        actor=entry.actor,
        behalf=entry.behalf,
        reason=entry.detail.get("reason", ""),
        owner=entry.detail.get("owner", "") if entry.action == "accept" else "",
    )


def _done(request: Request | None, entry: Entry) -> str:
    """Return what minutes say of a decision beyond its usual words; "" where these will do."""
    record = record_of(request) if request else None
    if entry.action == "ask":
        return "a question was asked"
    if record and entry.action == "merge":
        return f"merged into {record.merged_into}"
    if record and record.deferred_until and entry.action == "defer":
        return f"deferred until {day(record.deferred_until)}"
    return ""


def _reader(desk: Desk, unit: Unit, gesture: Gesture) -> Office:
    person = member(desk, unit, gesture)
    office = desk.office(unit, desk.workflows[WORKFLOW], person.user)
    if not any(person.user in office.holding(role) for role in READERS):
        raise NotAllowed("The triage list is for triage, marketing and the heads.")
    return office
