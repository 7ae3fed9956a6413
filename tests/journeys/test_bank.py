"""Bank statements: a file becomes proposals, and Billing's clicks become payments."""

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine

from bot.bank.owed import owed_to
from bot.ports import RowState
from messages.buttons import ChooseInvoice, ConfirmRow, HandInStatement, Mappings, SettleRow, encode
from modals.fields import TICKED
from sandbox import Modal
from tests.journeys.deals import (
    MONDAY,
    Client,
    accepted,
    client_approved,
    drafted,
    entries,
    invoiced,
    is_sound,
    letters,
    press,
    record,
    record_invoice,
    refusal,
    sent,
)
from tests.journeys.house import ROOT, House, open_house
from tests.journeys.planted import planted
from workflows.invoice import Status

pytestmark = pytest.mark.prove

HEADER = "Buchungstag;Betrag;Währung;Verwendungszweck;Auftraggeber"
WHOLE = "23.11.2026;3.000,00;USD;Zahlung inv 1, danke;GLOBEX CORP"
PART = "23.11.2026;2.000,00;USD;Teilzahlung INV–2;GLOBEX CORP"
FEE = "23.11.2026;-40,00;USD;Entgelt;Globex Bank"
FOREIGN = "23.11.2026;99,50;USD;Refund <!channel> *bold* =cmd;Stationery & Co"
STATEMENT = f"Konto;DE12 3456\n\n{HEADER}\n{WHOLE}\n{PART}\n{FEE}\n{FOREIGN}\nSaldo;5.059,50"
_BOTH_HAVE_LOOKED = 0.5
FRIDAY = datetime(2026, 11, 27, 15, tzinfo=UTC)
COLUMNS = {
    "bank": "Globex Bank",
    "date": "0",
    "amount": "1",
    "currency": "2",
    "reference": ["3"],
    "payer": "4",
}


async def window(house: House, handle: str = "bea") -> Modal:
    """Open the window with what waits."""
    result = await house.person(handle).command("/sow", "bank", channel="general")
    return await result.modal_opened()


async def hand_in(
    house: House, text: str, name: str = "november.csv", encoding: str = "cp1252"
) -> None:
    """Let Billing hand a statement in, from the window."""
    await hand_in_bytes(house, text.encode(encoding), name)


async def hand_in_bytes(house: House, content: bytes, name: str) -> None:
    if house.clock.now() < FRIDAY:
        await house.set_clock(FRIDAY)
    bea, opened = house.person("bea"), await window(house)
    form = await (await opened.click("Hand in a statement")).modal_opened()
    await form.attach("CSV files", await bea.upload(name, content))
    await form.submit()
    await form.close_all()
    await house.quiet()


async def mapped(house: House, **answers: object) -> None:
    """Let Billing say which column is which."""
    await house.quiet()
    card = house.person("bea").dm_with_bot().cards("columns that nobody has told me about")[-1]
    form = await (await card.click("Choose the columns")).modal_opened()
    await form.fill(**(COLUMNS | answers))
    result = await form.submit()
    assert result.closed, result.errors
    await house.quiet()


def last(house: House, text: str = "") -> str:
    """Return the last thing that Billing was told, of what says ``text``."""
    return house.person("bea").dm_with_bot().cards(text)[-1].text


def row_of(modal: Modal, button: str, nth: int = 0) -> str:
    """Return the action id of one of the buttons of a kind, from the top."""
    found = [
        each["action_id"]
        for block in modal.blocks
        for each in block.get("elements", ())
        if str(each.get("action_id", "")).startswith(f"bank_{button}:")
    ]
    return str(found[nth])


def waiting(house: House) -> int:
    with house.frontdesk.database.unit() as unit:
        return unit.bank.count(RowState.WAITING)


async def two_invoices(house: House) -> None:
    await client_approved(house)
    await record_invoice(house, number="INV-1", amount="3,000", net_days="7")
    await record_invoice(house, number="INV-2", amount="5,000", net_days="7")
    await press(house, house.person("bea"), "Send SOW and invoice to the client")


async def test_from_the_file_to_a_request_that_is_paid(house: House) -> None:
    await two_invoices(house)
    await _billing_looks_at_a_statement(house)
    payments_are_on_record(house)
    await _the_next_statement_brings_the_rest(house)
    assert house.request("SOW-1").stage == "paid"
    is_sound(house)


