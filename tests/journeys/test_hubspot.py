"""Deals in HubSpot, from typing in the form to what stands on the deal at the end."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.integrations.crm.hubspot import TOKEN, HubSpotDouble
from tests.integrations.crm.portal import PROPOSAL, link_of, text_of
from tests.journeys.crm import Linked
from tests.journeys.deals import MONDAY, is_sound, offering
from tests.journeys.house import (
    PUBLIC,
    ask_for_sow,
    fill_sow,
    open_house,
    sow_form,
)
from tests.journeys.shelf import delivered

pytestmark = pytest.mark.prove

PICKED = "Globex – Forecasting pilot (180,000.00 EUR)"
Here = Linked[HubSpotDouble]


@pytest.fixture
def double() -> Iterator[HubSpotDouble]:
    with HubSpotDouble().serving() as served:
        yield served


@pytest.fixture
async def linked(tmp_path: Path, double: HubSpotDouble) -> AsyncIterator[Here]:
    ref = double.keep(
        "deals",
        dealname="Forecasting pilot",
        amount="180000",
        deal_currency_code="EUR",
        dealstage=PROPOSAL,
        closedate="2027-01-20T17:00:00Z",
        hubspot_owner_id=double.owner("ana@harborlight.example"),
    )
    double.associate(ref, "companies", double.keep("companies", name="Globex"), 5)
    contact = {"firstname": "Hank", "lastname": "Scorpio", "email": "hank@globex.example"}
    double.associate(ref, "contacts", double.keep("contacts", **contact), 3)
    async with open_house(
        tmp_path, "http", FRONTDESK_HUBSPOT_URL=double.url, FRONTDESK_HUBSPOT_TOKEN=TOKEN
    ) as opened:
        there = Linked(opened, "HubSpot", double, ref, lambda: texts(double, ref))
        await there.opened()
        yield there


def times(double: HubSpotDouble) -> list[str]:
    """When each note stands on the deal's timeline, in the order in which they were written."""
    return [str(each["hs_timestamp"]) for each in double.records["notes"].values()]


def texts(double: HubSpotDouble, ref: str) -> list[str]:
    """What stands on the deal, but for links."""
    return [text_of(each) for each in double.bodies(ref) if not link_of(each)]


async def test_a_deal_is_found_fills_in_and_hears_of_its_request_once(linked: Here) -> None:
    house = linked.house
    modal = await sow_form(house.person("ana"))
    offered = await modal.suggestions("Linked opportunity", "pilot glob")
    assert offered == ["Use “pilot glob”", PICKED]
    await modal.fill(opportunity=linked.ref)
    await modal.wait_for_text("From Globex – Forecasting pilot, as HubSpot said on ")
    assert (modal.value("client"), modal.value("amount")) == ("Globex", "180000")
    assert modal.value("contact_email") == "hank@globex.example"
    linked.double.loses = 1
    await modal.fill(client_type="10x", need="A pilot.", needed_by="2027-03-01")
    assert (await modal.submit()).closed
    await house.until(linked.notes, "the deal hears of it")
    await house.quiet()

    assert linked.notes() == [f"SOW-1 was asked for\n{PUBLIC}/requests/SOW-1"]
    card = await house.person("ana").dm_with_bot().wait_for("SOW-1")
    assert "Globex – Forecasting pilot (as of " in card.text


async def test_an_hour_without_hubspot_costs_nobody_a_request(linked: Here) -> None:
    house, double, ana = linked.house, linked.double, linked.house.person("ana")
    double.down = True
    modal = await sow_form(ana)
    assert await modal.suggestions("Linked opportunity", linked.ref) == [f"Use “{linked.ref}”"]
    await fill_sow(modal, opportunity=linked.ref)
    assert (await modal.submit()).closed
    await linked.waits_on("SOW-1")
    own = await ana.dm_with_bot().wait_for("Waiting for HubSpot since ")
    await house.move_clock(timedelta(hours=1))
    assert linked.notes() == []

    await linked.is_back()
    assert linked.happened() == ["was asked for"]
    asked_at = linked.at("submit", "SOW-1")
    assert times(double) == [asked_at.isoformat(timespec="milliseconds")]
    assert house.clock.now() - asked_at > timedelta(hours=1)
    assert linked.waiting not in linked.card("SOW-1").text
    assert linked.waiting not in own.text
    is_sound(house)


async def test_an_asset_is_delivered_while_hubspot_is_down_and_linked_once(linked: Here) -> None:
    house, double = linked.house, linked.double
    await house.set_clock(MONDAY)
    double.down = True
    await delivered(house, opportunity=linked.ref)
    await linked.waits_on("AST-1", "link_deal")
    assert "What you asked for is there: AST-1" in offering(house.person("ben"), "Open").text
    await house.move_clock(timedelta(hours=1))

    double.loses = 1
    await linked.is_back()
    assert linked.waiting not in linked.card("AST-1").text
    links = [link for each in double.bodies(linked.ref) if (link := link_of(each))]
    assert links == [f"Initech case study (AST-1): {PUBLIC}/a/AST-1"]
    assert linked.happened("AST-1") == ["was accepted", "was asked for", "was delivered"]
    told = {linked.at(each, "AST-1") for each in ("submit", "accept", "shelved")}
    assert {datetime.fromisoformat(each) for each in times(double)} == {
        each.replace(microsecond=each.microsecond // 1000 * 1000) for each in told
    }
    assert house.backlog.dead == 0


async def test_a_scope_that_is_missing_is_told_at_once_and_the_fact_sent_again(
    linked: Here,
) -> None:
    house, double, adam = linked.house, linked.double, linked.house.person("adam")
    double.lacking.add("crm.objects.contacts.write")
    await ask_for_sow(house.person("ana"), opportunity=linked.ref)

    letter = await adam.dm_with_bot().wait_for("crm.objects.contacts.write")
    assert linked.notes() == []
    double.lacking.clear()
    await letter.click("Send again")
    await linked.is_back()
    assert linked.happened() == ["was asked for"]
    assert house.backlog.dead == 0


async def test_a_key_that_expired_holds_up_facts_until_there_is_another(linked: Here) -> None:
    house, double = linked.house, linked.double
    double.token = "another, visibly fake"
    await ask_for_sow(house.person("ana"), opportunity=linked.ref)
    await linked.waits_on("SOW-1")
    double.token = TOKEN
    await linked.is_back()
    assert linked.happened() == ["was asked for"]
