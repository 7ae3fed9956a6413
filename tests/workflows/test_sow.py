"""The Statement of Work up to drafting, in the words of the business."""

import pytest

from tests.workflows.deals import deal, edited, journey
from tests.workflows.harborlight import (
    ADAM,
    ANA,
    AUDRA,
    BEN,
    DIAN,
    GUS,
    HUGO,
    NOW,
    OFFICE,
    RYAN,
    staffed,
)
from workflows.effects import Escalate, Release, Remind, Summon, Tell
from workflows.engine import Actor, begin
from workflows.money import Money
from workflows.refusals import NotAllowed, NotNow, OwnRequest, ReasonMissing
from workflows.roles import Role, Seat
from workflows.sow import WORKFLOW


def test_a_large_deal_goes_from_the_executive_to_the_assistant_to_drafting() -> None:
    way = journey("25000")
    assert way.waits_for() == {RYAN}
    way.does(RYAN, "approve")
    assert (way.stage, way.waits_for()) == ("acceptance", {DIAN})
    move = way.does(DIAN, "accept")
    assert (way.stage, way.request.owner) == ("drafting", DIAN)
    assert move.entry.detail["owner"] == DIAN
    assert way.waits_for() == {DIAN}


def test_a_small_deal_goes_to_the_assistant_at_once() -> None:
    way = journey("100")
    assert (way.stage, way.waits_for()) == ("acceptance", {DIAN})
    assert RYAN not in way.waits_for()


def test_only_the_executive_approves() -> None:
    way = journey("25000")
    for user in (ADAM, AUDRA, BEN, DIAN, GUS, HUGO, "U0NOBODY"):
        assert isinstance(way.refuses(user, "approve"), NotAllowed)
        assert "approve" not in way.offers(user)


def test_only_the_assistant_accepts() -> None:
    way = journey("100")
    for user in (ADAM, BEN, HUGO, RYAN):
        assert isinstance(way.refuses(user, "accept"), NotAllowed)


@pytest.mark.parametrize("asker", [AUDRA, GUS, "U0NOBODY"])
def test_who_is_no_requester_cannot_ask(asker: str) -> None:
    with pytest.raises(NotAllowed, match="Only people with the role requester can ask for a"):
        begin(WORKFLOW, "SOW-1", deal(), Actor(asker), OFFICE, NOW)


def test_an_executive_does_not_approve_their_own_request() -> None:
    way = journey("25000", asker=RYAN)
    assert isinstance(way.refuses(RYAN, "approve"), OwnRequest)
    assert isinstance(way.refuses(RYAN, "reject", "No"), OwnRequest)
    assert way.offers(RYAN) == {"cancel", "hold", "make_private"}
    assert (way.waits_for(), way.lacks()) == (set(), (Role.EXECUTIVE,))


def test_an_assistant_does_not_accept_their_own_request() -> None:
    way = journey("100", asker=DIAN)
    assert isinstance(way.refuses(DIAN, "accept"), OwnRequest)
    assert isinstance(way.refuses(DIAN, "mark_large_client", "Big"), OwnRequest)
    assert (way.waits_for(), way.lacks()) == (set(), (Role.SALES_ASSISTANT,))


def test_a_second_executive_approves_the_first_ones_request() -> None:
    way = journey("25000", asker=RYAN, office=staffed(Role.EXECUTIVE, RYAN, HUGO))
    assert way.waits_for() == {HUGO}
    way.does(HUGO, "approve")
    assert way.stage == "acceptance"


def test_an_executive_who_lost_the_role_does_not_approve() -> None:
    way = journey("25000")
    assert "approve" in way.offers(RYAN)
    way.office = staffed(Role.EXECUTIVE, HUGO)
    assert isinstance(way.refuses(RYAN, "approve"), NotAllowed)


def test_a_rejection_ends_it_with_a_reason() -> None:
    way = journey("25000")
    assert isinstance(way.refuses(RYAN, "reject"), ReasonMissing)
    assert isinstance(way.refuses(RYAN, "reject", " \n "), ReasonMissing)
    move = way.does(RYAN, "reject", "No budget this quarter")
    assert way.stage == "rejected"
    assert move.entry.detail["reason"] == "No budget this quarter"
    assert Tell(Seat.ASKER, "reject") in move.promises
    assert isinstance(way.refuses(RYAN, "approve"), NotNow)


@pytest.mark.parametrize(("amount", "decider"), [("25000", RYAN), ("100", DIAN)])
def test_changes_are_requested_and_the_same_request_comes_back(amount: str, decider: str) -> None:
    way = journey(amount)
    way.does(decider, "request_changes", "Which country?")
    assert (way.stage, way.waits_for()) == ("changes_requested", {ANA})
    assert isinstance(way.refuses(BEN, "resubmit"), NotAllowed)
    way.does(ANA, "resubmit", **edited(way.request.details, notes="Sweden"))
    assert way.waits_for() == {decider}
    assert (way.request.ref, way.request.round) == ("SOW-1", 2)
    assert way.request.details.notes == "Sweden"


def test_a_resubmitted_deal_that_grew_needs_the_executive_now() -> None:
    way = journey("100")
    way.does(DIAN, "request_changes", "The amount is wrong")
    way.does(ANA, "resubmit", **edited(way.request.details, amount=Money.of(8000, "USD")))
    assert way.stage == "executive_approval"


def test_an_approval_of_an_earlier_round_is_not_enough() -> None:
    way = journey("25000")
    way.does(RYAN, "approve")
    way.does(DIAN, "request_changes", "Which country?")
    way.does(ANA, "resubmit", **edited(way.request.details))
    assert (way.stage, way.waits_for()) == ("executive_approval", {RYAN})
    assert [vote.round for vote in way.request.votes] == [1]


