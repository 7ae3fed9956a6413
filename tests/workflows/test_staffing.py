"""People change: roles are given and taken away, and things are given to somebody else."""

import pytest

from tests.workflows.harborlight import (
    ADAM,
    ANA,
    BEA,
    GRETA,
    HUGO,
    LEO,
    MIA,
    OFFICE,
    PRIYA,
    SOL,
    staffed,
)
from tests.workflows.journey import Journey
from tests.workflows.throwaway import ERRAND, Wish, stand
from workflows.definition import ALL, ANY, Quorum, at_least
from workflows.effects import Remind, Summon
from workflows.money import Money
from workflows.office import Office
from workflows.refusals import Guarded, NotAllowed
from workflows.roles import Role

WISH = Wish(what="A stand in Hamburg", amount=Money.of(3000, "EUR"))
LEGAL = Role.SALES_MANAGER


def journey(legal: Quorum = ANY, *lawyers: str, asker: str = ANA) -> Journey:
    office = staffed(LEGAL, *lawyers) if lawyers else OFFICE
    return Journey(stand(legal, ANY), asker, WISH, office)


def test_the_vote_of_somebody_who_left_does_not_count() -> None:
    way = journey(at_least(2), GRETA, HUGO, LEO)
    way.does(GRETA, "approve")
    way.office = staffed(LEGAL, HUGO, LEO, PRIYA)
    way.does(HUGO, "approve")
    way.does(BEA, "approve")
    assert (way.stage, way.waits_for()) == ("review", {LEO, PRIYA})
    way.does(LEO, "approve")
    assert way.stage == "signature"


def test_the_vote_of_somebody_who_came_back_counts_again() -> None:
    way = journey(at_least(2), GRETA, HUGO)
    way.does(GRETA, "approve")
    way.office = staffed(LEGAL, HUGO)
    assert way.lacks() == (LEGAL,)
    way.office = staffed(LEGAL, GRETA, HUGO)
    assert (way.waits_for(), way.lacks()) == ({HUGO, BEA}, ())


def test_a_newcomer_counts_among_all() -> None:
    way = journey(ALL, GRETA)
    way.office = staffed(LEGAL, GRETA, PRIYA)
    way.does(GRETA, "approve")
    way.does(BEA, "approve")
    assert (way.stage, way.waits_for()) == ("review", {PRIYA})


def test_when_the_last_missing_vote_leaves_anybody_may_conclude() -> None:
    way = journey(ALL, GRETA, HUGO)
    way.does(GRETA, "approve")
    way.does(BEA, "approve")
    assert way.waits_for() == {HUGO}
    way.office = staffed(LEGAL, GRETA)
    assert (way.waits_for(), way.lacks()) == ({GRETA, BEA}, ())
    assert "approve" in way.offers(GRETA)
    way.does(GRETA, "approve")
    assert way.stage == "signature"
    assert len(way.request.votes) == 2


@pytest.mark.parametrize(
    ("legal", "lawyers", "is_stuck"),
    [
        (ANY, (), True),
        (ANY, (ANA,), True),
        (ANY, (GRETA,), False),
        (ALL, (), True),
        (ALL, (ANA,), True),
        (ALL, (ANA, GRETA), False),
        (at_least(2), (GRETA,), True),
        (at_least(2), (GRETA, ANA), True),
        (at_least(2), (GRETA, HUGO), False),
        (at_least(0), (), True),
    ],
)
def test_it_is_stuck_when_too_few_could_ever_approve(
    legal: Quorum, lawyers: tuple[str, ...], *, is_stuck: bool
) -> None:
    way = journey(legal, GRETA)
    way.office = staffed(LEGAL, *lawyers)
    assert way.lacks() == ((LEGAL,) if is_stuck else ())


def test_a_side_that_nobody_holds_does_not_stop_the_other() -> None:
    way = journey()
    way.office = staffed(LEGAL)
    assert (way.waits_for(), way.lacks()) == ({BEA}, (LEGAL,))
    way.does(BEA, "approve")
    assert (way.stage, way.waits_for(), way.lacks()) == ("review", set(), (LEGAL,))


