"""Four eyes: the company wants two different people, whatever the workflow usually wants."""

from dataclasses import replace

import pytest

from tests.messages.demo import LARGE
from tests.workflows.assets import in_review
from tests.workflows.harborlight import (
    ADAM,
    ANA,
    DIAN,
    GRETA,
    HANA,
    HUGO,
    MIA,
    OFFICE,
    PRIYA,
    RYAN,
    staffed,
)
from tests.workflows.journey import Journey
from workflows.definition import ALL, Quorum, at_least
from workflows.office import Office
from workflows.refusals import AlreadyVoted, OwnRequest
from workflows.roles import Role
from workflows.sow import WORKFLOW

TWO = at_least(2)


def office(*executives: str, rule: Quorum = TWO) -> Office:
    staff = staffed(Role.EXECUTIVE, *executives)
    return replace(staff, policy=replace(OFFICE.policy, approvals={"executive": rule}))


def journey(*executives: str, asker: str = ANA, rule: Quorum = TWO) -> Journey:
    return Journey(WORKFLOW, asker, LARGE, office(*executives, rule=rule))


def test_one_approval_is_not_enough_and_the_same_person_twice_is_one() -> None:
    way = journey(RYAN, HUGO, GRETA)
    way.does(RYAN, "approve")
    assert way.stage == "executive_approval"
    assert isinstance(way.refuses(RYAN, "approve"), AlreadyVoted)
    assert way.waits_for() == {HUGO, GRETA}
    way.does(GRETA, "approve")
    assert way.stage == "acceptance"


@pytest.mark.parametrize(
    ("rule", "votes"), [(at_least(1), 1), (TWO, 2), (at_least(3), 3), (ALL, 3)]
)
def test_as_many_as_the_company_wants(rule: Quorum, votes: int) -> None:
    way = journey(RYAN, HUGO, GRETA, rule=rule)
    for nth, person in enumerate((RYAN, HUGO, GRETA)[:votes], 1):
        assert way.stage == "executive_approval"
        way.does(person, "approve")
        assert (way.stage == "acceptance") is (nth == votes)


def test_giving_it_to_somebody_does_not_take_the_second_away() -> None:
    way = journey(RYAN, HUGO)
    way.does(ADAM, "reassign", "Hugo is away.", person=GRETA, lane="executive")
    way.does(GRETA, "approve")
    assert (way.stage, way.waits_for()) == ("executive_approval", {RYAN, HUGO})
    way.does(RYAN, "approve")
    assert way.stage == "acceptance"


def test_giving_it_on_does_not_make_one_of_two() -> None:
    way = journey(RYAN)
    way.does(ADAM, "reassign", "Only Ryan is there.", person=GRETA, lane="executive")
    way.does(GRETA, "approve")
    way.does(ADAM, "reassign", "And Hugo.", person=HUGO, lane="executive")
    way.does(HUGO, "approve")
    assert way.stage == "executive_approval"
    way.does(RYAN, "approve")
    assert way.stage == "acceptance"


def test_the_asker_is_none_of_the_two() -> None:
    way = journey(RYAN, HUGO, asker=HUGO)
    assert isinstance(way.refuses(HUGO, "approve"), OwnRequest)
    way.does(RYAN, "approve")
    assert way.stage == "executive_approval"
    assert way.lacks() == (Role.EXECUTIVE,)


def test_a_role_that_one_person_holds_is_known_to_be_stuck() -> None:
    way = journey(RYAN)
    assert way.lacks() == (Role.EXECUTIVE,)
    way.office = office(RYAN, HUGO)
    assert way.lacks() == ()


def test_one_of_two_is_not_carried_round_the_large_client_check() -> None:
    """There the executive was asked before; a first vote of two is no approval."""
    way = journey(RYAN, HUGO)
    way.does(RYAN, "approve")
    way.does(DIAN, "propose_clearing", "They are small.")
    way.does(HUGO, "keep_large_client", "They are not.")
    assert way.stage == "executive_approval"
    assert way.waits_for() == {HUGO}
    way.does(HUGO, "approve")
    assert way.stage == "acceptance"


def test_a_side_of_a_review_can_want_two_as_well() -> None:
    way = in_review()
    way.office = replace(
        way.office, policy=replace(way.office.policy, approvals={"marketing": TWO})
    )
    for person in (PRIYA, GRETA, MIA):
        way.does(person, "approve")
    assert (way.stage, way.waits_for()) == ("in_review", {HANA})
    way.does(HANA, "want_changes", "The logo is the old one.")
    assert way.stage == "changes_requested"
