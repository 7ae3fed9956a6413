"""Who asks for an asset elsewhere is offered the form, kindly, privately, and once a day."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.ports import Observation, Seen
from bot.triage import agenda
from messages.message import Message
from sandbox import Card
from tests.journeys.assets import say
from tests.journeys.deals import MONDAY, fill_in, told
from tests.journeys.house import ROOT, House, open_house
from tests.journeys.triage import at, lists, tick, triage

ASK = "Hi @mia, does anyone have a fintech case study for Initech? Needs R&D numbers."
AGAIN = "I need a one-pager for Globex, please."
CHAT = "Thanks, the deck went down well with @mia's client."


COUNTS = (
    "SELECT count(*) FROM outbox",
    "SELECT count(*) FROM deliveries",
    "SELECT count(*) FROM observations",
    "SELECT count(*) FROM drafts",
)


def offers(house: House, handle: str) -> list[Card]:
    """What somebody was offered, oldest first."""
    return house.person(handle).dm_with_bot().cards("Nothing happens until you send the form")


def asked_outside(house: House) -> list[Observation]:
    """The asks outside of the form that are on record."""
    with house.frontdesk.database.unit() as unit:
        begin = datetime(2026, 1, 1, tzinfo=UTC)
        found = unit.observations.between(begin, begin + timedelta(days=700), Seen.ASKED_OUTSIDE)
    return list(found)


def stored(folder: Path) -> tuple[int, ...]:
    """How many promises, deliveries, observations and drafts the database holds."""
    with sqlite3.connect(folder / "frontdesk.db") as connection:
        counts = [connection.execute(each).fetchone()[0] for each in COUNTS]
    connection.close()
    return tuple(counts)


async def test_an_ask_in_a_watched_channel_is_offered_the_form_and_nothing_else(
    house: House,
) -> None:
    await house.set_clock(MONDAY)
    sales = house.workspace.channel("sales")
    before = len(sales.everything)
    house.workspace.faults.redeliver("message", times=2)

    asked = await say(house, "ben", "sales", ASK)

    [offer] = offers(house, "ben")
    assert "R&D numbers" in offer.text
    assert "Nothing happens until you send the form, and only you see this." in offer.text
    assert offer.buttons == ["Open the form"]
    assert len(sales.everything) == before + 1
    assert [each.ephemerals for each in house.workspace.people if each.ephemerals] == []
    assert [each.handle for each in house.workspace.people if offers(house, each.handle)] == ["ben"]
    assert (house.refs("ben"), len(asked_outside(house))) == ([], 1)

    await say(house, "ben", "sales", AGAIN, thread=asked)
    await say(house, "ben", "sales", "Can somebody send me the insurance brochure?")
    assert (len(offers(house, "ben")), len(asked_outside(house))) == (1, 3)


async def test_the_form_is_filled_in_with_what_was_written(small_house: House) -> None:
    house, ben = small_house, small_house.person("ben")
    await house.set_clock(MONDAY)
    asked = await say(house, "ben", "sales", ASK)
    [offer] = offers(house, "ben")

    modal = await (await offer.click("Open the form")).modal_opened()
    given = {name: text for name, text in modal.fields.items() if text}
    link = str(modal.value("purpose")).splitlines()[-1]
    assert given == {
        "Your name": "Ben Okafor",
        "Which kind of asset?": "Case study",
        "New, or an update?": "A new asset",
        "What is it for?": f"{ASK.replace('@mia', '@Mia Tanaka')}\n\n{link}",
        "Industry": "Fintech",
        "Will others use it, too?": "No, one-off",
    }
    assert link.endswith(f"/p{asked.ts.replace('.', '')}")
    await fill_in(house, modal, requester_role="Sales rep", deadline="2027-02-01")
    assert house.refs("ben") == ["AST-1"]
    assert house.request("AST-1").asker == ben.id
    again = await (await offer.click("Open the form")).replied()
    assert again.text == "This draft has been submitted or discarded already."

    await house.move_clock(timedelta(days=1))
    await say(house, "ben", "sales", AGAIN + " word" * 1000)
    later = offers(house, "ben")
    assert len(later) == 2
    modal = await (await later[-1].click("Open the form")).modal_opened()
    assert modal.fields["What is it for?"].startswith(AGAIN)
    assert (house.refs("ben"), house.backlog.dead) == (["AST-1"], 0)


async def test_nobody_else_is_spoken_to_and_nothing_is_kept_of_what_else_is_said(
    small_house: House, tmp_path: Path
) -> None:
    house, workspace = small_house, small_house.workspace
    await house.set_clock(MONDAY)
    workspace.invite_bot_to("general")
    workspace.add_channel("lounge", ["ana", "ben"])
    workspace.invite_bot_to("lounge")
    await house.quiet()
    before = stored(tmp_path)

    first = await say(house, "ana", "sales", CHAT)
    await house.person("ana").edit(first, ASK)
    for text in ("I'll send you the deck tomorrow.", "Is the case study approved?", "lunch?"):
        await say(house, "ana", "sales", text, thread=first)
    await say(house, "ana", "sales", f"{CHAT} See #general.")
    assert stored(tmp_path) == before
    assert offers(house, "ana") == []

    await say(house, "ana", "lounge", ASK)
    await say(house, "ben", "asset-requests", ASK)
    await say(house, "gus", "general", ASK)
    sales = workspace.channel("sales").id
    house.frontdesk.desk.slack.post(sales, Message(ASK, ()), "as a bot writes")
    workspace.faults.fail("chat.getPermalink", "message_not_found")
    await say(house, "dian", "sales", ASK)
    assert (asked_outside(house), stored(tmp_path)[2:]) == ([], before[2:])
    assert [each.handle for each in workspace.people if offers(house, each.handle)] == []

    await say(house, "ana", "general", ASK)
    assert (len(offers(house, "ana")), house.backlog.dead) == (1, 0)


def everywhere_but(folder: Path, channel: str) -> str:
    """Write settings by which every channel is watched but one; return the file's path."""
    text = (ROOT / "frontdesk.example.toml").read_text()
    for old, new in (
        ('watched = ["sales", "general"]', 'watched = "*"'),
        ("unwatched = []", f'unwatched = ["{channel}"]'),
    ):
        assert old in text
        text = text.replace(old, new)
    config = folder / "frontdesk.toml"
    config.write_text(text)
    return str(config)


