"""Stripe refuses what it is asked of one invoice: that keeps no other from its turn."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from modals.fields import TICKED
from tests.integrations.billing.double import Double
from tests.journeys.billing import billed, billing_house, sent_out
from tests.journeys.deals import (
    fill_in,
    go_to,
    page_form,
    pay,
    record,
    record_invoice,
    told,
)
from tests.journeys.house import House

pytestmark = pytest.mark.prove

Both = tuple[House, Double]
AGAIN = "Send invoices again"
REFUSED = "Stripe refuses that"


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[Both]:
    async with billing_house(tmp_path) as opened:
        yield opened


async def two_invoices(house: House) -> None:
    """Bring a request to two invoices that are made and not sent, INV-1 and INV-2."""
    await billed(house)
    second = {"number": "INV-2", "amount": "1", "currency": "USD", "sure": [TICKED]}
    await record_invoice(house, **second, net_days="7")
    await house.quiet()


async def test_what_stripe_does_not_mail_keeps_nothing_else_from_being_mailed(
    tmp_path: Path,
) -> None:
    async with billing_house(tmp_path, FRONTDESK_STRIPE_MAILS="yes") as (house, double):
        await two_invoices(house)
        double.mark_void(next(iter(double.invoices.values())))
        await sent_out(house)
        assert double.mails == [("hank@globex.example", "INV-2")]
        assert told(house, "adam").count(REFUSED) == house.backlog.dead == 1


async def test_what_stripe_has_no_more_keeps_nothing_else_from_being_told(both: Both) -> None:
    house, double = both
    await two_invoices(house)
    await sent_out(house)
    loses_the_first(house, double)
    accounts = {"contact_name": "Accounts", "contact_email": "accounts@globex.example"}
    await fill_in(house, await page_form(house, house.person("bea"), "SOW-1", AGAIN), **accounts)
    await pay(house, "1", "INV-2")
    await house.quiet()
    assert double.only.customer.made["email"] == accounts["contact_email"]
    assert double.only.status == "paid"
    assert told(house, "adam").count(REFUSED) == house.backlog.dead == 2


async def test_what_stripe_has_no_more_keeps_nobody_from_following_up_another(both: Both) -> None:
    house, double = both
    await two_invoices(house)
    await sent_out(house)
    loses_the_first(house, double)
    await go_to(house, date(2026, 11, 30))
    first, second = record(house).invoices
    assert (first.nudges, second.nudges) == (0, 1)
    assert REFUSED in told(house, "adam")


def loses_the_first(house: House, double: Double) -> None:
    """Have Stripe know the first invoice no more, as after a change to another account."""
    del double.invoices[record(house).invoices[0].partner_id]


async def test_what_stripe_has_mailed_is_not_mailed_again_with_what_it_refused(
    tmp_path: Path,
) -> None:
    async with billing_house(tmp_path, FRONTDESK_STRIPE_MAILS="yes") as (house, double):
        await two_invoices(house)
        double.mark_void(next(iter(double.invoices.values())))
        await sent_out(house)
        double.forget_keys()  # two days later
        adam = house.person("adam")
        await (await adam.dm_with_bot().wait_for(REFUSED)).click("Send again")
        await house.quiet()
        assert double.mails == [("hank@globex.example", "INV-2")]
