"""Two hands at one envelope: what one has done meanwhile is seen by the other."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot import parcels
from bot.desk import Desk
from bot.ports import Claimed, Standing
from bot.signing import sending, standing
from tests.journeys.deals import entries, is_sound, ready, sent
from tests.journeys.signing import deliver, signing_house
from tests.journeys.test_signing_trouble import Both, actions, at_the_client

pytestmark = pytest.mark.prove


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[Both]:
    async with signing_house(tmp_path) as opened:
        yield opened


async def test_what_was_taken_back_while_it_left_is_taken_back_again(both: Both) -> None:
    house, double = both
    await ready(house)

    def taken_back() -> None:
        with house.frontdesk.database.unit() as unit:
            [row] = unit.envelopes.of("SOW-1")
            unit.envelopes.put(row.now(Standing.VOID, house.clock.now()))
            unit.commit()

    double.meanwhile = taken_back
    await sent(house)
    await house.quiet()

    assert [why for _, why in double.mails] == ["invitation", "voided"]
    assert double.only.status == "voided"
    assert "signing_sent" not in actions(house)
    is_sound(house)


async def test_what_another_hand_has_sent_meanwhile_is_not_taken_back(both: Both) -> None:
    house, double = both
    await ready(house)

    def sent_by_another() -> None:
        with house.frontdesk.database.unit() as unit:
            [row] = unit.envelopes.of("SOW-1")
            unit.envelopes.put(row.now(Standing.OPEN, house.clock.now()))
            unit.commit()

    double.meanwhile = sent_by_another
    await sent(house)
    await house.quiet()

    assert [why for _, why in double.mails] == ["invitation"]
    assert double.only.status == "sent"
    assert house.request("SOW-1").stage == "with_client"
    is_sound(house)


async def test_what_is_taken_back_while_we_ask_is_not_taken_for_ended_there(both: Both) -> None:
    house, double = both
    await at_the_client(both)

    def taken_back() -> None:
        with house.frontdesk.database.unit() as unit:
            [row] = unit.envelopes.of("SOW-1")
            unit.envelopes.put(row.now(Standing.ENDING, house.clock.now()))
            unit.commit()

    double.end(double.only, "Taken back.")
    double.at_look = taken_back
    await deliver(house, double)

    assert "signing_void" not in actions(house)
    with house.frontdesk.database.unit() as unit:
        assert [each.standing for each in unit.envelopes.of("SOW-1")] == [Standing.VOID]
    is_sound(house)


async def test_a_reminder_that_a_worker_left_half_done_is_not_sent_again(both: Both) -> None:
    house, double = both
    await at_the_client(both)
    desk, now = house.frontdesk.desk, house.clock.now()
    reminder = parcels.later("mail_document_reminder", "SOW-1", "1", {}, now)
    claimed = Claimed(id=1, parcel=reminder, token="a", attempts=2, unsure_since=now)

    await asyncio.to_thread(sending.remind, desk, claimed, "SOW-1")
    assert [why for _, why in double.mails] == ["invitation"]

    await asyncio.to_thread(sending.remind, desk, replace(claimed, unsure_since=None), "SOW-1")
    assert [why for _, why in double.mails] == ["invitation", "reminder"]


@pytest.mark.parametrize(
    ("second", "first", "answer", "then"),
    [
        (standing.left, Standing.ENDING, False, Standing.ENDING),
        (lambda desk, key: standing.named(desk, key, "e-2"), Standing.ENDING, "", Standing.ENDING),
        (standing.ending, Standing.SIGNED, "", Standing.SIGNED),
        (
            lambda desk, key: standing.ended(desk, key, Standing.DRAFT),
            *(Standing.ENDING, None, Standing.VOID),
        ),
    ],
    ids=["left", "named", "ending", "ended"],
)
async def test_the_second_waits_for_what_the_first_keeps(
    tmp_path: Path,
    postgres_url: str,
    second: Callable[[Desk, str], object],
    first: Standing,
    answer: object,
    then: Standing,
) -> None:
    async with signing_house(tmp_path, postgres_url) as both:
        house, _double = both
        await at_the_client(both)
        desk, now = house.frontdesk.desk, house.clock.now()
        with desk.store.unit() as unit:
            [row] = unit.envelopes.of("SOW-1")
            unit.envelopes.put(row.now(Standing.DRAFT, now))
            unit.commit()

        with desk.store.unit() as unit:
            unit.envelopes.put(row.now(first, now))
            waiting = asyncio.create_task(asyncio.to_thread(second, desk, row.key))
            await asyncio.wait([waiting], timeout=0.5)
            unit.commit()

        assert await waiting == answer
        with desk.store.unit() as unit:
            assert [each.standing for each in unit.envelopes.of("SOW-1")] == [then]


async def test_who_intends_second_changes_nothing_of_what_the_first_has_done(
    tmp_path: Path, postgres_url: str
) -> None:
    async with signing_house(tmp_path, postgres_url) as (house, _double):
        await ready(house)
        desk, now, request = house.frontdesk.desk, house.clock.now(), house.request("SOW-1")
        entry = replace(entries(house)[-1], version=99)

        def intend() -> None:
            with desk.store.unit() as unit:
                sending.intend(unit, request, entry, now)
                unit.commit()

        with desk.store.unit() as unit:
            sending.intend(unit, request, entry, now)
            row = unit.envelopes.get("SOW-1:99")
            assert row is not None
            unit.envelopes.put(row.called("e-1").now(Standing.VOID, now))
            second = asyncio.create_task(asyncio.to_thread(intend))
            await asyncio.wait([second], timeout=0.5)
            assert not second.done()  # it has seen nothing of the first, and waits for it
            unit.commit()
        await second

        with desk.store.unit() as unit:
            [kept] = unit.envelopes.of("SOW-1")
        assert (kept.envelope, kept.standing) == ("e-1", Standing.VOID)
