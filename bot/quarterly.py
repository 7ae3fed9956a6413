"""The quarterly review: how requests for assets went, what was learned, what is to be refreshed.

"Document Owner: Head of Marketing. Review Cycle: Quarterly, aligned with sales asset refresh
cycles" (Sales Asset Requests, 7).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot import parcels
from bot.company import EVERYONE
from bot.desk import Desk, Gesture
from bot.measures import median
from bot.members import member
from bot.periodic import Span, chart_is_there, is_news, post_with_chart, upload_chart, whole_days
from bot.ports import Claimed, Observation, Seen, Unit
from bot.recorded import recorded
from bot.shelf.facts import asset_facts
from bot.shelf.refreshing import due
from bot.triage.agenda import READERS, learning
from messages.filters import day, words
from messages.message import Message
from messages.printed_quarter import quarterly_chart
from messages.problem import whisper
from messages.quarterly import QuarterFacts
from messages.quarterly import quarterly as worded
from messages.reports import offering
from workflows.asset import record_of
from workflows.asset_parts import Feedback, Verdict
from workflows.engine import SUBMIT
from workflows.privacy import is_private
from workflows.refusals import NotAllowed
from workflows.request import Request
from workflows.roles import Role
from workflows.standing import kept_its_date

WORKFLOW = "sales_asset"
TITLE = "How requests for sales assets went"
ASKED_DAYS = 90
_WORDS = 5
_LEARNINGS = 10
_DUE = 20
_RATED = ("helped", "did_not_help", "not_used_yet")
_COUNTED = (SUBMIT, "shelved", *_RATED)
_TEAMS = (
    *(Role.PRE_SALES, Role.DELIVERY, Role.MARKETING),
    *(Role.SALES_ASSISTANT, Role.SALES_MANAGER),
)
"""Which team somebody belongs to, by the role they hold; everybody else is in sales."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """The requests of a stretch: those asked for in it, delivered in it, and rated in it."""

    asked: Sequence[Request]
    delivered: Sequence[Request]
    rated: Sequence[Request]


def facts(desk: Desk, span: Span) -> QuarterFacts:
    """Return how the requests went in ``span``."""
    to_review, since, until = due(desk), span.since, span.until
    with desk.store.unit() as unit:
        found = _found(desk, unit, since, until)
        reuse = unit.observations.between(since, until, Seen.REUSED)
        outside = unit.observations.between(since, until, Seen.ASKED_OUTSIDE)
        learned = unit.observations.between(since, until, Seen.LEARNED)
        teams = _teams(desk, unit, outside, found.asked)
        learnings = [learning(unit, each) for each in learned[-_LEARNINGS:]]
        listed = [asset_facts(unit, each) for each in to_review[:_DUE]]
        missed = _missed(desk, unit, since, until)
    said = [_said_of(request, since, until) for request in found.rated]
    verdicts = Counter(each[-1].verdict for each in said if each)
    kept = [each for each in found.delivered if kept_its_date(each, desk.company.zone)]
    return QuarterFacts(
        title=TITLE,
        period=span.period,
        by_type=_by_type(found.asked),
        delivered=len(found.delivered),
        median_days=median(days) if (days := [_days(each) for each in found.delivered]) else None,
        kept=len(kept),
        missed=missed,
        reuse=len(reuse),
        asked=len(found.asked),
        needed=len(found.asked) + sum(not each.about for each in reuse),
        outside=teams,
        helped=verdicts[Verdict.HELPED],
        did_not=verdicts[Verdict.DID_NOT],
        not_used=verdicts[Verdict.NOT_USED_YET],
        words=_words(found.rated, since, until),
        learnings=learnings,
        due=listed,
        due_count=len(to_review),
    )


def post_quarterly(desk: Desk, now: datetime) -> None:
    """From the first working morning of a quarter on: promise the quarter before to its owner."""
    first = _quarter(now.astimezone(desk.company.zone).date())
    if not is_news(desk, first, now):
        return
    before = _quarter(first - timedelta(days=1))
    period = f"{before.year} Q{(before.month + 2) // 3}"
    what = whole_days(desk, before, first, period).to_json()
    with desk.store.unit() as unit:
        heads = unit.people.holders().get(Role.HEAD_OF_MARKETING, frozenset())
        addresses = [f"user:{user}" for user in sorted(heads)]
        channel = desk.company.channel(WORKFLOW)
        addresses += [f"channel:{channel}"] if channel else []
        for address in addresses:
            occasion = f"{period}:{address}"
            unit.outbox.add(parcels.aside("quarterly", occasion, address, what, now))
        unit.commit()
    desk.wake()


def answer(desk: Desk, gesture: Gesture) -> Message:
    """Promise the report of the last 90 days to the person's DM, and say so.

    Raises NotAllowed for who holds none of the roles that may read the triage list.
    """
    now = desk.clock.now()
    today = now.astimezone(desk.company.zone).date()
    period = f"{ASKED_DAYS} days until {day(today)}"
    what = Span(now - timedelta(days=ASKED_DAYS), now, period).to_json()
    with desk.store.unit() as unit:
        person = member(desk, unit, gesture)
        office = desk.office(unit, desk.workflows[WORKFLOW], person.user)
        if not any(person.user in office.holding(role) for role in READERS):
            raise NotAllowed("The review is for triage, marketing, the heads and auditors.")
        address, occasion = f"user:{person.user}", gesture.key or now.isoformat()
        unit.outbox.add(parcels.aside("quarterly", occasion, address, what, now))
        unit.commit()
    desk.wake()
    said = whisper("The review is on its way to you, with its chart, in a direct message.")
    return offering(said, WORKFLOW)


def deliver(desk: Desk, claimed: Claimed) -> None:
    """Post the report, and promise its chart to the thread."""
    found = facts(desk, Span.from_json(claimed.parcel.payload))
    post_with_chart(desk, claimed, worded(found), "quarterly_chart")


def deliver_chart(desk: Desk, claimed: Claimed) -> None:
    """Upload the chart. After an attempt of unknown outcome it is looked for first."""
    span = Span.from_json(claimed.parcel.payload)
    name = f"asset-review-{span.since:%Y-%m-%d}.png"
    if chart_is_there(desk, claimed, name):
        return
    found = facts(desk, span)
    said, data = f"{found.title}, {found.period}", quarterly_chart(found, desk.clock.now())
    upload_chart(desk, claimed, name, "quarter", data, said)


def _found(desk: Desk, unit: Unit, since: datetime, until: datetime) -> _Asked:
    entries = recorded(unit, desk.workflows[WORKFLOW], since, until)
    requests = unit.requests.several({each.ref for each in entries if each.action in _COUNTED})

    def those(*actions: str) -> list[Request]:
        refs = dict.fromkeys(each.ref for each in entries if each.action in actions)
        return [requests[ref] for ref in refs if ref in requests]

    return _Asked(those(SUBMIT), those("shelved"), those(*_RATED))


def _said_of(request: Request, since: datetime, until: datetime) -> list[Feedback]:
    return [each for each in record_of(request).feedback if since <= each.at < until]


def _words(rated: Sequence[Request], since: datetime, until: datetime) -> tuple[str, ...]:
    """Return the last of what requesters said; nothing of what is private."""
    quoted = [each for each in rated if not is_private(each)]
    said = [each.word for request in quoted for each in _said_of(request, since, until)]
    return tuple(word for word in said if word)[-_WORDS:]


def _missed(desk: Desk, unit: Unit, since: datetime, until: datetime) -> int:
    entries = recorded(unit, desk.workflows[WORKFLOW], since, until)
    return len({each.ref for each in entries if each.action == "missed"})


def _by_type(asked: Sequence[Request]) -> list[tuple[str, int]]:
    kinds = Counter(
        words(each.details.asset_type_other or each.details.asset_type) for each in asked
    )
    return kinds.most_common()


def _days(request: Request) -> float:
    record = record_of(request)
    taken = (record.delivered_at or request.created_at) - request.created_at
    return taken.total_seconds() / 86400


def _teams(
    desk: Desk, unit: Unit, outside: Sequence[Observation], asked: Sequence[Request]
) -> list[tuple[str, int, int]]:
    """Return by team how often it asked outside of the form, and how often in all."""
    holders = {
        role: people
        for role, people in unit.people.holders().items()
        if EVERYONE not in desk.company.roles.get(role, ())
    }
    around = Counter(_team(holders, each.user) for each in outside)
    through = Counter(_team(holders, each.asker) for each in asked)
    names = sorted({*around, *through})
    return [(name, around[name], around[name] + through[name]) for name in names]


def _team(holders: Mapping[Role, frozenset[str]], user: str) -> str:
    role = next((each for each in _TEAMS if user in holders.get(each, frozenset())), None)
    return role.label if role else "sales"


def _quarter(on: date) -> date:
    """Return the first day of the quarter in which ``on`` is."""
    return on.replace(month=on.month - (on.month - 1) % 3, day=1)
