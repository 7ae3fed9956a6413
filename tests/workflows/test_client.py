"""The client's part: approve, ask for changes, decline, ask; and what is done for the client."""

from dataclasses import replace

import pytest

from tests.workflows.contracts import (
    CLIENT,
    CORA,
    FRONTDESK,
    PAPER,
    awaiting,
    contract,
    invoice,
    payment,
    ready,
    with_client,
)
from tests.workflows.harborlight import ADAM, ANA, BEA, DIAN, EVERYBODY, RYAN
from workflows.deal import Outcome
from workflows.effects import Errand, Tell
from workflows.refusals import Guarded, NotAllowed, NotNow, ReasonMissing
from workflows.roles import Role, Seat

ANSWERS = ("client_approve", "client_request_changes", "client_decline")


@pytest.mark.parametrize("name", ANSWERS)
def test_the_clients_answer_to_an_old_version_is_refused(name: str) -> None:
    way = with_client()
    way.drafts(PAPER)
    way.is_sent()
    assert way.stage == "with_client"
    refusal = way.refuses(CLIENT, name, "Because", version=1, **CORA)
    assert isinstance(refusal, Guarded)
    assert str(refusal) == (
        "There is a newer version of this document; this link does not work any more."
    )
    way.does(CLIENT, name, "Because", version=2, **CORA)
    assert way.record.versions[0].outcome is Outcome.REPLACED


@pytest.mark.parametrize("name", ANSWERS)
def test_a_link_is_void_as_soon_as_the_next_version_is_written(name: str) -> None:
    way = with_client()
    way.drafts(PAPER)
    assert isinstance(way.refuses(CLIENT, name, "Because", version=1, **CORA), NotNow)


@pytest.mark.parametrize("name", ANSWERS)
def test_nobody_answers_in_the_clients_place(name: str) -> None:
    way = with_client()
    for user in (*EVERYBODY, FRONTDESK, "U0NOBODY"):
        assert isinstance(way.refuses(user, name, "Because", version=1, **CORA), NotAllowed)


@pytest.mark.parametrize("name", ["client_request_changes", "client_decline", "client_ask"])
def test_the_client_says_why(name: str) -> None:
    assert isinstance(with_client().refuses(CLIENT, name, " ", version=1, **CORA), ReasonMissing)


def test_the_approval_is_on_record_with_who_gave_it_and_when() -> None:
    way = with_client()
    move = way.does(CLIENT, "client_approve", version=1, **CORA)
    signature = way.record.signature
    assert signature is not None
    assert (signature.version, signature.name, signature.title) == (1, "Cora Client", "Director")
    assert (signature.email, signature.at) == ("cora@brightwater.example", move.entry.at)
    assert not signature.other_means
    assert move.entry.detail["changed"] == (
        "approved for the client by: Cora Client, Director, cora@brightwater.example"
    )
    assert Tell(Seat.OWNER, "client_approve") in move.promises


def test_an_approval_is_of_the_version_that_the_client_was_sent() -> None:
    way = with_client()
    way.drafts(PAPER)
    way.is_sent().is_signed()
    assert way.record.signature is not None
    assert way.record.signature.version == 2


def test_an_approval_by_other_means_is_marked_as_such_for_ever() -> None:
    way = with_client()
    values = {**CORA, "files": ("F01",)}
    assert isinstance(way.refuses(DIAN, "record_approval", **values), ReasonMissing)
    move = way.does(DIAN, "record_approval", "By mail on Friday", **values)
    signature = way.record.signature
    assert signature is not None
    assert signature.other_means
    assert (signature.reason, signature.recorded_by) == ("By mail on Friday", DIAN)
    assert signature.files == ("F01",)
    assert Errand("keep_evidence") in move.promises
    way.does(FRONTDESK, "kept", evidence_sha256=("e" * 64,))
    kept = way.record.signature
    assert kept is not None
    assert kept.evidence_sha256 == ("e" * 64,)
    assert kept.other_means


def test_an_approval_by_other_means_needs_evidence() -> None:
    refusal = with_client().refuses(DIAN, "record_approval", "On the phone", **CORA, files=())
    assert isinstance(refusal, Guarded)


@pytest.mark.parametrize("user", [ANA, RYAN, ADAM, BEA, CLIENT])
def test_only_the_owner_records_an_approval_by_other_means(user: str) -> None:
    refusal = with_client().refuses(user, "record_approval", "By mail", **CORA, files=("F01",))
    assert isinstance(refusal, NotAllowed)


