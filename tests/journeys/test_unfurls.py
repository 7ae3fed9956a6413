"""A request's link in a message: everybody reads the same little, and nobody more than they may."""

import asyncio
import copy
from datetime import timedelta

import httpx

from sandbox import Card
from sandbox.delivery.outcome import EVENTS, Parcel
from tests.journeys.assets import accept
from tests.journeys.house import House, ask_for_asset, ask_for_sow
from tests.journeys.shelf import shelved
from tests.security.wire import Wire

SECRETS = ("Globex", "8,000", "pilot", "forecasting", "Hank", "Initech", "Ana Silva")


def link(house: House, ref: str) -> str:
    return f"{house.frontdesk.desk.public_url}/requests/{ref}"


async def said_below(house: House, who: str, text: str, channel: str = "sales") -> Card:
    """Post, and wait until whatever follows has followed."""
    before = len(house.workspace.deliveries.of("link_shared"))
    card = await house.person(who).say(channel, text)
    if house.frontdesk.desk.public_url in text:
        await house.until(
            lambda: len(house.workspace.deliveries.of("link_shared")) > before, "Slack told of it"
        )
        await house.until(
            lambda: house.workspace.deliveries.of("link_shared")[-1].acknowledged, "it was heard"
        )
    await house.quiet()
    return card


def below(card: Card) -> list[str]:
    """Return what stands below a message, a text each."""
    return [str(each["blocks"][0]["text"]["text"]) for each in card.record.attachments]


async def test_everybody_reads_number_stage_and_who_has_it(house: House) -> None:
    await ask_for_sow(house.person("ana"))
    await house.quiet()

    card = await said_below(house, "ana", f"See {link(house, 'SOW-1')}, please.")

    await card.wait_for_text("[Show details]")
    assert below(card) == [
        "SOW-1 Statement of Work\nWaiting for the sales assistant; with the sales assistant"
    ]
    seen = house.workspace.channel("sales", viewer="ben").messages[-1]
    assert seen.text == card.text
    assert not any(secret in card.text for secret in SECRETS)
    [call] = house.workspace.calls.of("chat.unfurl")
    assert set(call.arguments) <= {"unfurl_id", "source", "unfurls", "token"}


async def test_details_are_shown_to_who_may_see_them_alone(house: House) -> None:
    await ask_for_sow(house.person("ana"))
    await house.quiet()
    card = await said_below(house, "ana", link(house, "SOW-1"))
    await card.wait_for_text("[Show details]")

    page = await (await card.click("Show details")).modal_opened()
    assert "Globex" in page.text
    assert link(house, "SOW-1") in page.text

    stranger = house.workspace.channel("sales", viewer="ben").messages[-1]
    told = await stranger.click("Show details")
    assert (await told.replied()).text == (
        "There is no request with this number, or it is not yours to see."
    )
    assert told.modal is None


async def test_nothing_is_said_where_there_is_nothing_to_be_seen(small_house: House) -> None:
    house = small_house
    await ask_for_sow(house.person("ana"))
    await house.quiet()
    for who, ref in (("ben", "SOW-1"), ("ana", "SOW-2"), ("ana", "AST-1")):
        card = await said_below(house, who, link(house, ref))
        assert card.record.attachments == [], (who, ref)
    for text in (f"{link(house, 'SOW-1')}x", "https://example.com/requests/SOW-1"):
        assert (await said_below(house, "ana", text)).record.attachments == []
    assert house.workspace.calls.of("chat.unfurl") == []
    assert house.backlog.dead == 0


async def test_a_stranger_unfurls_nothing_nor_does_a_shared_channel(small_house: House) -> None:
    house = small_house
    house.workspace.add_person("eve", name="Eve Moss", team="Initech")
    house.workspace.add_channel("initech", ["ana", "eve"], shared=True)
    await ask_for_sow(house.person("ana"))
    await house.quiet()

    for who in ("eve", "ana"):
        card = await said_below(house, who, link(house, "SOW-1"), "initech")
        assert card.record.attachments == [], who


async def test_several_links_are_one_call_and_an_owner_is_named(small_house: House) -> None:
    house = small_house
    await ask_for_sow(house.person("ana"))
    await ask_for_asset(house.person("ana"))
    await accept(house, "AST-1")
    await house.quiet()
    links = [link(house, ref) for ref in ("SOW-1", "AST-1", "SOW-9", "SOW-1")]

    card = await said_below(house, "ana", " ".join(links))

    await card.wait_for_text("AST-1")
    assert len(below(card)) == 2
    owner = house.request("AST-1").owner
    assert f"owned by <@{owner}>" in below(card)[1]
    assert len(house.workspace.calls.of("chat.unfurl")) == 1


async def test_the_same_link_again_says_what_is_true_then(small_house: House) -> None:
    house = small_house
    await ask_for_sow(house.person("ana"))
    await house.quiet()
    first = await said_below(house, "ana", link(house, "SOW-1"))
    await first.wait_for_text("Waiting for the sales assistant")
    await house.move_clock(timedelta(minutes=20))
    dian = house.person("dian").dm_with_bot()
    await (await dian.wait_for("SOW-1")).click("Accept")
    await house.quiet()

    second = await said_below(house, "ana", link(house, "SOW-1"))

    await second.wait_for_text("Drafting")
    assert "Waiting for the sales assistant" in first.text


