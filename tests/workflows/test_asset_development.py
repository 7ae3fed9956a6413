"""Development: every draft is a version with its hash; who made it is on record."""

import hashlib

import pytest

from tests.workflows.assets import DUE, FRONTDESK, errands, in_review, kept, sent_back, told, wanted
from tests.workflows.harborlight import ADAM, ANA, BEN, GRETA, HANA, LEO, MIA, PRIYA, SOL
from workflows.effects import Tell
from workflows.refusals import Guarded, NotAllowed, NotNow
from workflows.roles import Seat


def test_the_owner_starts_and_triage_does_not() -> None:
    way = wanted().is_accepted()
    assert isinstance(way.refuses(SOL, "start"), NotAllowed)
    way.does(LEO, "start")
    assert (way.stage, way.waits_for()) == ("in_development", {LEO})


def test_a_draft_is_a_version_whose_hash_is_that_of_its_file() -> None:
    way = wanted().is_accepted()
    move = way.posts()
    assert (way.stage, way.draft.number, way.draft.file, way.draft.sha256) == (
        "in_review",
        1,
        "Fa",
        "",
    )
    assert errands(move) == {"keep_draft"}
    fetched = way.does(FRONTDESK, "draft_kept", file="Fa", kept=kept())
    assert (way.draft.sha256, way.draft.name, way.draft.file) == ("a" * 64, "deck-a.pdf", "")
    assert f"hash of version 1: {'a' * 64} (deck-a.pdf)" in fetched.entry.detail["changed"]


def test_a_link_has_the_hash_of_its_text_at_once() -> None:
    way = wanted().is_accepted()
    link = "https://decks.example/brightwater"
    move = way.does(LEO, "post_draft", link=link)
    assert way.draft.sha256 == hashlib.sha256(link.encode()).hexdigest()
    assert f"hash of version 1: {way.draft.sha256}" in move.entry.detail["changed"]
    way.does(MIA, "approve")
    assert way.said() == [("marketing", 1, True)]


def test_nobody_judges_a_version_that_is_not_fetched_yet() -> None:
    way = wanted().is_accepted()
    way.posts()
    for name in ("approve", "want_changes"):
        refusal = way.refuses(MIA, name, "Hm")
        assert str(refusal) == "The draft is still being fetched; please try again in a moment."
        assert name not in way.offers(MIA)


def test_every_version_stays_on_record() -> None:
    way = sent_back()
    way.drafts(mark="b")
    assert [(each.number, each.sha256[0], each.by) for each in way.record.drafts] == [
        (1, "a", LEO),
        (2, "b", LEO),
    ]


def test_a_file_that_could_not_be_kept_goes_back_to_the_owner_and_is_no_version() -> None:
    way = wanted().is_accepted()
    way.posts()
    move = way.does(FRONTDESK, "draft_failed", "It was deleted in Slack.", file="Fa")
    assert (way.stage, way.waits_for(), way.record.drafts) == ("in_development", {LEO}, ())
    assert told(move) == {("owner", "draft_failed")}
    assert "version 1 came to nothing" in move.entry.detail["changed"]
    way.drafts(mark="b")
    assert (way.draft.number, way.draft.sha256) == (1, "b" * 64)


def test_a_second_version_that_failed_loses_no_approval() -> None:
    way = sent_back()
    way.posts(mark="b")
    way.does(FRONTDESK, "draft_failed", "It was deleted in Slack.", file="Fb")
    way.drafts(mark="c")
    assert way.said() == [("marketing", 1, True)]
    assert way.waits_for() == {PRIYA, GRETA}


def test_frontdesk_does_not_keep_or_fail_another_file_than_the_newest() -> None:
    way = wanted().is_accepted()
    way.posts()
    for name in ("draft_kept", "draft_failed"):
        assert isinstance(way.refuses(FRONTDESK, name, "Hm", file="Fz", kept=kept()), Guarded)
    way.does(FRONTDESK, "draft_kept", file="Fa", kept=kept())
    for name in ("draft_kept", "draft_failed"):
        assert isinstance(way.refuses(FRONTDESK, name, "Hm", file="Fa", kept=kept()), Guarded)