def test_the_certificate_is_filed_beside_the_evidence() -> None:
    way = with_client().is_signed()
    way.does(FRONTDESK, "kept", evidence_sha256=("e" * 64,))
    move = way.does(FRONTDESK, "kept", certificate_sha256="c" * 64, evidence_sha256=("a" * 64,))
    signature = way.record.signature
    assert signature is not None
    assert signature.certificate_sha256 == "c" * 64
    assert signature.evidence_sha256 == ("e" * 64, "a" * 64)
    assert f"certificate: {'c' * 64}" in move.entry.detail["changed"].splitlines()
    way.does(FRONTDESK, "kept", evidence_sha256=("b" * 64,))
    assert way.record.signature is not None
    assert way.record.signature.certificate_sha256 == "c" * 64


def test_what_was_sealed_is_filed_too_and_on_record() -> None:
    way = with_client().is_signed()
    papers = {"certificate_sha256": "c" * 64, "sealed_sha256": "5" * 64}
    move = way.does(FRONTDESK, "kept", **papers, seal_root_sha256="6" * 64)
    news = move.entry.detail["changed"].splitlines()
    assert f"sealed copy: {'5' * 64}" in news
    assert f"sealed under: {'6' * 64}" in news
    way.does(FRONTDESK, "kept", evidence_sha256=("b" * 64,))
    assert way.record.signature is not None
    assert way.record.signature.sealed_sha256 == "5" * 64


def test_what_had_to_wait_for_its_seal_is_filed_after_the_close() -> None:
    way = awaiting(invoice(amount=180_000))
    way.does(BEA, "record_payment", **payment(180_000))
    way.does(BEA, "confirm")
    assert way.stage == "closed"
    way.does(FRONTDESK, "kept", certificate_sha256="c" * 64)
    assert way.record.signature is not None
    assert way.record.signature.certificate_sha256 == "c" * 64


def test_the_certificate_is_filed_also_while_the_request_is_on_hold() -> None:
    way = with_client().is_signed()
    way.does(ANA, "hold", "Their year-end freeze")
    way.does(FRONTDESK, "kept", certificate_sha256="c" * 64)
    assert way.record.signature is not None
    assert way.record.signature.certificate_sha256 == "c" * 64


def test_a_question_is_the_owners_until_it_is_answered() -> None:
    way = with_client()
    asked = way.does(CLIENT, "client_ask", "Who owns the code?", name="Cora Client")
    assert way.stage == "with_client"
    assert {Tell(Seat.OWNER, "client_ask"), Errand("client_waits")} <= set(asked.promises)
    (question,) = way.record.open_questions
    assert (question.id, question.by, question.text) == (1, "Cora Client", "Who owns the code?")
    assert question.at == asked.entry.at
    way.does(CLIENT, "client_ask", "And the data?", name="Cora Client")
    answered = way.does(DIAN, "answer_client", "You do", question="1")
    assert Errand("mail_answer") in answered.promises
    first, second = way.record.questions
    assert (first.answer, first.answered_by) == ("You do", DIAN)
    assert first.answered_at == answered.entry.at
    assert second.answer == ""
    assert way.record.open_questions == (second,)
    assert str(way.refuses(DIAN, "answer_client", "Again", question="1")) == (
        "This question has been answered already."
    )
    way.does(DIAN, "answer_client", "Also you", question="2")
    assert str(way.refuses(DIAN, "answer_client", "Again", question="2")) == (
        "The client has no open question."
    )


def test_the_form_for_an_answer_offers_what_is_open_the_oldest_first() -> None:
    way = with_client()
    for text in ("One?", "Two?", "Three?"):
        way.does(CLIENT, "client_ask", text, name="Cora Client")
    way.does(DIAN, "answer_client", "Yes", question="1")
    transition = way.workflow.transition("answer_client")
    assert transition is not None
    assert transition.choices is not None
    assert transition.prefill is not None
    assert transition.choices(way.request) == {
        "question": (("2", "Cora Client: Two?"), ("3", "Cora Client: Three?"))
    }
    assert transition.prefill(way.request, way.now.date()) == {"question": "2"}


