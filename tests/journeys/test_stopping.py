"""SIGTERM: what is in hand is finished, nothing more is taken, and 20 seconds are enough."""

import asyncio
import signal
import socket
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from tests.journeys.deals import form, ready
from tests.journeys.house import House, ask_for_sow, decide, open_house, started
from tests.journeys.processes import Process, program

WAITING = "Waiting for mail since"
PROMISED = 20
"""Seconds from SIGTERM to the end of the process."""


async def terminate(process: Process) -> int:
    process.send_signal(signal.SIGTERM)
    return await asyncio.wait_for(process.wait(), PROMISED)


def in_hand(folder: Path) -> int:
    """How many parcels somebody has claimed and not settled."""
    with closing(sqlite3.connect(folder / "frontdesk.db")) as database:
        query = "SELECT count(*) FROM outbox WHERE state = 'due' AND token IS NOT NULL"
        count: int = database.execute(query).fetchone()[0]
    return count


def let_waits_end(folder: Path) -> None:
    """What some minutes do: whatever was in hand, or is to be tried again, is free."""
    with closing(sqlite3.connect(folder / "frontdesk.db", isolation_level=None)) as database:
        past = "2020-01-01 00:00:00.000000"
        database.execute("UPDATE outbox SET free_at = ? WHERE state = 'due'", (past,))
        database.execute("UPDATE gates SET leased_until = NULL, opens_at = ?", (past,))


@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_what_is_in_hand_is_finished(tmp_path: Path, transport: str) -> None:
    async with open_house(tmp_path, transport) as house:
        await asyncio.to_thread(house.frontdesk.stop)
        async with program(house) as process:
            dian = house.person("dian")
            house.workspace.faults.slow("chat.postMessage", 2.0, channel="dian")
            await ask_for_sow(house.person("ana"))
            await dian.dm_with_bot().wait_for("SOW-1: ", timeout=15)
            house.workspace.faults.slow("views.open", 1.0)
            opened = len(house.workspace.calls.of("views.open"))
            asked = asyncio.ensure_future(house.person("ben").command("/sow", channel="sales"))
            calls = house.workspace.calls
            await house.until(
                lambda: len(calls.of("views.open")) > opened, "Ben's form is being opened"
            )

            assert await terminate(process) == 0

        assert not (await asked).toast
        assert in_hand(tmp_path) == 0
        house.frontdesk = await asyncio.to_thread(started, house.settings)
        await house.quiet()
        assert len(dian.dm_with_bot().cards("SOW-1: ")) == 1


class Silent:
    """A server that takes every connection and never says a word."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self.taken: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        try:
            while True:
                self.taken.append(self._listening.accept()[0])
        except OSError:
            return

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        for each in (self._listening, *self.taken):
            each.close()


@pytest.mark.prove
@pytest.mark.timeout(180)
async def test_it_ends_in_time_while_slack_and_the_mail_server_hang(tmp_path: Path) -> None:
    with closing(Silent()) as mail:
        async with open_house(
            tmp_path,
            "http",
            FRONTDESK_SMTP_URL=f"smtp+plain://127.0.0.1:{mail.port}",
            FRONTDESK_MAIL_FROM="frontdesk@harborlight.example",
        ) as house:
            await ready(house)
            await asyncio.to_thread(house.frontdesk.stop)
            async with program(house) as process:
                await promise_much(house)
                await house.until(lambda: mail.taken, "a mail is under way")
                assert await terminate(process) == 0
            assert in_hand(tmp_path) > 0
            assert in_hand(tmp_path) >= 1  # the file at least: its call may take a minute
            house.workspace.faults.clear()
            let_waits_end(tmp_path)

            house.frontdesk = await asyncio.to_thread(started, house.settings)
            channel = house.workspace.channel("sow-requests")
            await house.until(lambda: len(channel.cards("SOW-2:")) == 1, "the card is posted")
            await decide(await house.person("dian").dm_with_bot().wait_for("SOW-2: "), "Accept")
            await house.until(
                lambda: not in_hand(tmp_path) and WAITING in channel.cards("SOW-1:")[0].text,
                "all but the mail is done",
            )
            assert sorted(each.text[:6] for each in channel.messages) == ["SOW-1:", "SOW-2:"]
            assert len(house.person("dian").dm_with_bot().cards("SOW-2: ")) == 2


async def promise_much(house: House) -> None:
    """Let messages, files and a mail be under way to servers that do not answer."""
    sending = await form(house, house.person("dian"), "Send to client")
    for method in ("chat.postMessage", "chat.update", "files.completeUploadExternal"):
        house.workspace.faults.store_then_hang(method, seconds=120, times=None)
    assert (await sending.submit()).closed
    await house.person("sol").command("/asset", "log", channel="sales")
    await ask_for_sow(house.person("ana"))
    calls = house.workspace.calls
    await house.until(lambda: calls.of("files.completeUploadExternal"), "a file is under way")
    await house.until(lambda: len(calls.of("chat.postMessage")) > 2, "messages are under way")
