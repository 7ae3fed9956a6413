"""A bank's file becomes rows of money that came in; or a sentence says what is wrong, and none."""

import csv
import io
import time
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bank.direction import OUT, word
from bot.bank.table import LARGEST, MOST_LINES, Unusable, table_of, text_of
from bot.ports.bank import header_key
from modals.bank_figures import Unclear, day_of
from tests.bot.bank.statements import HEADER, taken
from workflows.dating import DateOrder
from workflows.money import Money
from workflows.money_words import Mark

FIRST = "2026-11-02,8000.00,INV-1,Globex"


def test_what_came_in_is_a_row_and_what_went_out_is_none() -> None:
    found = taken("Date,Amount,Text,Payer", FIRST, "2026-11-03,-40.00,Fee,Bank", "2026-11-04,0,,")
    [row] = found.rows
    assert found.problems == ()
    assert (row.line, row.on, row.amount) == (2, date(2026, 11, 2), Money(800_000, "USD"))
    assert (row.reference, row.payer) == ("INV-1", "Globex")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_encoding_and_delimiter_of_a_bank_is_read(encoding: str, delimiter: str) -> None:
    lines = (
        delimiter.join(HEADER),
        delimiter.join(("2026-11-02", "8000.00", "INV-1", "Müller & Söhne")),
    )
    [row] = taken(*lines, encoding=encoding).rows
    assert row.payer == "Müller & Söhne"


def test_what_a_bank_writes_above_and_below_is_no_transaction() -> None:
    found = taken(
        "Konto;DE12 3456;",
        "Zeitraum;01.11.2026 - 30.11.2026;",
        "",
        "Buchung;Betrag;Verwendungszweck;Zahler;",
        "02.11.2026;8.000,00;INV-1;Globex;",
        "03.11.2026;1.234,56;INV-2, zweite Rate;Initech;",
        "Kontostand;9.234,56",
        order=DateOrder.DAY_FIRST,
        fixed="EUR",
    )
    assert found.problems == ()
    assert [(row.line, row.amount.minor) for row in found.rows] == [(5, 800_000), (6, 123_456)]


@pytest.mark.parametrize(
    ("written", "currency", "mark", "minor"),
    [
        ("1.234,56", "EUR", Mark.UNKNOWN, 123_456),
        ("1,234.56", "USD", Mark.UNKNOWN, 123_456),
        ("1 234,56", "EUR", Mark.UNKNOWN, 123_456),
        ("1'234.50", "CHF", Mark.UNKNOWN, 123_450),
        ("1,23,456.00", "INR", Mark.UNKNOWN, 12_345_600),
        ("1,234", "USD", Mark.UNKNOWN, 123_400),
        ("1.234", "EUR", Mark.UNKNOWN, 123_400),
        ("1,234", "KWD", Mark.POINT, 1_234_000),
        ("1,234", "KWD", Mark.COMMA, 1_234),
        ("1,234", "JPY", Mark.UNKNOWN, 1_234),
        ("+12.00", "USD", Mark.UNKNOWN, 1_200),
        ("$12.00", "USD", Mark.UNKNOWN, 1_200),
        ("EUR 12,00", "EUR", Mark.UNKNOWN, 1_200),
        ("12.00 CR", "USD", Mark.UNKNOWN, 1_200),
        ("12.00 Cr.", "INR", Mark.UNKNOWN, 1_200),
        ("Rs. 12.00", "INR", Mark.UNKNOWN, 1_200),
        ("$12.00", "CAD", Mark.UNKNOWN, 1_200),
        ("12,00 kr", "SEK", Mark.UNKNOWN, 1_200),
        ("-$12.00", "USD", Mark.UNKNOWN, None),
        ("$-12.00", "USD", Mark.UNKNOWN, None),
        ("-£12.00", "GBP", Mark.UNKNOWN, None),
        ("-EUR 12,00", "EUR", Mark.UNKNOWN, None),
        ("£12.00-", "GBP", Mark.UNKNOWN, None),
        ("(12.00)", "USD", Mark.UNKNOWN, None),
        ("12.00-", "USD", Mark.UNKNOWN, None),
        ("−12,00", "EUR", Mark.UNKNOWN, None),
        ("12.00 DR", "USD", Mark.UNKNOWN, None),
    ],
)
def test_amounts_are_read_as_banks_write_them(
    written: str, currency: str, mark: Mark, minor: int | None
) -> None:
    found = taken(
        "Date;Amount;Text;Payer", f'2026-11-02;"{written}";INV-1;', mark=mark, fixed=currency
    )
    assert found.problems == ()
    assert [row.amount for row in found.rows] == ([] if minor is None else [Money(minor, currency)])


