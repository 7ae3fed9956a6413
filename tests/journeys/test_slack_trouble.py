"""Slack is slow, fails, refuses: nothing is lost or said twice, and somebody hears of it."""

import pytest

from sandbox import Card
from tests.journeys.house import House, ask_for_sow, decide


async def once_delivered(house: House, handle: str) -> Card:
    """The one card of SOW-1 that somebody was sent; there is exactly one."""
    await house.quiet()
    [card] = house.person(handle).dm_with_bot().cards("SOW-1: ")
    return card


async def test_too_many_requests_are_waited_for(small_house: House) -> None:
    small_house.workspace.faults.ratelimit("chat.postMessage", channel="dian", retry_after=1)

    await ask_for_sow(small_house.person("ana"))

    assert "Accept" in (await once_delivered(small_house, "dian")).buttons
    assert small_house.backlog.dead == 0


@pytest.mark.parametrize("status", [500, 503])
async def test_a_failing_slack_is_tried_again(small_house: House, status: int) -> None:
    small_house.workspace.faults.break_("chat.postMessage", channel="dian", status=status)

    await ask_for_sow(small_house.person("ana"))

    assert "Accept" in (await once_delivered(small_house, "dian")).buttons


async def test_a_message_of_unknown_outcome_is_not_posted_twice(house: House) -> None:
    house.workspace.faults.store_then_reset("chat.postMessage", channel="dian")
    house.workspace.faults.store_then_reset("chat.postMessage", channel="sow-requests", times=2)

    await ask_for_sow(house.person("ana"))

    card = await once_delivered(house, "dian")
    await card.click("Accept")
    await house.quiet()
    assert "Accept" not in card.buttons
    channel = house.workspace.channel("sow-requests")
    assert len(channel.messages) == 1
    assert len(channel.messages[0].thread) == 2


async def test_a_message_that_slack_posts_late_is_not_posted_twice(small_house: House) -> None:
    small_house.workspace.faults.store_late("chat.postMessage", seconds=0.1, channel="dian")

    await ask_for_sow(small_house.person("ana"))

    assert "Accept" in (await once_delivered(small_house, "dian")).buttons


async def test_a_message_that_was_not_posted_after_all_is_posted(small_house: House) -> None:
    small_house.workspace.faults.reset("chat.postMessage", channel="dian")

    await ask_for_sow(small_house.person("ana"))

    assert "Accept" in (await once_delivered(small_house, "dian")).buttons


async def test_a_card_that_was_deleted_stays_deleted_and_troubles_nobody(
    small_house: House,
) -> None:
    await ask_for_sow(small_house.person("ana"))
    card = await once_delivered(small_house, "dian")
    small_house.workspace.faults.fail("chat.update", "message_not_found", channel="ana")

    await card.click("Accept")

    await small_house.quiet()
    assert small_house.backlog.dead == 0
    await small_house.person("ana").dm_with_bot().wait_for("accepted SOW-1")


@pytest.mark.parametrize("code", ["channel_not_found", "not_in_channel", "invalid_blocks"])
async def test_what_slack_refuses_reaches_an_admin_who_sends_it_again(
    small_house: House, code: str
) -> None:
    small_house.workspace.faults.fail("chat.postMessage", code, channel="dian")

    await ask_for_sow(small_house.person("ana"))

    admins = small_house.person("adam").dm_with_bot()
    letter = await admins.wait_for("could not be delivered")
    assert "@Dian Porter" in letter.text
    assert code in letter.text
    assert not small_house.person("dian").dm_with_bot().messages
    home = await small_house.person("adam").open_home()
    await home.wait_for_text("1 message could not be delivered")
    await letter.click("Send again")
    assert "Accept" in (await once_delivered(small_house, "dian")).buttons
    assert small_house.backlog.dead == 0
    again = await letter.click("Send again")
    assert "sent again already" in (await again.replied()).text
    assert small_house.audited("").count("replay") == 1


async def test_a_person_whom_slack_does_not_find_is_reported(small_house: House) -> None:
    small_house.workspace.faults.fail("conversations.open", "user_not_found", channel="dian")
    small_house.workspace.faults.fail("conversations.open", "user_not_found")

    await ask_for_sow(small_house.person("ana"))

    await small_house.quiet()
    assert small_house.backlog.dead == 1
    letters = small_house.person("adam").dm_with_bot().cards("user_not_found")
    assert len(letters) == 1


async def test_a_channel_that_is_gone_keeps_the_request_going(small_house: House) -> None:
    faults = small_house.workspace.faults
    faults.fail("chat.postMessage", "channel_not_found", channel="sow-requests", times=None)

    await ask_for_sow(small_house.person("ana"))
    letter = await small_house.person("adam").dm_with_bot().wait_for("could not be delivered")
    card = await small_house.person("dian").dm_with_bot().wait_for("SOW-1: ")
    await decide(card, "Accept")
    await small_house.person("ana").dm_with_bot().wait_for("accepted SOW-1")
    assert small_house.request("SOW-1").stage == "drafting"

    faults.clear()
    await letter.click("Send again")
    await small_house.quiet()
    channel = small_house.workspace.channel("sow-requests")
    assert len(channel.messages) == 1
    assert len(channel.messages[0].thread) == 2


async def test_only_an_admin_sends_again(small_house: House) -> None:
    small_house.workspace.faults.fail("chat.postMessage", "invalid_blocks", channel="dian")
    await ask_for_sow(small_house.person("ana"))
    letter = await small_house.person("adam").dm_with_bot().wait_for("could not be delivered")
    small_house.workspace.change_user("adam", restricted=True)
    await small_house.until(lambda: not _is_active(small_house, "adam"), "Adam is a guest")

    result = await letter.click("Send again")

    assert "members of this workspace only" in (await result.replied()).text
    assert small_house.backlog.dead >= 1


def _is_active(house: House, handle: str) -> bool:
    with house.frontdesk.database.unit() as unit:
        person = unit.people.get(house.person(handle).id)
    return person is not None and person.active
