"""At SQLite's one writer whoever is waited for goes before what nobody waits for.

In which order those are served who wait there is held by tests/storage/test_turns.py.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bot.errors import Unavailable
from bot.ports import Parcel
from bot.ports.haste import patiently
from scheduler.jobs import JOBS
from scheduler.worker import Bell, Worker
from storage.database import Database
from storage.migrate import migrate
from tests.journeys.house import House, open_house
from tests.storage.examples import KEY, promise

LONG = 10.0


@pytest.fixture
async def still_house(tmp_path: Path) -> AsyncIterator[House]:
    """A house in which nothing is done but what the test does."""
    async with open_house(tmp_path, "http") as house:
        await house.quiet()
        await asyncio.to_thread(house.frontdesk.worker.stop)
        yield house


@pytest.fixture
def migrated(tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path / 'frontdesk.db'}"
    migrate(url)
    database = Database(url, audit_key=KEY)
    yield database
    database.close()


@contextmanager
def busy(house: House) -> Iterator[Callable[[], str]]:
    """Keep SQLite's writer; yields what tells where the first one waits who asks for it."""
    turns = house.frontdesk.database._connections._turns  # noqa: SLF001 - only there it is seen
    assert turns is not None

    def standing() -> str:
        pause = threading.Event()
        for _ in range(1000):
            if turns._hasty:  # noqa: SLF001 - likewise
                return "hasty"
            if turns._others:  # noqa: SLF001 - likewise
                return "patient"
            pause.wait(LONG / 1000)
        raise AssertionError("Nobody asks for it.")

    with house.frontdesk.database.unit():
        yield standing


def claim(house: House) -> str:
    worker = Worker(house.frontdesk.desk, Bell())
    try:
        with busy(house) as standing:
            worker.start()
            return standing()
    finally:
        worker.stop()


def deliver(house: House) -> str:
    """Claim a parcel, and have its delivery ask while nothing else does."""
    now, claimed, go = house.clock.now(), threading.Event(), threading.Event()

    def give_way() -> None:
        claimed.set()
        go.wait(LONG)

    payload = {"ref": "SOW-1", "step": 1, "nth": 1, "user": "U_ANA"}
    promise(
        house.frontdesk.database,
        Parcel(key="remind", kind="remind", address="user:U_ANA", payload=payload, due=now),
    )
    worker = Worker(house.frontdesk.desk, Bell(), hands=1, give_way=give_way)
    worker.start()
    try:
        assert claimed.wait(LONG)
        with busy(house) as standing:
            go.set()
            return standing()
    finally:
        go.set()
        worker.stop()


def run_job(house: House) -> str:
    [job] = (each for each in JOBS if each.name == "forget")
    doing = threading.Thread(target=house.frontdesk.jobs.run_now, args=(job,))
    with busy(house) as standing:
        doing.start()
        found = standing()
    doing.join()
    return found


@pytest.mark.parametrize("what", [claim, deliver, run_job])
async def test_nobody_waits_for_what_the_clock_and_the_worker_do(
    still_house: House, what: Callable[[House], str]
) -> None:
    assert await asyncio.to_thread(what, still_house) == "patient"


async def test_somebody_waits_for_a_gesture(still_house: House) -> None:
    ana = still_house.person("ana")
    with busy(still_house) as standing:
        command = asyncio.create_task(ana.command("/requests", channel="sales"))
        found = await asyncio.to_thread(standing)
    await command
    assert found == "hasty"


@pytest.mark.parametrize(
    "path", [f"r/{'a' * 43}", "api/requests", "readyz"], ids=["client", "api", "readiness"]
)
async def test_somebody_waits_for_what_is_asked_over_http(still_house: House, path: str) -> None:
    url = f"http://127.0.0.1:{still_house.settings.port}/{path}"
    known = {"Authorization": "Bearer fdk_crm_visiblyfake"}
    async with httpx.AsyncClient(trust_env=False, timeout=LONG) as web:
        with busy(still_house) as standing:
            answer = asyncio.create_task(web.get(url, headers=known))
            found = await asyncio.to_thread(standing)
        await answer
    assert found == "hasty"


def test_whoever_is_not_waited_for_waits_for_longer_at_the_writer(migrated: Database) -> None:
    def hastily() -> None:
        with migrated.unit():
            pass

    def in_no_hurry() -> None:
        with patiently():
            hastily()

    with ThreadPoolExecutor(2) as threads:
        with migrated.unit():
            patient, hasty = threads.submit(in_no_hurry), threads.submit(hastily)
            assert isinstance(hasty.exception(LONG), Unavailable)
            assert not patient.done()
        patient.result(LONG)