async def _billing_looks_at_a_statement(house: House) -> None:
    await hand_in(house, STATEMENT)
    await mapped(house)
    assert "3 payments came in, all new" in last(house, "november.csv")
    assert record(house).invoices[0].status is Status.UNPAID  # nothing is recorded by itself

    opened = await window(house)
    assert "3 payments wait" in opened.text
    assert "Matches INV-1 of Globex (SOW-1)." in opened.text
    assert "A part of INV-2 of Globex (SOW-1), of which" in opened.text
    assert "Names no open invoice." in opened.text
    await opened.click(row_of(opened, "confirm"))
    await opened.wait_for_text("2 payments wait")
    await opened.click(row_of(opened, "confirm"))
    await opened.wait_for_text("1 payment waits")
    await opened.click(row_of(opened, "settle"))
    await opened.wait_for_text("No payment waits to be recorded.")


def payments_are_on_record(house: House) -> None:
    first, second = record(house).invoices
    assert (first.status, second.status) == (Status.PAID, Status.PART_PAID)
    [payment] = first.payments
    assert (payment.method, payment.reference) == ("bank transfer", "Zahlung inv 1, danke")
    assert (payment.on.isoformat(), str(payment.amount)) == ("2026-11-23", "3,000.00 USD")
    assert payment.by == house.person("bea").id
    moves = [each for each in entries(house) if each.action == "record_payment"]
    assert [each.detail["line"] for each in moves] == ["4", "5"]
    assert all(re.fullmatch("[0-9a-f]{64}", each.detail["statement"]) for each in moves)
    assert "GLOBEX CORP" not in str([each.detail for each in moves])


async def _the_next_statement_brings_the_rest(house: House) -> None:
    rest = f"{HEADER}\n{PART}\n24.11.2026;3.000,00;USD;Rest INV-2;GLOBEX CORP"
    await hand_in(house, rest, "next.csv", "utf-8-sig")
    assert "2 payments came in, 1 of them new" in last(house, "next.csv")
    opened = await window(house)
    await opened.click(row_of(opened, "confirm"))
    await opened.wait_for_text("No payment waits to be recorded.")
    await house.quiet()


async def test_the_same_file_twice_brings_nothing_twice(small_house: House) -> None:
    await hand_in(small_house, STATEMENT)
    await mapped(small_house)
    opened = await window(small_house)
    await opened.click(row_of(opened, "settle"))
    await opened.wait_for_text("2 payments wait")
    await opened.close_all()

    await hand_in(small_house, STATEMENT, "again.csv")
    card = small_house.person("bea").dm_with_bot().cards("again.csv")[-1]
    assert "3 payments came in, none of them new" in card.text
    opened = await (await card.click("Look at them")).modal_opened()
    assert "2 payments wait" in opened.text


async def test_the_window_behind_the_form_shows_what_the_file_brought(small_house: House) -> None:
    await hand_in(small_house, STATEMENT)
    await mapped(small_house)
    bea, opened = small_house.person("bea"), await window(small_house)
    form = await (await opened.click("Hand in a statement")).modal_opened()
    new = f"{HEADER}\n26.11.2026;7,00;USD;Danke;Initech"
    await form.attach("CSV files", await bea.upload("new.csv", new.encode()))
    await form.submit()
    await form.wait_for_text("4 payments wait")


async def test_what_was_dismissed_by_mistake_is_brought_back(small_house: House) -> None:
    await hand_in(small_house, STATEMENT)
    await mapped(small_house)
    opened = await window(small_house)
    await opened.click(row_of(opened, "settle"))
    await opened.wait_for_text("2 payments wait")
    await opened.click("What was dismissed")
    await opened.wait_for_text("1 dismissed.")
    await opened.click(row_of(opened, "settle"))
    await opened.wait_for_text("Nothing was dismissed.")
    assert waiting(small_house) == 3


async def test_of_two_people_one_records_and_the_other_is_told(tmp_path: Path) -> None:
    await _two_people_confirm_at_once(tmp_path, "", nullcontext)