def test_both_sides_can_be_missing() -> None:
    way = journey()
    way.office = Office()
    assert (way.waits_for(), way.lacks()) == (set(), (LEGAL, Role.BILLING))


def test_an_admin_gives_one_side_to_somebody_and_the_other_stays() -> None:
    way = journey(at_least(1))
    way.does(ADAM, "reassign", "Bea is ill", person=MIA, lane="finance")
    assert way.waits_for() == {GRETA, MIA}
    assert isinstance(way.refuses(BEA, "approve"), NotAllowed)
    assert way.moves[-1].entry.detail["given to"] == MIA


def test_a_side_given_to_one_person_needs_only_them() -> None:
    way = journey(ALL, GRETA, HUGO, LEO)
    way.does(GRETA, "approve")
    way.does(ADAM, "reassign", "They quarrel", person=PRIYA, lane="legal")
    way.does(BEA, "approve")
    assert way.waits_for() == {PRIYA}
    way.does(PRIYA, "approve")
    assert way.stage == "signature"


def test_a_side_that_needs_two_and_is_given_to_one_needs_that_one() -> None:
    way = journey(at_least(2), GRETA, HUGO, LEO)
    way.does(BEA, "approve")
    way.does(ADAM, "reassign", "Only Priya knows it", person=PRIYA, lane="legal")
    assert way.lacks() == ()
    way.does(PRIYA, "approve")
    assert way.stage == "signature"


def test_an_admin_does_not_choose_who_decides_their_own_request() -> None:
    way = journey(ANY, HUGO, asker=ADAM)
    assert "reassign" not in way.offers(ADAM)


def test_giving_a_side_to_who_has_approved_it_lets_them_conclude() -> None:
    way = journey(ALL, GRETA, HUGO)
    way.does(GRETA, "approve")
    way.does(BEA, "approve")
    way.does(ADAM, "reassign", "Hugo is away", person=GRETA, lane="legal")
    assert way.waits_for() == {GRETA, BEA}
    way.does(GRETA, "approve")
    assert way.stage == "signature"


def test_a_side_that_is_not_here_any_more_cannot_be_given_away() -> None:
    way = journey()
    way.does(GRETA, "approve")
    way.does(BEA, "approve")
    refusal = way.refuses(ADAM, "reassign", "Bea is ill", person=MIA, lane="finance")
    assert isinstance(refusal, Guarded)
    assert str(refusal) == (
        "The request has moved on and waits for somebody else now; please look again."
    )


def test_the_next_stage_belongs_to_its_own_people_again() -> None:
    way = journey()
    way.does(ADAM, "reassign", "Greta is ill", person=PRIYA, lane="legal")
    way.does(PRIYA, "approve")
    way.does(BEA, "approve")
    assert (way.stage, way.waits_for()) == ("signature", {HUGO})
    way.does(HUGO, "send_back")
    assert way.request.assigned == {}


def test_reassigning_makes_old_buttons_stale_and_summons_the_new_person() -> None:
    way = journey()
    step = way.request.step
    move = way.does(ADAM, "reassign", "Greta is ill", person=PRIYA, lane="legal")
    assert way.request.step == step + 1
    assert Summon("review") in move.promises
    assert Remind("review", 8, 1) in move.promises


def test_somebody_without_the_role_takes_over_what_an_admin_gives_them() -> None:
    way = journey()
    way.does(GRETA, "approve")
    way.does(BEA, "approve")
    way.does(ADAM, "reassign", "Hugo is away", person=SOL)
    assert way.waits_for() == {SOL}
    assert isinstance(way.refuses(HUGO, "sign"), NotAllowed)
    way.does(SOL, "sign")
    assert way.stage == "booked"


def test_an_errand_whose_owner_is_gone_is_an_admins_matter() -> None:
    way = Journey(ERRAND, ANA, WISH)
    way.does(GRETA, "approve")
    way.does(LEO, "take")
    assert (way.stage, way.waits_for(), way.lacks()) == ("running", {LEO}, ())
    way.does(ADAM, "reassign", "Leo has left", person=PRIYA)
    assert (way.request.owner, way.waits_for()) == (PRIYA, {PRIYA})
