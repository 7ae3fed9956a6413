"""Nothing unapproved stands on the shelf: it was reviewed as a request, or by hand."""

import pytest

from tests.workflows.assets import FRONTDESK, errands, told
from tests.workflows.harborlight import ADAM, ANA, BEN, GRETA, HANA, HUGO, LEO, MIA, PRIYA, SOL
from tests.workflows.shelves import handed_in, on_the_shelf, version
from workflows.effects import Errand
from workflows.refusals import Guarded, NotAllowed, NotNow, OwnRequest, ReasonMissing
from workflows.roles import Role


def test_what_is_handed_in_waits_for_the_head_of_marketing() -> None:
    way = handed_in()
    assert (way.request.ref, way.stage, way.waits_for()) == ("SHELF-1", "approval", {HANA})
    assert errands(way.moves[0]) >= {"keep_asset"}
    assert way.finding("unreviewed").because == "nobody has reviewed it here"


def test_what_came_of_a_request_was_reviewed_there() -> None:
    way = handed_in(source="AST-12")
    assert (way.stage, way.finding("unreviewed").because) == (
        "current",
        "it was reviewed as AST-12",
    )


@pytest.mark.parametrize("asker", [MIA, PRIYA, LEO, SOL])
def test_those_who_own_assets_and_triage_hand_in(asker: str) -> None:
    assert handed_in(asker).waits_for() == {HANA}


@pytest.mark.parametrize("stranger", [ANA, BEN, GRETA, HUGO, ADAM])
def test_nobody_else_hands_in(stranger: str) -> None:
    with pytest.raises(NotAllowed, match="can ask for a place on the shelf"):
        handed_in(stranger)


def test_nothing_is_approved_before_its_file_is_kept() -> None:
    way = handed_in()
    assert str(way.refuses(HANA, "approve")) == (
        "The file is still being fetched; please try again in a moment."
    )
    assert "approve" not in way.offers(HANA)
    way.is_kept()
    move = way.does(HANA, "approve")
    assert (way.stage, way.request.owner) == ("current", MIA)
    assert errands(move) >= {"announce_shelved", "await_review"}


@pytest.mark.parametrize("stranger", [MIA, LEO, GRETA, HUGO, ADAM, FRONTDESK])
def test_only_the_head_of_marketing_approves(stranger: str) -> None:
    way = handed_in()
    way.is_kept()
    assert isinstance(way.refuses(stranger, "approve"), NotAllowed)


def test_the_head_of_marketing_does_not_approve_what_she_handed_in() -> None:
    way = handed_in(HANA)
    way.is_kept()
    assert isinstance(way.refuses(HANA, "approve"), OwnRequest)
    assert way.lacks() == (Role.HEAD_OF_MARKETING,)
    way.does(ADAM, "reassign", "It is Hana's own", person=HUGO)
    way.does(HUGO, "approve")
    assert way.stage == "current"


def test_a_file_is_kept_once_and_its_hash_is_on_record() -> None:
    way = handed_in()
    move = way.is_kept()
    assert move.entry.detail["changed"] == f"version 1: deck-a.pdf ({'a' * 64})"
    assert isinstance(way.refuses(FRONTDESK, "asset_kept", version=version(2)), Guarded)


def test_what_could_not_be_kept_goes_back_with_the_reason_and_comes_again() -> None:
    way = handed_in()
    files = way.details.files
    way.does(FRONTDESK, "keeping_failed", "It is a program, not a document.", files=files)
    assert (way.stage, way.waits_for()) == ("changes_requested", {MIA})
    assert way.record.trouble == "It is a program, not a document."
    move = way.does(MIA, "resubmit", files=("F02",), title="Brochure 2")
    assert (way.stage, way.details.files, way.record.trouble) == ("approval", ("F02",), "")
    assert errands(move) >= {"keep_asset"}
    way.is_kept(mark="b")
    way.does(HANA, "approve")
    assert way.stage == "current"


def test_what_is_handed_in_anew_is_not_approved_by_its_old_file() -> None:
    way = handed_in()
    way.is_kept()
    way.does(HANA, "request_changes", "The logo is old")
    way.does(MIA, "resubmit", files=("F02",))
    assert way.record.versions == ()
    assert isinstance(way.refuses(HANA, "approve"), Guarded)


def test_it_is_rejected_with_a_reason_or_cancelled_by_who_handed_it_in() -> None:
    way = handed_in()
    assert isinstance(way.refuses(HANA, "reject", " "), ReasonMissing)
    way.does(HANA, "reject", "We do not say that")
    assert way.stage == "rejected"
    other = handed_in()
    other.does(MIA, "cancel", "It is wrong")
    assert other.stage == "cancelled"
    assert isinstance(on_the_shelf().refuses(MIA, "cancel", "Hm"), NotNow)


def test_the_index_follows_everything_that_happens() -> None:
    way = on_the_shelf()
    assert all(move.promises.count(Errand("index")) == 1 for move in way.moves)


def test_who_handed_it_in_is_told_what_became_of_it() -> None:
    way = handed_in()
    way.is_kept()
    assert ("asker", "approve") in told(way.does(HANA, "approve"))
