"""What the Home tab lists: mine, my team's, what ended, what I look for; never an old drawing."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest

from bot import home, parcels
from bot.desk import Desk
from bot.errors import ViewGone
from bot.home_lists import HOME_QUERY
from bot.lookups.query import Query, written
from bot.ports import Claimed, Json, Slack
from sandbox import Home
from tests.journeys.house import House, ask_for_asset, ask_for_sow, decide
from tests.journeys.test_home import home_of, waiting
from tests.journeys.test_long_lists import file_more
from tests.journeys.test_lookups import refs

TEAM = "Your team's requests"


def part(home: Home, heading: str, until: str) -> str:
    """What stands between two headings."""
    return home.text.partition(heading)[2].partition(until)[0]


async def look_for(home: Home, **answers: object) -> None:
    modal = await (await home.click("Look for requests")).modal_opened()
    await modal.fill(**answers)
    result = await modal.submit()
    assert result.closed, result.errors


async def test_what_waits_is_first_and_can_be_decided_there(small_house: House) -> None:
    await ask_for_sow(small_house.person("ana"))
    dians = await home_of(small_house, "dian")
    assert "SOW-1" in waiting(dians)
    assert "waiting for you" in waiting(dians)
    assert "Next: a reminder, " in waiting(dians)

    await dians.click("Accept")

    await dians.wait_for_text("Drafting since")
    assert small_house.request("SOW-1").stage == "drafting"


@pytest.mark.parametrize(
    ("handle", "sows", "assets"),
    [("ryan", True, True), ("hugo", True, True), ("greta", False, True)],
)
async def test_managers_see_what_is_open_of_sales_as_far_as_they_may(
    small_house: House, handle: str, *, sows: bool, assets: bool
) -> None:
    tab = await home_of(small_house, handle)
    assert "Nothing else is open" in part(tab, TEAM, "Recently closed")
    await ask_for_sow(small_house.person("ana"))
    await ask_for_asset(small_house.person("ana"))

    await tab.wait_for_text("AST-1")  # it follows what others do
    await small_house.quiet()
    team = part(tab, TEAM, "Recently closed")

    assert ("SOW-1" in team) == sows
    assert ("AST-1" in team) == assets
    assert "SOW-1" not in waiting(tab)


@pytest.mark.parametrize("handle", ["ana", "dian", "audra", "mia"])
async def test_nobody_else_has_a_team(small_house: House, handle: str) -> None:
    await ask_for_sow(small_house.person("ben"))
    await small_house.quiet()
    tab = await home_of(small_house, handle)

    assert TEAM not in tab.text
    assert "SOW-1" not in part(tab, "Your requests", "Ask for something")


async def test_what_ended_is_apart(small_house: House) -> None:
    ana = small_house.person("ana")
    await ask_for_sow(ana)
    tab = await home_of(small_house, "ana")
    assert "SOW-1" in part(tab, "Your requests", "Recently closed")
    card = await small_house.person("dian").dm_with_bot().wait_for("SOW-1")

    await decide(card, "Reject", "No budget.")

    await tab.wait_for_text("Rejected")
    assert "SOW-1" in part(tab, "Recently closed", "Ask for something")
    assert "SOW-1" not in part(tab, "Your requests", "Recently closed")


async def test_home_shows_what_its_reader_looks_for_until_they_change_it(
    small_house: House,
) -> None:
    ana, ben = small_house.person("ana"), small_house.person("ben")
    await ask_for_sow(ana)
    await ask_for_sow(ben, client="Initech")
    tab = await home_of(small_house, "ryan")

    await look_for(tab, client="globex", kind="sow", state="open")
    await tab.wait_for_text("You look for: Statement of Work, open, client globex")
    sought = part(tab, "You look for", "Ask for something")
    assert "SOW-1" in sought
    assert "SOW-2" not in sought
    assert TEAM not in tab.text

    await ask_for_sow(ana)  # what changes is drawn with it
    await tab.wait_for_text("SOW-3")
    assert "SOW-2" not in tab.text

    filled = await (await tab.click("Look for requests")).modal_opened()
    await filled.fill(client=None, kind=None, state=None, person=ben.id, stage="sow/acceptance")
    assert (await filled.submit()).closed
    await tab.wait_for_text("SOW-2")
    assert "SOW-1" not in tab.text

    await tab.click("Show everything")
    await tab.wait_for_text(TEAM)


async def test_what_nobody_else_may_see_is_not_found_on_home_either(small_house: House) -> None:
    await ask_for_sow(small_house.person("ben"))
    await small_house.quiet()
    tab = await home_of(small_house, "ana")

    await look_for(tab, words="globex", person=small_house.person("ben").id)

    await tab.wait_for_text("Nothing fits that is yours to see.")
    assert "SOW-1" not in tab.text


async def test_home_is_read_page_by_page(small_house: House) -> None:
    await ask_for_sow(small_house.person("ana"))
    file_more(small_house, small_house.request("SOW-1"), 19)
    tab = await home_of(small_house, "ryan")
    await look_for(tab, words="globex")
    await tab.wait_for_text("You look for")
    first = refs(part(tab, "You look for", "Ask"))

    await tab.click("Next page")
    await tab.wait_for_text("First page")
    second = refs(part(tab, "You look for", "Ask"))

    assert len(first) == 12
    assert len({*first, *second}) == 20
    assert "Next page" not in tab.buttons
    await tab.click("First page")
    await tab.wait_for_text("Next page")
    assert refs(part(tab, "You look for", "Ask")) == first


async def test_help_is_on_home_too(small_house: House) -> None:
    tab = await home_of(small_house, "dian")

    modal = await (await tab.click("Help")).modal_opened()

    assert "As sales assistant you are asked in turn" in modal.text


class Interrupted:
    """Slack, but before the first drawing is published something else happens."""

    def __init__(self, slack: Slack, meanwhile: Callable[[], None]) -> None:
        self._slack = slack
        self._meanwhile: Callable[[], None] | None = meanwhile

    def publish_home(self, user: str, view: Json, view_hash: str = "") -> str:
        meanwhile, self._meanwhile = self._meanwhile, None
        if meanwhile:
            meanwhile()
        return self._slack.publish_home(user, view, view_hash)


def draw(desk: Desk, user: str) -> None:
    """Draw a tab as the worker does."""
    parcel = parcels.home(user, "test", desk.clock.now())
    home.publish(desk, Claimed(id=1, token="mine", parcel=parcel, attempts=1))


async def test_an_older_drawing_never_covers_a_newer_one(small_house: House) -> None:
    tab = await home_of(small_house, "ana")
    await small_house.quiet()
    desk, ana = small_house.frontdesk.desk, small_house.person("ana").id

    def meanwhile() -> None:
        with desk.store.unit() as unit:
            unit.preferences.put(ana, HOME_QUERY, written(Query(words="newer")))
            unit.commit()
        draw(desk, ana)

    slow = replace(desk, slack=cast("Slack", Interrupted(desk.slack, meanwhile)))
    await asyncio.to_thread(draw, slow, ana)

    assert "You look for: “newer”" in tab.text  # the slow one read again what is true
    before = tab.view.hash
    with pytest.raises(ViewGone):
        desk.slack.publish_home(ana, {"type": "home", "blocks": []}, "an older one")
    assert tab.view.hash == before


async def test_a_drawing_whose_word_was_lost_is_drawn_over(small_house: House) -> None:
    tab = await home_of(small_house, "ana")
    await small_house.quiet()
    desk, ana = small_house.frontdesk.desk, small_house.person("ana").id
    said = {"type": "section", "text": {"type": "plain_text", "text": "Nobody remembers this."}}
    desk.slack.publish_home(ana, {"type": "home", "blocks": [said]})
    await tab.wait_for_text("Nobody remembers this.")

    await ask_for_sow(small_house.person("ana"))

    await tab.wait_for_text("SOW-1")
    assert small_house.backlog.dead == 0
