"""A start and its end: with Slack down, with a taken port; no thread is left behind."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from bot.errors import Unavailable
from frontdesk import Frontdesk
from settings import Settings, load
from storage.migrate import migrate
from web.server import CannotListen, Server

EXAMPLE = Path(__file__).parents[2] / "frontdesk.example.toml"


def settings(folder: Path, port: int = 0) -> Settings:
    """Settings of a bot in Socket Mode whose Slack does not answer."""
    environ = {
        "SLACK_BOT_TOKEN": "xoxb-sandbox-not-real",
        "SLACK_APP_TOKEN": "xapp-sandbox-not-real",
        "SLACK_API_URL": "http://127.0.0.1:9/api/",
        "FRONTDESK_AUDIT_KEY": "5a" * 32,
        "FRONTDESK_CONFIG": str(EXAMPLE),
        "FRONTDESK_DATA": str(folder),
        "PORT": str(port),
    }
    return load(environ, folder)


@pytest.fixture(autouse=True)
def no_thread_is_left_behind() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    assert until(lambda: set(threading.enumerate()) <= before), threading.enumerate()


def until(condition: Callable[[], bool]) -> bool:
    pause = threading.Event()
    return any(condition() or pause.wait(0.01) for _ in range(1500))


def test_it_starts_while_slack_is_down_and_stops(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    migrate(chosen.database_url)
    frontdesk = Frontdesk(chosen)
    frontdesk.start()
    try:
        answer = httpx.get(f"{frontdesk.server.url}/readyz")
        problems = answer.json()["problems"]
        assert problems.keys() == {"slack", "socket mode"}
        assert problems["slack"].startswith("Slack ")
        assert httpx.get(f"{frontdesk.server.url}/healthz").status_code == 200
    finally:
        frontdesk.stop()
    frontdesk.stop()


def test_it_starts_on_a_database_that_is_not_there_and_says_so(tmp_path: Path) -> None:
    frontdesk = Frontdesk(settings(tmp_path))
    frontdesk.start()
    try:
        answer = httpx.get(f"{frontdesk.server.url}/readyz")
        assert answer.status_code == 503
        assert answer.json()["problems"]["database"] == "The database does not answer."
        with pytest.raises(Unavailable), frontdesk.database.unit():
            pass
    finally:
        frontdesk.stop()


def test_a_start_that_fails_leaves_nothing_running(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    migrate(chosen.database_url)
    first = Frontdesk(chosen)
    first.start()
    try:
        assert isinstance(first.server, Server)
        before = {thread.name for thread in threading.enumerate()}
        late = Frontdesk(settings(tmp_path, first.server.port))
        with pytest.raises(CannotListen):
            late.start()
        assert until(lambda: {thread.name for thread in threading.enumerate()} <= before)
    finally:
        first.stop()
