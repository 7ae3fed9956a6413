"""Outdated and unapproved assets in channels: a private word, and the sales manager knows."""

from datetime import timedelta
from itertools import pairwise

import pytest

from bot import listening
from bot.desk import Gesture
from bot.ports import Seen
from bot.shelf import misuse
from sandbox import Card
from sandbox.log import ApiCall
from tests.journeys.assets import accept, pdf, post_draft, say, uploaded
from tests.journeys.deals import fill_in, offering
from tests.journeys.house import House, ask_for_asset
from tests.journeys.shelf import (
    ask_for_update,
    delivered,
    get,
    hand_in,
    is_whole,
    personal_link,
    seen,
    shelved,
    vouch,
)
from tests.journeys.triage import at, tick

PERMANENT = "https://frontdesk.harborlight.example/a/"
DRIVE = "https://drive.example/open?id=7&tab=deck"
ASIDE = "Only you see this. The sales manager is told of such posts."
NOTHING_ELSE = "There is no current version now. Look for another one with /asset find, or ask"
LARGE = 200 * 1024 * 1024


def words(house: House, handle: str) -> list[Card]:
    """The private words to somebody about what they posted, oldest first."""
    return house.person(handle).dm_with_bot().cards("What you posted in #sales")


def alerts(house: House) -> list[str]:
    """What the sales manager was told at once."""
    return [each.text for each in house.person("greta").dm_with_bot().cards(" again: ")]


def weekly(house: House) -> list[list[str]]:
    """The lines about people in the weekly lists of the sales manager."""
    cards = house.person("greta").dm_with_bot().cards("Outdated or unapproved assets this week")
    return [[line for line in each.text.splitlines() if line[0:1] == "@"] for each in cards]


async def let_a_week_end(house: House, day: str) -> None:
    """Let the hour of the triage list come; the job ticks three times."""
    await house.set_clock(at(day))
    for _ in range(3):
        await tick(house, misuse.list_weekly)


async def end(house: House, ref: str, button: str) -> None:
    """Mark an asset of Mia's as outdated, or withdraw it."""
    cards = house.person("mia").dm_with_bot().cards(ref)
    card = [each for each in cards if "Details" in each.buttons][-1]
    page = await (await card.click("Details")).modal_opened()
    modal = await (await page.click(button)).modal_opened()
    await fill_in(house, modal, reason="The prices are old.")


async def share(house: House, handle: str, content: bytes, name: str = "deck.pdf") -> Card:
    """Post a file in the sales channel."""
    file = await uploaded(house.person(handle), name, content)
    return await say(house, handle, "sales", "Here you are", files=[file])


async def test_who_posts_an_outdated_asset_is_told_and_the_second_time_the_sales_manager(
    house: House,
) -> None:
    await house.set_clock(at("2027-01-11"))
    await shelved(house)
    await hand_in(house, title="Demo", link=DRIVE)
    await vouch(house, "SHELF-2")
    await share(house, "ben", pdf("Pricing deck"))
    await say(house, "ben", "sales", f"Look: {PERMANENT}SHELF-1 and {DRIVE} please")
    assert (words(house, "ben"), seen(house, Seen.MISUSED)) == ([], [])

    await end(house, "SHELF-1", "Mark as outdated")
    posted = len(house.workspace.channel("sales").everything)
    house.workspace.faults.redeliver("message", times=2)
    await say(house, "ben", "sales", f"Look: {PERMANENT}SHELF-1")

    [word] = words(house, "ben")
    assert word.text.startswith("What you posted in #sales, SHELF-1, is outdated.")
    assert NOTHING_ELSE in word.text
    assert word.text.endswith(ASIDE)
    assert len(house.workspace.channel("sales").everything) == posted + 1
    assert alerts(house) == []
    await share(house, "ben", pdf("Pricing deck"), name="renamed.pdf")
    assert len(words(house, "ben")) == 1
    [alert] = alerts(house)
    assert alert.startswith("@Ben Okafor posted an outdated asset again: SHELF-1, Pricing deck, in")
    assert "This is the 2nd time." in alert

    assert [each.text for each in seen(house, Seen.MISUSED)] == ["outdated", "outdated"]
    is_whole(house)


