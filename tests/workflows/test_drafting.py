"""The document on its way to the client: drafted, rendered, approved, sent."""

from dataclasses import replace

import pytest

from tests.workflows.contracts import (
    CLIENT,
    FRONTDESK,
    PAPER,
    contract,
    fee,
    first_draft,
    ready,
    with_client,
    written,
)
from tests.workflows.harborlight import DIAN, EVERYBODY, NOW
from tests.workflows.on_hold import BEFORE_PAYMENT
from workflows.deal import Outcome
from workflows.document import Document
from workflows.drafting import prefill_document
from workflows.effects import Errand
from workflows.refusals import Guarded, NotAllowed, NotNow

TODAY = NOW.date()


def test_the_form_begins_with_what_the_request_says() -> None:
    way = contract(scope="Onboarding", deliverables=("A plan", "A workshop")).is_accepted()
    prefilled = prefill_document(way.request, TODAY)
    assert prefilled["client"] == "Brightwater"
    assert prefilled["background"] == "Onboarding"
    assert [each.title for each in prefilled["deliverables"]] == ["A plan", "A workshop"]
    assert [str(each) for each in prefilled["prices"]] == [
        "Services for Brightwater: 180,000.00 USD"
    ]


def test_the_form_begins_with_the_newest_version_once_there_is_one() -> None:
    way = ready()
    way.drafts(PAPER)
    assert Document(**prefill_document(way.request, TODAY)) == PAPER


def test_what_is_missing_is_listed_by_name_before_anything_is_rendered() -> None:
    way = contract().is_accepted()
    bare = prefill_document(way.request, TODAY)
    assert str(way.refuses(DIAN, "draft", **bare)) == (
        "Before it can be rendered, these are missing: Scope, Deliverables, Payment terms."
    )
    assert way.stage == "drafting"


@pytest.mark.parametrize(
    "part",
    [
        *("title", "client", "contact_name", "contact_email"),
        *("scope", "deliverables", "prices", "payment_terms"),
    ],
)
def test_no_document_goes_without_its_parts(part: str) -> None:
    way = contract().is_accepted()
    blank = () if part in ("deliverables", "prices") else ""
    refusal = way.refuses(DIAN, "draft", **written(PAPER) | {part: blank})
    assert isinstance(refusal, Guarded)
    assert "these are missing" in str(refusal)


def test_price_lines_of_two_currencies_are_not_summed_up() -> None:
    mixed = replace(PAPER, prices=(*fee(1), *fee(1, "EUR")))
    refusal = contract().is_accepted().refuses(DIAN, "draft", **written(mixed))
    assert str(refusal) == (
        "Before it can be rendered, these are missing: one currency for all price lines."
    )


def test_nothing_is_drafted_out_of_nothing() -> None:
    assert isinstance(contract().is_accepted().refuses(DIAN, "draft"), Guarded)


def test_every_version_is_kept_with_who_wrote_it_when_and_for_how_much() -> None:
    way = ready()
    first = way.version
    move = way.drafts(replace(PAPER, notes="Call first"))
    kept, fresh = way.record.versions
    assert kept == replace(first, outcome=Outcome.REPLACED)
    assert (fresh.number, fresh.by, fresh.at) == (2, DIAN, move.entry.at)
    assert (fresh.total, fresh.outcome) == (PAPER.total, Outcome.OPEN)
    assert "Notes: (none) -> Call first" in fresh.differences
    assert first.differences == ()


def test_a_version_that_had_its_answer_keeps_it() -> None:
    way = with_client()
    way.does(CLIENT, "client_decline", "Too dear", version=1)
    way.drafts(PAPER)
    assert way.record.versions[0].outcome is Outcome.DECLINED
    assert way.record.versions[0].comment == "Too dear"


def test_only_the_owner_drafts() -> None:
    way = contract().is_accepted()
    for user in (*EVERYBODY, CLIENT, FRONTDESK):
        if user != DIAN:
            assert isinstance(way.refuses(user, "draft", **written(PAPER)), NotAllowed)


def test_the_sending_form_begins_with_the_clients_contact() -> None:
    way = ready()
    transition = way.workflow.transition("send")
    assert transition is not None
    assert transition.prefill is not None
    assert transition.prefill(way.request, TODAY) == {
        "contact_name": "Cora Client",
        "contact_email": "cora@brightwater.example",
    }


def test_a_document_goes_to_everybody_once_with_a_note() -> None:
    way = ready()
    cora = "cora@brightwater.example"
    way.does(DIAN, "send", contact_email=cora, others=(cora, "cfo@brightwater.example"), note="Hi")
    assert way.version.sent_to == (cora, "cfo@brightwater.example")
    assert way.version.note == "Hi"


@pytest.mark.parametrize(
    "stage",
    [
        *("drafting", "document_approval", "ready"),
        *("with_client", "client_changes", "client_declined"),
    ],
)
def test_a_new_version_can_be_written_until_the_client_has_approved(stage: str) -> None:
    way = BEFORE_PAYMENT[stage]()
    assert way.stage == stage
    before = len(way.record.versions)
    way.drafts(first_draft(way.request.details))
    assert len(way.record.versions) == before + 1


def test_no_version_is_written_after_the_client_approved() -> None:
    assert isinstance(with_client().is_signed().refuses(DIAN, "draft", **written(PAPER)), NotNow)


def test_the_same_version_is_sent_again_to_whoever_should_have_it() -> None:
    way = with_client()
    first = way.version
    move = way.does(DIAN, "send_again", contact_email="carl@brightwater.example")
    assert way.stage == "with_client"
    assert Errand("send_document") in move.promises
    assert way.version == replace(
        first,
        sent_at=move.entry.at,
        sent_to=("carl@brightwater.example",),
        sent_step=first.sent_step + 1,
        contact_name="",
    )


def test_a_version_knows_at_which_step_it_was_sent_as_the_links_say() -> None:
    way = ready()
    assert way.version.sent_step == 0
    way.is_sent()
    first = way.version.sent_step
    assert first == way.request.step
    way.does(CLIENT, "client_ask", "When?", name="Cora Client")
    assert way.version.sent_step == way.request.step
    way.does(DIAN, "send_again", contact_email="carl@brightwater.example")
    assert (way.version.sent_step, way.request.step) == (first + 1, first + 1)
