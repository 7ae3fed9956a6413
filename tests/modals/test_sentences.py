"""Every check of every kind of field, with the very sentence that the person reads."""

from datetime import date

import pytest

from modals.fields import Amount, Files, Person, Tick
from modals.form import Form, State
from modals.registry import find_forms
from modals.wire import Answer
from tests.modals.examples import ASSET, SOW, TODAY
from workflows.money import Money

SOW_FORM, ASSET_FORM = find_forms()["sow"], find_forms()["sales_asset"]
LINK = "This link does not work. Please give all of it, for example https://crm.example/deals/1042."
EMAIL = "This is not an e-mail address. Please write it like jane@client.example."


@pytest.mark.parametrize(
    ("name", "answer", "sentence"),
    [
        ("client", None, "Please fill this in."),
        ("client", " \N{ZERO WIDTH SPACE}", "Please fill this in."),
        ("client", "x" * 151, "This is too long: at most 150 characters, please."),
        ("client_type", None, "Please choose one."),
        ("client_type", "gone", "This is not offered any more. Please choose one."),
        ("need", "x" * 40_001, "This is too long: at most 40,000 characters, please."),
        ("amount", None, "Please give an amount."),
        ("amount", "1" * 29, "This is too long: at most 28 characters, please."),
        (
            "amount",
            "8.000",
            "“8.000” can mean 8 or 8000. Please write it in one of these two ways.",
        ),
        ("currency", None, "Please choose a currency, too."),
        ("currency", "ZZZ", "Please choose a currency, too."),
        ("contact_email", None, "Please give an e-mail address."),
        ("contact_email", "jane", EMAIL),
        ("contact_email", "jane@localhost", EMAIL),
        ("contact_email", "Jane <jane@globex.example>", EMAIL),
        ("needed_by", None, "Please choose a date."),
        ("needed_by", "tomorrow", "Please choose a date."),
        (
            "needed_by",
            "2026-11-22",
            "This date is in the past. Please choose today or a later one.",
        ),
        ("start", "2026-11-22", "This date is in the past. Please choose today or a later one."),
        ("opportunity", "https://", LINK),
        ("opportunity", "https://crm example/1", LINK),
        ("opportunity", "https://me:secret@crm.example/1", LINK),
        ("opportunity", "https://crm.example:99999/1", LINK),
        ("opportunity", "https://[::1/1", LINK),
        ("opportunity", "https:crm.example", LINK),
        ("opportunity", "ftp://crm.example/1", LINK),
        ("opportunity", "javascript:alert(1)", LINK),
        ("opportunity", "www.crm.example/1", LINK),
        ("opportunity", "https://crm.example/<!channel>", LINK),
    ],
)
def test_a_wrong_answer_gets_its_sentence(name: str, answer: Answer, sentence: str) -> None:
    field = "amount" if name == "currency" else name
    assert SOW_FORM.check({**SOW, name: answer}, today=TODAY).errors == {field: sentence}


def test_the_end_is_not_before_the_start() -> None:
    typed = {**SOW, "start": "2026-12-10", "end": "2026-12-09"}
    assert SOW_FORM.check(typed, today=TODAY).errors == {
        "end": "This is before the start. Please choose a later date."
    }
    typed["end"] = "2026-12-10"
    assert SOW_FORM.check(typed, today=TODAY).values["end"] == date(2026, 12, 10)


def test_today_is_not_the_past() -> None:
    checked = SOW_FORM.check({**SOW, "needed_by": TODAY.isoformat()}, today=TODAY)
    assert checked.values["needed_by"] == TODAY


def test_all_that_is_wrong_is_said_at_once() -> None:
    assert list(ASSET_FORM.check({}, today=TODAY).errors) == [
        "requester_name",
        "requester_role",
        "asset_type",
        "kind",
        "purpose",
        "deadline",
    ]


@pytest.mark.parametrize(
    ("name", "answer", "value"),
    [
        ("client", "  Globex \t Europe ", "Globex Europe"),
        ("client", "<!channel> שלום 🦊", "<!channel> שלום 🦊"),
        ("need", " a\n\n b \r\n", "a\n\n b"),
        ("amount", "8k", Money(800000, "USD")),
        ("contact_email", " jane@GLOBEX.example ", "jane@globex.example"),
        ("opportunity", "OPP-1042: the second try", "OPP-1042: the second try"),
        ("opportunity", "https://crm.example:8443/1?a=b#c", "https://crm.example:8443/1?a=b#c"),
        ("opportunity", "http://[2001:db8::1]/1", "http://[2001:db8::1]/1"),
        ("deliverables", "- Workshop\n\n • Report \n* - Slides", ("Workshop", "Report", "Slides")),
        ("deliverables", "-\n*", ("-", "*")),
        ("large_client", [], False),
        ("fee", None, "one_off"),
        ("end", None, None),
        ("files", ["F1"], ("F1",)),
    ],
)
def test_a_sound_answer_becomes_a_value(name: str, answer: Answer, value: object) -> None:
    checked = SOW_FORM.check({**SOW, name: answer}, today=TODAY)
    assert checked.errors == {}
    assert checked.values[name] == value


PARTS = Form(
    key="parts",
    title="Parts",
    submit="Send",
    fields=(
        Person(name="person", label="Who?", required=True),
        Tick(name="sure", label="Sure?", text="Yes, I am", required=True),
        Files(name="proof", label="Proof", required=True),
        Amount(name="budget", label="Budget", currency="budget_currency"),
    ),
)


def test_other_fields_can_be_mandatory_too() -> None:
    assert PARTS.check({"person": "nobody"}, today=TODAY).errors == {
        "person": "Please choose a person.",
        "sure": "Please fill this in.",
        "proof": "Please fill this in.",
    }


def test_an_optional_amount_may_be_left_empty() -> None:
    typed: State = {"person": "U0LEO", "sure": ["yes"], "proof": ["F1"], "budget_currency": "EUR"}
    assert PARTS.check(typed, today=TODAY).values == {
        "person": "U0LEO",
        "sure": True,
        "proof": ("F1",),
        "budget": None,
    }


def test_an_asset_request_needs_what_the_process_demands() -> None:
    assert ASSET_FORM.check(ASSET, today=TODAY).errors == {}