@pytest.mark.prove
async def test_once_a_week_the_sales_manager_gets_the_list_also_after_a_holiday(
    small_house: House,
) -> None:
    house = small_house
    await house.set_clock(at("2027-01-11"))
    await shelved(house)
    await hand_in(house, title="Demo", link=DRIVE)
    await vouch(house, "SHELF-2")
    await end(house, "SHELF-1", "Mark as outdated")
    await end(house, "SHELF-2", "Withdraw")
    await say(house, "ben", "sales", f"Look: {PERMANENT}SHELF-1")
    await say(house, "leo", "sales", f"See {DRIVE} for the demo")
    [word] = words(house, "leo")
    assert word.text.startswith("What you posted in #sales, SHELF-2, was withdrawn.")
    assert alerts(house) == []

    await let_a_week_end(house, "2027-01-18")
    assert weekly(house) == []
    await let_a_week_end(house, "2027-01-19")
    [listed] = weekly(house)
    assert listed[0].startswith("@Ben Okafor: SHELF-1, Pricing deck (outdated), in #sales, ")
    assert listed[1].startswith("@Leo Martin: SHELF-2, Demo (withdrawn), in #sales, ")
    await let_a_week_end(house, "2027-01-25")
    assert len(weekly(house)) == 1
    is_whole(house)


async def test_a_draft_that_nobody_has_approved_is_noticed(small_house: House) -> None:
    house = small_house
    await ask_for_asset(house.person("ben"))
    await house.quiet()
    await accept(house, "AST-1")
    await post_draft(house, "AST-1", "mia", "AST-1 Initech")

    await share(house, "ben", pdf("AST-1 Initech"))

    [word] = words(house, "ben")
    assert word.text.startswith(
        "What you posted in #sales is a draft of AST-1 that has not been approved."
    )
    assert "It is on the shelf as soon as it is approved" in word.text
    assert (word.buttons, alerts(house)) == ([], [])


@pytest.mark.prove
async def test_an_earlier_version_is_noticed_and_what_is_approved_is_not(
    small_house: House,
) -> None:
    house = small_house
    await delivered(house)
    await share(house, "ana", pdf("AST-1 Initech"))
    await say(house, "ana", "sales", f"{PERMANENT}AST-1 and {PERMANENT}SHELF-1")
    await ask_for_update(house, f"{PERMANENT}AST-1", "AST-2")
    await share(house, "ana", pdf("AST-2 Initech"))
    assert (words(house, "ana"), seen(house, Seen.MISUSED)) == ([], [])

    form = await (await offering(house.person("mia"), "Deliver").click("Deliver")).modal_opened()
    await fill_in(house, form, use_when="In a first meeting.", whom_for="CFOs")
    await share(house, "ana", pdf("AST-2 Initech"))
    assert words(house, "ana") == []
    await share(house, "ana", pdf("AST-1 Initech"))

    [word] = words(house, "ana")
    assert word.text.startswith("What you posted in #sales is an earlier version of SHELF-1.")
    assert "This is the current one: Initech case study (SHELF-1), version 2" in word.text
    file = await get(await personal_link(house, word))
    assert file.content == pdf("AST-2 Initech")
    is_whole(house)


async def test_a_file_that_cannot_be_read_is_no_trouble(small_house: House) -> None:
    house, ben = small_house, small_house.person("ben")
    await shelved(house)
    await end(house, "SHELF-1", "Withdraw")
    large = await ben.upload("film.mp4", b"\x00", size=LARGE)
    gone = await ben.upload("gone.pdf", pdf("Pricing deck"))
    await ben.delete_file(gone)
    deck = await ben.upload("deck.pdf", pdf("Pricing deck"))

    await say(house, "ben", "sales", "All of them", files=[large, gone, deck])

    assert len(words(house, "ben")) == 1
    assert [each.text for each in seen(house, Seen.MISUSED)] == ["withdrawn"]
    await say(house, "ben", "asset-requests", f"{PERMANENT}SHELF-1, not watched here")
    house.workspace.invite_bot_to("general")
    await say(house, "gus", "general", f"{PERMANENT}SHELF-1, says a guest")
    assert len(seen(house, Seen.MISUSED)) == 1
    assert house.workspace.person("gus").dm_with_bot().messages == []
    is_whole(house)


