"""The priority of a request for an asset: a score that explains itself.

"Requests are prioritized based on: deal urgency/value (linked to CRM opportunity), reusability of
asset (one-off vs. reusable collateral), alignment with sales enablement goals" (Sales Asset
Requests, 4.B). Pure: whoever calls it says what is known, and what day it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from workflows.money import Money


class Standing(StrEnum):
    """Under which heading the triage list shows a request."""

    NEW = "new"
    WAITING = "waiting"
    AT_RISK = "at_risk"
    OVERDUE = "overdue"
    UNDER_WAY = "under_way"


class Criterion(StrEnum):
    """What a score is made of."""

    DEAL_VALUE = "deal_value"
    DEAL_URGENCY = "deal_urgency"
    DEADLINE = "deadline"
    REUSE = "reuse"
    GOALS = "goals"


WEIGHTS: Mapping[Criterion, int] = MappingProxyType(
    {
        Criterion.DEAL_VALUE: 25,
        Criterion.DEAL_URGENCY: 20,
        Criterion.DEADLINE: 20,
        Criterion.REUSE: 15,
        Criterion.GOALS: 20,
    }
)
"""How much each criterion counts when nobody has set anything; only their ratio matters."""

HORIZON = 60
"""In how many days a deadline or a close date begins to press."""

_LARGE = 100_000
"""A deal of this many units of its currency, or more, has the whole weight of its value."""

_ENDED = ("won", "lost")

_EARLY = ("lead", "prospect", "qualif", "discovery")
"""Stages are the company's own words; what sounds like these is far from a signature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DealFacts:
    """What is known of the linked deal. ``age_days``: how old that is; None: just read."""

    name: str
    amount: Money | None = None
    large: Money | None = None
    """From this amount on the value counts in full; None: 100,000 of the deal's currency."""
    stage: str = "open"
    close_on: date | None = None
    age_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A goal of sales enablement, and how much it counts against the others (1 to 10)."""

    name: str
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What is known of a request when it is ranked."""

    deadline: date
    reusable: bool
    goal: str = ""
    deal: DealFacts | None = None
    opportunity: str = ""
    """What was named as the deal, also where the CRM knows nothing of it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One criterion's share of a score: ``points`` of at most ``most``, and why, in words."""

    criterion: Criterion
    points: int
    most: int
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The whole score, 0 to 100, and its parts in the order of the criteria.

    ``again_on`` is the first day on which it can be another by itself; None: never.
    """

    total: int
    parts: tuple[Part, ...] = field(default=())
    again_on: date | None = None


def score(
    worth: Worth,
    today: date,
    weights: Mapping[Criterion, int] = WEIGHTS,
    goals: Sequence[Goal] = (),
) -> Score:
    """Return the score of a request on the day ``today``.

    A criterion without weight counts nothing; when none has any, every score is 0.
    """
    shares = {
        Criterion.DEAL_VALUE: _value(worth),
        Criterion.DEAL_URGENCY: _urgency(worth, today),
        Criterion.DEADLINE: _deadline(worth.deadline, today),
        Criterion.REUSE: _reuse(worth),
        Criterion.GOALS: _goal(worth.goal, goals),
    }
    most = _spread({each: max(0, weights.get(each, 0)) for each in Criterion})
    parts = tuple(
        Part(each, round(share * most[each]), most[each], because)
        for each, (share, because) in shares.items()
    )
    return Score(
        total=sum(part.points for part in parts), parts=parts, again_on=_again(worth, today)
    )


def _spread(weights: Mapping[Criterion, int]) -> dict[Criterion, int]:
    """Return weights that add up to 100, each rounded so that none is lost."""
    whole = sum(weights.values())
    if not whole:
        return dict.fromkeys(weights, 0)
    exact = {each: weight * 100 / whole for each, weight in weights.items()}
    spread = {each: int(value) for each, value in exact.items()}
    by_rest = sorted(exact, key=lambda each: spread[each] - exact[each])
    for each in by_rest[: 100 - sum(spread.values())]:
        spread[each] += 1
    return spread


def _value(worth: Worth) -> tuple[float, str]:
    deal = worth.deal
    if deal is None:
        return 0.0, _no_deal(worth)
    if deal.stage in _ENDED:
        return 0.0, f"{deal.name} is {deal.stage}{_age(deal)}"
    if deal.amount is None:
        return 0.0, f"{deal.name} has no amount{_age(deal)}"
    large = deal.large or Money.of(_LARGE, deal.amount.currency)
    share = min(1.0, deal.amount.minor / large.minor) if large.minor > 0 else 1.0
    return max(0.0, share), f"{deal.name} is worth {deal.amount}{_age(deal)}"


def _urgency(worth: Worth, today: date) -> tuple[float, str]:
    deal = worth.deal
    if deal is None:
        return 0.0, _no_deal(worth)
    if deal.stage in _ENDED:
        return 0.0, f"{deal.name} is {deal.stage}"
    if deal.close_on is None:
        return 0.0, f"{deal.name} has no close date"
    left = (deal.close_on - today).days
    is_early = any(word in deal.stage.casefold() for word in _EARLY)
    stage = "" if deal.stage == "open" else f", stage {deal.stage}"
    stage += " (early: counts half)" if is_early else ""
    verb = "closes" if left >= 0 else "was to close"
    share = _pressing(left) * (0.5 if is_early else 1.0)
    return share, f"{deal.name} {verb} {_in_days(left)}{stage}"


def _deadline(deadline: date, today: date) -> tuple[float, str]:
    left = (deadline - today).days
    return _pressing(left), f"needed {_in_days(left)}"


def _reuse(worth: Worth) -> tuple[float, str]:
    return (1.0, "others will use it, too") if worth.reusable else (0.0, "one-off")


def _goal(name: str, goals: Sequence[Goal]) -> tuple[float, str]:
    if not name:
        return 0.0, "serves no goal that was named"
    found = next((each for each in goals if each.name.casefold() == name.casefold()), None)
    if found is None:
        return 0.0, f"“{name}” is not among the goals any more"
    heaviest = max(each.weight for each in goals)
    return found.weight / heaviest, f"serves “{found.name}”"


def _no_deal(worth: Worth) -> str:
    if worth.opportunity:
        return f"nothing is known of the deal {worth.opportunity}"
    return "no deal is linked"


def _age(deal: DealFacts) -> str:
    if not deal.age_days:
        return ""
    return f" (deal data from {deal.age_days} day{'s' if deal.age_days != 1 else ''} ago)"


def _pressing(days_left: int) -> float:
    """Return 1 for what is due now or late, 0 for what lies beyond the horizon."""
    return min(1.0, max(0.0, 1 - days_left / HORIZON))


def _in_days(left: int) -> str:
    if left == 0:
        return "today"
    if left > HORIZON:
        return f"in more than {HORIZON} days"
    days = f"{abs(left)} day{'s' if abs(left) != 1 else ''}"
    return f"in {days}" if left > 0 else f"{days} ago"


def _again(worth: Worth, today: date) -> date | None:
    """Return the next day on which a date presses more, or the words about it change."""
    dates = [worth.deadline]
    deal = worth.deal
    if deal is not None and deal.close_on is not None and deal.stage not in _ENDED:
        dates.append(deal.close_on)
    days = [_presses_on(each, today) for each in dates]
    return min(days)


def _presses_on(due: date, today: date) -> date:
    begins = due - timedelta(days=HORIZON)
    return max(today + timedelta(days=1), begins)
