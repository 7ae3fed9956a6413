"""Two hands at one envelope: what one has done meanwhile is seen by the other."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.ports import Standing
from tests.journeys.deals import is_sound, ready, sent
from tests.journeys.signing import deliver, signing_house
from tests.journeys.test_signing_trouble import Both, actions, at_the_client


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