def test_an_amount_that_can_be_read_in_two_ways_is_asked_about() -> None:
    found = taken("Date;Amount;Text;Payer", "2026-11-02;1,234;INV-1;", fixed="KWD")
    assert found.rows == ()
    assert "read in two ways" in found.problems[0]
    told_apart = taken(
        "Date;Amount;Text;Payer",
        "2026-11-02;1,234;INV-1;",
        "2026-11-02;5,678.900;INV-2;",
        fixed="KWD",
    )
    assert [row.amount.minor for row in told_apart.rows] == [1_234_000, 5_678_900]


def test_a_column_without_a_name_at_the_end_is_one_of_the_table() -> None:
    lines = ("Day;Amount;Text;", "2026-11-02;1,00;INV-1;H", "2026-11-03;2,00;Rent;S")
    assert table_of("\n".join(lines)).header == ("Day", "Amount", "Text", "")
    empty = table_of("\n".join((lines[0], "2026-11-02;1,00;INV-1;")))
    assert header_key(empty.header) == header_key(("Day", "Amount", "Text", ""))


def test_what_was_there_before_and_after_is_no_payment() -> None:
    found = taken(
        "Date,Amount,Text,Payer",
        "2026-11-01,1000.00,Opening balance,",
        FIRST,
        "2026-11-03,5.00,Opening balance,Initech",
        "2026-11-30,9000.00,Closing Balance:,",
    )
    assert [row.line for row in found.rows] == [3, 4]


def test_a_day_of_the_longest_text_takes_no_time() -> None:
    started = time.perf_counter()
    for _ in range(200):
        with suppress(Unclear):
            day_of("T" * 2_000, DateOrder.YEAR_FIRST)
    assert time.perf_counter() - started < 1


def test_money_in_a_column_of_its_own_is_what_came_in() -> None:
    found = taken(
        "Day,Out,In,Text,Currency",
        "2026-11-02,,8000.00,INV-1,EUR",
        "2026-11-03,40.00,,Fee,EUR",
        "2026-11-04,0.00,5.00,Interest,usd",
        amount=None,
        credit=2,
        reference=(3,),
        payer=None,
        currency=4,
        fixed="",
    )
    assert found.problems == ()
    assert [str(row.amount) for row in found.rows] == ["8,000.00 EUR", "5.00 USD"]


@pytest.mark.parametrize(
    ("written", "order"),
    [
        ("2026-11-02", DateOrder.YEAR_FIRST),
        ("20261102", DateOrder.YEAR_FIRST),
        ("2026-11-02T10:15:00+01:00", DateOrder.YEAR_FIRST),
        ("02.11.2026", DateOrder.DAY_FIRST),
        ("02/11/26", DateOrder.DAY_FIRST),
        ("2-Nov-2026", DateOrder.DAY_FIRST),
        ("02 Nov 26", DateOrder.DAY_FIRST),
        ("11/02/2026", DateOrder.MONTH_FIRST),
        ("Nov 2, 2026", DateOrder.MONTH_FIRST),
        ("11/2/2026 09:30 AM", DateOrder.MONTH_FIRST),
    ],
)
def test_days_are_read_in_the_order_of_the_mapping(written: str, order: DateOrder) -> None:
    [row] = taken("Date;Amount;Text;Payer", f"{written};1.00;INV-1;", order=order).rows
    assert row.on == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("02.11.2026,1.00,INV-1,", "Line 3: “02.11.2026” is no day as the mapping says it."),
        ("2026-12-24,1.00,INV-1,", "Line 3: “2026-12-24” would be 24 December 2026"),
        ("2026-11-02,=1+1,INV-1,", "Line 3: “=1+1” is no amount in USD."),
        ("2026-11-02,1.00.0,INV-1,", "Line 3: “1.00.0” is no amount in USD."),
        ("2026-11-02,1e5,INV-1,", "Line 3: “1e5” is no amount in USD."),
        ("2026-11-02,٣,INV-1,", "Line 3: “٣” is no amount in USD."),
        ("2026-11-02,1.00,INV-1,Globex,more", "Line 3: it has 5 columns instead of 4."),
        ("2026-11-02,1.00", "Line 3: it has 2 columns instead of 4."),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_nothing_is_taken(line: str, said: str) -> None:
    found = taken("Date,Amount,Text,Payer", FIRST, line, FIRST, mark=Mark.POINT)
    assert found.rows == ()
    assert found.problems[0].startswith(said)