async def test_of_two_people_one_records_on_postgresql_too(
    tmp_path: Path, postgres_url: str
) -> None:
    @contextmanager
    def looked_at_by_both() -> Iterator[None]:
        engine = create_engine(postgres_url, poolclass=NullPool)
        with engine.begin() as database:  # nobody settles the row until both have seen it wait
            database.exec_driver_sql("SELECT id FROM bank_rows FOR UPDATE")
            yield

    await _two_people_confirm_at_once(tmp_path, postgres_url, looked_at_by_both)


async def _two_people_confirm_at_once(
    tmp_path: Path, database_url: str, looked: Callable[[], AbstractContextManager[None]]
) -> None:
    config = tmp_path / "two.toml"
    text = (ROOT / "frontdesk.example.toml").read_text(encoding="utf-8")
    two = 'billing = ["bea@harborlight.example", "dian@harborlight.example"]'
    config.write_text(text.replace('billing = ["bea@harborlight.example"]', two), encoding="utf-8")
    async with open_house(
        tmp_path, database_url=database_url, FRONTDESK_CONFIG=str(config)
    ) as house:
        await invoiced(house)
        await hand_in(house, f"{HEADER}\n24.11.2026;3.000,00;USD;INV-1;GLOBEX CORP")
        await mapped(house)
        windows = [await window(house, handle) for handle in ("bea", "dian")]
        pressed = row_of(windows[0], "confirm")
        clicks = [asyncio.create_task(each.click(pressed)) for each in windows]
        with looked():
            await asyncio.sleep(_BOTH_HAVE_LOOKED)
        await asyncio.gather(*clicks)
        await house.quiet()

        [payment] = record(house).invoices[0].payments
        slower = windows[0 if payment.by == house.person("dian").id else 1]
        await slower.wait_for_text("recorded this on INV-1 of SOW-1 already")
        await slower.close()
        await slower.wait_for_text("No payment waits")
        is_sound(house)


async def test_more_than_the_balance_needs_a_second_look(small_house: House) -> None:
    await invoiced(small_house)
    await hand_in(small_house, f"{HEADER}\n24.11.2026;8.000,01;USD;INV-1;GLOBEX CORP")
    await mapped(small_house)
    opened = await window(small_house)
    assert "More than is open of INV-1" in opened.text
    form = await (await opened.click("Confirm")).modal_opened()
    assert "8,000.01 USD is more than the balance of 8,000.00 USD." in form.text
    assert "tick “I have checked this”" in await refusal(form)
    assert record(small_house).invoices[0].payments == ()
    await form.fill(sure=["yes"])
    await form.submit()
    await form.wait_for_text("No payment waits")
    assert record(small_house).invoices[0].status is Status.OVERPAID


async def test_what_names_no_invoice_is_recorded_on_the_one_that_is_chosen(
    small_house: House,
) -> None:
    await invoiced(small_house)
    await hand_in(small_house, f"{HEADER}\n24.11.2026;500,00;USD;Danke;GLOBEX CORP")
    await mapped(small_house)
    opened = await window(small_house)
    form = await (await opened.click("Choose invoice…")).modal_opened()
    assert "Danke" in form.text
    assert "Please choose an invoice" in await refusal(form)
    await form.fill(number="INV-9")
    assert "No such invoice is open in this currency." in await refusal(form)
    await form.fill(number=None, invoice="SOW-1:INV-1")
    await form.submit()
    await form.wait_for_text("No payment waits")
    assert str(record(small_house).invoices[0].paid) == "500.00 USD"


async def test_a_row_that_is_recorded_already_is_recorded_on_nothing_else(
    small_house: House,
) -> None:
    await invoiced(small_house)
    await hand_in(small_house, f"{HEADER}\n24.11.2026;500,00;USD;Danke;GLOBEX CORP")
    await mapped(small_house)
    forms = [
        await (await (await window(small_house)).click("Choose invoice…")).modal_opened()
        for _ in range(2)
    ]
    for form in forms:
        await form.fill(invoice="SOW-1:INV-1")
    await forms[0].submit()
    await forms[0].wait_for_text("No payment waits")
    assert "has recorded this on INV-1 of SOW-1 already" in await refusal(forms[1])
    await forms[1].close()
    await forms[1].wait_for_text("No payment waits")
    assert len(record(small_house).invoices[0].payments) == 1


