"""Whoever stands in for somebody: any rule of approval, any deputies, whoever asked."""

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.harborlight import (
    ADAM,
    ANA,
    BEA,
    DIAN,
    GRETA,
    HUGO,
    LEO,
    NOW,
    OFFICE,
    POLICY,
    RYAN,
    staffed,
)
from tests.workflows.journey import Journey
from tests.workflows.test_approvals import A_STAND, journey
from tests.workflows.throwaway import stand
from workflows.ball import deciders, stuck
from workflows.definition import ALL, ANY, Given, Need, Quorum, at_least
from workflows.delegation import Deputy
from workflows.engine import FALLBACK, FOR, Actor, act, begin
from workflows.office import Office
from workflows.refusals import AlreadyVoted, NotAllowed, OwnRequest, Refusal
from workflows.request import Request, Vote
from workflows.roles import Role

PEOPLE = (ANA, BEA, DIAN, GRETA, HUGO, LEO)
RULES = (ANY, ALL, at_least(2), at_least(3))


def standing_in(office: Office = OFFICE, /, **deputies: str) -> Office:
    """Return the office in which others act for some: ``standing_in(U0RYAN=HUGO)``."""
    acting = {user: Deputy(deputy) for user, deputy in deputies.items()}
    return Office(office.policy, office.holders, acting)


def test_the_deputy_has_the_ball_and_the_holder_may_still_act() -> None:
    office = standing_in(staffed(Role.SALES_MANAGER, GRETA), U0GRETA=HUGO)
    for who, behalf in ((HUGO, (GRETA,)), (GRETA, ())):
        way = journey(office=office)
        way.does(BEA, "approve")
        assert way.waits_for() == {HUGO}
        assert {"approve"} <= way.offers(HUGO) & way.offers(GRETA)
        move = way.does(who, "approve")
        assert way.stage == "signature"
        assert move.request.votes[-1] == Vote("review", "legal", who, 1, way.now, behalf)
        assert move.entry.detail.get(FOR) == (GRETA if behalf else None)


def test_whoever_asked_has_no_say_in_who_decides_it_for_somebody() -> None:
    for chosen_by in (ANA, DIAN):
        deputies = {GRETA: Deputy(HUGO, frozenset({chosen_by}))}
        holders = staffed(Role.SALES_MANAGER, GRETA).holders
        way = journey(office=Office(POLICY, holders, deputies))
        way.does(BEA, "approve")
        if chosen_by == ANA:
            assert way.waits_for() == {GRETA}
            assert isinstance(way.refuses(HUGO, "approve"), NotAllowed)
        else:
            assert way.waits_for() == {HUGO}


def test_who_comes_second_is_told_that_it_is_answered() -> None:
    office = standing_in(staffed(Role.SALES_MANAGER, GRETA), U0GRETA=HUGO)
    for first, second in ((HUGO, GRETA), (GRETA, HUGO)):
        way = journey(office=office)
        way.does(first, "approve")
        assert isinstance(way.refuses(second, "approve"), AlreadyVoted)


def test_one_vote_fills_every_place_where_all_are_asked() -> None:
    office = standing_in(staffed(Role.SALES_MANAGER, GRETA, HUGO), U0GRETA=HUGO)
    way = journey(legal=ALL, office=office)
    way.does(BEA, "approve")
    assert way.waits_for() == {HUGO}
    way.does(HUGO, "approve")
    assert way.stage == "signature"


def test_two_of_three_are_still_two_people() -> None:
    office = standing_in(staffed(Role.SALES_MANAGER, GRETA, HUGO, LEO), U0GRETA=HUGO, U0LEO=HUGO)
    way = journey(legal=at_least(2), office=office)
    way.does(BEA, "approve")
    assert way.waits_for() == {GRETA, HUGO, LEO}
    way.does(HUGO, "approve")
    assert (way.stage, way.waits_for()) == ("review", {GRETA, LEO})
    assert isinstance(way.refuses(HUGO, "approve"), AlreadyVoted)
    way.does(LEO, "approve")
    assert way.stage == "signature"


def test_nobody_decides_their_own_request_for_another() -> None:
    office = standing_in(staffed(Role.SALES_MANAGER, GRETA), U0GRETA=ANA)
    way = journey(office=office, asker=ANA)
    way.does(BEA, "approve")
    assert way.waits_for() == {GRETA}
    assert "approve" not in way.offers(ANA)
    assert isinstance(way.refuses(ANA, "approve"), OwnRequest)
    assert isinstance(way.refuses(ANA, "reject", "no"), OwnRequest)


def test_nobody_decides_for_the_one_who_asked() -> None:
    office = standing_in(staffed(Role.SALES_MANAGER, GRETA), U0GRETA=HUGO)
    way = journey(office=office, asker=GRETA)
    assert isinstance(way.refuses(HUGO, "approve"), NotAllowed)
    assert way.lacks() == (Role.SALES_MANAGER,)


def test_a_question_is_answered_by_the_one_who_asked_and_nobody_else() -> None:
    way = journey(office=standing_in(journey().office, U0ANA=HUGO))
    way.does(GRETA, "request_changes", "Say more.")
    assert way.waits_for() == {ANA}
    assert isinstance(way.refuses(HUGO, "resubmit"), NotAllowed)


