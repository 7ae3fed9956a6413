"""Tables that spreadsheets open without harm, in whatever language they were set up."""

import csv
import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evidence import tables
from messages import spreadsheet

Writer = Callable[[str, str], bytes]

SIGNS = ("=", "+", "-", "@", "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH COMMERCIAL AT}")
COMMAND = "cmd|' /C calc'!A0"


def listed(one: str, other: str) -> bytes:
    """Return the log of all requests with two texts in it."""
    return spreadsheet.as_csv(("one", "other"), [(one, other)])


def recorded(one: str, other: str) -> bytes:
    """Return a table of the record with two texts in it."""
    return tables.as_csv([{"one": one, "other": other}])


WRITERS = pytest.mark.parametrize("write", [listed, recorded])


def cells(content: bytes, between: str) -> list[str]:
    """Return every cell as a spreadsheet finds it that parts cells at ``between``."""
    text = content.decode("utf-8-sig")
    table = csv.reader(io.StringIO(text, newline=""), delimiter=between)
    return [cell for row in table for cell in row]


@WRITERS
@pytest.mark.parametrize("between", [",", ";", "\t"])
@pytest.mark.parametrize("before", ["", "Deck;", "Deck; ", 'Deck;"', "Deck\t", "Deck\n", "Deck\r"])
@pytest.mark.parametrize("sign", SIGNS)
def test_no_cell_is_a_formula_wherever_a_spreadsheet_parts_it(
    write: Writer, between: str, before: str, sign: str
) -> None:
    formula = f"{before}{sign}{COMMAND}"

    for content in (write("safe", formula), write(formula, "safe")):
        assert [each for each in cells(content, between) if each.strip().startswith(SIGNS)] == []
    assert cells(write("safe", formula), ",")[-1] == f"{before}'{sign}{COMMAND}"


@WRITERS
@given(st.text("=+-@;,\t\r\n\" '|a"), st.text('=-;\t\r\n" a'))
def test_nothing_that_people_type_is_a_formula(write: Writer, one: str, other: str) -> None:
    content = write(one, other)

    for between in ",;\t":
        found = cells(content, between)
        assert [each for each in found if each.strip().startswith(SIGNS)] == [], between
    assert len(cells(content, ",")) == len(("one", "other", one, other))


@WRITERS
@pytest.mark.parametrize(
    "text",
    [
        "R&D - 20% more, a+b=c; mia@harborlight.example",
        'He said "yes" - and left; then "no" = no',
        "one\ntwo\tthree; four\r\n5 - 6",
        '{"purpose": "-5", "url": "https://a.example/?b=c;d=e"}',
        "it's; 'quoted'",
    ],
)
def test_what_begins_no_formula_is_as_it_was_written(write: Writer, text: str) -> None:
    assert cells(write("1", text), ",")[-1] == text


@WRITERS
def test_every_cell_is_quoted(write: Writer) -> None:
    assert b'"one","other"\r\n"1","two"\r\n' in write("1", "two")


@WRITERS
@pytest.mark.parametrize("first", ["\t", "\r", "\0"])
def test_no_cell_begins_with_what_is_not_seen(write: Writer, first: str) -> None:
    assert cells(write("1", f"{first}1"), ",")[-1] == f"'{first}1"