async def test_an_invoice_that_changed_meanwhile_is_shown_anew(small_house: House) -> None:
    await invoiced(small_house)
    lines = (f"24.11.2026;{amount};USD;INV-1 {amount};GLOBEX" for amount in ("100,00", "200,00"))
    await hand_in(small_house, "\n".join((HEADER, *lines)))
    await mapped(small_house)
    early, late = await window(small_house), await window(small_house)
    second = row_of(late, "confirm", 1)
    await early.click(row_of(early, "confirm"))
    await small_house.quiet()
    await late.click(second)
    await late.wait_for_text("The invoice is not as it was shown.")
    await late.close()
    await late.wait_for_text("1 payment waits")
    assert str(record(small_house).invoices[0].paid) == "100.00 USD"


async def test_what_a_file_says_in_two_ways_is_asked_about(small_house: House) -> None:
    text = "Day,In,Note\n03/04/2026,5.00,INV-1\n"
    await hand_in(small_house, text, "april.csv")
    card = small_house.person("bea").dm_with_bot().cards("april.csv")[-1]
    form = await (await card.click("Choose the columns")).modal_opened()
    assert "03/04/2026 | 5.00 | INV-1" in form.text
    await form.fill(bank="Initech Bank", date="0", reference=["2"], fixed="usd")
    assert "Please choose the amount" in await refusal(form)
    await form.fill(credit="1")
    assert "can be one day or another" in await refusal(form)
    await form.fill(order="day_first", fixed="dollars"[:3])
    assert "a currency by its three letters" in await refusal(form)
    await form.fill(fixed="usd", date="2")
    assert "“INV-1” is no day" in await refusal(form)
    await form.fill(date="0")
    assert (await form.submit()).closed
    await small_house.quiet()
    assert "3 Apr 2026" in (await window(small_house)).text


async def test_where_amounts_have_no_sign_billing_says_what_came_in(small_house: House) -> None:
    header = "Buchungstag;Vorgang;Zahler;Währung;Umsatz;"
    came, went = (
        "23.11.2026;INV-1;GLOBEX CORP;USD;8.000,00;",
        "24.11.2026;Miete;Initech;USD;900,00;",
    )
    text = f"{header}\n{came}H\n{went}S\n{went}S\n30.11.2026;Endsaldo;;USD;9.000,00;H"
    await hand_in(small_house, text)
    card = small_house.person("bea").dm_with_bot().cards("columns that nobody has told me")[-1]
    form = await (await card.click("Choose the columns")).modal_opened()
    columns = {"date": "0", "reference": ["1"], "payer": "2", "currency": "3", "amount": "4"}
    await form.fill(bank="Initech Bank", **columns)
    assert "the column “Column 6” says “S”, and the amount has no minus" in await refusal(form)
    await form.fill(direction=["5:H", "3:USD"])
    assert "Please choose from one column only." in await refusal(form)
    await form.fill(direction=["5:H"])
    assert (await form.submit()).closed
    await small_house.quiet()
    assert "1 payment came in, all new" in last(small_house)
    assert "GLOBEX CORP" in (await window(small_house)).text
    await _a_word_that_is_new_is_asked_about(small_house, f"{header}\n{came}H\n{went}RS")


async def test_what_says_which_way_money_went_is_offered_whole_or_not_at_all(
    small_house: House,
) -> None:
    words = "One Two Three Four Five Six Seven Eight".split()
    header = ";".join(["Day", "Money", "Text", *(f"Kind {nth}" for nth in range(13))])
    lines = [f"23.11.2026;5,00;A {nth}{f';{words[nth % 8]}' * 13}" for nth in range(16)]
    await hand_in(small_house, "\n".join((header, *lines)))
    card = small_house.person("bea").dm_with_bot().cards("columns that nobody has told me")[-1]
    form = await (await card.click("Choose the columns")).modal_opened()
    selects = (each["element"] for each in form.blocks if each["type"] == "input")
    [ways] = [each for each in selects if each["action_id"].startswith("field:direction:")]
    offered = Counter(each["value"].partition(":")[0] for each in ways["options"])
    assert list(offered.values()) == [8] * 12  # Slack takes a hundred, and there are 104