async def test_everywhere_can_be_watched_but_for_what_is_left_alone(tmp_path: Path) -> None:
    config = everywhere_but(tmp_path, "billing")
    async with open_house(tmp_path, "http", FRONTDESK_CONFIG=config) as house:
        workspace = house.workspace
        eve = workspace.add_person("eve", name="Eve Moss", team="Initech")
        workspace.add_channel("initech", ["ana", "eve"], shared=True)
        workspace.invite_bot_to("initech")

        await say(house, "ana", "billing", ASK)
        await say(house, "eve", "initech", ASK)
        assert asked_outside(house) == []
        await say(house, "ana", "initech", ASK)
        assert [each.user for each in asked_outside(house)] == [house.person("ana").id]
        assert len(offers(house, "ana")) == 1
        assert workspace.person(eve.id).dm_with_bot().messages == []
        assert house.backlog.dead == 0


async def test_the_bot_does_not_join_what_it_leaves_alone(tmp_path: Path) -> None:
    config = everywhere_but(tmp_path, "lounge")
    async with open_house(tmp_path, "http", FRONTDESK_CONFIG=config) as house:
        house.workspace.add_channel("lounge", ["ana"])

        await say(house, "ana", "sales", ASK)

        assert len(offers(house, "ana")) == 1
        slack = house.workspace.slack
        assert slack.app("").bot_user not in slack.channel("lounge").members


async def test_the_bot_is_in_the_channels_that_it_watches(small_house: House) -> None:
    slack = small_house.workspace.slack
    assert slack.app("").bot_user in slack.channel("general").members


async def test_a_marketer_passes_the_form_on_to_whoever_asked_in_a_message(
    small_house: House,
) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    ben, mia = house.person("ben"), house.person("mia")
    wrote = await ben.dm("Mia, can you make me a deck for Initech?", to="mia")
    seen = mia.dm_with("ben").messages[-1]
    assert seen.ts == wrote.ts

    result = await mia.message_shortcut("Offer them the form", seen)

    said = (await result.modal_opened()).text
    assert said == "Ben Okafor gets the form in a direct message, filled in with what they wrote."
    await house.quiet()
    [offer] = offers(house, "ben")
    assert "can you make me a deck for Initech?" in offer.text
    assert (house.refs("ben"), offers(house, "mia")) == ([], [])
    for _ in range(2):
        result = await mia.message_shortcut("Offer them the form", seen)
        assert "has got the form already" in (await result.modal_opened()).text
    await say(house, "ben", "sales", ASK)
    assert len(offers(house, "ben")) == 1
    assert [each.about for each in asked_outside(house)] == [
        "forwarded",
        house.workspace.channel("sales").id,
    ]
    modal = await (await offer.click("Open the form")).modal_opened()
    assert modal.fields["Which kind of asset?"] == "Deck"
    await fill_in(house, modal, requester_role="Sales rep", deadline="2027-02-01")
    assert house.refs("ben") == ["AST-1"]

    own = await mia.message_shortcut("Offer them the form", await mia.say("sales", "My own note."))
    assert "to a colleague here who wrote the message" in (await own.modal_opened()).text
    assert told(house, "mia").count("until you send the form") == 0


async def test_how_often_it_happens_stands_in_the_triage_list(small_house: House) -> None:
    house = small_house
    await house.set_clock(at("2027-01-11"))
    await tick(house, agenda.post_weekly)
    await say(house, "ana", "sales", ASK)
    await say(house, "leo", "sales", AGAIN)
    assert (
        "Asked for outside of the form this week: 2 times"
        in (await triage(house.person("sol"))).text
    )

    await house.set_clock(at("2027-01-19"))
    await tick(house, agenda.post_weekly)

    first, second = lists(house)
    assert "outside of the form" not in first.text
    assert "Asked for outside of the form this week: 2 times" in second.text
