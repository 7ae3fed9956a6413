"""DocuSign refuses what it is asked: the rest goes on, and whoever has to know is told once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.responses import JSONResponse

from bot.ports import Standing
from bot.signing import hearing
from tests.journeys.deals import entries, fill_in, go_to, page_form, sent, told
from tests.journeys.house import House
from tests.journeys.signing import deliver, signing_house
from tests.journeys.test_signing_trouble import Both, at_the_client

REFUSED = "DocuSign refuses that: This user lacks permissions."
REFUSES = "DocuSign refuses to say which documents were signed or declined lately"


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[Both]:
    async with signing_house(tmp_path) as opened:
        yield opened


async def look(house: House) -> None:
    """Look for what no call has told of, as it is done every quarter of an hour."""
    await asyncio.to_thread(hearing.catch_up, house.frontdesk.desk, house.clock.now())
    await house.quiet()


async def test_a_refusal_to_say_what_changed_is_told_to_the_admins_once_and_mended_by_itself(
    both: Both,
) -> None:
    house, double = both
    await at_the_client(both)
    double.sign(double.only)
    double.connect.clear()
    said = {"errorCode": "USER_LACKS_PERMISSIONS", "message": "This user lacks <b>this</b>."}
    double.trouble = JSONResponse(said, 400)

    for _ in range(3):
        await look(house)
        await house.move_clock(timedelta(hours=20))

    assert told(house, "adam").count(REFUSES) == 1
    assert f"{REFUSES}: This user lacks <b>this</b>. (USER_" in told(house, "adam")
    assert REFUSES not in told(house, "dian")
    assert house.backlog.dead == 0

    double.trouble = None
    await look(house)
    assert house.request("SOW-1").stage == "invoicing"


async def test_an_envelope_that_is_refused_keeps_no_other_from_being_looked_at(
    both: Both,
) -> None:
    house, double = both
    await at_the_client(both)
    old = double.only
    await new_version(house)
    being_taken_back(house, old.id)
    double.sign(double.newest)
    double.connect.clear()
    double.refuses.add(old.id)

    await look(house)

    assert house.request("SOW-1").stage == "invoicing"


async def test_an_envelope_that_is_refused_is_given_up_once_however_it_is_heard_of(
    both: Both,
) -> None:
    house, double = both
    await at_the_client(both)
    double.sign(double.only)
    double.refuses.add(double.only.id)

    await deliver(house, double)
    await look(house)

    assert house.backlog.dead == 1
    assert told(house, "adam").count(REFUSED) == 1

    double.refuses.clear()
    [card] = house.person("adam").dm_with_bot().cards("could not be delivered")
    await card.click("Send again")
    await house.quiet()
    assert house.request("SOW-1").stage == "invoicing"
    assert house.backlog.dead == 0


async def test_before_somebody_is_reminded_all_are_asked_for_though_one_is_refused(
    both: Both,
) -> None:
    house, double = both
    await at_the_client(both)
    old = double.only
    await new_version(house)
    being_taken_back(house, old.id)
    double.sign(double.newest)
    double.connect.clear()
    double.refuses.add(old.id)

    await go_to(house, (house.clock.now() + timedelta(days=30)).date())

    assert house.request("SOW-1").stage == "invoicing"
    assert "client_reminded" not in [each.action for each in entries(house)]
    assert told(house, "adam").count(REFUSED) == 1


async def test_what_is_refused_keeps_nothing_else_from_being_taken_back(both: Both) -> None:
    house, double = both
    await at_the_client(both)
    old = double.only
    await new_version(house)
    being_taken_back(house, old.id)
    double.refuses.add(old.id)

    modal = await page_form(house, house.person("dian"), "SOW-1", "Draft")
    await fill_in(house, modal, payment_terms="90 days net")

    assert double.newest.status == "voided"
    assert told(house, "adam").count(REFUSED) == 1


async def new_version(house: House) -> None:
    """Make the next version, and send it."""
    modal = await page_form(house, house.person("dian"), "SOW-1", "Draft")
    await fill_in(house, modal, payment_terms="60 days net")
    await sent(house)
    await house.quiet()


def being_taken_back(house: House, envelope: str) -> None:
    """Let it be so that nobody knows yet whether an envelope was taken back in time."""
    with house.frontdesk.database.unit() as unit:
        row = unit.envelopes.named(envelope)
        assert row is not None
        unit.envelopes.put(row.now(Standing.ENDING, house.clock.now()))
        unit.commit()