def test_the_client_asks_at_every_stage_until_the_close() -> None:
    way = with_client()
    sent = ["with_client", "invoicing", "awaiting_payment", "paid"]
    seen = []
    for onward in (
        way.is_signed,
        way.is_invoiced,
        lambda: way.does(BEA, "record_payment", **payment(180_000, sure=True)),
    ):
        seen.append(way.stage)
        way.does(CLIENT, "client_ask", "Well?", name="Cora Client")
        onward()
    way.does(BEA, "record_payment", **payment(90_000, "INV-2"))
    seen.append(way.stage)
    way.does(CLIENT, "client_ask", "Well?", name="Cora Client")
    assert seen == sent
    way.does(BEA, "confirm")
    assert isinstance(way.refuses(CLIENT, "client_ask", "Well?", name="Cora Client"), NotNow)


def test_a_client_who_was_sent_nothing_asks_nothing() -> None:
    way = contract().is_accepted()
    refusal = way.refuses(CLIENT, "client_ask", "Well?", name="Cora Client")
    assert str(refusal) == "The client has not been sent anything yet."
    assert isinstance(ready().refuses(CLIENT, "client_ask", "Well?", name="C"), Guarded)


def test_the_client_still_asks_while_the_next_version_is_written() -> None:
    way = with_client()
    way.does(CLIENT, "client_request_changes", "Shorter", version=1)
    way.does(CLIENT, "client_ask", "When?", name="Cora Client")
    way.drafts(PAPER)
    assert way.stage == "document_approval"
    way.does(CLIENT, "client_ask", "When?", name="Cora Client")
    assert len(way.record.open_questions) == 2


SO_MANY = "So many questions are open that we would rather talk: please answer our mail."


def test_ten_questions_can_be_open_at_once() -> None:
    way = with_client()
    for _ in range(10):
        way.does(CLIENT, "client_ask", "When?", name="Cora Client")
    assert str(way.refuses(CLIENT, "client_ask", "When?", name="Cora Client")) == SO_MANY
    way.does(DIAN, "answer_client", "Soon", question="4")
    way.does(CLIENT, "client_ask", "When?", name="Cora Client")
    assert isinstance(way.refuses(CLIENT, "client_ask", "When?", name="Cora Client"), Guarded)


def test_a_hundred_questions_can_be_asked_in_all() -> None:
    way = with_client()
    for number in range(1, 101):
        way.does(CLIENT, "client_ask", "When?", name="Cora Client")
        way.does(DIAN, "answer_client", "Soon", question=str(number))
    assert way.record.open_questions == ()
    assert isinstance(way.refuses(CLIENT, "client_ask", "When?", name="Cora Client"), Guarded)


@pytest.mark.parametrize("name", ["client_reminded", "expire"])
def test_nobody_is_reminded_of_an_old_version_and_none_expires(name: str) -> None:
    way = with_client()
    way.drafts(PAPER)
    way.is_sent()
    assert isinstance(way.refuses(FRONTDESK, name, version=1), Guarded)
    way.does(FRONTDESK, name, version=2)


def test_a_reminder_is_a_mail_and_leaves_everything_as_it_was() -> None:
    way = with_client()
    before = way.request
    move = way.does(FRONTDESK, "client_reminded", version=1)
    assert Errand("mail_document_reminder") in move.promises
    assert way.request == replace(before, version=before.version + 1)


def test_mail_that_came_back_is_told_to_the_owner() -> None:
    move = awaiting().does(FRONTDESK, "bounced", "cora@brightwater.example: no such user")
    assert Tell(Seat.OWNER, "bounced") in move.promises


def test_the_mail_of_thanks_may_come_back_too() -> None:
    way = awaiting(invoice(amount=180_000))
    way.does(BEA, "record_payment", **payment(180_000))
    way.does(BEA, "confirm")
    move = way.does(FRONTDESK, "bounced", "cora@brightwater.example: no such user")
    assert (way.stage, Tell(Seat.OWNER, "bounced") in move.promises) == ("closed", True)


def test_changes_asked_for_by_the_client_reach_assistant_and_rep() -> None:
    way = with_client()
    move = way.does(CLIENT, "client_request_changes", "Add training", version=1)
    assert way.waits_for() == {DIAN}
    assert Tell(Seat.ASKER, "client_request_changes") in move.promises
    assert Tell(Role.HEAD_OF_SALES, "client_decline") not in move.promises
    assert way.version.comment == "Add training"
