"""Deals in Salesforce, from typing in the form to what stands on the opportunity at the end."""

from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.ports import CrmUnavailable
from bot.triage import ranking
from sandbox import Card
from tests.faults.memory import end_waits, rows
from tests.integrations.crm.salesforce import CLIENT, SECRET, SalesforceDouble, instant
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
    House,
    ask_for_asset,
    ask_for_sow,
    fill_sow,
    open_house,
    sow_form,
)
from tests.journeys.shelf import delivered
from tests.journeys.triage import tick, why

WAITING = "Waiting for Salesforce since "
CHANNELS = {"SOW": "sow-requests", "AST": "asset-requests"}
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

    def happened(self, ref: str = "SOW-1") -> list[str]:
        """What the opportunity was told of a request, in the order of the alphabet."""
        page = f"\n{PUBLIC}/requests/{ref}"
        said = [each.removesuffix(page) for each in self.notes() if each.endswith(page)]
        assert len(said) == len(self.notes())
        return sorted(each.removeprefix(f"{ref} ") for each in said)

    def change(self, **values: Any) -> None:
        self.double.records["Opportunity"][self.ref].update(values)

    def card(self, ref: str) -> Card:
        """The request's card in its channel."""
        channel = CHANNELS[ref.partition("-")[0]]
        return self.house.workspace.channel(channel).cards(f"{ref}:")[0]

    async def waits_on(self, ref: str, kind: str = "write_back") -> None:
        """Wait until the request waits with that for Salesforce, and its card says so."""
        what = f"{kind}:{ref}:"
        await self.house.until(lambda: _is_stuck(self.house, what), f"{what} waits")
        await self.card(ref).wait_for_text(WAITING)

    async def is_back(self) -> None:
        """Let Salesforce answer again, and everything that waited for it be done."""
        self.double.down = False
        await self.house.until(self._is_done, "nothing waits for Salesforce any more")
        await self.house.quiet()

    def _is_done(self) -> bool:
        end_waits(self.house.settings.database_url)
        return _waiting(self.house) == 0


def _is_stuck(house: House, prefix: str) -> bool:
    with house.frontdesk.database.unit() as unit:
        return unit.outbox.stuck(prefix) is not None


def _waiting(house: House) -> int:
    """How much has been tried in vain to tell Salesforce."""
    query = (
        "SELECT count(*) FROM outbox WHERE state = 'due' AND error <> ''"
        " AND kind IN ('write_back', 'link_deal')"
    )
    [(found,)] = rows(house.settings.database_url, query)
    assert isinstance(found, int)
    return found


def _is_in(house: House) -> bool:
    """Whether Salesforce has let us in: the first answer takes longer than whoever types waits."""
    with suppress(CrmUnavailable):
        return bool(house.frontdesk.desk.crm.search(""))
    return False


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
        opened.left_waiting = lambda: _waiting(opened)
        await opened.until(lambda: _is_in(opened), "Salesforce has let us in")
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
    await linked.waits_on("SOW-1")
    own = await ana.dm_with_bot().wait_for(WAITING)
    said = (await (await ana.command("/sow", "status SOW-1")).replied()).text
    assert WAITING in said
    await house.move_clock(timedelta(hours=1))
    assert linked.notes() == []

    await linked.is_back()
    assert linked.happened() == ["was asked for"]
    assert WAITING not in linked.card("SOW-1").text
    assert WAITING not in own.text
    said = (await (await ana.command("/sow", "status SOW-1")).replied()).text
    assert WAITING not in said
    is_sound(house)


async def test_a_deal_goes_on_from_draft_to_money_while_salesforce_is_down(linked: Linked) -> None:
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
    linked: Linked,
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


async def test_what_salesforce_refuses_is_told_at_once_and_can_be_sent_again(
    linked: Linked,
) -> None:
    house, double, adam = linked.house, linked.double, linked.house.person("adam")
    double.down = True
    await ask_for_sow(house.person("ana"), opportunity=linked.ref)
    await linked.waits_on("SOW-1")
    double.closed_kinds.add("Task")
    await linked.is_back()

    letter = await adam.dm_with_bot().wait_for("INSUFFICIENT_ACCESS")
    assert WAITING not in linked.card("SOW-1").text
    double.closed_kinds.clear()
    await letter.click("Send again")
    await linked.is_back()
    assert linked.happened() == ["was asked for"]
    assert house.backlog.dead == 0


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
