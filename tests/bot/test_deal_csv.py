"""Deals from a CSV file: good lines are taken, and every other one is named."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.deal_csv import Imported, import_csv
from bot.ports import Deal
from modals.deal import COLUMNS
from storage.database import Database
from tests.migrated import have_migrated
from workflows.money import Money

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HEADER = ",".join(COLUMNS)
PILOT = (
    'D-1042,Forecasting pilot,Globex,"180,000.00",USD,negotiation,2027-01-31,Hank Scorpio,'
    "hank@globex.example,ana@harborlight.example,https://crm.example/deals/1042"
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path / 'frontdesk.db'}"
    have_migrated(url)
    database = Database(url, audit_key=b"a visibly fake key")
    yield database
    database.close()


def taken(database: Database, *lines: str, encoding: str = "utf-8") -> Imported:
    return import_csv(database, "\n".join(lines).encode(encoding), NOON)


def stored(database: Database, ref: str) -> Deal | None:
    with database.unit() as unit:
        return unit.deals.get(ref)


def test_a_line_is_a_deal(database: Database) -> None:
    assert taken(database, HEADER, PILOT) == Imported(1, ())
    assert stored(database, "D-1042") == Deal(
        ref="D-1042",
        name="Forecasting pilot",
        account="Globex",
        amount=Money(18_000_000, "USD"),
        stage="negotiation",
        close_on=date(2027, 1, 31),
        contact_name="Hank Scorpio",
        contact_email="hank@globex.example",
        owner_email="ana@harborlight.example",
        url="https://crm.example/deals/1042",
        updated_at=NOON,
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_columns_stand_in_any_order_and_may_be_few(
    database: Database, encoding: str, end: str
) -> None:
    lines = ("Account; REF ;name", "Søn & Co; D-7 ;Training", "", "Initech;D-8;'Now' for Oslo", "")
    content = end.join(lines).encode(encoding)

    assert import_csv(database, content, NOON) == Imported(2, ())
    assert stored(database, "D-7") == Deal(
        ref="D-7", name="Training", account="Søn & Co", updated_at=NOON
    )


def test_a_line_replaces_the_deal_of_its_number(database: Database) -> None:
    taken(database, HEADER, PILOT)

    assert taken(database, "ref,name,account", "D-1042,Second try,Globex").count == 1

    deal = stored(database, "D-1042")
    assert deal == Deal(ref="D-1042", name="Second try", account="Globex", updated_at=NOON)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("D-2,Pilot,,,,", "account must not be empty."),
        (" ,,Globex,,,", "ref, name must not be empty."),
        ("D-2,Pilot,Globex", "it has 3 columns instead of 6."),
        ("D-2,Pilot,Globex,180.000,EUR,", "amount: “180.000” can mean 180 or 180000."),
        ("D-2,Pilot,Globex,a lot,EUR,", "amount: Please write the amount in figures"),
        ("D-2,Pilot,Globex,-5,EUR,", "amount: The amount must be more than zero."),
        ("D-2,Pilot,Globex,5,,", "amount: Please choose a currency, too."),
        ("D-2,Pilot,Globex,5,XXQ,", "amount: Please choose a currency, too."),
        ("D-2,Pilot,Globex,,,21/11/2026", "close_on: “21/11/2026” is no date like 2026-11-21."),
        ("D-2,Pilot,Globex,,,2026-02-30", "close_on: “2026-02-30” is no date"),
        (f"{'D' * 151},Pilot,Globex,,,", "ref: This is too long: at most 150 characters"),
        ("D-1,Again,Globex,,,", "D-1 stands on line 2 already."),
        ('D-2,"Pi"lot,Globex,,,', "a quotation mark is out of place."),
        ('D-2,"Pilot,Globex,,,\nD-3,x,y,,,', "a quotation mark is never closed, so nothing after"),
    ],
)
def test_a_bad_line_is_named_and_the_good_ones_are_taken(
    database: Database, line: str, sentence: str
) -> None:
    header = "ref,name,account,amount,currency,close_on"
    found = taken(database, header, "D-1,Training,Initech,8000,jpy,", line)

    [problem] = found.problems
    assert problem.startswith(f"Line 3: {sentence}")
    assert found.count == 1
    assert stored(database, "D-2") is None
    deal = stored(database, "D-1")
    assert deal is not None
    assert (deal.name, deal.amount) == ("Training", Money(8000, "JPY"))


def test_addresses_and_links_are_checked_together(database: Database) -> None:
    found = taken(
        database,
        "ref,name,account,contact_email,owner_email,url",
        "D-1,Pilot,Globex,hank at globex,ana@harborlight.example,javascript:alert(1)",
    )
    assert found.count == 0
    [problem] = found.problems
    assert problem == (
        "Line 2: contact_email: This is not an e-mail address. Please write it like "
        "jane@client.example. url: A link begins with https://, for example "
        "https://crm.example/deals/1."
    )


def test_lines_are_counted_as_an_editor_counts_them(database: Database) -> None:
    found = taken(
        database, "ref,name,account", "", 'D-1,"Two\nlines",Globex', "D-2,,Globex", "D-3,x,Globex"
    )
    assert found == Imported(2, ("Line 5: name must not be empty.",))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "The first line must name the columns, and ref, name, account is not among them."),
        (PILOT.encode(), "The first line must name the columns"),
        (b"ref,name,account,Ref\nD-1,a,b,D-2", "Two columns have the same name: ref."),
        ("ref,name,account\nD-1,ä,b".encode("latin-1"), "This is no text in UTF-8."),
        (b"PK\x03\x04\xff\xfe\x00", "This is no text in UTF-8."),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_whole(
    database: Database, content: bytes, problem: str
) -> None:
    found = import_csv(database, content, NOON)
    assert found.count == 0
    assert found.problems[0].startswith(problem)
    assert len(found.problems) == 1


def test_an_unknown_column_is_named_and_left_out(database: Database) -> None:
    found = taken(database, "ref,name,account,contact_mail", "D-1,Pilot,Globex,hank@globex.example")
    assert found == Imported(1, ("Line 1: there is no column “contact_mail”; it was left out.",))


def test_ten_thousand_lines_take_a_few_seconds(database: Database) -> None:
    lines = [PILOT.replace("D-1042", f"D-{number}") for number in range(10_000)]
    lines[4_000] = "D-4000,,Globex,,,,,,,,"
    started = time.monotonic()

    found = taken(database, HEADER, *lines)

    assert found == Imported(9_999, ("Line 4002: name must not be empty.",))
    assert time.monotonic() - started < 15
