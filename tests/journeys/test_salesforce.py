"""Deals in Salesforce, from typing in the form to what stands on the opportunity at the end."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.triage import ranking
from tests.integrations.crm.salesforce import CLIENT, SECRET, SalesforceDouble, instant
from tests.journeys.house import PUBLIC, House, ask_for_asset, fill_sow, open_house, sow_form
from tests.journeys.triage import tick, why

PICKED = "Globex – Forecasting pilot (180,000.00 EUR)"


@pytest.fixture
def double() -> Iterator[SalesforceDouble]:
    with SalesforceDouble().serving() as served:
        yield served


@dataclass(frozen=True)
class Linked:
    """A house whose deals are in Salesforce, and the opportunity that is there."""

    house: House
    double: SalesforceDouble
    ref: str

    def notes(self) -> list[str]:
        return [each["Description"] for each in self.double.all("Task")]

    def change(self, **values: Any) -> None:
        self.double.records["Opportunity"][self.ref].update(values)


@pytest.fixture
async def linked(tmp_path: Path, double: SalesforceDouble) -> AsyncIterator[Linked]:
    ref = double.keep(
        "Opportunity",
        Name="Forecasting pilot",
        AccountId=double.keep("Account", Name="Globex"),
        OwnerId=double.keep("User", Name="Ana Silva", Email="ana@harborlight.example"),
        Amount=180_000.0,
        CurrencyIsoCode="EUR",
        StageName="Negotiation/Review",
        IsClosed=False,
        IsWon=False,
        CloseDate="2027-01-20",
        LastModifiedDate=instant(datetime.fromisoformat("2026-11-20T15:32:00+00:00")),
    )
    contact = double.keep("Contact", Name="Hank Scorpio", Email="hank@globex.example")
    double.keep("OpportunityContactRole", OpportunityId=ref, ContactId=contact, IsPrimary=True)
    async with open_house(
        tmp_path,
        "http",
        FRONTDESK_SALESFORCE_URL=double.url,
        FRONTDESK_SALESFORCE_CLIENT_ID=CLIENT,
        FRONTDESK_SALESFORCE_CLIENT_SECRET=SECRET,
    ) as opened:
        yield Linked(opened, double, ref)


async def test_a_deal_is_found_fills_in_and_hears_of_its_request_once(linked: Linked) -> None:
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


async def test_an_hour_without_salesforce_costs_nobody_a_request(linked: Linked) -> None:
    house, double, ana = linked.house, linked.double, linked.house.person("ana")
    double.down = True
    modal = await sow_form(ana)
    assert await modal.suggestions("Linked opportunity", linked.ref) == [f"Use “{linked.ref}”"]
    await fill_sow(modal, opportunity=linked.ref)
    assert (await modal.submit()).closed
    await house.until(lambda: waits(house), "somebody is told that it waits")
    said = (await (await ana.command("/sow", "status SOW-1")).replied()).text
    assert "Waiting for Salesforce since " in said
    await house.move_clock(timedelta(hours=1))
    assert linked.notes() == []

    double.down = False
    await house.until(linked.notes, "what waited is written back")
    await house.quiet()
    assert linked.notes() == [f"SOW-1 was asked for\n{PUBLIC}/requests/SOW-1"]
    said = (await (await ana.command("/sow", "status SOW-1")).replied()).text
    assert "Waiting for Salesforce" not in said
    assert house.backlog.dead == 0


def waits(house: House) -> bool:
    with house.frontdesk.database.unit() as unit:
        return unit.outbox.stuck("write_back:SOW-1:") is not None


async def test_a_priority_follows_the_opportunity_and_says_how_old_it_is(linked: Linked) -> None:
    house, ana = linked.house, linked.house.person("ana")
    await ask_for_asset(ana, opportunity=linked.ref)
    await house.quiet()
    assert "Globex – Forecasting pilot is worth 180,000.00 EUR\n" in await why(ana, "AST-1")
    assert linked.notes() == [f"AST-1 was asked for\n{PUBLIC}/requests/AST-1"]

    linked.change(Amount=90_000.0)
    await house.move_clock(timedelta(hours=2))
    await tick(house, ranking.look_at_deals)
    assert "is worth 90,000.00 EUR\n" in await why(ana, "AST-1")

    linked.double.down = True
    linked.change(Amount=1.0)
    await house.move_clock(timedelta(days=3))
    await tick(house, ranking.look_at_deals)
    await tick(house, ranking.reckon_due)
    assert "is worth 90,000.00 EUR (deal data from 3 days ago)" in await why(ana, "AST-1")


async def test_a_form_is_filled_in_from_what_is_known_while_salesforce_is_down(
    linked: Linked,
) -> None:
    house = linked.house
    await ask_for_asset(house.person("ana"), opportunity=linked.ref)
    await house.quiet()
    linked.double.down = True
    modal = await sow_form(house.person("ana"))
    await modal.fill(opportunity=linked.ref)
    await modal.wait_for_text("From Globex – Forecasting pilot, as Salesforce said on ")
    assert (modal.value("client"), modal.value("amount")) == ("Globex", "180000")


async def test_deals_are_not_kept_in_two_places(linked: Linked) -> None:
    result = await linked.house.person("adam").command("/sow", "deals", channel="sales")
    said = (await result.replied()).text
    assert said == "The company keeps its deals in Salesforce: change them there."
