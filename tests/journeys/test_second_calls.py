"""Slack takes what a parcel posts and asks us to wait with the rest: nothing comes twice or never.

The same where the parcel is tried again for a reason of our own after it has posted.
"""

import asyncio
from collections.abc import Callable

import pytest

from bot import parcels
from bot.desk import Desk
from bot.forgetting import forget
from bot.ports import Claimed
from bot.sending import NotYet, keep, post_once
from messages.message import Message
from messages.problem import whisper
from sandbox.log import ApiCall
from tests.faults.memory import end_waits
from tests.journeys.house import House

WORDS = "This did not open in time."


def redrawn(desk: Desk, claimed: Claimed, ts: str) -> None:
    """Go on with a second call, which Slack may want to have later."""
    channel = desk.slack.open_dm(claimed.parcel.address.removeprefix("user:"))
    desk.slack.update(channel, ts, Message(f"{WORDS} And then.", ()))


def put_off(_desk: Desk, claimed: Claimed, _ts: str) -> None:
    """Find out, the first time, that something else has to come first."""
    if claimed.attempts == 1:
        raise NotYet("Something is not there yet.")


@pytest.mark.parametrize("go_on", [redrawn, put_off])
async def test_what_a_parcel_has_posted_is_not_posted_again_when_the_rest_has_to_wait(
    small_house: House, go_on: Callable[[Desk, Claimed, str], None]
) -> None:
    house = small_house
    await house.quiet()
    desk, office = house.frontdesk.desk, house.frontdesk.database.post_office
    await asyncio.to_thread(house.frontdesk.worker.stop)
    parcel = parcels.not_opened("once", house.person("ana").id, WORDS, {}, house.clock.now())
    with house.frontdesk.database.unit() as unit:
        unit.outbox.add(parcel)
        unit.commit()

    def deliver(desk: Desk, claimed: Claimed) -> None:
        go_on(desk, claimed, post_once(desk, claimed, whisper(WORDS)))

    house.workspace.faults.ratelimit("chat.update", retry_after=0)
    for _ in range(2):
        end_waits(house.settings.database_url)
        [claimed] = [each for each in office.claim(house.clock.now()) if each.parcel == parcel]
        await asyncio.to_thread(keep, desk, claimed, {parcel.kind: deliver})

    [message] = house.person("ana").dm_with_bot().messages
    assert WORDS in message.text
    assert house.backlog.due == 0


async def test_cancelling_in_a_new_thread_is_answered_there_though_slack_asks_us_to_wait(
    small_house: House,
) -> None:
    house, ben = small_house, small_house.person("ben")
    await ben.dm("I need a deck for Hooli by 15 Jan")
    await ben.dm_with_bot().wait_for("Nothing is sent until you press Submit")
    await house.quiet()
    house.workspace.faults.ratelimit("chat.postMessage")

    said = await ben.dm("cancel")

    await house.until(lambda: len(ben.dm_with_bot().cards("Discarded")) == 2, "both say so")
    await house.quiet()
    [answer] = said.thread
    assert "Discarded" in answer.text
    assert not house.drafts("ben")
    assert house.backlog.dead == 0


async def test_a_card_that_is_posted_when_its_form_is_discarded_says_so_although_slack_waits(
    small_house: House,
) -> None:
    house, ben = small_house, small_house.person("ben")
    database, calls = house.frontdesk.database, house.workspace.calls

    def discarded_meanwhile(call: ApiCall) -> None:
        if call.method == "chat.postMessage":
            calls.listeners.remove(discarded_meanwhile)
            with database.unit() as unit:
                [draft] = unit.drafts.of(ben.id)
                forget(unit, draft)
                unit.commit()
            house.workspace.faults.ratelimit("chat.update")

    calls.listeners.append(discarded_meanwhile)

    await ben.dm("I need a deck for Hooli by 15 Jan")

    await ben.dm_with_bot().wait_for("Discarded")
    await house.quiet()
    card, end = ben.dm_with_bot().cards()
    assert "discarded" in card.text
    assert not card.buttons
    assert "Discarded" in end.text
    assert house.backlog.dead == 0
