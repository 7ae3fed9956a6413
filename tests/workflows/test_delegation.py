"""Who acts for whom, on which days: chains, circles, days of 23 and 25 hours."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.harborlight import ANA, BEN, DIAN, HUGO, NOW, RYAN
from workflows.delegation import Delegation, Deputy, deputies, makes_a_circle, whole_days

DAY = timedelta(days=1)
PEOPLE = (ANA, BEN, DIAN, RYAN, HUGO)


def away(user: str, deputy: str, first: int = 0, last: int = 0) -> Delegation:
    """``deputy`` stands in for ``user`` from the ``first`` day after NOW to the ``last``."""
    begins, ends = NOW + first * DAY, NOW + (last + 1) * DAY
    return Delegation(
        id=f"{user}-{deputy}-{first}",
        user=user,
        deputy=deputy,
        begins=begins,
        ends=ends,
        set_by=user,
        set_at=NOW,
    )


def now(*delegations: Delegation, gone: str = "") -> dict[str, str]:
    found = deputies(delegations, NOW, lambda user: user != gone)
    return {user: deputy.user for user, deputy in found.items()}


def test_a_chain_is_followed_to_its_end() -> None:
    assert now(away(RYAN, HUGO), away(HUGO, DIAN)) == {RYAN: DIAN, HUGO: DIAN}


def test_everybody_on_the_way_and_whoever_set_a_link_chose_who_is_its_end() -> None:
    by_manager = replace(away(HUGO, DIAN), set_by=BEN)
    found = deputies([away(RYAN, HUGO), by_manager, away(DIAN, ANA)], NOW, lambda _: True)
    assert found[RYAN] == Deputy(ANA, frozenset({HUGO, BEN, DIAN}))
    assert found[HUGO] == Deputy(ANA, frozenset({BEN, DIAN}))
    assert found[DIAN] == Deputy(ANA)


def test_a_circle_that_two_gestures_made_at_once_keeps_nobody_busy_for_ever() -> None:
    stored = [away(BEN, DIAN), away(DIAN, BEN)]
    assert not makes_a_circle(away(RYAN, BEN), stored)
    assert makes_a_circle(away(BEN, DIAN), stored)


def test_who_has_left_acts_for_nobody() -> None:
    assert now(away(RYAN, HUGO), gone=HUGO) == {}
    assert now(away(RYAN, HUGO), away(HUGO, DIAN), gone=DIAN) == {RYAN: HUGO}


def test_it_holds_from_its_first_moment_until_before_its_end() -> None:
    one = away(RYAN, HUGO, 1, 2)
    held = [at for at in range(5) if deputies([one], NOW + at * DAY, lambda _: True)]
    assert held == [1, 2]


def test_a_wish_without_dates_moves_nothing() -> None:
    wish = Delegation(id="w", user=RYAN, deputy=HUGO, set_by=RYAN, set_at=NOW)
    assert wish.is_standing
    assert now(wish) == {}


def test_a_circle_that_two_people_made_at_once_moves_nothing() -> None:
    assert now(away(RYAN, HUGO), away(HUGO, RYAN)) == {}
    assert now(away(RYAN, HUGO), away(HUGO, DIAN), away(DIAN, HUGO)) == {}


def test_a_circle_is_judged_for_the_days_that_overlap() -> None:
    assert makes_a_circle(away(HUGO, RYAN, 0, 5), [away(RYAN, HUGO, 5, 9)])
    assert not makes_a_circle(away(HUGO, RYAN, 0, 4), [away(RYAN, HUGO, 5, 9)])
    through_another = [away(RYAN, DIAN, 0, 5), away(DIAN, HUGO, 5, 9)]
    assert makes_a_circle(away(HUGO, RYAN, 5, 5), through_another)
    assert not makes_a_circle(away(HUGO, RYAN, 6, 9), through_another)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(*[st.sampled_from(PEOPLE)] * 2, *[st.integers(0, 6)] * 2), max_size=9))
def test_what_is_accepted_never_makes_a_circle(wishes: list[tuple[str, str, int, int]]) -> None:
    """Accept one after the other what is no circle; then walk every day by hand."""
    accepted: list[Delegation] = []
    for user, deputy, first, length in wishes:
        wanted = away(user, deputy, first, first + length)
        taken = any(each.user == user and wanted.overlap(each) for each in accepted)
        if not taken and not makes_a_circle(wanted, accepted):
            accepted.append(wanted)
    for day in range(14):
        at = NOW + day * DAY + timedelta(hours=1)
        named = {
            e.user: e.deputy for e in accepted if e.begins and e.ends and e.begins <= at < e.ends
        }
        found = deputies(accepted, at, lambda _: True)
        assert found.keys() == named.keys()
        for user, acting in found.items():
            last, steps = user, 0
            while last in named:
                last, steps = named[last], steps + 1
                assert steps <= len(named)
            assert last == acting.user


def test_days_are_those_of_the_one_who_is_away() -> None:
    kolkata, apia = ZoneInfo("Asia/Kolkata"), ZoneInfo("America/New_York")
    begins, ends = whole_days(date(2026, 11, 23), date(2026, 11, 23), kolkata)
    assert begins == datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
    assert ends - begins == DAY
    spring, autumn = date(2027, 3, 14), date(2026, 11, 1)
    for day, hours in ((spring, 23), (autumn, 25)):
        begins, ends = whole_days(day, day, apia)
        assert ends - begins == timedelta(hours=hours)
    one = Delegation(
        id="x", user=RYAN, deputy=HUGO, begins=begins, ends=ends, set_by=RYAN, set_at=NOW
    )
    assert one.last_day(apia) == autumn
