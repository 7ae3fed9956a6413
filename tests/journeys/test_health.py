"""Alive is one thing, ready another: a restart helps the one and not the other."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from frontdesk import Frontdesk
from integrations.clock import SystemClock
from scheduler.pulse import Pulse
from scheduler.worker import Bell, Worker
from tests.journeys.house import PACE, SETTLE, House, open_house

PATIENCE = 0.4


@asynccontextmanager
async def impatient(house: House) -> AsyncIterator[Frontdesk]:
    """Give the house a bot whose parts count as dead soon."""
    await asyncio.to_thread(house.frontdesk.stop)
    house.frontdesk = Frontdesk(house.settings, pace=PACE, settle=SETTLE, patience=PATIENCE)
    await asyncio.to_thread(house.frontdesk.start)
    assert await asyncio.to_thread(house.frontdesk.wait_until_settled, 15)
    yield house.frontdesk


def asked(house: House, what: str) -> tuple[int, str]:
    answer = httpx.get(f"http://127.0.0.1:{house.settings.port}/{what}", trust_env=False)
    return answer.status_code, answer.text


@pytest.mark.parametrize("part", ["worker", "jobs"])
async def test_a_part_that_died_is_told(small_house: House, part: str) -> None:
    async with impatient(small_house) as frontdesk:
        assert (await asyncio.to_thread(asked, small_house, "healthz"))[0] == 200
        if part == "worker":
            await asyncio.to_thread(frontdesk.worker.stop)
        else:
            frontdesk.jobs._scheduler.pause()  # noqa: SLF001 - it ticks no more, and says nothing
        missed = f"The {'worker' if part == 'worker' else 'clock'} gives no sign of life since"
        await small_house.until(
            lambda: missed in asked(small_house, "healthz")[1], "the dead part is told"
        )
        code, said = await asyncio.to_thread(asked, small_house, "healthz")
        assert code == 503
        assert "restart Frontdesk." in said


class StuckClock:
    """A clock that does not answer until it is let go."""

    def __init__(self) -> None:
        self.let_go = threading.Event()

    def now(self) -> datetime:
        self.let_go.wait(20)
        return SystemClock().now()


@pytest.fixture
def stuck() -> Iterator[StuckClock]:
    clock = StuckClock()
    yield clock
    clock.let_go.set()


async def test_a_worker_that_hangs_is_told(small_house: House, stuck: StuckClock) -> None:
    desk = replace(small_house.frontdesk.desk, clock=stuck)
    worker = Worker(desk, Bell(), patience=PATIENCE)
    worker.start()
    try:
        pulse = worker.pulses[0]
        await small_house.until(lambda: pulse.problem() is not None, "its silence is heard")
        stuck.let_go.set()
        await small_house.until(lambda: pulse.problem() is None, "it lives again")
    finally:
        stuck.let_go.set()
        await asyncio.to_thread(worker.stop)


def test_a_pulse_is_missed_after_its_patience() -> None:
    now = [10.0]
    pulse = Pulse("heart", 60.0, lambda: now[0])
    now[0] += 60
    assert pulse.problem() is None
    now[0] += 1
    assert pulse.problem() == "The heart gives no sign of life since 61 s: restart Frontdesk."
    pulse.beat()
    assert pulse.problem() is None


async def test_without_slack_and_database_it_is_alive_and_not_ready(tmp_path: Path) -> None:
    async with open_house(tmp_path, "socket") as house:
        await asyncio.to_thread(house.frontdesk.stop)
        for method in ("auth.test", "users.list", "apps.connections.open"):
            house.workspace.faults.break_(method, status=503, times=None)
        (tmp_path / "frontdesk.db").rename(tmp_path / "away.db")
        house.frontdesk = Frontdesk(house.settings, pace=PACE, settle=SETTLE, patience=30)
        await asyncio.to_thread(house.frontdesk.start)

        assert await asyncio.to_thread(asked, house, "healthz") == (200, "ok\n")
        code, said = await asyncio.to_thread(asked, house, "readyz")
        assert code == 503
        assert "The database does not answer." in said
        assert "Slack has not answered yet." in said
        assert "Slack cannot be reached over Socket Mode yet" in said

        (tmp_path / "away.db").rename(tmp_path / "frontdesk.db")
        house.workspace.faults.clear()
        await house.until(lambda: asked(house, "readyz")[0] == 200, "it is ready")


async def test_another_schema_is_told_with_the_command(tmp_path: Path, postgres_url: str) -> None:
    async with open_house(tmp_path, "http", postgres_url) as house:
        assert (await asyncio.to_thread(asked, house, "readyz"))[0] == 200
        with house.frontdesk.database._connections.begin() as connection:  # noqa: SLF001 - there is no door for this
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
            connection.commit()
        await house.until(lambda: asked(house, "readyz")[0] == 503, "the schema is found")
        newer = (await asyncio.to_thread(asked, house, "readyz"))[1]
        with house.frontdesk.database._connections.begin() as connection:  # noqa: SLF001 - there is no door for this
            connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
            connection.commit()
        await house.until(
            lambda: "python app.py migrate" in asked(house, "readyz")[1], "the command is told"
        )

        assert "made by a newer version of Frontdesk (schema 9999" in newer
        assert "update Frontdesk." in newer
        assert (await asyncio.to_thread(asked, house, "healthz"))[0] == 200
