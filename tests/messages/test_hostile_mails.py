"""Whatever people type: in a letter it is never markup, never a header, and never unseen."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from messages.mails import Letter, word
from tests.messages.globex import APPROVED, INVOICE, LATER, LETTER, LINK, PAYMENT, QUESTION
from tests.messages.letters import NAMES
from tests.messages.reading import Reading
from workflows.money import Money

if TYPE_CHECKING:
    from playwright.async_api import Page

NASTY = (
    *("<script>alert(1)</script>", "<b>", '"><img src=x onerror=alert(1)>', "</title>", "</table>"),
    *("&lt;i&gt;", "&amp;", "{{ 7 * 7 }}", "{% raw %}", "<!--", "]]>", "javascript:alert(1)", "'"),
    *("\u202etxt.exe", "\u2066", "\u200b", "\x00", "\x1b[2J", "\ud83d", "a\r\nBcc: b@c.example"),
    *(
        "حساب",
        "חשבון",
        "契約",
        "👩\u200d💻",
        "x" * 3000,
        "y " * 3000,
        "\n\n\n",
        "- \n- ",
        "> ",
        " ",
    ),
)
TEXT = st.one_of(
    st.lists(st.sampled_from(NASTY) | st.text(max_size=5), max_size=8).map("".join),
    st.text(st.characters(exclude_categories=())),
)
UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066\u2067\ufeff\ud800-\udfff]"
)
WHOLE = replace(
    LETTER,
    record=APPROVED,
    nth=3,
    note="A word.",
    question=QUESTION,
    invoices=(INVOICE, LATER),
    received=PAYMENT,
    subject="Hello",
    body="Dear Hank,\n\nHello\nDian",
)
"""A letter that knows everything that any letter may need."""


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("name", NAMES)
def test_each_of_these_stays_text(name: str, text: str) -> None:
    assert faults(name, text) == []


@given(text=TEXT)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_that_people_type_is_ever_more_than_text(text: str) -> None:
    assert [fault for name in NAMES for fault in faults(name, text)] == []


def test_what_was_typed_is_what_is_read() -> None:
    typed = '<b>1 & 2</b> "quoted" {{ 7 * 7 }} &lt;'
    worded = word("document", replace(LETTER, to_name=typed, note=f"{typed}\n{typed}"))
    for read in (worded.text, Reading(worded.html).text):
        assert f"Dear {typed}," in " ".join(read.split())
        assert read.count(typed) == 3


def test_a_name_has_no_lines() -> None:
    letter = replace(LETTER, to_name="Hank\r\nBcc: b@c.example\n\nDear Sir")
    said = word("document", letter).text
    assert said.startswith("Dear Hank Bcc: b@c.example Dear Sir,\n\n")


def test_right_to_left_names_do_not_turn_the_rest_round() -> None:
    worded = word("document", replace(LETTER, to_name="\u202eחשבון"))
    assert "Dear \u2068חשבון\u2069," in worded.text
    assert "Dear \u2068חשבון\u2069," in worded.html


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_long_words_do_not_widen_the_page_of_a_phone(page: "Page") -> None:
    await page.set_viewport_size({"width": 320, "height": 640})
    for name in NAMES:
        await page.set_content(word(name, filled(WHOLE, "x" * 3000)).html)
        width = await page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, name


def filled(value: Any, text: str) -> Any:  # noqa: ANN401 - any part of a letter
    """The same value with ``text`` in every text that people type."""
    if isinstance(value, str) and type(value) is str:
        return text
    if isinstance(value, tuple):
        return tuple(filled(each, text) for each in value)
    if isinstance(value, Letter):
        return _filled(value, text, keep=("link",))
    if isinstance(value, Money):
        return value
    return _filled(value, text, keep=("fee",)) if is_dataclass(value) else value


def _filled(value: Any, text: str, keep: tuple[str, ...]) -> Any:  # noqa: ANN401 - as above
    names = [field.name for field in fields(value) if field.name not in keep]
    return replace(value, **{name: filled(getattr(value, name), text) for name in names})


def faults(name: str, text: str) -> list[str]:
    """What is wrong with the letter ``name`` when everybody typed ``text``."""
    said = word(name, filled(WHOLE, text))
    tags = Reading(said.html).tags
    known = {(tag, *attributes) for tag, attributes in Reading(word(name, WHOLE).html).tags}
    found = [str(each) for each in tags if (each[0], *each[1]) not in known]
    found += [str(each) for each in tags if each[1].get("href", LINK) != LINK]
    found += [part for part in (said.subject, said.text, said.html) if UNSEEN.search(part)]
    if "\n" in said.subject or len(said.subject) > 150:
        found.append(said.subject)
    return found
