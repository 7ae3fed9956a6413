"""Deals: kept by hand or from a file, picked in the form, and told what became of them."""

from datetime import UTC, date, datetime

import pytest

from bot.ports import Deal
from sandbox import Modal
from tests.journeys.house import House, fill_sow, sow_form
from workflows.money import Money

TEN = datetime(2026, 11, 20, 15, 32, tzinfo=UTC)
"""10:32 in New York, where Ana works."""
PILOT = Deal(
    ref="D-1042",
    name="Forecasting pilot",
    account="Globex",
    amount=Money(18_000_000, "EUR"),
    contact_name="Hank Scorpio",
    contact_email="hank@globex.example",
    updated_at=TEN,
)
ROLLOUT = Deal(
    ref="D-7",
    name="Rollout",
    account="Initech",
    amount=Money(900_000, "USD"),
    contact_name="Peter Gibbons",
    updated_at=TEN,
)
PICKED = "Globex – Forecasting pilot (180,000.00 EUR)"
FROM_PILOT = "From Globex – Forecasting pilot, as of 20 Nov 10:32"
CSV = """\
ref;name;account;amount;currency
D-1;Training;Initech;8000;USD
D-2;Oslo;;;
D-3;Spring;Globex;8.000;EUR
"""


def keep(house: House, *deals: Deal) -> None:
    with house.frontdesk.database.unit() as unit:
        unit.deals.put(deals)
        unit.commit()


def kept(house: House, ref: str) -> Deal | None:
    with house.frontdesk.database.unit() as unit:
        return unit.deals.get(ref)


async def deals_form(house: House, handle: str) -> Modal:
    result = await house.person(handle).command("/sow", "deals", channel="sales")
    return await result.modal_opened()


async def test_a_deal_is_found_by_typing_and_fills_in_what_is_empty(house: House) -> None:
    keep(house, PILOT, ROLLOUT)
    modal = await sow_form(house.person("ana"))
    await modal.fill(contact_name="Homer Thompson", need="A pilot.")

    assert await modal.suggestions("Linked opportunity", "pilot glob") == [
        "Use “pilot glob”",
        PICKED,
    ]
    await modal.fill(opportunity="D-1042")
    await modal.wait_for_text(FROM_PILOT)

    assert modal.value("client") == "Globex"
    assert modal.value("amount") == "180000"
    assert modal.fields["Currency"].startswith("EUR")
    assert modal.value("contact_name") == "Homer Thompson"
    assert modal.value("contact_email") == "hank@globex.example"
    assert modal.value("need") == "A pilot."
    assert modal.fields["Linked opportunity"] == PICKED
    await modal.fill(client_type="10x", needed_by="2027-03-01")
    assert (await modal.submit()).closed
    details = house.request("SOW-1").details
    assert (details.opportunity, details.client) == ("D-1042", "Globex")
    assert (details.amount, details.contact_name) == (PILOT.amount, "Homer Thompson")


async def test_what_was_filled_in_can_be_changed_and_survives_a_question(
    small_house: House,
) -> None:
    keep(small_house, PILOT)
    modal = await sow_form(small_house.person("ana"))
    await modal.fill(opportunity="D-1042")
    await modal.wait_for_text(FROM_PILOT)

    await modal.fill(client="Globex Europe", client_type="other")
    await modal.wait_for_text("Which type of client?")

    assert modal.value("client") == "Globex Europe"
    assert modal.value("amount") == "180000"
    assert FROM_PILOT in modal.text


async def test_another_deal_takes_the_place_of_the_first(small_house: House) -> None:
    keep(small_house, PILOT, ROLLOUT)
    modal = await sow_form(small_house.person("ana"))
    await modal.fill(opportunity="D-1042")
    await modal.wait_for_text(FROM_PILOT)
    await modal.fill(client="Globex Europe")

    await modal.fill(opportunity="D-7")
    await modal.wait_for_text("From Initech – Rollout")

    assert modal.value("client") == "Globex Europe"
    assert (modal.value("amount"), modal.fields["Currency"][:3]) == ("9000", "USD")
    assert modal.value("contact_name") == "Peter Gibbons"
    assert modal.value("contact_email") in (None, "")
    assert FROM_PILOT not in modal.text


async def test_an_amount_whose_currency_was_changed_is_nobody_elses(small_house: House) -> None:
    keep(small_house, PILOT, ROLLOUT)
    modal = await sow_form(small_house.person("ana"))
    await modal.fill(opportunity="D-1042")
    await modal.wait_for_text(FROM_PILOT)
    await modal.fill(currency="GBP")

    await modal.fill(opportunity="D-7")
    await modal.wait_for_text("From Initech – Rollout")

    assert (modal.value("amount"), modal.fields["Currency"][:3]) == ("180000", "GBP")


