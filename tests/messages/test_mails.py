"""Letters to clients: both versions say the same, and nobody's text is more than text.

To renew the golden files: ``python -m tests.messages.letters``.
"""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from jinja2 import TemplateNotFound, UndefinedError

from messages.mails import payment_reminder_draft, word
from messages.mails_templates import FOLDER
from tests.messages.globex import (
    AFTER_APPROVAL,
    APPROVED,
    DOCUMENT,
    INVOICE,
    LATER,
    LETTER,
    LINK,
    paid,
)
from tests.messages.letters import LETTERS, NAMES, drafts, goldens, letters, reminding
from tests.messages.reading import Reading
from workflows.document import Deliverable, PriceLine
from workflows.money import Money

SAID = dict(letters())
TONES = dict(drafts())
FILES = {path: said for path, said in goldens() if path.parent == LETTERS}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_says_what_its_golden_file_says(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == FILES[path]


def test_every_golden_file_belongs_to_a_letter() -> None:
    assert set(LETTERS.iterdir()) == set(FILES)


def test_every_template_is_a_letter_or_part_of_one() -> None:
    parts = {"shell.txt", "shell.html", "say.txt", "say.html", "letter.jinja"}
    others = ("payment_reminder_draft", "announcement", "stand_in", "signing")
    names = {f"{name}.jinja" for name in (*NAMES, *others)}
    assert {path.name for path in FOLDER.iterdir()} == parts | names


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.jinja")), ids=lambda path: path.stem)
def test_the_tone_is_calm(path: Path) -> None:
    words = re.sub(r"{%.*?%}|{{.*?}}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert "!" not in words
    assert words.isascii()


@pytest.mark.parametrize("name", SAID)
def test_plain_text_and_html_say_the_same(name: str) -> None:
    worded = SAID[name]
    assert words_of(worded.text) == words_of(Reading(worded.html).text)


@pytest.mark.parametrize("name", SAID)
def test_it_is_readable_without_pictures_and_by_ear(name: str) -> None:
    tags = Reading(SAID[name].html).tags
    assert {tag for tag, _ in tags} & {"img", "script", "form", "iframe", "link"} == set()
    assert next(attributes for tag, attributes in tags if tag == "html")["lang"] == "en"
    tables = "".join(f"<{tag} {attributes.get('role', '')}>" for tag, attributes in tags)
    for table in re.findall(r"<table ([^>]*)>((?:(?!<table).)*)", tables):
        assert table[0] == "presentation" or "<th >" in table[1]


@pytest.mark.parametrize("name", SAID)
def test_lines_of_plain_text_are_short(name: str) -> None:
    long = [line for line in SAID[name].text.splitlines() if len(line) > 78]
    assert long == [line for line in long if line == LINK]


def test_the_only_addresses_are_the_clients_page() -> None:
    for name, worded in SAID.items():
        linked = {
            attributes.get("href") for tag, attributes in Reading(worded.html).tags if tag == "a"
        }
        assert linked <= {LINK}
        assert ("http" in worded.text) == (LINK in worded.text) == (linked == {LINK}), name


def test_every_letter_says_who_reads_an_answer_and_how_to_check_it() -> None:
    for worded in SAID.values():
        said = " ".join(worded.text.split())
        assert "If you reply to this mail, Dian Porter (dian@harborlight.example) reads it" in said
        assert "How to check this is us:" in said


def test_what_is_the_companys_own_never_goes_out() -> None:
    for worded in SAID.values():
        assert "late last year" not in worded.text + worded.html
        assert "Notes" not in worded.text + worded.html


def test_very_long_lists_are_left_to_the_document() -> None:
    many = tuple(Deliverable(title=f"Part {number}") for number in range(1, 201))
    letter = replace(LETTER, document=replace(DOCUMENT, deliverables=many))
    said = word("document", letter).text
    assert "- Part 12\n- and 188 more, in the document\n" in said
    assert "Part 13" not in said


@pytest.mark.parametrize(
    ("price", "printed"),
    [
        (Money.of(1_234_567, "JPY"), "Total: 1,234,567 JPY,"),
        (Money.of("1234.567", "KWD"), "Total: 1,234.567 KWD,"),
        (Money.of("1234.5678", "CLF"), "Total: 1,234.5678 CLF,"),
    ],
)
def test_amounts_have_the_decimals_of_their_currency(price: Money, printed: str) -> None:
    document = replace(DOCUMENT, prices=(PriceLine(text="All", price=price),))
    version = replace(LETTER.version, total=document.total)
    said = word("document", replace(LETTER, document=document, version=version))
    assert printed in said.text


def test_an_edited_reminder_is_what_the_assistant_wrote() -> None:
    letter = replace(AFTER_APPROVAL, subject="About <INV-1>", body="Dear Hank,\n\n1 < 2 & 3\nDian")
    worded = word("payment_reminder", letter)
    assert worded.subject == "About <INV-1>"
    assert worded.text.startswith("Dear Hank,\n\n1 < 2 & 3\nDian\n\n---")
    assert ">Dear Hank,</p>" in worded.html
    assert ">1 &lt; 2 &amp; 3<br>Dian</p>" in worded.html


def test_thanks_for_everything_only_where_everything_is_paid() -> None:
    everything = "everything that we invoiced for SOW-7 is paid"
    settled = replace(APPROVED, invoices=(paid(INVOICE), paid(LATER)))
    given_up = replace(APPROVED, invoices=(paid(INVOICE), replace(LATER, written_off=True)))
    said = [
        " ".join(word("thanks", replace(AFTER_APPROVAL, record=record)).text.split())
        for record in (settled, APPROVED, given_up)
    ]
    assert [everything in each for each in said] == [True, False, False]
    assert [LATER.number in each for each in said] == [True, False, False]


def test_reminders_grow_firmer_with_time() -> None:
    told = {
        (days, nth): payment_reminder_draft(reminding(nth), INVOICE.due + timedelta(days=days))[1]
        for days in (-1, 0, 1, 7, 8, 60)
        for nth in range(9)
    }
    assert {key for key, body in told.items() if "short reminder" in body} == {
        key for key in told if key[0] <= 0
    }
    assert {key for key, body in told.items() if "slipped through" in body} == {
        (days, nth) for days, nth in told if days > 0 and (days <= 7 or nth <= 1)
    }
    assert {key for key, body in told.items() if "within the next seven days" in body} == {
        (days, nth) for days, nth in told if days > 7 and nth >= 5
    }


@pytest.mark.parametrize(("name", "says"), TONES.items())
def test_earlier_reminders_are_spoken_of_only_where_there_were_some(
    name: str, says: tuple[str, str]
) -> None:
    speaks = "to you about it before" in says[1] or "In spite of our reminders" in says[1]
    assert speaks == (name in ("late", "very late"))


def test_nobody_is_named_who_is_not_there() -> None:
    letter = replace(LETTER, assistant_name="Harborlight", assistant_email="", to_name="")
    said = word("document", letter).text
    assert said.startswith("Hello,\n\n")
    assert "Kind regards,\nHarborlight\n\n---" in said
    assert "If you reply to this mail, Harborlight reads it." in " ".join(said.split())


def test_a_note_goes_with_the_document_and_not_with_its_reminders() -> None:
    letter = replace(LETTER, note="Call me.", nth=1)
    assert "Dian Porter adds:\n\n> Call me.\n" in word("document", letter).text
    assert "Call me" not in word("document_reminder", letter).text


def test_a_draft_fits_the_form_in_which_it_is_edited() -> None:
    for name in ("Hank", "x" * 5000, "<b>" * 2000):
        letter = replace(reminding(1), to_name=name, company=name)
        invoice = replace(INVOICE, number=name)
        subject, body = payment_reminder_draft(replace(letter, invoices=(invoice,)), INVOICE.due)
        assert len(subject) <= 150
        assert len(body) <= 3000
        assert "\n" not in subject


def test_letters_that_lack_what_they_need_are_refused() -> None:
    with pytest.raises(TemplateNotFound):
        word("farewell", LETTER)
    with pytest.raises(UndefinedError):
        word("answer", LETTER)
    with pytest.raises(UndefinedError):
        word("signed_copy", LETTER)


def test_the_day_is_the_only_thing_that_a_link_ends_with() -> None:
    letter = replace(LETTER, until=date(2027, 1, 2))
    assert "It works until 2 January 2027." in " ".join(word("document", letter).text.split())
    assert "It works until" not in word("document", replace(LETTER, until=None)).text


def words_of(text: str) -> set[str]:
    """The words of a text without the marks by which plain text shows its form."""
    return {word.casefold() for word in re.findall(r"[\w@./:-]*\w", text)}