async def test_slack_tells_twice_and_it_is_said_once(small_house: House) -> None:
    house = small_house
    await ask_for_sow(house.person("ana"))
    await house.quiet()
    house.workspace.faults.redeliver("link_shared", times=2)

    card = await said_below(house, "ana", link(house, "SOW-1"))

    await card.wait_for_text("SOW-1")
    await house.quiet()
    assert len(house.workspace.calls.of("chat.unfurl")) == 1


async def test_a_message_that_was_edited_or_deleted_meanwhile_is_left_alone(
    small_house: House,
) -> None:
    house = small_house
    await ask_for_sow(house.person("ana"))
    await ask_for_asset(house.person("ana"))
    await house.quiet()
    ana = house.person("ana")
    house.workspace.faults.ratelimit("chat.unfurl", retry_after=1, times=1)
    both = f"{link(house, 'SOW-1')} {link(house, 'AST-1')}"
    card = await ana.say("sales", both)
    await house.until(lambda: house.workspace.calls.of("chat.unfurl"), "it was tried")
    await ana.edit(card, f"Only {link(house, 'AST-1')}")

    await card.wait_for_text("[Show details]")
    assert len(below(card)) == 1
    assert "AST-1" in below(card)[0]

    house.workspace.faults.ratelimit("chat.unfurl", retry_after=1, times=1)
    tried = len(house.workspace.calls.of("chat.unfurl"))
    gone = await ana.say("sales", link(house, "SOW-1"))
    await house.until(lambda: len(house.workspace.calls.of("chat.unfurl")) > tried, "it was tried")
    await ana.delete(gone)
    await house.quiet()
    assert house.backlog.dead == 0


async def test_an_unfurl_survives_a_restart(small_house: House) -> None:
    house = small_house
    await ask_for_sow(house.person("ana"))
    await house.quiet()
    house.workspace.faults.store_then_reset("chat.unfurl")
    card = await house.person("ana").say("sales", link(house, "SOW-1"))
    await house.until(lambda: house.workspace.calls.of("chat.unfurl"), "it was tried")
    await house.restart()

    await card.wait_for_text("SOW-1 Statement of Work")
    await house.quiet()
    assert len(below(card)) == 1
    assert house.backlog.dead == 0


def forget(house: House, ref: str) -> None:
    with house.frontdesk.database.unit() as unit:
        unit.retention.forget([ref])
        unit.commit()


async def test_what_is_gone_when_the_worker_comes_to_it_is_not_named(small_house: House) -> None:
    house = small_house
    await ask_for_sow(house.person("ana"))
    await house.quiet()
    house.workspace.faults.ratelimit("chat.unfurl", retry_after=2, times=1)
    card = await house.person("ana").say("sales", link(house, "SOW-1"))
    told = (await house.workspace.until(lambda: house.workspace.deliveries.of("link_shared")))[0]
    address = f"unfurl:{told.payload['event']['unfurl_id']}"
    held = house.frontdesk.database.post_office.is_held
    await house.until(lambda: held(address), "it was tried, and waits")
    await asyncio.to_thread(forget, house, "SOW-1")
    await house.quiet()
    assert card.record.attachments == []
    assert house.backlog.dead == 0


async def test_an_asset_is_named_with_its_version_while_it_is_current(small_house: House) -> None:
    house = small_house
    await shelved(house)
    url = f"{house.frontdesk.desk.public_url}/a/SHELF-1"

    card = await said_below(house, "ana", url)

    await card.wait_for_text("[Open]")
    assert "Version 1. On the shelf, current" in below(card)[0]


async def test_a_link_leads_home_and_a_status_names_it(small_house: House) -> None:
    house = small_house
    await ask_for_sow(house.person("ana"))
    await house.quiet()
    reply = await (
        await house.person("ana").command("/requests", "SOW-1", channel="sales")
    ).replied()
    assert link(house, "SOW-1") in reply.text

    def page() -> str:
        with httpx.Client(base_url=house.frontdesk.server.url, trust_env=False) as web:
            return web.get("/requests/SOW-1").text

    text = await asyncio.to_thread(page)
    app_id = house.workspace.slack.store.apps.all()[0].id
    assert f"slack://app?team={house.workspace.team_id}&amp;id={app_id}&amp;tab=home" in text
    assert not any(secret in text for secret in SECRETS)


async def test_of_a_link_that_is_still_being_written_nothing_is_said(small_house: House) -> None:
    house = small_house
    await ask_for_sow(house.person("ana"))
    await house.quiet()
    await said_below(house, "ana", link(house, "SOW-1"))
    before = len(house.workspace.calls.of("chat.unfurl"))
    [told] = house.workspace.deliveries.of("link_shared")
    unsent = copy.deepcopy(dict(told.payload))
    unsent["event_id"] = "Ev0COMPOSER"
    unsent["event"] |= {"source": "composer", "unfurl_id": "Uxxxxxxx-909b5454-75f8-4ac4-b325"}
    unsent["event"] |= {"channel": "COMPOSER", "message_ts": unsent["event"]["unfurl_id"]}

    answered = await asyncio.to_thread(sent, house, Parcel(EVENTS, unsent))

    assert answered == (200, "")
    await house.quiet()
    assert len(house.workspace.calls.of("chat.unfurl")) == before


def sent(house: House, parcel: Parcel) -> tuple[int, str]:
    with Wire(house) as wire:
        answer = wire.slack(parcel)
    return answer.status_code, answer.text
