"""Approval rules on a throw-away workflow: any, all, n of m; two sides in parallel."""

from tests.workflows.harborlight import (
    ANA,
    BEA,
    GRETA,
    HUGO,
    LEO,
    MIA,
    OFFICE,
    SOL,
    staffed,
)
from tests.workflows.journey import Journey
from tests.workflows.throwaway import Wish, stand
from workflows.definition import ALL, ANY, Quorum, at_least
from workflows.effects import Escalate, Log, Offer, Redraw, Release, Remind, Summon, Tell
from workflows.money import Money
from workflows.office import Office
from workflows.refusals import AlreadyVoted, NotNow, OwnRequest
from workflows.request import Vote
from workflows.roles import Role, Seat

A_STAND = Wish(what="A stand in Hamburg", amount=Money.of(3000, "EUR"))
THREE_LAWYERS = staffed(Role.SALES_MANAGER, GRETA, HUGO, LEO)
THREE_EACH = staffed(Role.BILLING, BEA, MIA, SOL, office=THREE_LAWYERS)


def journey(
    legal: Quorum = ANY, finance: Quorum = ANY, office: Office = THREE_EACH, asker: str = ANA
) -> Journey:
    return Journey(stand(legal, finance), asker, A_STAND, office)


def test_any_one_of_each_side_is_enough() -> None:
    way = journey()
    way.does(HUGO, "approve")
    assert (way.stage, way.waits_for()) == ("review", {BEA, MIA, SOL})
    way.does(SOL, "approve")
    assert way.stage == "signature"


def test_all_of_a_side_must_approve() -> None:
    way = journey(legal=ALL)
    way.does(BEA, "approve")
    for person, left in ((GRETA, {HUGO, LEO}), (HUGO, {LEO})):
        way.does(person, "approve")
        assert (way.stage, way.waits_for()) == ("review", left)
    way.does(LEO, "approve")
    assert way.stage == "signature"


def test_two_of_three_are_enough() -> None:
    way = journey(legal=at_least(2))
    way.does(BEA, "approve")
    way.does(LEO, "approve")
    assert (way.stage, way.waits_for()) == ("review", {GRETA, HUGO})
    way.does(GRETA, "approve")
    assert way.stage == "signature"


def test_both_sides_are_needed_in_whatever_order() -> None:
    for first, second in ((BEA, GRETA), (GRETA, BEA)):
        way = journey()
        way.does(first, "approve")
        assert way.stage == "review"
        way.does(second, "approve")
        assert way.stage == "signature"


def test_who_is_on_both_sides_votes_for_both_at_once() -> None:
    way = journey(office=staffed(Role.BILLING, GRETA))
    way.does(GRETA, "approve")
    assert way.stage == "signature"
    assert {(vote.lane, vote.user) for vote in way.request.votes} == {
        ("legal", GRETA),
        ("finance", GRETA),
    }


def test_who_comes_to_the_other_side_later_does_not_vote_twice_for_the_first() -> None:
    way = journey(legal=ALL)
    way.does(GRETA, "approve")
    way.office = staffed(Role.BILLING, GRETA, office=THREE_EACH)
    way.does(GRETA, "approve")
    assert [(vote.lane, vote.user) for vote in way.request.votes] == [
        ("legal", GRETA),
        ("finance", GRETA),
    ]


def test_an_approval_is_on_record_with_lane_round_and_time() -> None:
    way = journey()
    move = way.does(GRETA, "approve")
    assert move.request.votes == (Vote("review", "legal", GRETA, 1, way.now),)
    assert (move.entry.before, move.entry.after) == ("review", "review")


def test_an_approval_that_is_not_the_last_only_redraws_the_cards() -> None:
    assert journey().does(GRETA, "approve").promises == (Redraw(), Log("approve"))


def test_who_has_approved_is_told_that_others_are_missing() -> None:
    way = journey()
    way.does(GRETA, "approve")
    refusal = way.refuses(GRETA, "approve")
    assert isinstance(refusal, AlreadyVoted)
    assert str(refusal) == (
        "You have already answered this; the others' answers are still missing."
    )


def test_whose_colleague_has_approved_is_told_so() -> None:
    way = journey()
    way.does(GRETA, "approve")
    refusal = way.refuses(HUGO, "approve")
    assert isinstance(refusal, AlreadyVoted)
    assert str(refusal) == (
        "A colleague has already answered this in your place; "
        "the others' answers are still missing."
    )
    assert "approve" not in way.offers(HUGO)


def test_one_rejection_is_enough_even_after_approvals() -> None:
    way = journey(legal=ALL)
    way.does(GRETA, "approve")
    way.does(BEA, "reject", "Too expensive")
    assert way.stage == "rejected"


def test_the_asker_does_not_count_among_all() -> None:
    way = journey(legal=ALL, asker=HUGO)
    assert isinstance(way.refuses(HUGO, "approve"), OwnRequest)
    for person in (BEA, GRETA, LEO):
        way.does(person, "approve")
    assert way.stage == "signature"


def test_after_changes_everybody_approves_anew() -> None:
    way = journey(legal=at_least(2))
    way.does(GRETA, "approve")
    way.does(HUGO, "request_changes", "Which hall?")
    way.does(ANA, "resubmit", what="A stand in hall 4", amount=Money.of(3000, "EUR"))
    assert way.waits_for() == {GRETA, HUGO, LEO, BEA, MIA, SOL}
    way.does(HUGO, "approve")
    way.does(BEA, "approve")
    assert way.stage == "review"
    way.does(GRETA, "approve")
    assert way.stage == "signature"


def test_what_is_sent_back_in_the_same_round_needs_one_more_word_from_any_of_them() -> None:
    way = journey(office=OFFICE)
    way.does(GRETA, "approve")
    way.does(BEA, "approve")
    way.does(HUGO, "send_back")
    assert (way.stage, way.waits_for(), way.lacks()) == ("review", {GRETA, BEA}, ())
    way.does(BEA, "approve")
    assert way.stage == "signature"
    assert len(way.request.votes) == 2


def test_a_decision_is_taken_once() -> None:
    way = journey(office=OFFICE)
    way.does(GRETA, "approve")
    way.does(BEA, "approve")
    way.does(HUGO, "sign")
    assert isinstance(way.refuses(HUGO, "sign"), NotNow)
    assert isinstance(way.refuses(GRETA, "approve"), NotNow)


def test_reminders_and_escalations_are_promised_on_arrival() -> None:
    promises = journey().moves[0].promises
    assert promises == (
        Log("submit"),
        Tell(Seat.ASKER, "submit"),
        Summon("review"),
        Remind("review", 8, 1),
        Remind("review", 16, 2),
        Offer("review", 20),
        Escalate("review", 24, Role.HEAD_OF_SALES),
        Remind("review", 40, 1),
        Escalate("review", 48, Role.ADMIN),
    )


def test_what_follows_a_move_is_promised_with_it() -> None:
    way = journey(office=OFFICE)
    way.does(GRETA, "approve")
    assert way.does(BEA, "approve").promises == (
        Redraw(),
        Log("approve"),
        Tell(Seat.ASKER, "approve"),
        Summon("signature"),
        *(Remind("signature", 8 * nth, nth) for nth in (1, 2, 3)),
        Offer("signature", 28),
        Escalate("signature", 44, Role.ADMIN),
    )
    assert way.does(HUGO, "sign").promises == (
        Redraw(),
        Log("sign"),
        Tell(Seat.ASKER, "sign"),
        Release("sign"),
        Tell(Role.MARKETING, "sign"),
    )
