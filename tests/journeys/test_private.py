"""Private requests: the people concerned go on with them, and nobody else finds a trace."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot import request_log
from bot.desk import Gesture
from bot.facts import may_see
from bot.triage import agenda, twins
from messages.buttons import Button, Details, Export, Follow, encode
from modals.fields import TICKED
from scheduler.jobs import JOBS
from tests.journeys.deals import COMPLETE
from tests.journeys.house import House, ask_for_asset, ask_for_sow
from tests.journeys.planted import planted
from workflows.roles import Role

NOT_THERE = "There is no request with this number, or it is not yours to see."
STAFF = (
    *("ana", "ben", "mia", "sol", "hana", "hugo", "ryan", "dian", "bea", "adam", "audra"),
    *("priya", "greta", "leo"),
)


def seen_by(house: House, handle: str) -> str:
    """Return everything that somebody could ever see, whatever became of it: the whole journal."""
    store = house.workspace.slack.store
    user = house.person(handle).id
    said: list[str] = []
    for channel in store.channels.all():
        if user in channel.members:
            said += [str(each) for each in store.messages.in_channel(channel.id)]
    said += [str(each) for each in store.ephemerals.all() if each.viewer == user]
    said += [str(each.body) for each in store.views.all() if each.viewer == user]
    dms = {each.id for each in store.channels.all() if user in each.members}
    for call in house.workspace.calls:
        given = call.arguments
        mine = user in (given.get("user"), given.get("user_id")) or given.get("channel") in dms
        if mine:
            said.append(str(given))
    return "\n".join(said)


def told(house: House, word: str) -> Iterator[str]:
    """Yield who of the company could ever see a word."""
    for handle in STAFF:
        if word in seen_by(house, handle):
            yield handle


async def everybody_looks(house: House) -> None:
    """Let everybody ask for every list there is."""
    for handle in STAFF:
        person = house.person(handle)
        await person.open_home()
        for command, text in (
            ("/requests", ""),
            ("/sow", "list"),
            ("/asset", "list"),
            ("/sow", "report"),
            ("/asset", "triage"),
            ("/asset", "log"),
            ("/asset", "review"),
            ("/asset", "find initech"),
        ):
            await person.command(command, text, channel="sales")
    await house.quiet()


async def weeks_pass(house: House) -> None:
    """Let everything come that comes by itself: reminders, escalations, lists, reports."""
    for _ in range(5):
        await house.move_clock(timedelta(days=7))
        await asyncio.to_thread(run_jobs, house)
        await house.quiet()


def run_jobs(house: House) -> None:
    for job in JOBS:
        house.frontdesk.jobs.run_now(job)


async def test_a_private_deal_is_seen_by_those_concerned_alone(house: House) -> None:
    await ask_for_sow(house.person("ana"), client="Umbrella", private=[TICKED], **COMPLETE)
    await house.quiet()
    await everybody_looks(house)

    await weeks_pass(house)
    for word in ("SOW-1", "Umbrella", "Hank"):
        assert set(told(house, word)) == {"ana", "dian"}, word


async def test_a_private_ask_for_an_asset_is_seen_by_those_concerned_alone(
    small_house: House,
) -> None:
    house = small_house
    await ask_for_asset(house.person("ben"), purpose="For Umbrella's merger.", private=[TICKED])
    await house.quiet()
    await everybody_looks(house)

    await weeks_pass(house)
    triage = {"mia", "sol", "hana"}
    for word in ("AST-1", "Umbrella"):
        assert set(told(house, word)) == {"ben", *triage}, word


async def test_whoever_is_not_concerned_is_answered_as_by_nothing(small_house: House) -> None:
    house = small_house
    await ask_for_sow(house.person("ana"), client="Umbrella", private=[TICKED])
    await house.quiet()
    step = house.request("SOW-1").step

    for handle in ("ben", "hugo", "bea", "ryan", "adam"):
        reply = await house.person(handle).command("/sow", "status SOW-1", channel="sales")
        other = await house.person(handle).command("/sow", "status SOW-9", channel="sales")
        assert (await reply.replied()).text == (await other.replied()).text, handle
        for meant in (
            Details("SOW-1"),
            Export("SOW-1"),
            Button("cancel", "SOW-1", step),
            Button("make_open", "SOW-1", step),
            Button("reassign", "SOW-1", step),
        ):
            card = await planted(house, handle, *encode(meant), channel="sales")
            result = await card.click("Press")
            assert result.modal is None, (handle, meant)
    assert house.request("SOW-1").details.private
    assert house.request("SOW-1").stage == "acceptance"
    with house.frontdesk.database.unit() as unit:
        request = unit.requests.get("SOW-1")
        assert request is not None
        sees = {
            each
            for each in STAFF
            if may_see(house.frontdesk.desk, unit, request, house.person(each).id)
        }
    assert sees == {"ana", "dian", "audra"}


async def test_it_goes_its_way_and_who_decided_still_sees_it(small_house: House) -> None:
    house = small_house
    await ask_for_sow(house.person("ana"), "250,000", client="Umbrella", private=[TICKED])
    await house.quiet()
    ryan = house.person("ryan").dm_with_bot()
    await (await ryan.wait_for("SOW-1")).click("Approve")
    await (await house.person("dian").dm_with_bot().wait_for("SOW-1")).click("Accept")
    await house.quiet()

    assert house.request("SOW-1").stage == "drafting"
    assert set(told(house, "SOW-1")) == {"ana", "ryan", "dian"}
    for handle in ("ana", "ryan", "dian", "audra"):
        reply = await house.person(handle).command("/sow", "status SOW-1", channel="sales")
        assert "Umbrella" in (await reply.replied()).text, handle


async def pressed(house: House, handle: str, button: str) -> None:
    """Press a button on the page of SOW-1."""
    card = await planted(house, handle, *encode(Details("SOW-1")), channel="sales")
    page = await (await card.click("Press")).modal_opened()
    assert button in page.buttons
    await page.click(button)
    await house.quiet()


async def test_it_becomes_private_and_open_again_on_record(small_house: House) -> None:
    house = small_house
    await ask_for_sow(house.person("ana"), client="Umbrella")
    await house.quiet()
    channel = house.workspace.channel("sow-requests", viewer="dian")
    card = channel.cards("SOW-1")[0]
    assert "Umbrella" in card.text

    await pressed(house, "ana", "Make private")
    assert card.text == "SOW-1 is private."
    lines = len(channel.everything)
    assert "private" in (await house.person("dian").dm_with_bot().wait_for("Umbrella")).text.lower()

    await pressed(house, "dian", "Make open")
    assert "Umbrella" in card.text
    assert house.audited("SOW-1") == ["submit", "make_private", "make_open"]
    assert len(channel.cards("Umbrella")) == 1
    assert len(channel.everything) == lines + 1


async def test_one_that_begins_private_gets_its_card_when_it_is_opened(small_house: House) -> None:
    house = small_house
    await ask_for_sow(house.person("ana"), client="Umbrella", private=[TICKED])
    await house.quiet()
    channel = house.workspace.channel("sow-requests", viewer="dian")
    assert channel.cards("SOW-1") == []

    await pressed(house, "ana", "Make open")

    assert len(channel.cards("Umbrella")) == 1


async def test_its_link_says_nothing_to_a_channel(small_house: House) -> None:
    house = small_house
    await ask_for_sow(house.person("ana"), client="Umbrella", private=[TICKED])
    await house.quiet()
    card = await house.person("ana").say(
        "sales", f"{house.frontdesk.desk.public_url}/requests/SOW-1"
    )
    await house.workspace.until(lambda: house.workspace.deliveries.of("link_shared"))
    await house.quiet()
    assert card.record.attachments == []


async def test_triage_lists_logs_and_likeness_leave_it_out(small_house: House) -> None:
    house = small_house
    desk = house.frontdesk.desk
    await ask_for_asset(house.person("ben"), purpose="A case study about Umbrella for Initech.")
    await house.quiet()
    assert agenda_refs(house) == {"AST-1"}

    card = await planted(house, "ben", *encode(Details("AST-1")), channel="sales")
    await (await (await card.click("Press")).modal_opened()).click("Make private")
    await house.quiet()

    assert agenda_refs(house) == set()
    logs = {
        each: [row[0] for row in request_log.rows_of(desk, house.person(each).id)]
        for each in ("sol", "adam", "audra")
    }
    assert logs == {"sol": [], "adam": [], "audra": ["AST-1"]}
    modal = await (await house.person("ana").command("/asset", channel="sales")).modal_opened()
    await modal.fill(
        requester_role="Sales rep",
        asset_type="case_study",
        kind="new",
        purpose="A case study about Umbrella for Initech.",
        deadline="2027-02-01",
    )
    assert (await modal.submit()).closed
    await house.quiet()
    with house.frontdesk.database.unit() as unit:
        twin = unit.requests.get("AST-2")
        assert twin is not None
        assert twins.twins(desk, unit, twin) == []


def agenda_refs(house: House) -> set[str]:
    desk, sol = house.frontdesk.desk, house.person("sol")
    gesture = Gesture(user=sol.id, team=house.workspace.team_id, surface="command")
    said = str(agenda.answer(desk, gesture).blocks)
    return {ref for ref in ("AST-1", "AST-2") if ref in said}


@pytest.mark.parametrize("ref", ["AST-1", "AST-9"])
async def test_following_it_by_a_forged_button_finds_nothing(small_house: House, ref: str) -> None:
    house = small_house
    await ask_for_asset(house.person("ben"), private=[TICKED])
    await house.quiet()
    card = await planted(house, "ana", *encode(Follow(ref, "no-draft")), channel="sales")

    reply = await (await card.click("Press")).replied()

    assert reply.text == "That is not open any more. Go back, and send your request."
    assert house.holders(Role.TRIAGE)
