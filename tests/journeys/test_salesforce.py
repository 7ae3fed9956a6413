"""Deals in Salesforce, from typing in the form to what stands on the opportunity at the end."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.triage import ranking
from sandbox import Card
from tests.integrations.crm.salesforce import CLIENT, SECRET, SalesforceDouble
from tests.journeys.crm import Linked
from tests.journeys.deals import (
    MONDAY,
    Client,
    accepted,
    drafted,
    is_sound,
    letters,
    offering,
    pay,
    press,
    record_invoice,
    sent,
)
from tests.journeys.house import (
    PUBLIC,
    ask_for_asset,
    ask_for_sow,
    fill_sow,
    open_house,
    sow_form,
)
from tests.journeys.salesforce import opportunity
from tests.journeys.shelf import delivered
from tests.journeys.triage import tick, why

pytestmark = pytest.mark.prove

LATE = datetime(2026, 11, 24, 4, 30, tzinfo=UTC)
"""Half past eleven in the evening of a Monday in New York, where the company is."""
WAITING = "Waiting for Salesforce since "
PICKED = "Globex – Forecasting pilot (180,000.00 EUR)"


@pytest.fixture
def double() -> Iterator[SalesforceDouble]:
    with SalesforceDouble().serving() as served:
        yield served


Here = Linked[SalesforceDouble]


def notes(double: SalesforceDouble) -> list[str]:
    return [each["Description"] for each in double.all("Task")]


def change(linked: Here, **values: Any) -> None:
    linked.double.records["Opportunity"][linked.ref].update(values)


@pytest.fixture
async def linked(tmp_path: Path, double: SalesforceDouble) -> AsyncIterator[Here]:
    ref = opportunity(double)
    async with open_house(
        tmp_path,
        "http",
        FRONTDESK_SALESFORCE_URL=double.url,
        FRONTDESK_SALESFORCE_CLIENT_ID=CLIENT,
        FRONTDESK_SALESFORCE_CLIENT_SECRET=SECRET,
    ) as opened:
        there = Linked(opened, "Salesforce", double, ref, lambda: notes(double))
        await there.opened()
        yield there


async def test_a_deal_is_found_fills_in_and_hears_of_its_request_once(linked: Here) -> None:
    house = linked.house
    modal = await sow_form(house.person("ana"))
    assert await modal.suggestions("Linked opportunity", "pilot glob") == [
        "Use “pilot glob”",
        PICKED,
    ]
    await modal.fill(opportunity=linked.ref)
    await modal.wait_for_text("From Globex – Forecasting pilot, as Salesforce said on ")
    assert (modal.value("client"), modal.value("amount")) == ("Globex", "180000")
    assert modal.value("contact_email") == "hank@globex.example"
    linked.double.loses = 1
    await modal.fill(client_type="10x", need="A pilot.", needed_by="2027-03-01")
    assert (await modal.submit()).closed
    await house.until(linked.notes, "the opportunity hears of it")
    await house.quiet()

    assert linked.notes() == [f"SOW-1 was asked for\n{PUBLIC}/requests/SOW-1"]
    card = await house.person("ana").dm_with_bot().wait_for("SOW-1")
    assert "Globex – Forecasting pilot (as of " in card.text


async def test_an_hour_without_salesforce_costs_nobody_a_request(linked: Here) -> None:
    house, double, ana = linked.house, linked.double, linked.house.person("ana")
    await house.set_clock(LATE)
    double.down = True
    modal = await sow_form(ana)
    assert await modal.suggestions("Linked opportunity", linked.ref) == [f"Use “{linked.ref}”"]
    await fill_sow(modal, opportunity=linked.ref)
    assert (await modal.submit()).closed
    await linked.waits_on("SOW-1")
    own = await ana.dm_with_bot().wait_for(WAITING)
    said = (await (await ana.command("/sow", "status SOW-1")).replied()).text
    assert WAITING in said
    await house.move_clock(timedelta(hours=1))
    assert linked.notes() == []

    await linked.is_back()
    assert linked.happened() == ["was asked for"]
    assert [each["ActivityDate"] for each in double.all("Task")] == ["2026-11-23"]
    assert WAITING not in linked.card("SOW-1").text
    assert WAITING not in own.text
    said = (await (await ana.command("/sow", "status SOW-1")).replied()).text
    assert WAITING not in said
    is_sound(house)


async def test_a_deal_goes_on_from_draft_to_money_while_salesforce_is_down(linked: Here) -> None:
    house, double, bea = linked.house, linked.double, linked.house.person("bea")
    await house.set_clock(MONDAY)
    await accepted(house, "8,000", opportunity=linked.ref)
    assert linked.happened() == ["was asked for"]

    double.down = True
    await drafted(house)
    await sent(house)
    await linked.waits_on("SOW-1")
    await Client.of(house, letters(house)[-1]).approve()
    await house.quiet()
    await record_invoice(house, number="INV-1", net_days="7")
    await house.move_clock(timedelta(hours=1))
    await press(house, bea, "Send SOW and invoice to the client")
    assert house.request("SOW-1").stage == "awaiting_payment"
    assert WAITING in linked.card("SOW-1").text
    assert linked.happened() == ["was asked for"]

    double.loses = 1
    await linked.is_back()
    told = ["was approved by the client", "was asked for", "was sent to the client"]
    assert linked.happened() == told
    assert WAITING not in linked.card("SOW-1").text
    await pay(house, "8,000")
    await press(house, bea, "Confirm payment")
    assert house.request("SOW-1").stage == "closed"
    assert linked.happened() == sorted([*told, "is paid, confirmed and closed"])
    assert len(letters(house)) == 4  # the link, what was signed, the invoice and the thanks
    is_sound(house)


async def test_an_asset_is_delivered_while_salesforce_is_down_and_linked_once(
    linked: Here,
) -> None:
    house, double = linked.house, linked.double
    await house.set_clock(MONDAY)
    double.down = True
    await delivered(house, opportunity=linked.ref)
    await linked.waits_on("AST-1", "link_deal")
    assert "What you asked for is there: AST-1" in offering(house.person("ben"), "Open").text
    assert house.request("AST-1").stage == "feedback"
    await house.move_clock(timedelta(hours=1))

    double.loses = 1
    await linked.is_back()
    assert WAITING not in linked.card("AST-1").text
    [link] = double.all("ContentVersion")
    assert (link["Title"], link["ContentUrl"], link["FirstPublishLocationId"]) == (
        "Initech case study (AST-1)",
        f"{PUBLIC}/a/AST-1",
        linked.ref,
    )
    assert linked.happened("AST-1") == ["was accepted", "was asked for", "was delivered"]
    assert house.backlog.dead == 0


async def refused_after_an_outage(linked: Here) -> Card:
    """Have what waited for Salesforce be refused by it, and return what the admin is told."""
    linked.double.down = True
    await ask_for_sow(linked.house.person("ana"), opportunity=linked.ref)
    await linked.waits_on("SOW-1")
    linked.double.closed_kinds.add("Task")
    await linked.is_back()
    letter = await linked.house.person("adam").dm_with_bot().wait_for("INSUFFICIENT_ACCESS")
    assert WAITING not in linked.card("SOW-1").text
    return letter


async def test_what_salesforce_refuses_is_told_at_once_and_can_be_sent_again(
    linked: Here,
) -> None:
    house, double = linked.house, linked.double
    letter = await refused_after_an_outage(linked)
    double.closed_kinds.clear()
    await letter.click("Send again")
    await linked.is_back()
    assert linked.happened() == ["was asked for"]
    assert house.backlog.dead == 0


async def test_a_priority_follows_the_opportunity_and_says_how_old_it_is(linked: Here) -> None:
    house, ana = linked.house, linked.house.person("ana")
    await ask_for_asset(ana, opportunity=linked.ref)
    await house.quiet()
    assert "Globex – Forecasting pilot is worth 180,000.00 EUR\n" in await why(ana, "AST-1")
    assert linked.notes() == [f"AST-1 was asked for\n{PUBLIC}/requests/AST-1"]

    change(linked, Amount=90_000.0)
    await house.move_clock(timedelta(hours=2))
    await tick(house, ranking.look_at_deals)
    assert "is worth 90,000.00 EUR\n" in await why(ana, "AST-1")

    linked.double.down = True
    change(linked, Amount=1.0)
    await house.move_clock(timedelta(days=3))
    await tick(house, ranking.look_at_deals)
    await tick(house, ranking.reckon_due)
    assert "is worth 90,000.00 EUR (deal data from 3 days ago)" in await why(ana, "AST-1")


async def test_a_form_is_filled_in_from_what_is_known_while_salesforce_is_down(
    linked: Here,
) -> None:
    house = linked.house
    await ask_for_asset(house.person("ana"), opportunity=linked.ref)
    await house.quiet()
    linked.double.down = True
    modal = await sow_form(house.person("ana"))
    await modal.fill(opportunity=linked.ref)
    await modal.wait_for_text("From Globex – Forecasting pilot, as Salesforce said on ")
    assert (modal.value("client"), modal.value("amount")) == ("Globex", "180000")


async def test_deals_are_not_kept_in_two_places(linked: Here) -> None:
    result = await linked.house.person("adam").command("/sow", "deals", channel="sales")
    said = (await result.replied()).text
    assert said == "The company keeps its deals in Salesforce: change them there."


async def test_what_is_sent_again_and_waits_again_says_so_on_the_card(linked: Here) -> None:
    double = linked.double
    letter = await refused_after_an_outage(linked)

    double.down = True
    await letter.click("Send again")
    await linked.waits_on("SOW-1")
    double.closed_kinds.clear()
    await linked.is_back()

    assert linked.happened() == ["was asked for"]
    assert WAITING not in linked.card("SOW-1").text
