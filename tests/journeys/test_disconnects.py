"""Socket Mode is disconnected in every way there is: nothing is lost, and nothing happens twice."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect

from sandbox.log import Delivery
from tests.journeys.house import House, ask_for_sow, open_house, started


@pytest.fixture
async def socket_house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path, "socket", gestures=100_000) as opened:
        yield opened


def connections(house: House) -> int:
    return house.workspace.slack.courier.sockets.connected(house.workspace.slack.app().id)


async def connected(house: House) -> None:
    await house.until(lambda: connections(house) == 1, "the bot is connected once")


def hellos(house: House) -> list[Delivery]:
    """Every attempt to deliver what Ana wrote to the bot."""
    sent = house.workspace.deliveries.of("message")
    return [each for each in sent if each.payload["event"].get("text") == "hello?"]


def _is_tried(house: House) -> bool:
    """Whether an event is on its way, or is to be sent again now."""
    now = house.workspace.clock.now().isoformat()
    return any(each.due <= now for each in house.workspace.undelivered)


def problems(house: House) -> dict[str, str]:
    found: dict[str, str] = httpx.get(f"{house.frontdesk.server.url}/readyz").json()["problems"]
    return found


async def greeted_once(house: House) -> None:
    """What Ana writes is answered once, over whatever connection it came."""
    await house.person("ana").dm("hello?")
    await connected(house)
    for wait in (timedelta(), timedelta(minutes=1), timedelta(minutes=5)):
        await house.move_clock(wait)
        await connected(house)
        await house.until(lambda: hellos(house) and not _is_tried(house), "it was tried")
    assert [each.acknowledged for each in hellos(house)].count(True) == 1
    await house.quiet()
    assert len(house.person("ana").dm_with_bot().cards("I keep requests on their way")) == 1


@pytest.mark.parametrize(
    "reason",
    [
        *("refresh_requested", "reset"),
        *(pytest.param(each, marks=pytest.mark.prove) for each in ("", "warning")),
    ],
)
async def test_the_bot_connects_anew_and_goes_on(socket_house: House, reason: str) -> None:
    seen: list[int] = []
    sockets = socket_house.workspace.slack.courier.sockets
    sockets.on_connect.append(lambda _: seen.append(connections(socket_house)))

    await asyncio.to_thread(socket_house.workspace.hang_up, reason)
    await socket_house.until(lambda: seen, "the bot has connected again")
    await connected(socket_house)

    assert seen == [2 if reason in ("warning", "refresh_requested") else 1]
    await ask_for_sow(socket_house.person("ana"))
    await greeted_once(socket_house)
    assert problems(socket_house) == {}


async def test_nothing_is_missed_while_one_connection_takes_over_from_another(
    socket_house: House,
) -> None:
    ana = socket_house.person("ana")
    ending = asyncio.ensure_future(
        asyncio.to_thread(socket_house.workspace.hang_up, "refresh_requested")
    )
    replies = [await ana.command("/sow", "help", channel="sales")]
    while not ending.done():
        replies.append(await ana.command("/sow", "help", channel="sales"))
    await connected(socket_house)
    replies.append(await ana.command("/sow", "help", channel="sales"))

    assert all(each.reply is not None for each in replies)


async def test_half_a_frame_is_none_and_slack_sends_it_again(
    socket_house: House, caplog: pytest.LogCaptureFixture
) -> None:
    socket_house.workspace.faults.cut("message")

    await greeted_once(socket_house)

    assert not hellos(socket_house)[0].acknowledged
    assert not [each for each in caplog.records if each.exc_info]


async def test_a_gesture_that_was_cut_is_made_again(socket_house: House) -> None:
    socket_house.workspace.faults.cut("/sow")
    ana = socket_house.person("ana")

    lost = await ana.command("/sow", channel="sales")
    await connected(socket_house)

    assert lost.toast
    await ask_for_sow(ana)
    assert socket_house.refs("ana") == ["SOW-1"]


async def test_socket_mode_that_is_switched_off_is_said_and_tried_again(
    socket_house: House, caplog: pytest.LogCaptureFixture
) -> None:
    await asyncio.to_thread(socket_house.workspace.hang_up, "link_disabled")
    await socket_house.until(lambda: problems(socket_house), "readyz says it")
    assert list(problems(socket_house)) == ["socket mode"]
    assert "switch it on in its settings" in caplog.text

    socket_house.workspace.enable_sockets()
    await connected(socket_house)
    await socket_house.until(lambda: not problems(socket_house), "readyz is well")
    await ask_for_sow(socket_house.person("ana"))


@pytest.mark.prove
async def test_slack_that_refuses_connections_for_a_while(socket_house: House) -> None:
    house, workspace = socket_house, socket_house.workspace
    workspace.faults.ratelimit("apps.connections.open", retry_after=1)
    store, there = workspace.slack.store, workspace.slack.store.url
    store.url = "http://127.0.0.1:9"  # nothing listens there, to which the bot is sent

    await asyncio.to_thread(workspace.hang_up, "reset")
    calls = workspace.calls
    await house.until(lambda: len(calls.of("apps.connections.open")) > 2, "it was sent there")
    await house.until(lambda: "Refused" in problems(house)["socket mode"], "readyz says why")
    store.url = there
    await connected(house)

    tried = [each.status for each in calls.of("apps.connections.open")]
    assert tried[1:4] == [429, 200, 200]
    await ask_for_sow(house.person("ana"))


@pytest.mark.prove
async def test_an_eleventh_connection_waits_for_a_free_one(socket_house: House) -> None:
    house = socket_house
    await asyncio.to_thread(house.frontdesk.stop)
    others = [await connect(await _address(house), proxy=None) for _ in range(10)]

    house.frontdesk = await asyncio.to_thread(started, house.settings)
    assert "ten of this app are open" in problems(house)["socket mode"]
    for each in others:
        await each.close()

    await connected(house)
    await ask_for_sow(house.person("ana"))


async def _address(house: House) -> str:
    async with httpx.AsyncClient(trust_env=False) as client:
        bearer = {"authorization": f"Bearer {house.settings.app_token}"}
        api = f"{house.server.api_url}apps.connections.open"
        return str((await client.post(api, headers=bearer)).json()["url"])
