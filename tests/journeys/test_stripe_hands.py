"""Two hands at one invoice of Stripe's: what one has done meanwhile is seen by the other."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.billing import making
from tests.journeys.billing import billed, billing_house

pytestmark = pytest.mark.prove


async def test_who_intends_second_changes_nothing_of_what_the_first_has_done(
    tmp_path: Path, postgres_url: str
) -> None:
    async with billing_house(tmp_path, postgres_url) as (house, _double):
        invoice, desk = await billed(house), house.frontdesk.desk
        request = house.request("SOW-1")
        later = replace(invoice, at=invoice.at + timedelta(hours=1))

        with desk.store.unit() as unit:
            unit.partner_invoices.put(making.intended(request, later).called("in_1"))
            second = asyncio.create_task(asyncio.to_thread(making.intend, desk, request, later))
            await asyncio.wait([second], timeout=0.5)
            assert not second.done()  # it has seen nothing of the first, and waits for it
            unit.commit()
        await second

        with desk.store.unit() as unit:
            assert [each.invoice for each in unit.partner_invoices.of("SOW-1")][1:] == ["in_1"]