def test_a_resubmitted_deal_that_shrank_goes_past_the_executive() -> None:
    way = journey("25000")
    way.does(RYAN, "request_changes", "Split it")
    move = way.does(ANA, "resubmit", **edited(way.request.details, amount=Money.of(10, "USD")))
    assert way.stage == "acceptance"
    assert move.entry.detail["rule executive_needed"] == (
        "10.00 USD is below the threshold of 8,000.00 USD"
    )


@pytest.mark.parametrize("user", [ANA, ADAM])
def test_the_requester_or_an_admin_cancels_with_a_reason(user: str) -> None:
    way = journey("100")
    assert isinstance(way.refuses(user, "cancel"), ReasonMissing)
    way.does(user, "cancel", "The client went away")
    assert way.stage == "cancelled"


@pytest.mark.parametrize("user", [BEN, DIAN, RYAN, HUGO])
def test_nobody_else_cancels(user: str) -> None:
    assert isinstance(journey("100").refuses(user, "cancel", "Why not"), NotAllowed)


def test_an_accepted_request_can_still_be_cancelled() -> None:
    way = journey("100")
    way.does(DIAN, "accept")
    way.does(ANA, "cancel", "The client went away")
    assert (way.stage, way.waits_for()) == ("cancelled", set())


def test_a_question_keeps_the_request_where_it_is_and_the_answer_goes_to_the_decider() -> None:
    way = journey("25000")
    way.does(RYAN, "ask", "Which region?")
    assert way.stage == "executive_approval"
    assert [question.text for question in way.request.questions] == ["Which region?"]
    assert "answer" in way.offers(ANA)
    answered = way.does(ANA, "answer", "Scandinavia")
    assert way.request.questions == ()
    assert Tell(Seat.DECIDER, "answer") in answered.promises
    assert str(way.refuses(ANA, "answer", "Again")) == (
        "There is no open question on this request."
    )


def test_a_decision_closes_the_questions_that_led_to_it() -> None:
    way = journey("25000")
    way.does(RYAN, "ask", "Which region?")
    way.does(RYAN, "approve")
    assert way.request.questions == ()
    assert "answer" not in way.offers(ANA)


def test_an_admin_reassigns_the_executives_approval() -> None:
    way = journey("25000")
    assert isinstance(way.refuses(DIAN, "reassign", "Holiday", person=HUGO), NotAllowed)
    assert isinstance(way.refuses(ADAM, "reassign", person=HUGO), ReasonMissing)
    move = way.does(ADAM, "reassign", "Ryan is on holiday", person=HUGO)
    assert move.entry.detail["given to"] == HUGO
    assert way.waits_for() == {HUGO}
    assert isinstance(way.refuses(RYAN, "approve"), NotAllowed)
    assert Summon("executive_approval") in move.promises
    way.does(HUGO, "approve")
    assert (way.stage, way.waits_for()) == ("acceptance", {DIAN})


def test_an_admin_reassigns_the_acceptance_and_the_draft() -> None:
    way = journey("100")
    way.does(ADAM, "reassign", "Dian is ill", person=BEN)
    assert way.waits_for() == {BEN}
    way.does(BEN, "accept")
    assert way.request.owner == BEN
    move = way.does(ADAM, "reassign", "Dian is back", person=DIAN)
    assert (way.stage, way.request.owner) == ("drafting", DIAN)
    assert move.entry.detail["owner"] == DIAN


def test_nothing_is_reassigned_to_the_one_who_asked() -> None:
    way = journey("25000")
    refusal = way.refuses(ADAM, "reassign", "Quicker", person=ANA)
    assert str(refusal) == (
        "Nobody decides their own request, so it cannot be given to the one who asked."
    )


def test_the_askers_own_turn_is_not_reassigned() -> None:
    way = journey("100")
    way.does(DIAN, "request_changes", "Which country?")
    assert isinstance(way.refuses(ADAM, "reassign", "Holiday", person=BEN), NotNow)


def test_the_executive_is_reminded_three_times_and_then_the_head_of_sales_is_told() -> None:
    promises = journey("25000").moves[0].promises
    assert [each for each in promises if isinstance(each, Remind)] == [
        Remind("executive_approval", 8, 1),
        Remind("executive_approval", 16, 2),
        Remind("executive_approval", 24, 3),
    ]
    assert [each for each in promises if isinstance(each, Escalate)] == [
        Escalate("executive_approval", 24, Role.HEAD_OF_SALES),
        Escalate("executive_approval", 40, Role.ADMIN),
    ]


def test_the_requester_cannot_untick_the_large_client_mark_by_an_edit() -> None:
    way = journey()
    way.does(DIAN, "mark_large_client", "They have twelve subsidiaries")
    way.does(RYAN, "request_changes", "Shorter, please")
    unticked = edited(way.request.details, large_client=False, large_client_reason="")
    refusal = way.refuses(ANA, "resubmit", **unticked)
    assert "Only the executive can clear the large-client mark" in str(refusal)
    way.does(ANA, "resubmit", **edited(way.request.details, notes="Sweden"))
    assert way.stage == "executive_approval"


def test_whoever_had_the_ball_is_released_when_the_request_is_cancelled() -> None:
    way = journey()
    way.does(DIAN, "accept")
    assert Release("cancel") in way.does(ANA, "cancel", "They went elsewhere").promises


def test_a_question_asked_while_the_answer_was_written_stays_open() -> None:
    way = journey()
    way.does(DIAN, "ask", "Which country?")
    way.does(DIAN, "ask", "And which language?")
    way.does(ANA, "answer", "Sweden", seen=1)
    assert [each.text for each in way.request.questions] == ["And which language?"]