def looked_at(house: House) -> list[ApiCall]:
    """The questions about files that Slack was asked; of one that is fetched there are two."""
    return house.workspace.calls.of("files.info")


async def test_a_file_of_a_size_that_no_asset_has_is_not_fetched(small_house: House) -> None:
    house = small_house
    await shelved(house)
    await end(house, "SHELF-1", "Withdraw")
    other = await house.person("ben").upload("film.mp4", pdf("Another deck") + b"%")
    before = len(looked_at(house))

    await say(house, "ben", "sales", "Look", files=[other])
    assert len(looked_at(house)) == before
    unsaid = listening.Said(
        channel=house.workspace.channel("sales").id,
        ts="1700000000.000100",
        text="",
        files=(listening.Shared(other.id, 0),),
    )
    ben = Gesture(user=house.person("ben").id, team="", surface="event", key="Ev1")
    listening.heard(house.frontdesk.desk, ben, unsaid)
    await house.quiet()

    assert len(looked_at(house)) == before + 1
    assert (words(house, "ben"), house.backlog.dead) == ([], 0)


async def test_files_are_fetched_one_by_one_and_one_that_is_shared_again_is_not(
    small_house: House,
) -> None:
    house, ben, seconds = small_house, small_house.person("ben"), 0.2
    await shelved(house)
    await end(house, "SHELF-1", "Withdraw")
    decks = [await ben.upload(f"{nth}.pdf", pdf("Pricing deck")) for nth in range(3)]
    before = len(looked_at(house))
    house.workspace.faults.slow("files.info", seconds, times=None)

    for _ in range(2):
        await say(house, "ben", "sales", "All of them", files=decks)

    asked = [each.at for each in looked_at(house)[before:]]
    assert len(asked) == 2 * len(decks)
    assert all(late - early >= timedelta(seconds=seconds) for early, late in pairwise(asked))
    assert len(words(house, "ben")) == 1
    house.workspace.faults.clear()
    await house.move_clock(timedelta(days=1))
    await say(house, "ben", "sales", "Once more", files=decks[:1])
    assert len(words(house, "ben")) == 2


async def test_a_report_reaches_owner_and_sales_manager_and_takers_hear_of_the_end(
    small_house: House,
) -> None:
    house, ana = small_house, small_house.person("ana")
    await shelved(house)
    card = ana.channel("sales").cards("Pricing deck")[0]
    await personal_link(house, card)

    modal = await (await card.click("Report as outdated")).modal_opened()
    await fill_in(house, modal, reason="It has the old logo.")

    said = "@Ana Silva reports SHELF-1 (Pricing deck) as outdated:\nIt has the old logo.\n"
    for handle in ("mia", "greta"):
        [told] = house.person(handle).dm_with_bot().cards("reports SHELF-1")
        assert told.text.startswith(said)
    assert "Ask for a refresh" in offering(house.person("mia"), "Still current").buttons
    [reported] = seen(house, Seen.REPORTED)
    assert (reported.user, reported.text) == (ana.id, "It has the old logo.")
    assert house.request("SHELF-1").stage == "current"

    await end(house, "SHELF-1", "Withdraw")
    [told] = ana.dm_with_bot().cards("which you took")
    assert told.text.startswith(
        "SHELF-1, Pricing deck, which you took, was withdrawn. Please do not use it any more:\n"
        "The prices are old."
    )
    assert house.person("leo").dm_with_bot().cards("which you took") == []
    is_whole(house)
