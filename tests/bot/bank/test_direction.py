"""What went out is never listed as money that came in, where only a column says so."""

from dataclasses import replace

import pytest

from bot.bank.direction import columns, offered
from bot.bank.reading import Read
from bot.bank.table import table_of
from tests.bot.bank.statements import PLAIN, taken
from workflows.dating import DateOrder

HEADER = "Date;Amount;Text;Payer;Soll/Haben"
IN, OUT = "2026-11-02;8.000,00;INV-1;Globex;{}", "2026-11-03;900,00;Rent;Initech;{}"


def said(way_in: str, way_out: str, ins: tuple[str, ...] = (), outs: tuple[str, ...] = ()) -> Read:
    """Return what is read of money in and money out, each with its word, as somebody said it."""
    lines = IN.format(way_in), OUT.format(way_out)
    column = 4 if ins or outs else None
    return taken(HEADER, *lines, fixed="EUR", direction=column, ins=ins, outs=outs)


WORDS = [
    ("H", "S"),
    ("Haben", "Soll"),
    ("CR", "DR"),
    ("Cr.", "Dr."),
    ("C", "D"),
    ("Credit", "Debit"),
    ("CRDT", "DBIT"),
    ("Bij", "Af"),
    ("IN", "OUT"),
    ("Paid in", "Paid out"),
    ("Crédit", "Débit"),
    ("+", "-"),
]


@pytest.mark.parametrize(("ins", "outs"), WORDS)
def test_only_what_is_said_to_be_money_in_is_listed(ins: str, outs: str) -> None:
    found = said(ins, outs, ins=(ins,), outs=(outs,))
    assert found.problems == ()
    assert [row.line for row in found.rows] == [2]


@pytest.mark.parametrize(("ins", "outs"), WORDS)
def test_where_nobody_has_said_it_nothing_is_listed_and_it_is_asked(ins: str, outs: str) -> None:
    found = said(ins, outs)
    assert (found.rows, found.about) == ((), "direction")
    assert found.problems[0].startswith(f"Line 3: the column “Soll/Haben” says “{outs}”")


def test_a_bank_that_writes_a_minus_as_well_is_not_asked_about() -> None:
    found = taken(HEADER, IN.format("CREDIT"), "2026-11-03;-900,00;Rent;Initech;DEBIT", fixed="EUR")
    assert found.problems == ()
    assert [row.line for row in found.rows] == [2]


def test_whoever_chose_both_words_goes_by_the_minus() -> None:
    lines = (IN.format("CREDIT"), OUT.format("DEBIT"), "2026-11-04;-5,00;Fee;Bank;DEBIT")
    found = taken(HEADER, *lines, fixed="EUR", direction=4, ins=("CREDIT", "DEBIT"))
    assert [row.line for row in found.rows] == [2, 3]


def test_what_nobody_has_spoken_of_is_asked_about() -> None:
    found = said("H", "RH", ins=("H",), outs=("S",))
    assert found.rows == ()
    [problem] = found.problems
    assert problem.startswith("Line 3: nobody has said yet whether “RH” is money that came in.")
    assert "whether “”" in said("H", "", ins=("H",), outs=("S",)).problems[0]


def test_whoever_said_what_credit_is_has_said_what_debit_is() -> None:
    found = said("H", "S", ins=("h",))
    assert [row.line for row in found.rows] == [2]
    assert said("booked", "S", ins=("booked",)).problems


def test_what_is_not_booked_is_passed_over_with_a_day_that_is_none() -> None:
    pending = "pending;900,00;INV-2;Initech;Pending"
    found = taken(
        HEADER,
        IN.format("Booked"),
        pending,
        fixed="EUR",
        direction=4,
        ins=("Booked",),
        outs=("Pending",),
        order=DateOrder.YEAR_FIRST,
    )
    assert found.problems == ()
    assert [row.line for row in found.rows] == [2]


def test_few_short_words_are_offered_and_the_usual_ones_first() -> None:
    lines = [f"2026-11-{day:02};1,00;Note {day};Payer {day};EUR;S" for day in range(1, 20)]
    table = table_of("\n".join(("Date;Amount;Text;Payer;Currency;", *lines[:18], lines[18][:-1])))
    assert columns(table, None) == [(5, ("S", "")), (4, ("EUR",))]


def test_in_a_short_file_who_paid_is_not_offered_as_a_direction() -> None:
    table = table_of("\n".join((HEADER, IN.format("H"), OUT.format("S"))))
    assert columns(table, None) == [(4, ("H", "S"))]


def test_the_column_that_is_known_is_offered_first_and_each_with_all_that_it_says() -> None:
    words = "One Two Three Four Five Six Seven Eight".split()
    lines = [f"2026-11-02;5,00;A {nth}{f';{words[nth % 8]}' * 13}" for nth in range(16)]
    header = ";".join(["Date", "Amount", "Text", *(f"Kind {nth}" for nth in range(13))])
    table = table_of("\n".join((header, *lines)))
    assert [at for at, _said in offered(table, None)] == [*range(3, 15)]
    last = replace(PLAIN, header=table.header, direction=15, ins=("One",))
    assert [at for at, _said in offered(table, last)] == [15, *range(3, 14)]
