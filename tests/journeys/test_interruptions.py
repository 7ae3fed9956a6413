"""The bot is killed, or starts while Slack is down: nothing is lost, nothing is said twice."""

import asyncio
import os
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from frontdesk import Frontdesk
from tests.journeys.house import (
    PACE,
    ROOT,
    SETTLE,
    House,
    ask_for_sow,
    decide,
    open_house,
    started,
)


@asynccontextmanager
async def bot_process(house: House, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """Let the bot run in a process of its own, instead of the one in here; killed at the end."""
    await asyncio.to_thread(house.frontdesk.stop)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.journeys.bot_process", str(folder)),
        cwd=ROOT,
        env=dict(os.environ) | house.environ,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        assert await asyncio.wait_for(process.stdout.readline(), 30) == b"started\n"
        yield process
    finally:
        process.kill()
        await process.wait()


def let_leases_end(file: Path) -> None:
    """What two minutes of waiting do: whatever a killed process had in hand is free again."""
    with sqlite3.connect(file) as database:
        past = "2020-01-01 00:00:00.000000"
        database.execute("UPDATE outbox SET free_at = ? WHERE token IS NOT NULL", (past,))
        database.execute("UPDATE gates SET leased_until = ? WHERE token IS NOT NULL", (past,))
    database.close()


async def test_a_bot_that_is_killed_goes_on_where_it_was(house: House, tmp_path: Path) -> None:
    ana, dian = house.person("ana"), house.person("dian")
    async with bot_process(house, tmp_path):
        await ask_for_sow(ana)
        card = await dian.dm_with_bot().wait_for("SOW-1: ", timeout=10)
        faults = house.workspace.faults
        faults.store_then_hang("chat.postMessage", seconds=30, channel="dian")
        faults.store_then_hang("chat.postMessage", seconds=30, channel="sow-requests")
        await ask_for_sow(ana, "9,000")
        await dian.dm_with_bot().wait_for("SOW-2: ", timeout=10)
        await decide(card, "Accept")
    let_leases_end(tmp_path / "frontdesk.db")

    house.frontdesk = await asyncio.to_thread(started, house.settings)
    await house.quiet()

    assert house.refs("ana") == ["SOW-2", "SOW-1"]
    assert house.audited("SOW-1") == ["submit", "accept"]
    assert house.frontdesk.database.verify_audit() == []
    assert len(dian.dm_with_bot().cards("SOW-1: ")) == 2  # to decide, then as its owner
    assert len(dian.dm_with_bot().cards("SOW-2: ")) == 1
    for ref in ("SOW-1", "SOW-2"):
        assert len(ana.dm_with_bot().cards(f"{ref}: ")) == 1
    assert len(ana.dm_with_bot().cards("accepted SOW-1")) == 1
    channel = house.workspace.channel("sow-requests").messages
    assert sorted(message.text[:6] for message in channel) == ["SOW-1:", "SOW-2:"]
    assert sorted(len(message.thread) for message in channel) == [1, 2]
    assert "Accept" not in dian.dm_with_bot().cards("SOW-1: ")[0].buttons
    assert house.backlog.dead == 0


async def test_a_card_of_unknown_outcome_shows_what_has_happened_since(
    small_house: House,
) -> None:
    house = small_house
    channel = house.workspace.channel("sow-requests")
    house.workspace.faults.store_then_reset("chat.postMessage", channel="sow-requests")
    await ask_for_sow(house.person("ana"))
    card = await house.person("dian").dm_with_bot().wait_for("SOW-1: ")
    await channel.wait_for("SOW-1: ")
    await asyncio.to_thread(house.frontdesk.worker.stop)
    await decide(card, "Accept")

    await house.restart()
    await house.quiet()

    [copy] = channel.cards("SOW-1: ")
    assert "Drafting" in copy.text


async def test_a_bot_starts_while_slack_is_down_and_works_when_it_is_back(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path, "socket") as house:
        await asyncio.to_thread(house.frontdesk.stop)
        faults = house.workspace.faults
        for method in ("apps.connections.open", "users.list", "auth.test"):
            faults.break_(method, status=503, times=None)

        house.frontdesk = Frontdesk(house.settings, pace=PACE, settle=SETTLE)
        await asyncio.to_thread(house.frontdesk.start)
        assert not house.frontdesk.wait_until_settled(0.5)
        faults.clear()

        settled = await asyncio.to_thread(house.frontdesk.wait_until_settled, 20)
        assert settled
        app = house.workspace.slack.app().id
        sockets = house.workspace.slack.courier.sockets
        await house.until(lambda: sockets.connected(app), "the bot is connected")
        await ask_for_sow(house.person("ana"))
        await house.person("dian").dm_with_bot().wait_for("SOW-1: ")


async def test_a_bot_stops_even_while_slack_disconnects_it(tmp_path: Path) -> None:
    async with open_house(tmp_path, "socket") as house:
        house.workspace.hang_up()

        await asyncio.wait_for(house.restart(), 30)

        await ask_for_sow(house.person("ana"))
        assert house.refs("ana") == ["SOW-1"]


async def test_what_was_promised_while_slack_was_down_is_kept(small_house: House) -> None:
    faults = small_house.workspace.faults
    faults.reset("chat.postMessage", times=None)
    await ask_for_sow(small_house.person("ana"))
    await small_house.until(
        lambda: small_house.workspace.calls.of("chat.postMessage"), "Slack was called"
    )

    await small_house.restart()
    faults.clear()

    await small_house.quiet()
    assert len(small_house.person("dian").dm_with_bot().cards("SOW-1: ")) == 1