def test_a_file_that_breaks_off_in_its_last_line_is_not_taken() -> None:
    found = taken("Date,Amount,Text,Payer", FIRST, "2026-11-03,90")
    assert found.problems == ("Line 3: it has 2 columns instead of 4.",)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf \n", "The file is empty."),
        (b"Date,Amount\n1,\x00\n", "Line 2: there is a character that no text has"),
        (b"PK\x03\x04\x14\x00", "Line 1: there is a character that no text has"),
        (b"x" * (LARGEST + 1), "It is larger than 5 MB."),
        (b"a,b\n\x81\x8d", "This is no text that can be read."),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(Unusable) as refused:
        text_of(content)
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Date,Amount,Text\n", "Line 1 names the columns, and there is nothing below it."),
        ("Hello\nworld\n", "No line names the columns."),
        ("1,2,3\n4,5,6\n", "No line names the columns."),
        ('Date,Amount\n2026-11-02,"1.00\n', "Line 2: a quotation mark is never closed."),
        ('Date,Amount\n2026-11-02,"1"00\n', "Line 2: a quotation mark is out of place."),
        ("Date,Amount\n" + "1,2\n" * (MOST_LINES + 1), "It has more than 5,000 lines."),
        ("a," * 70 + "\n" + "1," * 70, "Line 1: it has more than 60 columns."),
        (f"Date,Amount\n{'x' * 3000},1\n", "Line 2: “xxx"),
        (f"Date,Amount\n{'x' * 200_000},1\n", "Line 2: it is longer than any bank writes."),
    ],
)
def test_what_is_no_table_is_refused(text: str, said: str) -> None:
    with pytest.raises(Unusable) as refused:
        table_of(text)
    assert str(refused.value).startswith(said)


def test_a_row_is_the_same_in_an_overlapping_file() -> None:
    twice = "2026-11-03,5.00,Monthly fee,Initech"
    early = taken("Date,Amount,Text,Payer", FIRST, twice).rows
    late = taken("Date,Amount,Text,Payer", "2026-11-01,1.00,,", FIRST, twice, twice).rows
    assert {row.key for row in early} < {row.key for row in late}
    assert len({row.key for row in late}) == 4


def test_the_banks_own_number_tells_rows_apart() -> None:
    header = "Date,Amount,Text,Payer,Number"
    [before] = taken(header, f"{FIRST},T-1", transaction=4).rows
    [after] = taken(header, "2026-11-02,8000.00,INV-1 (booked),Globex,T-1", transaction=4).rows
    assert before.key == after.key
    assert len(taken(header, f"{FIRST},T-1", f"{FIRST},T-1", transaction=4).rows) == 1
    wrong = taken(header, f"{FIRST},T-1", "2026-11-02,1.00,INV-2,Initech,T-1", transaction=4)
    assert wrong.rows == ()
    assert "“T-1” stands on line 2 already" in wrong.problems[0]


@given(st.binary(max_size=400))
def test_no_file_does_anything_but_be_read_or_refused(content: bytes) -> None:
    with suppress(Unusable):
        table = table_of(text_of(content))
        assert table.header
        assert table.lines


texts = (
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=30)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: word(text) not in OUT)  # whether money came in would have to be asked
)


@given(
    st.lists(
        st.tuples(st.dates(date(2000, 1, 1), date(2026, 11, 30)), st.integers(1, 10**12), texts),
        min_size=1,
        max_size=20,
    )
)
def test_what_was_written_is_what_is_read(rows: list[tuple[date, int, str]]) -> None:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(HEADER)
    for on, minor, text in rows:
        writer.writerow((on.isoformat(), f"{minor // 100},{minor % 100:02}", text, "Globex"))
    found = taken(file.getvalue(), fixed="EUR")
    assert found.problems == ()
    assert [(row.on, row.amount.minor, row.reference) for row in found.rows] == [*rows]
    assert len({row.key for row in found.rows}) == len(rows)
