"""Several replicas over one PostgreSQL: what happens once with one process happens once with four.

Over HTTP behind a load balancer that knows nothing of them, and over Socket Mode, where Slack sends
each envelope over any one connection.
"""

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from bot.sending import opaque
from tests.journeys.balancer import Balancer
from tests.journeys.company import company
from tests.journeys.house import House, ask_for_sow, free_port, open_house
from tests.journeys.processes import Process, replica
from tests.journeys.shelf import announced, shelved
from tests.proof import Proof

EXECUTIVES = ["ryan", "greta", "hugo", "priya", "leo"]
LEASE = 3.0
MONDAY = datetime(2026, 11, 30, 15, tzinfo=UTC)
"""The first working morning of a week, and the hour of triage; the request's reminder is due."""
FIRST_OF_MONTH = datetime(2026, 12, 1, 15, tzinfo=UTC)


KINDS = ["outstanding", "triage", "report", "remind"]
"""What is posted on those days: by jobs, but for the reminder."""


@dataclass
class Crowd:
    """A house whose bot is several processes."""

    house: House
    url: str
    replicas: list[Process]
    balancer: Balancer | None
    ports: list[int]

    def rows(self, query: str, *values: object) -> list[tuple[str, ...]]:
        plain = make_url(self.url).set(drivername="postgresql")
        with psycopg.connect(plain.render_as_string(hide_password=False)) as connection:
            return connection.execute(query.encode(), values).fetchall()

    async def quiet(self) -> None:
        """Wait until nothing is due, whoever of them delivers it."""
        await self.house.until(lambda: not self.due(), "everything is delivered")

    def due(self) -> list[tuple[str, ...]]:
        query = "SELECT id FROM outbox WHERE state = 'due' AND due_at <= %s"
        return self.rows(query, self.house.clock.now())

    def copies(self) -> Counter[str]:
        """How often a message of each key stands anywhere."""
        slack = self.house.workspace.slack
        keys = [
            (message.metadata or {}).get("event_payload", {}).get("key", "")
            for message in slack.store.messages.all()
        ]
        return Counter(filter(None, keys))


@asynccontextmanager
async def crowd(folder: Path, transport: str, url: str, count: int) -> AsyncIterator[Crowd]:
    config = company(folder, executive=EXECUTIVES)
    async with (
        open_house(folder, transport, url, FRONTDESK_CONFIG=config) as house,
        AsyncExitStack() as opened,
    ):
        await asyncio.to_thread(house.frontdesk.stop)
        opened.callback(house.frontdesk.database.close)  # which looks things up all the same
        ports = [free_port() for _ in range(count)]
        balancer = None
        if transport == "http":
            balancer = Balancer(house.settings.port, ports)
            opened.callback(balancer.close)
        starting = (
            opened.enter_async_context(replica(house, folder, port, LEASE)) for port in ports
        )
        replicas = list(await asyncio.gather(*starting))
        yield Crowd(house, url, replicas, balancer, ports)


async def clicked_at_once(found: Crowd, times: int) -> int:
    """Let all executives approve at once, each so many times; return how many were told."""
    house = found.house
    await ask_for_sow(house.person("ana"), "250,000")
    await found.quiet()
    cards = [
        house.person(each).dm_with_bot().cards("SOW-1: ")[-1].as_seen_now() for each in EXECUTIVES
    ]

    results = await asyncio.gather(*(each.click("Approve") for each in cards * times))

    assert found.rows("SELECT action FROM audit WHERE ref = 'SOW-1' ORDER BY seq") == [
        ("submit",),
        ("approve",),
    ]
    [(voter,)] = found.rows('SELECT "user" FROM votes')
    winner = house.workspace.person(voter).name
    late = f"SOW-1 was already approved by @{winner}"
    others = len(results) - 1
    await house.until(lambda: len(told(house)) == others, f"{others} people were told")
    assert all(late in said for said in told(house))
    await found.quiet()
    assert len(house.person("dian").dm_with_bot().cards("SOW-1: ")) == 1
    assert len(house.person("ana").dm_with_bot().cards("approved SOW-1")) == 1
    return others