def test_who_helps_is_named_by_the_owner_or_triage_and_may_post_drafts() -> None:
    way = wanted().is_accepted()
    assert isinstance(way.refuses(PRIYA, "post_draft", files=("Fa",)), NotAllowed)
    move = way.does(LEO, "name_contributors", people=(PRIYA, BEN, LEO, PRIYA))
    assert way.record.contributors == (PRIYA, BEN)
    assert told(move) == {("contributor", "helping")}
    way.does(SOL, "name_contributors", people=(PRIYA,))
    assert isinstance(way.refuses(BEN, "post_draft", files=("Fa",)), NotAllowed)
    way.drafts(by=PRIYA)
    assert (way.draft.by, way.request.owner) == (PRIYA, LEO)


@pytest.mark.parametrize("stranger", [ANA, BEN, MIA, GRETA])
def test_nobody_else_posts_drafts_or_names_helpers(stranger: str) -> None:
    way = wanted().is_accepted(PRIYA)
    assert isinstance(way.refuses(stranger, "post_draft", files=("Fa",)), NotAllowed | Guarded)
    assert "post_draft" not in way.offers(stranger)


def test_a_requester_who_helps_may_post_a_draft() -> None:
    way = wanted().is_accepted(contributors=(ANA,))
    assert "post_draft" in way.offers(ANA)
    way.drafts(by=ANA)
    assert way.draft.by == ANA


def test_a_requester_who_owns_it_makes_it_and_others_judge_it() -> None:
    way = wanted(asker=LEO).is_accepted(LEO)
    way.drafts()
    assert way.waits_for() == {PRIYA, MIA, HANA, GRETA}


@pytest.mark.parametrize("giver", [LEO, SOL, HANA])
def test_it_is_handed_over_and_the_new_owner_is_no_helper_any_more(giver: str) -> None:
    way = wanted().is_accepted(contributors=(PRIYA, BEN))
    move = way.does(giver, "hand_over", "Parental leave", owner=PRIYA)
    assert (way.request.owner, way.record.contributors) == (PRIYA, (BEN,))
    assert (way.request.due_on, way.waits_for()) == (DUE, {PRIYA})
    assert move.entry.detail["owner"] == PRIYA


def test_it_is_handed_over_to_somebody_else() -> None:
    way = wanted().is_accepted()
    said = {str(way.refuses(LEO, "hand_over", "Hm", owner=each)) for each in ("", LEO)}
    assert said == {"Please choose who takes over.", "They own it already."}


def test_an_admin_gives_it_to_another_owner() -> None:
    way = wanted().is_accepted()
    way.does(ADAM, "reassign", "Leo is away", person=MIA)
    assert (way.request.owner, way.waits_for()) == (MIA, {MIA})
    way.drafts()
    assert MIA not in way.waits_for()


@pytest.mark.parametrize("user", [ANA, LEO, ADAM])
def test_it_is_cancelled_while_it_is_made_and_everybody_is_told(user: str) -> None:
    way = in_review()
    move = way.does(user, "cancel", "The deal is lost")
    assert way.stage == "cancelled"
    assert {("owner", "cancel"), ("follower", "cancel")} <= told(move)
    assert (Tell(Seat.ASKER, "cancel") in move.promises) == (user != ANA)


def test_it_is_not_cancelled_by_a_reviewer_and_not_when_it_is_delivered() -> None:
    way = in_review()
    assert isinstance(way.refuses(MIA, "cancel", "Hm"), NotAllowed)
    way.is_approved()
    assert "cancel" in way.offers(ANA)
    way.is_delivered()
    assert isinstance(way.refuses(ANA, "cancel", "Hm"), NotNow)
