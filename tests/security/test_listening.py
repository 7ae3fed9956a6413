"""What people say in channels is their own: of whom nobody has to listen to, no word is kept."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.ports import Seen
from sandbox import Card
from tests.journeys.assets import say
from tests.journeys.deals import MONDAY
from tests.journeys.house import House, open_house
from tests.journeys.shelf import seen
from tests.security.record import stored

ASK = "Does anyone have a fintech case study for Canary-Initech?"
LINK = "https://canary.example/deck?token=canary"
CANARIES = ("Canary", "canary")


def kept(house: House) -> list[str]:
    """Return the tables in which something stands that somebody said."""
    found = stored(house).items()
    return [name for name, rows in found if any(each in rows for each in CANARIES)]


def offered(house: House, handle: str) -> list[Card]:
    """Return the offers of the form to somebody."""
    return house.person(handle).dm_with_bot().cards("Nothing happens until you send the form")


@pytest.fixture
async def crowded(small_house: House) -> House:
    """A house with a channel that is not watched, and a watched one with guests and strangers."""
    workspace = small_house.workspace
    await small_house.set_clock(MONDAY)
    workspace.add_channel("lounge", ["ana", "ben"])
    workspace.invite_bot_to("lounge")
    workspace.invite_bot_to("general")
    await small_house.quiet()
    return small_house


async def test_what_is_said_where_nobody_listens_is_in_no_table(crowded: House) -> None:
    asked = await say(crowded, "ana", "lounge", f"{ASK} {LINK}")
    await say(crowded, "ben", "lounge", ASK, thread=asked)

    assert (kept(crowded), crowded.backlog.dead) == ([], 0)
    assert offered(crowded, "ana") == []


async def test_what_guests_and_people_of_other_companies_say_is_in_no_table(
    crowded: House,
) -> None:
    workspace = crowded.workspace
    workspace.add_person("eve", name="Eve Moss", team="Initech")
    workspace.add_channel("sales-initech", ["ana", "eve"], shared=True)
    workspace.invite_bot_to("sales-initech")

    for _ in range(2):  # the first time nobody knows yet who they are
        await say(crowded, "gus", "general", f"{ASK} {LINK}")
        await say(crowded, "eve", "sales-initech", f"{ASK} {LINK}")

    assert (kept(crowded), crowded.backlog.dead) == ([], 0)
    assert seen(crowded, Seen.ASKED_OUTSIDE) == []


async def test_what_waits_to_be_looked_into_is_in_no_table_either(crowded: House) -> None:
    crowded.workspace.faults.fail("chat.getPermalink", "internal_error", times=1)
    asked = await crowded.person("ana").say("sales", ASK)
    await crowded.until(lambda: crowded.backlog.due, "the worker tries again")

    assert kept(crowded) == []
    await crowded.person("ana").edit(asked, "Canary: never mind, thanks.")
    await crowded.move_clock(timedelta(minutes=5))
    await crowded.quiet()
    assert (kept(crowded), offered(crowded, "ana")) == ([], [])


async def test_an_ask_in_a_thread_is_found_there(crowded: House) -> None:
    begun = await say(crowded, "ben", "sales", "Initech called.")
    await say(crowded, "ana", "sales", ASK, thread=begun)

    [offer] = offered(crowded, "ana")
    assert ASK in offer.text
    assert "drafts" in kept(crowded)


async def test_a_link_that_is_no_assets_is_not_kept_in_a_watched_channel(tmp_path: Path) -> None:
    async with open_house(tmp_path, "http") as house:
        await say(house, "ana", "sales", f"See {LINK}")
        assert kept(house) == []
