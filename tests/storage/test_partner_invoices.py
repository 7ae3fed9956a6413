"""The contract of `PartnerInvoices`, on both databases."""

from dataclasses import replace
from datetime import timedelta, timezone

from bot.ports import PartnerInvoice
from storage.database import Database
from tests.storage.examples import NOW, later

ASKED = PartnerInvoice(key="SOW-7:INV-1", ref="SOW-7", number="INV-1", at=NOW)


def test_an_intent_is_found_by_its_key_and_by_the_partners_name_for_it(database: Database) -> None:
    with database.unit() as unit:
        unit.partner_invoices.put(ASKED)
        assert unit.partner_invoices.named("") is None
        unit.partner_invoices.put(ASKED.called("in_1"))
        unit.commit()
    with database.unit() as unit:
        found = unit.partner_invoices.get("SOW-7:INV-1", to_change=True)
        assert found == unit.partner_invoices.named("in_1") == ASKED.called("in_1")
        assert unit.partner_invoices.get("SOW-7:INV-2") is None
        assert unit.partner_invoices.named("in_2") is None


def test_what_the_partner_calls_it_changes_and_nothing_else(database: Database) -> None:
    other = replace(ASKED, ref="SOW-8", number="INV-9", at=later(hours=1), invoice="in_1")
    with database.unit() as unit:
        unit.partner_invoices.put(ASKED)
        unit.partner_invoices.put(other)
        assert unit.partner_invoices.get("SOW-7:INV-1") == ASKED.called("in_1")


def test_what_is_there_already_is_not_added_again(database: Database) -> None:
    with database.unit() as unit:
        unit.partner_invoices.add(ASKED)
        unit.partner_invoices.put(ASKED.called("in_1"))
        unit.partner_invoices.add(ASKED)
        assert unit.partner_invoices.of("SOW-7") == [ASKED.called("in_1")]


def test_those_of_a_request_come_in_the_order_in_which_they_were_recorded(
    database: Database,
) -> None:
    rows = [replace(ASKED, key=f"SOW-7:{hours}", at=later(hours=hours)) for hours in (2, 9, 10)]
    with database.unit() as unit:
        for row in (rows[2], rows[0], rows[1]):
            unit.partner_invoices.put(row)
        assert unit.partner_invoices.of("SOW-7") == rows
        assert unit.partner_invoices.of("SOW-8") == []


def test_what_no_database_stores_names_nothing(database: Database) -> None:
    with database.unit() as unit:
        unit.partner_invoices.put(ASKED.called("in_1"))
        assert unit.partner_invoices.named("a\0b") is unit.partner_invoices.named("\ud800") is None


def test_a_number_that_the_partner_gave_is_found_in_any_case_and_no_other(
    database: Database,
) -> None:
    made = replace(ASKED, number="INV-Ö7").called("in_1")
    counted = replace(ASKED, key="counted", number="SOW-7-1", invoice="in_2")
    theirs = replace(counted, key="theirs", ref="SOW-8", number="SOW-7-2")
    with database.unit() as unit:
        for row in (made, counted, theirs, replace(ASKED, key="asked", number="INV-8")):
            unit.partner_invoices.put(row)
        numbered = unit.partner_invoices.numbered
        assert numbered("inv-Ö7") == numbered("INV-Ö7") == made
        assert numbered("SOW-7-2") == theirs
        others = ("INV-8", "SOW-7-1", "INV", "INV-_7", "a\0b", "\ud800", "")
        assert [numbered(each) for each in others] == [None] * len(others)


def test_instants_come_back_in_utc(database: Database) -> None:
    zone = timezone(timedelta(hours=-6))
    with database.unit() as unit:
        unit.partner_invoices.put(replace(ASKED, at=NOW.astimezone(zone)))
        found = unit.partner_invoices.get(ASKED.key)
    assert found is not None
    assert (found.at, found.at.utcoffset()) == (NOW, timedelta())