def told(house: House) -> list[str]:
    return [card.text for handle in EXECUTIVES for card in house.person(handle).ephemerals]


async def test_two_replicas_decide_once_and_take_over_from_each_other(
    tmp_path: Path, postgres_url: str
) -> None:
    async with crowd(tmp_path, "http", postgres_url, 2) as found:
        assert await clicked_at_once(found, 2) == 9
        await killed_with_a_message_in_hand(found)
        assert max(found.copies().values()) == 1


async def killed_with_a_message_in_hand(found: Crowd) -> None:
    """Kill the replica that holds a lease; the other one takes over when that has ended."""
    house, balancer = found.house, found.balancer
    victim, other = found.replicas[:2]
    assert balancer is not None
    other.send_signal(signal.SIGSTOP)
    balancer.targets = found.ports[:1]
    house.workspace.faults.store_then_hang("chat.postMessage", seconds=60, channel="dian")
    before = len(house.person("dian").dm_with_bot().messages)

    await ask_for_sow(house.person("ana"), "9,000")
    dian = house.person("dian").dm_with_bot()
    await house.until(lambda: len(dian.messages) > before, "the message is stored")
    victim.kill()
    await victim.wait()
    assert found.rows("SELECT id FROM outbox WHERE state = 'due' AND token IS NOT NULL")
    other.send_signal(signal.SIGCONT)
    balancer.targets = found.ports[1:]

    await found.quiet()
    assert len(dian.messages) == before + 1


@pytest.mark.prove
@pytest.mark.timeout(400)
@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_four_replicas_do_everything_once(
    tmp_path: Path, postgres_url: str, transport: str, proof: Proof
) -> None:
    async with crowd(tmp_path, transport, postgres_url, 4) as found:
        if transport == "socket":
            sockets = found.house.workspace.slack.courier.sockets
            app = found.house.workspace.slack.app().id
            await found.house.until(lambda: sockets.connected(app) == 4, "all are connected")
        others = await clicked_at_once(found, 4)
        assert others == 19
        await shelved(found.house)
        await found.quiet()
        assert len(announced(found.house)) == 1
        promised = await days_that_jobs_wait_for(found)

        copies = found.copies()
        assert max(copies.values()) == 1
        posted = Counter(kind for kind, key in promised if copies[opaque(key)] == 1)
        assert (posted["outstanding"], posted["triage"], posted["report"]) == (1, 1, 1)
        assert posted["remind"] >= 1  # that of who has decided meanwhile needs no posting
        desk = found.house.frontdesk.desk
        assert found.house.frontdesk.database.verify_audit(library=desk.library) == []
        if transport == "http":
            await killed_with_a_message_in_hand(found)
        granted = found.rows("SELECT detail FROM audit WHERE action = 'grant'")
        assert len(granted) == len(set(granted))
        proof(
            f"four replicas, {transport}",
            tried=1,
            requests=3 if transport == "http" else 2,
            messages=sum(found.copies().values()),
            duplicated=sum(count - 1 for count in found.copies().values()),
            wrong=0,
            processes="4",
            clicks=f"{others + 1} at once",
            decisions="1",
        )


async def days_that_jobs_wait_for(found: Crowd) -> list[tuple[str, str]]:
    """Let the days pass on which jobs have something to say; return what each promised."""
    for day in (MONDAY, FIRST_OF_MONTH):
        await found.house.set_clock(day)
        await found.house.until(partial(_promised, found, day), f"the jobs of {day:%d %B} have run")
        await found.quiet()
    query = "SELECT kind, key FROM outbox WHERE kind = ANY(%s) AND state = 'sent'"
    return [(kind, key) for kind, key in found.rows(query, KINDS)]


def _promised(found: Crowd, day: datetime) -> bool:
    wanted = {"outstanding", "triage"} if day is MONDAY else {"report"}
    return wanted <= {kind for (kind,) in found.rows("SELECT kind FROM outbox")}
