"""The table of jobs: what runs soon after the start, and what it does."""

import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from frontdesk import Frontdesk
from integrations.clock import SystemClock
from scheduler.jobs import JOBS, Jobs
from settings import load
from tests.migrated import have_migrated

EXAMPLE = Path(__file__).parents[2] / "frontdesk.example.toml"
DAY = 24 * 60 * 60


class Earlier:
    """The machine's clock, so much behind: what starts by it has been running that long."""

    def __init__(self, behind: timedelta) -> None:
        self._behind = behind

    def now(self) -> datetime:
        return SystemClock().now() - self._behind


@pytest.fixture
def frontdesk(tmp_path: Path) -> Frontdesk:
    environ = {
        "SLACK_BOT_TOKEN": "xoxb-not-a-real-token",
        "SLACK_SIGNING_SECRET": "visibly-fake-secret",
        "SLACK_API_URL": "http://127.0.0.1:9/api/",
        "FRONTDESK_AUDIT_KEY": "5a" * 32,
        "FRONTDESK_CONFIG": str(EXAMPLE),
        "FRONTDESK_DATA": str(tmp_path),
    }
    settings = load(environ, tmp_path)
    have_migrated(settings.database_url)
    return Frontdesk(settings)


def test_what_is_not_needed_any_more_is_forgotten_a_minute_after_the_start(
    frontdesk: Frontdesk,
) -> None:
    old = SystemClock().now() - timedelta(days=8)
    with frontdesk.database.unit() as unit:
        unit.deliveries.first("ev:T1:Ev1", old)
        unit.commit()
    jobs = Jobs(frontdesk.desk, Earlier(timedelta(minutes=1)))
    jobs.start()
    try:
        pause = threading.Event()
        assert any(is_forgotten(frontdesk) or pause.wait(0.01) for _ in range(1000))
    finally:
        jobs.stop()
        frontdesk.stop()


def is_forgotten(frontdesk: Frontdesk) -> bool:
    with frontdesk.database.unit() as unit:  # rolled back: the key is not remembered anew
        return unit.deliveries.first("ev:T1:Ev1", SystemClock().now())


def test_every_job_comes_round_within_a_day_and_has_a_name_of_its_own() -> None:
    assert len({job.name for job in JOBS}) == len(JOBS)
    assert all(0 < job.first <= job.seconds <= DAY for job in JOBS)
