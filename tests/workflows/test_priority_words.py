"""Why is mine number seven? The parts of a score say it in words."""

from datetime import date, timedelta

import pytest

from workflows.money import Money
from workflows.priority import WEIGHTS, Criterion, DealFacts, Goal, Worth, score

TODAY = date(2026, 3, 2)
GOALS = (Goal(name="Fintech", weight=10), Goal(name="Renewals", weight=4))
BRIGHTWATER = DealFacts(
    name="Brightwater",
    amount=Money.of(50_000, "USD"),
    stage="proposal",
    close_on=TODAY + timedelta(days=15),
)


def asked(**known: object) -> Worth:
    usual: dict[str, object] = {"deadline": TODAY + timedelta(days=30), "reusable": False}
    return Worth(**usual | known)  # type: ignore[arg-type]


def why(worth: Worth, criterion: Criterion) -> tuple[int, str]:
    parts = score(worth, TODAY, WEIGHTS, GOALS).parts
    (part,) = [each for each in parts if each.criterion is criterion]
    return part.points, part.because


def test_a_score_as_it_is_read_aloud() -> None:
    worth = asked(deal=BRIGHTWATER, reusable=True, goal="Renewals")
    scored = score(worth, TODAY, WEIGHTS, GOALS)
    assert [(each.points, each.most, each.because) for each in scored.parts] == [
        (12, 25, "Brightwater is worth 50,000.00 USD"),
        (15, 20, "Brightwater closes in 15 days, stage proposal"),
        (10, 20, "needed in 30 days"),
        (15, 15, "others will use it, too"),
        (8, 20, "serves “Renewals”"),
    ]
    assert scored.total == 60


@pytest.mark.parametrize(
    ("changes", "points", "words"),
    [
        ({}, 25, "Brightwater is worth 100,000.00 USD"),
        ({"age_days": 1}, 25, "Brightwater is worth 100,000.00 USD (deal data from 1 day ago)"),
        ({"age_days": 3}, 25, "Brightwater is worth 100,000.00 USD (deal data from 3 days ago)"),
        ({"amount": Money.of(10**9, "USD")}, 25, "Brightwater is worth 1,000,000,000.00 USD"),
        ({"amount": Money.of(0, "USD")}, 0, "Brightwater is worth 0.00 USD"),
        ({"large": Money.of(1_000_000, "USD")}, 2, "Brightwater is worth 100,000.00 USD"),
        ({"amount": None}, 0, "Brightwater has no amount"),
        (
            {"amount": None, "age_days": 3},
            0,
            "Brightwater has no amount (deal data from 3 days ago)",
        ),
        ({"stage": "won"}, 0, "Brightwater is won"),
        ({"stage": "lost", "age_days": 2}, 0, "Brightwater is lost (deal data from 2 days ago)"),
    ],
)
def test_what_a_deal_is_worth(changes: dict[str, object], points: int, words: str) -> None:
    known: dict[str, object] = {"name": "Brightwater", "amount": Money.of(100_000, "USD")}
    deal = DealFacts(**known | changes)  # type: ignore[arg-type]
    assert why(asked(deal=deal), Criterion.DEAL_VALUE) == (points, words)


def test_a_large_deal_is_large_in_its_own_currency() -> None:
    for amount in (Money.of(100_000, "JPY"), Money.of(100_000, "KWD")):
        deal = DealFacts(name="Brightwater", amount=amount)
        assert why(asked(deal=deal), Criterion.DEAL_VALUE)[0] == 25


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({}, "no deal is linked"),
        ({"opportunity": "BW-1"}, "nothing is known of the deal BW-1"),
    ],
)
def test_without_a_deal_it_says_so(known: dict[str, object], words: str) -> None:
    for criterion in (Criterion.DEAL_VALUE, Criterion.DEAL_URGENCY):
        assert why(asked(**known), criterion) == (0, words)


@pytest.mark.parametrize(
    ("left", "stage", "points", "words"),
    [
        (0, "open", 20, "Brightwater closes today"),
        (1, "open", 20, "Brightwater closes in 1 day"),
        (30, "proposal", 10, "Brightwater closes in 30 days, stage proposal"),
        (
            *(30, "Prospecting", 5),
            "Brightwater closes in 30 days, stage Prospecting (early: counts half)",
        ),
        (5, "won", 0, "Brightwater is won"),
    ],
)
def test_how_soon_a_deal_closes(left: int, stage: str, points: int, words: str) -> None:
    deal = DealFacts(name="Brightwater", stage=stage, close_on=TODAY + timedelta(days=left))
    assert why(asked(deal=deal), Criterion.DEAL_URGENCY) == (points, words)


def test_a_deal_without_a_close_date_says_so() -> None:
    deal = DealFacts(name="Brightwater")
    words = "Brightwater has no close date"
    assert why(asked(deal=deal), Criterion.DEAL_URGENCY) == (0, words)


@pytest.mark.parametrize(
    ("left", "points", "words"),
    [
        (0, 20, "needed today"),
        (1, 20, "needed in 1 day"),
        (30, 10, "needed in 30 days"),
        (-1, 20, "needed 1 day ago"),
        (-12, 20, "needed 12 days ago"),
    ],
)
def test_when_it_is_needed(left: int, points: int, words: str) -> None:
    worth = asked(deadline=TODAY + timedelta(days=left))
    assert why(worth, Criterion.DEADLINE) == (points, words)


@pytest.mark.parametrize(
    ("goal", "points", "words"),
    [
        ("", 0, "serves no goal that was named"),
        ("Fintech", 20, "serves “Fintech”"),
        ("fintech", 20, "serves “Fintech”"),
        ("Renewals", 8, "serves “Renewals”"),
        ("Forgotten", 0, "“Forgotten” is not among the goals any more"),
    ],
)
def test_which_goal_it_serves(goal: str, points: int, words: str) -> None:
    assert why(asked(goal=goal), Criterion.GOALS) == (points, words)


def test_reuse_is_worth_something() -> None:
    assert why(asked(reusable=True), Criterion.REUSE) == (15, "others will use it, too")
    assert why(asked(), Criterion.REUSE) == (0, "one-off")


def test_without_goals_nothing_is_among_them() -> None:
    part = score(asked(goal="Fintech"), TODAY).parts[-1]
    assert (part.points, part.because) == (0, "“Fintech” is not among the goals any more")


def test_a_deal_that_should_have_closed_presses_in_full() -> None:
    deal = DealFacts(name="Brightwater", close_on=TODAY - timedelta(days=3))
    points, words = why(asked(deal=deal), Criterion.DEAL_URGENCY)
    assert points == 20
    assert "3 days ago" in words


def test_a_close_date_that_is_over_is_said_in_the_past_tense() -> None:
    deal = DealFacts(name="Brightwater", close_on=TODAY - timedelta(days=3))
    _, words = why(asked(deal=deal), Criterion.DEAL_URGENCY)
    assert "closes 3 days ago" not in words