async def _a_word_that_is_new_is_asked_about(house: House, text: str) -> None:
    await hand_in(house, text, "new.csv")
    assert "Line 3: nobody has said yet whether “RS” is money that came in" in last(
        house, "new.csv"
    )
    assert waiting(house) == 1
    card = house.person("bea").dm_with_bot().cards("new.csv")[-1]
    form = await (await card.click("Change the mapping")).modal_opened()
    assert [each["value"] for each in form.value("direction")] == ["5:H"]
    assert (await form.submit()).closed  # what is not chosen went out
    await house.quiet()
    assert "1 payment came in, none of them new" in last(house, "new.csv")


async def test_the_column_of_what_went_out_is_not_taken_for_what_came_in(
    small_house: House,
) -> None:
    await hand_in(small_house, "Day,Debit,Credit,Note\n2026-11-23,5.00,,Fee\n")
    card = small_house.person("bea").dm_with_bot().cards("november.csv")[-1]
    form = await (await card.click("Choose the columns")).modal_opened()
    await form.fill(bank="Initech Bank", date="0", reference=["3"], amount="1")
    assert "“Debit” is the money that went out" in await refusal(form)


async def test_a_mapping_is_changed_and_removed(small_house: House) -> None:
    await hand_in(small_house, STATEMENT)
    await mapped(small_house)
    opened = await window(small_house)
    await opened.click("Banks")
    await opened.wait_for_text("How the files of each bank are read.")
    form = await (await opened.click("Change")).modal_opened()
    assert form.value("bank") == "Globex Bank"
    await form.fill(bank="Globex Bank, USD")
    await form.submit()
    await form.click("Back")
    await form.wait_for_text("3 payments wait")
    await form.click("Banks")
    await form.wait_for_text("How the files of each bank are read.")
    assert "Globex Bank, USD" in form.text
    await form.click("Remove")
    await form.wait_for_text("No file has been read yet")
    await form.close_all()
    await hand_in(small_house, STATEMENT, "unknown.csv")
    assert "columns that nobody has told me about" in last(small_house, "unknown.csv")


async def test_a_file_that_its_mapping_does_not_fit_waits_for_another_one(
    small_house: House,
) -> None:
    await hand_in(small_house, STATEMENT)
    await mapped(small_house)
    american = f"{HEADER}\n11/24/2026;1.000,00;USD;INV-1;GLOBEX CORP"
    await hand_in(small_house, american, "american.csv")
    said = last(small_house, "american.csv")
    assert "Nothing was taken from american.csv" in said
    assert "Line 2: “11/24/2026” is no day as the mapping says it." in said
    card = small_house.person("bea").dm_with_bot().cards("american.csv")[-1]
    form = await (await card.click("Change the mapping")).modal_opened()
    await form.fill(order="month_first")
    assert (await form.submit()).closed
    await small_house.quiet()
    assert "1 payment came in, all new" in last(small_house, "american.csv")
    assert waiting(small_house) == 4
    again = await card.click("Change the mapping")
    assert "has been read already" in (await again.replied()).text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00", "there is a character that no text has"),
        (b"", "The file is empty."),
        ((HEADER + "\n").encode(), "there is nothing below it."),
        (("a;b\n" * 200_000).encode(), "It has more than 5,000 lines."),
        (b"x" * (5 * 1024 * 1024 + 1), "MB"),
    ],
)
async def test_a_file_that_is_none_is_said_to_be_none(
    small_house: House, content: bytes, said: str
) -> None:
    await hand_in_bytes(small_house, content, "<!here>.csv")
    told = last(small_house, "Nothing was taken")
    assert said in told
    assert waiting(small_house) == 0


async def test_what_the_bank_says_is_text_and_nothing_else(small_house: House) -> None:
    await hand_in(small_house, STATEMENT)
    await mapped(small_house)
    opened = await window(small_house)
    assert "Refund <!channel> *bold* =cmd" in opened.text
    assert "Stationery & Co" in opened.text


