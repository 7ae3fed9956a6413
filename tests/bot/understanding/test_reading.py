"""What a message says of the questions of a form."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.days import Today
from bot.understanding.mentions import Background
from bot.understanding.reading import Heard, answered, heard
from modals.form import Form
from modals.sales_asset import FORM as ASSET
from modals.sow import FORM as SOW
from workflows.calendar import Calendar

WEDNESDAY = datetime(2026, 11, 18, 15, tzinfo=UTC)
KNOWN = Background(
    today=Today(now=WEDNESDAY, calendar=Calendar(), named={}),
    currency="USD",
    names=("Globex", "Initech", "Hooli Partners"),
    choices={
        "industry": [("Fintech", "Fintech"), ("Retail", "Retail")],
        "audience": [("IT", "IT"), ("C-level", "C-level")],
        "asset_type": [("case_study", "Case study"), ("deck", "Deck"), ("other", "Other")],
    },
)


def said(text: str, form: Form = SOW) -> dict[str, Heard]:
    return {each.name: each for each in heard(text, form, KNOWN)}


def answer(found: dict[str, Heard], name: str) -> object:
    return found[name].answer[name] if name in found else None


def test_the_sentence_for_a_statement_of_work() -> None:
    text = "SOW for Initech, API client, about 250k, start 1 Feb, contact legal@initech.example"
    found = said(text)
    assert {name: answer(found, name) for name in found} == {
        "client": "Initech",
        "client_type": "api",
        "amount": "250000",
        "contact_email": "legal@initech.example",
        "start": "2027-02-01",
    }
    assert found["amount"].guess
    assert found["amount"].words == "250k"
    assert not found["client"].guess


def test_the_sentence_for_an_asset() -> None:
    text = "need a fintech case study for a demo with Globex next Friday, short, their colours"
    found = said(text, ASSET)
    assert {name: answer(found, name) for name in found} == {
        "asset_type": "case_study",
        "deadline": "2026-11-27",
        "industry": "Fintech",
    }
    assert [each["deadline"] for each in found["deadline"].others] == ["2026-11-20"]


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("budget 90000, due 15 Dec", "amount", "90000"),
        ("budget 90000, due 15 Dec", "needed_by", "2026-12-15"),
        ("ends on 15 Dec 2027, starts 1 Feb", "end", "2027-12-15"),
        ("ends on 15 Dec 2027, starts 1 Feb", "start", "2027-02-01"),
        ("change the start date to 1 March", "start", "2027-03-01"),
        ("make it 300k EUR", "amount", "300000"),
        ("make it 300k EUR", "currency", "EUR"),
        ("it is for globex", "client", "Globex"),
        ("actually it is for Hooli", "client", "Hooli"),
        ("contact is Jane Doe", "contact_name", "Jane Doe"),
        ("it is a 10x client", "client_type", "10x"),
        ("billed monthly, recurring", "fee", "recurring"),
    ],
)
def test_words_beside_an_answer_say_what_it_answers(text: str, name: str, value: str) -> None:
    found = said(text)
    answers = {part: each for one in found.values() for part, each in one.answer.items()}
    assert answers.get(name) == value


def test_a_misspelled_client_is_a_guess() -> None:
    found = said("SOW for Globbex")
    assert answer(found, "client") == "Globex"
    assert found["client"].guess


@pytest.mark.parametrize(
    "text", ["it is not that easy", "hello there", "3 decks", "😀😀", "", "IT is"]
)
def test_what_nobody_said_is_not_there(text: str) -> None:
    assert set(said(text)) == set()


def test_two_amounts_are_asked_about() -> None:
    found = said("either 250k EUR or 300k USD")
    assert len(found["amount"].others) == 1
    assert found["amount"].guess


def test_a_small_word_is_no_option() -> None:
    assert "audience" not in said("actually it is for Hooli", ASSET)
    assert answer(said("a deck for IT people", ASSET), "audience") == "IT"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("needed_by", "in two weeks", "2026-12-02"),
        ("client", "Stark Industries", "Stark Industries"),
        ("client_type", "api", "api"),
        ("contact_email", "it is jane@initech.example", "jane@initech.example"),
        ("amount", "90k", "90000"),
    ],
)
def test_a_question_is_answered(name: str, text: str, value: str) -> None:
    [asked] = [each for each in SOW.fields if each.name == name]
    found = answered(text, asked, SOW, KNOWN)
    assert found is not None
    assert found.answer[name] == value


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    for form in (SOW, ASSET):
        for each in heard(text, form, KNOWN):
            assert set(each.answer) <= set(form.names)