def test_being_an_admin_is_not_handed_on() -> None:
    way = journey(office=standing_in(journey().office, U0ADAM=DIAN))
    assert isinstance(way.refuses(DIAN, "reassign", "why not", person=DIAN), NotAllowed)


def test_a_role_that_nobody_holds_is_filled_by_its_fallback() -> None:
    nobody = staffed(Role.SALES_MANAGER)
    office = Office(POLICY, nobody.holders, {}, {Role.SALES_MANAGER: Role.HEAD_OF_SALES})
    way = journey(office=office)
    way.does(BEA, "approve")
    assert way.waits_for() == {HUGO}
    move = way.does(HUGO, "approve")
    assert (way.stage, move.entry.detail[FALLBACK]) == ("signature", "sales manager")
    assert Office(POLICY, {}, {}, dict.fromkeys(Role, Role.ADMIN)).filling(Role.BILLING) == set()


def test_what_was_given_to_somebody_who_left_waits_for_the_role_again() -> None:
    way = journey(office=staffed(Role.SALES_MANAGER, GRETA, office=OFFICE))
    way.does(ADAM, "reassign", "they know it", person=RYAN, lane="legal")
    assert RYAN in way.waits_for()
    way.office = Office(POLICY, OFFICE.holders, gone=frozenset({RYAN}))
    assert way.waits_for() == {GRETA, BEA}


@st.composite
def houses(draw: st.DrawFn) -> tuple[Office, Quorum, str]:
    """Return an office with some deputies, a rule, and who asks."""
    holders = draw(st.sets(st.sampled_from(PEOPLE), min_size=1))
    away = draw(st.sets(st.sampled_from(PEOPLE), max_size=4))
    here = [each for each in (*PEOPLE, RYAN) if each not in away]
    deputies = {
        user: Deputy(draw(st.sampled_from(here)), draw(st.frozensets(st.sampled_from(PEOPLE))))
        for user in sorted(away)
    }
    office = staffed(Role.BILLING, RYAN, office=staffed(Role.SALES_MANAGER, *holders))
    rule, asker = draw(st.sampled_from(RULES)), draw(st.sampled_from(PEOPLE))
    return Office(POLICY, office.holders, deputies), rule, asker


def _approvals(request: Request) -> list[Vote]:
    return [vote for vote in request.votes if vote.lane == "legal"]


def _is_enough(votes: list[Vote], rule: Quorum, seats: frozenset[str], office: Office) -> bool:
    """Say whether the votes suffice, by trying every way of sitting down."""
    if rule.need is not Need.COUNT:
        filled = {vote.user for vote in votes} | {b for vote in votes for b in vote.behalf}
        return bool(seats & filled) and (rule.need is Need.ANY or seats <= filled)
    takes = {(v.user, seat) for v in votes for seat in seats if _may_sit(v.user, seat, office)}
    users = [vote.user for vote in votes]
    return any(
        all((user, seat) in takes for user, seat in zip(some, chairs, strict=True))
        for some in permutations(users, min(rule.count, len(users)))
        for chairs in permutations(seats, len(some))
        if len(some) == rule.count
    )


def _may_sit(user: str, seat: str, office: Office) -> bool:
    return user == seat or _acts_for(seat, office) == user


def _acts_for(seat: str, office: Office) -> str:
    deputy = office.deputies.get(seat)
    return deputy.user if deputy else ""


@settings(max_examples=150)
@given(houses(), st.permutations([*PEOPLE, RYAN]), st.permutations([*PEOPLE, RYAN]))
def test_any_rule_with_any_deputies(
    house: tuple[Office, Quorum, str], first: list[str], second: list[str]
) -> None:
    office, rule, asker = house
    workflow, seats = stand(rule), office.holding(Role.SALES_MANAGER) - {asker}
    request = begin(workflow, "X-1", A_STAND, Actor(asker), office, NOW).request
    for user in [*first, *second]:
        waiting = deciders(workflow, request, office)
        try:
            move = act(workflow, request, "approve", Actor(user), Given(), office, NOW)
        except Refusal:
            assert user not in waiting
            continue
        request = move.request
        votes = _approvals(request)
        assert user != asker
        assert len({vote.user for vote in votes}) == len(votes)
        sat = {(vote.user, seat) for vote in votes for seat in vote.behalf}
        assert all(_acts_for(seat, office) == user for user, seat in sat)
        assert all(asker not in office.deputies[seat].chosen_by for _, seat in sat)
        if request.stage == "signature":
            assert _is_enough(votes, rule, seats, office)
            return
        finance = [vote for vote in request.votes if vote.lane == "finance"]
        assert not (finance and _is_enough(votes, rule, seats, office))
    assert stuck(workflow, request, office)


def test_journeys_are_whole() -> None:
    """A journey of which everybody is away, but for one, ends by that one's hand."""
    office = standing_in(
        OFFICE, **{each: DIAN for each in (GRETA, BEA, HUGO) if each not in (DIAN, ANA)}
    )
    way = Journey(stand(), ANA, A_STAND, office)
    way.does(DIAN, "approve")
    assert way.stage == "signature"
    assert way.moves[-1].entry.detail[FOR] == f"{BEA}, {GRETA}"
