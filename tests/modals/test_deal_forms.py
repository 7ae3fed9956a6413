"""The forms of a Statement of Work's second half: what they say is what the workflow takes."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from modals.document import standing
from modals.form import State
from modals.registry import find_forms
from tests.modals.examples import DOCUMENT, PILOT, REPORT, SOW, TODAY, WORKSHOP
from workflows.deal import SowDetails, outline, record_of, recorded, with_version
from workflows.definition import Deed, Given
from workflows.document import LABELS, Deliverable, Document, Milestone, PriceLine
from workflows.drafting import REQUIRED, prefill_document
from workflows.invoice import Status
from workflows.money import Money
from workflows.request import Request
from workflows.sow import WORKFLOW

FORMS = find_forms()
MIXED = "Total: none, since the prices are in EUR and USD."
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
ANSWERS: dict[str, State] = {
    "draft": DOCUMENT,
    "send": {
        "contact_name": "Jane Doe",
        "contact_email": "jane@globex.example",
        "others": "joe@globex.example\n- JOE@globex.example\nann@globex.example",
        "note": "As discussed.",
    },
    "record_approval": {
        "name": "Jane Doe",
        "title": "CFO",
        "email": "jane@globex.example",
        "reason": "By mail",
        "files": ["F1"],
    },
    "record_invoice": {
        "number": "INV-1",
        "amount": "8,000",
        "currency": "USD",
        "issued": "2026-11-23",
        "net_days": "14",
        "label": "Instalment 1 of 1",
    },
    "record_payment": {
        "invoice": "INV-1",
        "amount": "3,000",
        "currency": "USD",
        "on": "2026-11-23",
        "method": "bank transfer",
        "reference": "RF-1",
    },
    "reverse_payment": {"payment": "INV-1#1", "reason": "The bank took it back."},
    "remind_client": {"invoice": "INV-1", "subject": "INV-1", "body": "Please pay."},
    "talked": {"invoice": "INV-1", "reason": "They pay on Friday."},
    "promised": {"invoice": "INV-1", "until": "2026-11-27"},
    "snooze": {"invoice": "INV-1", "until": "2026-11-30"},
    "dispute": {"invoice": "INV-1", "reason": "They miss a day."},
    "resolve_dispute": {"invoice": "INV-1", "reason": "They found it."},
    "write_off": {"invoice": "INV-1", "reason": "They are insolvent."},
}


def given(name: str, answers: State) -> Given:
    """Return what the form of a transition gives, as the use case hands it on."""
    transition = WORKFLOW.transition(name)
    assert transition is not None
    checked = FORMS[transition.form or ""].check(answers, today=TODAY)
    assert checked.errors == {}
    values = dict(checked.values)
    return Given(reason=str(values.pop("reason", "")), values=values)


def done(request: Request, name: str) -> Request:
    """Do a transition with its form filled in."""
    transition = WORKFLOW.transition(name)
    assert transition is not None
    said = given(name, ANSWERS[name])
    assert transition.guard is None or transition.guard(request, said) is None
    assert transition.reason == bool(said.reason)
    assert transition.apply is not None
    deed = Deed(user="U0DIAN", at=AT, reason=said.reason, values=said.values)
    return transition.apply(request, deed)


def asked() -> Request:
    checked = FORMS["sow"].check(SOW, today=TODAY)
    return Request(
        ref="SOW-1",
        workflow="sow",
        stage="drafting",
        asker="U0ANA",
        details=SowDetails(**checked.values),
        created_at=AT,
        since=AT,
    )


def test_what_the_forms_say_carries_a_deal_to_its_end() -> None:
    request = with_version(done(asked(), "draft"), sha256="ab" * 32)
    for name in ("send", "record_approval", "record_invoice"):
        request = done(request, name)
    record = record_of(request)
    assert record.versions[0].sent_to == (
        "jane@globex.example",
        "joe@globex.example",
        "ann@globex.example",
    )
    assert record.signature is not None
    assert (record.signature.reason, record.signature.files) == ("By mail", ("F1",))
    assert record.invoices[0].due == date(2026, 12, 7)
    request = recorded(request, invoices=(replace(record.invoices[0], sent_at=AT),))

    for name in ("record_payment", "remind_client", "talked", "promised", "snooze", "dispute"):
        request = done(request, name)
    [invoice] = record_of(request).invoices
    assert (invoice.balance, invoice.disputed) == (Money(500_000, "USD"), True)
    assert [each.text for each in invoice.follow_ups][1] == "They pay on Friday."
    assert invoice.paused_until == date(2026, 11, 30)

    for name in ("resolve_dispute", "reverse_payment", "write_off"):
        request = done(request, name)
    assert record_of(request).invoices[0].status is Status.WRITTEN_OFF


def test_an_answer_goes_to_the_question_that_was_chosen() -> None:
    said = given("answer_client", {"question": "2", "reason": "In March."})
    assert (said.reason, dict(said.values)) == ("In March.", {"question": "2"})


def test_an_invoice_that_was_not_sent_can_be_voided() -> None:
    said = given("void_invoice", {"invoice": "INV-1", "reason": "Wrong client"})
    assert (said.reason, dict(said.values)) == ("Wrong client", {"invoice": "INV-1"})


def test_the_document_is_asked_for_part_by_part_under_the_names_people_read() -> None:
    form = FORMS["document"]
    asked_for = {field.name: field.label for field in form.fields}
    assert asked_for.pop("scope_file") == "A longer scope"
    assert asked_for == LABELS
    assert set(asked_for) == {field.name for field in fields(Document)}
    assert next(iter(asked_for)) == "title"


def test_what_the_form_says_becomes_the_document() -> None:
    checked = FORMS["document"].check(DOCUMENT, today=TODAY)
    assert checked.errors == {}
    assert checked.values.pop("scope_file") == ()
    assert Document(**checked.values) == Document(
        title="Services for Globex",
        client="Globex",
        client_address="1 Main Street\nSpringfield",
        contact_name="Jane Doe",
        contact_email="jane@globex.example",
        background="A pilot for 40 people.",
        scope="Two sites.",
        deliverables=(
            Deliverable(title="Workshop", acceptance="Minutes are signed.", due=date(2027, 1, 8)),
            Deliverable(title="Report"),
        ),
        milestones=(Milestone(title="Kick-off", on=date(2027, 1, 4)),),
        prices=(PriceLine(text="Pilot", price=Money(400_000, "USD"), quantity=Decimal(2)),),
        start=date(2026, 11, 1),
        end=date(2027, 3, 31),
        payment_terms="30 days net",
        assumptions=("Office hours only",),
    )


def test_a_document_that_is_put_back_is_the_same() -> None:
    more = {"deliverables": ("Workshop", "x" * 400), "scope": "s" * 5000}
    details = replace(asked().details, **more)
    request = replace(asked(), details=details)
    form = FORMS["document"]
    values = form.check(form.fill(prefill_document(request, TODAY)), today=TODAY).values
    assert values.pop("scope_file") == ()
    assert Document(**values) == outline(details)


def without(*names: str, **changes: object) -> State:
    kept = {name: answer for name, answer in DOCUMENT.items() if name not in names}
    return {**kept, **changes}  # type: ignore[dict-item]  # answers by name


@pytest.mark.parametrize(
    ("state", "line"),
    [
        (DOCUMENT, "Total: 8,000.00 USD. Nothing is missing."),
        (
            without("scope", "deliverables"),
            "Total: 8,000.00 USD. Still missing: Scope, Deliverables.",
        ),
        (without("prices"), "Total: none yet. Still missing: Fee."),
        (without("scope", scope_file=["F1"]), "Total: 8,000.00 USD. Nothing is missing."),
        (without(contact_email="jane"), "Total: 8,000.00 USD. Nothing is missing."),
        (
            without(prices=[PILOT, '{"text":"Travel"}']),
            "Total: unknown, since a price line is wrong. Nothing is missing.",
        ),
        (
            without(prices=[PILOT, '{"text":"Travel","price":"5","currency":"EUR"}']),
            f"{MIXED} Still missing: one currency for all price lines.",
        ),
        (
            {},
            f"Total: none yet. Still missing: {', '.join(map(LABELS.__getitem__, REQUIRED))}.",
        ),
    ],
)
def test_a_line_says_the_total_and_what_is_missing(state: State, line: str) -> None:
    assert standing(state) == line


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"contact_email": "jane"}, {"contact_email": "This is not an e-mail address."}),
        ({"end": "2026-10-31"}, {"end": "This is before the start."}),
        ({"fee": "recurring"}, {"billing_period": "Please choose one."}),
        (
            {"prices": [PILOT, '{"text":"Travel","price":"0","currency":"USD"}']},
            {"prices": "“Travel”, Price each: The amount must be more than zero."},
        ),
        ({"deliverables": [WORKSHOP, REPORT, "{}"]}, {"deliverables": "Number 3, What does"}),
    ],
)
def test_what_is_wrong_in_a_document_gets_its_sentence(
    changes: State, errors: dict[str, str]
) -> None:
    found = FORMS["document"].check({**DOCUMENT, **changes}, today=TODAY).errors
    assert list(found) == list(errors)
    for name, sentence in errors.items():
        assert found[name].startswith(sentence)


def test_nothing_of_a_document_has_to_be_there_to_be_handed_in() -> None:
    assert FORMS["document"].check({}, today=TODAY).errors == {}


def test_the_sentence_about_a_list_stands_at_the_first_question() -> None:
    state: State = {**DOCUMENT, "deliverables": ["{}"]}
    form = FORMS["document"]
    placed = form.errors_by_block(form.check(state, today=TODAY).errors, state)
    assert placed == {
        "title": "Deliverables: Number 1, What does the client get?: Please fill this in."
    }


@pytest.mark.parametrize(
    ("key", "name", "answer", "sentence"),
    [
        (
            "sending",
            "others",
            "joe@globex.example\njoe",
            "“joe” is not an e-mail address. Please write it like jane@client.example.",
        ),
        ("invoice", "amount", "0", "The amount must be more than zero."),
        ("invoice", "amount", "-5", "The amount must be more than zero."),
        (
            "invoice",
            "amount",
            "8.000",
            "“8.000” can mean 8 or 8000. Please write it in one of these two ways.",
        ),
        ("invoice", "number", "x" * 61, "This is too long: at most 60 characters, please."),
        ("invoice", "net_days", "-1", "Please write a whole number from 0 to 365."),
        ("payment", "amount", "€ 5", "You wrote €, but the currency chosen is USD."),
        (
            "payment",
            "on",
            "2026-11-24",
            "This date is in the future. Please choose today or an earlier one.",
        ),
        ("payment", "reference", "x" * 141, "This is too long: at most 140 characters, please."),
        ("payment", "method", None, "Please choose one."),
        ("payment", "invoice", None, "Please choose one."),
        (
            "payment_promise",
            "until",
            "2026-11-22",
            "This date is in the past. Please choose today or a later one.",
        ),
        ("client_evidence", "files", [], "Please fill this in."),
        ("client_evidence", "email", "jane", "This is not an e-mail address. Please write it"),
    ],
)
def test_a_wrong_answer_gets_its_sentence(
    key: str, name: str, answer: str | list[str] | None, sentence: str
) -> None:
    by_form = {
        each.form: ANSWERS[each.name] for each in WORKFLOW.transitions if each.name in ANSWERS
    }
    errors = FORMS[key].check({**by_form[key], name: answer}, today=TODAY).errors
    assert list(errors) == [name]
    assert errors[name].startswith(sentence)


def test_more_than_was_agreed_is_ticked_off() -> None:
    request = done(with_version(done(asked(), "draft"), sha256="ab" * 32), "record_invoice")
    transition = WORKFLOW.transition("record_further_invoice")
    assert transition is not None
    assert transition.guard is not None
    more = {**ANSWERS["record_invoice"], "number": "INV-2"}
    unsure = given("record_further_invoice", more)
    sure = given("record_further_invoice", {**more, "sure": ["yes"]})
    assert "I have checked this" in str(transition.guard(request, unsure))
    assert transition.guard(request, sure) is None


def test_an_invoice_may_leave_open_when_it_is_due() -> None:
    answers = {**ANSWERS["record_invoice"], "net_days": None, "label": None}
    values = FORMS["invoice"].check(answers, today=TODAY).values
    assert (values["due"], values["net_days"], values["label"]) == (None, None, "")


def test_evidence_that_was_attached_need_not_be_attached_again() -> None:
    form = FORMS["client_evidence"]
    [empty] = form.fields[-1].blocks({}, "d1")
    [there] = form.fields[-1].blocks({"files": ["F1"]}, "d1")
    assert (empty["optional"], there["optional"]) == (False, True)
