"""The laws of the priority: a score explains itself, and moves the right way."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.money import Money
from workflows.priority import HORIZON, WEIGHTS, Criterion, DealFacts, Goal, Score, Worth, score

TODAY = date(2026, 3, 2)
GOALS = (Goal(name="Fintech", weight=10), Goal(name="Renewals", weight=4))

days = st.integers(min_value=-400, max_value=400).map(lambda each: TODAY + timedelta(days=each))
amounts = st.integers(min_value=-(10**6), max_value=10**12)
weights = st.fixed_dictionaries({each: st.integers(0, 100) for each in Criterion})
deals = st.builds(
    DealFacts,
    name=st.just("Brightwater"),
    amount=st.none() | amounts.map(lambda minor: Money(minor, "USD")),
    large=st.none() | amounts.map(lambda minor: Money(minor, "USD")),
    stage=st.sampled_from(["open", "proposal", "won", "lost"]),
    close_on=st.none() | days,
    age_days=st.integers(0, 30),
)
worths = st.builds(
    Worth,
    deadline=days,
    reusable=st.booleans(),
    goal=st.sampled_from(["", "fintech", "Renewals", "Forgotten"]),
    deal=st.none() | deals,
    opportunity=st.sampled_from(["", "BW-1"]),
)


def points(scored: Score, criterion: Criterion) -> int:
    (part,) = [each for each in scored.parts if each.criterion is criterion]
    return part.points


@given(worth=worths, weights=weights)
def test_a_score_is_the_sum_of_its_parts_and_lies_between_0_and_100(
    worth: Worth, weights: dict[Criterion, int]
) -> None:
    scored = score(worth, TODAY, weights, GOALS)
    assert [each.criterion for each in scored.parts] == list(Criterion)
    assert scored.total == sum(each.points for each in scored.parts)
    assert 0 <= scored.total <= 100
    assert all(0 <= each.points <= each.most for each in scored.parts)
    assert all(each.because for each in scored.parts)


@given(worth=worths, weights=weights)
def test_what_the_parts_can_have_at_most_adds_up_to_100(
    worth: Worth, weights: dict[Criterion, int]
) -> None:
    most = [each.most for each in score(worth, TODAY, weights, GOALS).parts]
    assert sum(most) == (100 if any(weights.values()) else 0)
    whole = sum(weights.values())
    exact = [weights[each] * 100 / whole if whole else 0 for each in Criterion]
    assert all(abs(one - other) < 1 for one, other in zip(most, exact, strict=True))


@given(worth=worths, weights=weights, times=st.integers(2, 9))
def test_only_the_ratio_of_the_weights_matters(
    worth: Worth, weights: dict[Criterion, int], times: int
) -> None:
    larger = {each: weight * times for each, weight in weights.items()}
    assert score(worth, TODAY, larger, GOALS) == score(worth, TODAY, weights, GOALS)


@given(worth=worths)
def test_without_any_weight_every_score_is_zero_and_still_has_its_words(worth: Worth) -> None:
    scored = score(worth, TODAY, dict.fromkeys(Criterion, 0), GOALS)
    assert (scored.total, len(scored.parts)) == (0, len(Criterion))
    assert [each.because for each in scored.parts] == [
        each.because for each in score(worth, TODAY, WEIGHTS, GOALS).parts
    ]


@given(weights=weights, worth=worths)
def test_a_criterion_without_weight_counts_nothing(
    worth: Worth, weights: dict[Criterion, int]
) -> None:
    for part in score(worth, TODAY, weights, GOALS).parts:
        assert weights[part.criterion] or not part.points


@given(worth=worths)
def test_a_weight_below_zero_is_none(worth: Worth) -> None:
    below = {**WEIGHTS, Criterion.REUSE: -5}
    none = {**WEIGHTS, Criterion.REUSE: 0}
    assert score(worth, TODAY, below, GOALS) == score(worth, TODAY, none, GOALS)


@given(values=st.lists(st.integers(0, 10**9), min_size=2, max_size=6).map(sorted))
def test_the_larger_the_deal_the_higher_the_score(values: list[int]) -> None:
    scored = [
        score(
            Worth(
                deadline=TODAY,
                reusable=False,
                deal=DealFacts(name="Brightwater", amount=Money(minor, "USD")),
            ),
            TODAY,
        ).total
        for minor in values
    ]
    assert all(smaller <= larger for smaller, larger in pairwise(scored))


@given(on=days, nearer=st.integers(1, 90), field=st.sampled_from(["deadline", "close_on"]))
def test_the_nearer_a_date_the_higher_the_score(on: date, nearer: int, field: str) -> None:
    def total(day: date) -> int:
        deal = DealFacts(name="Brightwater", close_on=day if field == "close_on" else None)
        due = day if field == "deadline" else TODAY
        asked = Worth(deadline=due, reusable=False, deal=deal)
        return score(asked, TODAY, WEIGHTS, GOALS).total

    assert total(on - timedelta(days=nearer)) >= total(on)


@given(worth=worths, later=st.integers(0, 200))
def test_time_alone_never_lowers_a_score(worth: Worth, later: int) -> None:
    day = TODAY + timedelta(days=later)
    now, then = score(worth, TODAY, WEIGHTS, GOALS), score(worth, day, WEIGHTS, GOALS)
    assert then.total >= now.total


@given(worth=worths)
def test_a_score_is_as_good_until_the_day_it_names(worth: Worth) -> None:
    now = score(worth, TODAY, WEIGHTS, GOALS)
    last = now.again_on or TODAY + timedelta(days=500)
    assert last > TODAY
    for nth in range(1, (last - TODAY).days):
        then = score(worth, TODAY + timedelta(days=nth), WEIGHTS, GOALS)
        assert then.parts == now.parts


@given(worth=worths)
def test_on_the_day_it_names_something_is_another(worth: Worth) -> None:
    now = score(worth, TODAY, WEIGHTS, GOALS)
    if now.again_on is not None:
        assert score(worth, now.again_on, WEIGHTS, GOALS).parts != now.parts


@given(worth=worths)
def test_a_deal_that_is_over_presses_nothing(worth: Worth) -> None:
    scored = score(worth, TODAY, WEIGHTS, GOALS)
    if worth.deal is None or worth.deal.stage in ("won", "lost"):
        assert points(scored, Criterion.DEAL_VALUE) == 0
        assert points(scored, Criterion.DEAL_URGENCY) == 0


@pytest.mark.parametrize(
    ("left", "expected"), [(HORIZON + 1, 0), (HORIZON, 0), (HORIZON // 2, 10), (0, 20), (-9, 20)]
)
def test_a_deadline_begins_to_press_in_the_last_sixty_days(left: int, expected: int) -> None:
    worth = Worth(deadline=TODAY + timedelta(days=left), reusable=False)
    assert points(score(worth, TODAY), Criterion.DEADLINE) == expected