async def test_many_rows_are_turned_page_by_page(small_house: House) -> None:
    lines = (f"{day:02}.11.2026;{day},00;USD;Row {day};GLOBEX" for day in range(1, 24))
    await hand_in(small_house, "\n".join((HEADER, *lines)))
    await mapped(small_house)
    opened = await window(small_house)
    assert "23 payments wait" in opened.text
    await opened.click("Later")
    await opened.wait_for_text("here are 11 to 20")
    await opened.click("Later")
    await opened.wait_for_text("here are 21 to 23")
    await opened.click("Earlier")
    await opened.wait_for_text("here are 11 to 20")


@pytest.mark.parametrize("handle", ["ana", "dian", "ryan"])
async def test_nobody_else_sees_statements(small_house: House, handle: str) -> None:
    result = await small_house.person(handle).command("/sow", "bank", channel="general")
    assert (await result.replied()).text.startswith("Bank statements are for Billing")


async def test_what_was_forwarded_does_nothing_for_others(small_house: House) -> None:
    await invoiced(small_house)
    await hand_in(small_house, f"{HEADER}\n24.11.2026;3.000,00;USD;INV-1;GLOBEX CORP")
    await mapped(small_house)
    with small_house.frontdesk.database.unit() as unit:
        [row] = unit.bank.rows(RowState.WAITING, 9)
    for action, value in (
        encode(ConfirmRow(row=row.id, ref="SOW-1", invoice="INV-1", balance=800_000)),
        encode(ChooseInvoice(row=row.id)),
        encode(SettleRow(row=row.id, state="dismissed")),
        encode(Mappings()),
        encode(HandInStatement()),
    ):
        card = await planted(small_house, "ana", action, value, channel="sales")
        reply = await (await card.click("Press")).replied()
        assert reply.text.startswith("Bank statements are for Billing")
    assert waiting(small_house) == 1
    assert record(small_house).invoices[0].payments == ()


async def test_whoever_stands_in_for_billing_records_payments(small_house: House) -> None:
    house = small_house
    await invoiced(house)
    await hand_in(house, f"{HEADER}\n24.11.2026;8.000,00;USD;INV-1;GLOBEX CORP")
    await mapped(house)
    command = await house.person("bea").command("/requests", "away", channel="sales")
    form = await command.modal_opened()
    await form.fill(deputy="dian", first_day="2026-11-27", last_day="2026-12-03")
    assert (await form.submit()).closed
    await house.quiet()
    opened = await window(house, "dian")
    assert "Matches INV-1" in opened.text
    await opened.click("Confirm")
    await opened.wait_for_text("No payment waits")
    [payment] = record(house).invoices[0].payments
    assert payment.by == house.person("dian").id


async def test_a_private_invoice_is_proposed_to_those_concerned(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    await accepted(house, "8,000", private=[TICKED])
    await drafted(house)
    await sent(house)
    await Client.of(house, letters(house)[-1]).approve()
    await house.quiet()
    await record_invoice(house, number="INV-1", net_days="7")
    await press(house, house.person("bea"), "Send SOW and invoice to the client")
    await hand_in(house, f"{HEADER}\n24.11.2026;8.000,00;USD;INV-1;GLOBEX CORP")
    await mapped(house)
    assert "Matches INV-1 of Globex (SOW-1)." in (await window(house)).text
    desk, strangers = house.frontdesk.desk, ("ben", "leo")
    with desk.store.unit() as unit:
        assert owed_to(desk, unit, house.person("bea").id)
        assert [owed_to(desk, unit, house.person(each).id) for each in strangers] == [[], []]


async def test_what_is_too_long_to_be_chosen_keeps_no_form_from_opening(
    small_house: House,
) -> None:
    header, came = "Tag;Betrag;Währung;Text;Art", "23.11.2026;3,00;USD;INV-1;H"
    await hand_in(small_house, f"{header}\n{came}\n24.11.2026;9,00;USD;Miete;S", "first.csv")
    await mapped(small_house, payer="none", direction=["4:H"])
    assert "1 payment came in" in last(small_house, "first.csv")
    odd = f"25.11.2026;5,00;USD;INV-2;{'Hinweis ' * 30}"
    await hand_in(small_house, f"{header}\n{came}\n{odd}", "odd.csv")
    card = small_house.person("bea").dm_with_bot().cards("odd.csv")[-1]
    form = await (await card.click("Change the mapping")).modal_opened()
    assert "nobody has said yet whether “Hinweis Hinweis" in await refusal(form)
