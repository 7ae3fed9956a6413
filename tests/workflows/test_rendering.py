"""Nothing is approved or sent that has not become a PDF, and why not is told."""

import pytest

from tests.workflows.contracts import FRONTDESK, PAPER, contract, first_draft, ready, written
from tests.workflows.harborlight import ADAM, DIAN, RYAN
from workflows.effects import Errand, Tell
from workflows.refusals import Guarded
from workflows.roles import Seat


def test_drafting_promises_a_rendering_of_exactly_what_was_written() -> None:
    way = contract().is_accepted()
    move = way.does(DIAN, "draft", **written(PAPER))
    (errand,) = [
        each for each in move.promises if isinstance(each, Errand) and each.name == "render"
    ]
    assert errand.carries is not None
    carried = errand.carries(move.request.details)
    assert carried["version"] == 1
    assert carried["document"]["scope"] == PAPER.scope


def test_what_is_rendered_belongs_to_its_version() -> None:
    way = contract().is_accepted()
    way.does(DIAN, "draft", **written(first_draft(way.request.details)))
    way.does(DIAN, "draft", **written(first_draft(way.request.details, notes="Again")))
    move = way.does(
        FRONTDESK, "rendered", version=1, sha256="1" * 64, data_sha256="2" * 64, pages=3
    )
    first, second = way.record.versions
    assert (first.sha256, first.data_sha256, first.pages) == ("1" * 64, "2" * 64, 3)
    assert (second.sha256, second.pages) == ("", 0)
    assert move.entry.detail["changed"] == f"PDF of version 1: {'1' * 64}"
    assert Errand("show_document") in move.promises


def test_nothing_is_sent_before_it_is_rendered() -> None:
    way = contract().is_accepted()
    way.does(DIAN, "draft", **written(first_draft(way.request.details)))
    assert str(way.refuses(DIAN, "send", contact_email="cora@brightwater.example")) == (
        "This version is still being rendered; please try again in a moment."
    )
    assert "send" not in way.offers(DIAN)
    way.is_rendered()
    assert "send" in way.offers(DIAN)


def test_nothing_is_approved_before_it_is_rendered() -> None:
    way = contract("100").is_accepted()
    way.does(DIAN, "draft", **written(PAPER))
    assert isinstance(way.refuses(RYAN, "approve_document"), Guarded)
    assert "approve_document" not in way.offers(RYAN)


def test_a_document_that_cannot_be_rendered_says_why_and_can_be_tried_again() -> None:
    way = contract().is_accepted()
    way.does(DIAN, "draft", **written(first_draft(way.request.details)))
    failed = way.does(FRONTDESK, "render_failed", version=1, trouble="line 12: unknown: fees")
    assert Tell(Seat.OWNER, "render_failed") in failed.promises
    assert str(way.refuses(DIAN, "send", contact_email="cora@brightwater.example")) == (
        "This version could not be rendered: line 12: unknown: fees"
    )
    again = way.does(DIAN, "render_again")
    assert [each.name for each in again.promises if isinstance(each, Errand)] == ["render"]
    assert way.version.trouble == ""
    way.is_rendered()
    assert str(way.refuses(DIAN, "render_again")) == "There was no trouble in rendering it."
    assert way.is_sent().stage == "with_client"


def test_the_failure_of_an_older_version_is_not_told() -> None:
    way = ready()
    way.does(DIAN, "draft", **written(PAPER))
    assert str(way.refuses(FRONTDESK, "render_failed", version=1, trouble="?")) == (
        "A newer version has been written meanwhile."
    )


@pytest.mark.parametrize("name", ["rendered", "render_failed"])
def test_the_bytes_of_a_version_never_change(name: str) -> None:
    way = ready()
    way.does(DIAN, "draft", **written(PAPER))
    before = way.record
    late = {"sha256": "9" * 64, "pages": 9, "trouble": "No fonts"}
    refusal = way.refuses(FRONTDESK, name, version=1, **late)
    assert isinstance(refusal, Guarded)
    way.is_rendered()
    assert str(way.refuses(FRONTDESK, name, version=2, **late)) == (
        "This version is rendered already."
    )
    assert way.record.versions[0] == before.versions[0]
    assert way.version.sha256 == f"{2:064}"


def test_it_is_rendered_again_only_after_trouble() -> None:
    way = contract().is_accepted()
    way.does(DIAN, "draft", **written(first_draft(way.request.details)))
    for user in (DIAN, ADAM):
        assert str(way.refuses(user, "render_again")) == "There was no trouble in rendering it."
        assert "render_again" not in way.offers(user)
    way.does(FRONTDESK, "render_failed", version=1, trouble="No fonts")
    assert "render_again" in way.offers(ADAM)
    way.does(ADAM, "render_again")
    assert isinstance(way.refuses(DIAN, "render_again"), Guarded)