async def test_a_form_is_filled_in_though_slack_fails_at_first(small_house: House) -> None:
    keep(small_house, PILOT)
    modal = await sow_form(small_house.person("ana"))
    small_house.workspace.faults.ratelimit("views.update")

    await modal.fill(opportunity="D-1042")

    await modal.wait_for_text(FROM_PILOT, timeout=15)
    assert modal.value("client") == "Globex"


async def test_a_text_is_taken_where_no_deal_matches(small_house: House) -> None:
    modal = await sow_form(small_house.person("ana"))
    await fill_sow(modal, opportunity="OPP-118, the second try")

    assert modal.fields["Linked opportunity"] == "Use “OPP-118, the second try”"
    assert (await modal.submit()).closed
    assert small_house.request("SOW-1").details.opportunity == "OPP-118, the second try"


async def test_a_draft_remembers_the_deal(small_house: House) -> None:
    keep(small_house, PILOT)
    ana = small_house.person("ana")
    modal = await sow_form(ana)
    await modal.fill(opportunity="D-1042")
    await modal.wait_for_text(FROM_PILOT)
    await modal.close()
    await small_house.quiet()

    message = await ana.dm_with_bot().wait_for("Globex")
    again = await (await message.click("Resume")).modal_opened()

    assert again.fields["Linked opportunity"] == PICKED
    assert again.value("client") == "Globex"
    assert FROM_PILOT in again.text


async def test_an_admin_adds_a_deal_and_changes_it(house: House) -> None:
    modal = await deals_form(house, "adam")
    assert "There are no deals yet." in modal.text
    await modal.fill(ref="D-5", name="Training", account="Initech", amount="8,000")
    await modal.fill(close_on="2027-01-31", contact_name="Peter Gibbons")
    assert (await modal.submit()).closed

    changing = await deals_form(house, "dian")
    assert "D-5: Initech – Training (8,000.00 USD)" in changing.text
    await changing.fill(ref="D-5", amount="9,000", currency="EUR")
    assert (await changing.submit()).closed

    deal = kept(house, "D-5")
    assert deal is not None
    assert (deal.name, deal.account, deal.stage) == ("Training", "Initech", "open")
    assert (deal.amount, deal.close_on) == (Money(900_000, "EUR"), date(2027, 1, 31))
    assert house.audited("")[-2:] == ["keep_deal", "keep_deal"]
    assert house.drafts("adam") == []


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({}, {"Number": "Please fill in a deal, or attach a CSV file."}),
        ({"ref": "D-5"}, {"Name": "Please fill this in.", "Account": "Please fill this in."}),
        (
            {"ref": "D-5", "name": "a", "account": "b", "url": "crm.example"},
            {"Link": "A link begins with https://, for example https://crm.example/deals/1."},
        ),
    ],
)
async def test_a_deal_that_is_not_whole_is_not_taken(
    small_house: House, given: dict[str, object], errors: dict[str, str]
) -> None:
    modal = await deals_form(small_house, "adam")
    await modal.fill(**given)

    assert (await modal.submit()).errors == errors
    assert kept(small_house, "D-5") is None


async def test_a_file_of_deals_is_taken_and_its_bad_lines_are_named(house: House) -> None:
    adam = house.person("adam")
    modal = await deals_form(house, "adam")
    await modal.attach("CSV file", await adam.upload("deals.csv", CSV.encode()))
    assert (await modal.submit()).closed

    said = (await adam.dm_with_bot().wait_for("deals.csv")).text

    assert "1 deal was taken from deals.csv." in said
    assert "Line 3: account must not be empty." in said
    assert "Line 4: amount: “8.000” can mean 8 or 8000." in said
    assert kept(house, "D-1") is not None
    assert kept(house, "D-3") is None
    await house.quiet()
    assert len(adam.dm_with_bot().cards("deals.csv")) == 1


async def test_a_file_that_is_no_table_is_said_so(small_house: House) -> None:
    adam = small_house.person("adam")
    modal = await deals_form(small_house, "adam")
    await modal.attach("CSV file", await adam.upload("<@U1>.xlsx", b"PK\x03\x04\xff\xfe"))
    assert (await modal.submit()).closed

    said = (await adam.dm_with_bot().wait_for("This is no text in UTF-8.")).text
    assert "0 deals were taken from <@U1>.xlsx." in said


async def test_nobody_else_keeps_the_deals(small_house: House) -> None:
    result = await small_house.person("ana").command("/sow", "deals", channel="sales")
    reply = await result.replied()
    assert reply.text == "Only an admin of Frontdesk and the sales assistant keep the deals."
