"""Health, readiness and metrics: cheap to ask for, true, and not for everybody."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bot.ports.post_office import OTHER, TOLD_APART
from frontdesk import Frontdesk
from settings import Settings, load
from tests.migrated import have_migrated
from web.health import FRESH, Check, Readiness
from web.server import Server, doors

EXAMPLE = Path(__file__).parents[2] / "frontdesk.example.toml"
TOKEN = "visibly-fake-metrics-token"


def settings(folder: Path, **more: str) -> Settings:
    ours = {
        "SLACK_BOT_TOKEN": "xoxb-not-a-real-token",
        "SLACK_SIGNING_SECRET": "visibly-fake-secret",
        "SLACK_API_URL": "http://127.0.0.1:9/api/",
        "FRONTDESK_AUDIT_KEY": "5a" * 32,
        "FRONTDESK_CONFIG": str(EXAMPLE),
        "FRONTDESK_DATA": str(folder),
        "PORT": "0",
    }
    return load(ours | more, folder)


@contextmanager
def serving(
    chosen: Settings, checks: tuple[Check, ...] = (), token: str | None = None
) -> Iterator[str]:
    """Serve the doors of a bot that is put together and not started; give their address."""
    frontdesk = Frontdesk(chosen)
    server = Server(doors(frontdesk.desk, checks, token, None), "127.0.0.1", 0)
    server.start()
    try:
        yield server.url
    finally:
        server.stop()
        frontdesk.stop()


@pytest.fixture
def migrated(tmp_path: Path) -> Settings:
    chosen = settings(tmp_path)
    have_migrated(chosen.database_url)
    return chosen


def test_what_the_checks_say_is_told_again_for_a_second() -> None:
    examined: list[float] = []
    now = [100.0]

    def problem() -> str | None:
        examined.append(now[0])
        return "It is broken." if len(examined) == 1 else None

    readiness = Readiness((Check("thing", problem),), lambda: now[0])

    with ThreadPoolExecutor(8) as crowd:
        said = list(crowd.map(lambda _: readiness.problems(), range(50)))
    assert said == [{"thing": "It is broken."}] * 50
    now[0] += FRESH
    assert readiness.problems() == {}
    assert examined == [100.0, 101.0]


def test_a_check_that_fails_is_a_problem_and_no_server_error(migrated: Settings) -> None:
    def fail() -> str | None:
        raise RuntimeError("the disk is on fire")

    with serving(migrated, (Check("disk", fail), Check("sound", lambda: None))) as url:
        answer = httpx.get(f"{url}/readyz")

    assert answer.status_code == 503
    assert list(answer.json()["problems"]) == ["disk"]
    assert "fire" not in answer.text


def test_metrics_are_given_to_this_machine(migrated: Settings) -> None:
    with serving(migrated) as url:
        answer = httpx.get(f"{url}/metrics")
        by_name = httpx.get(f"{url}/metrics", headers={"host": "localhost"})

    assert answer.status_code == by_name.status_code == 200
    for kind in (*TOLD_APART, OTHER):
        assert f'frontdesk_outbox_due{{to="{kind}"}} 0.0' in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "rebound.example"},
        {"host": "127.0.0.1.rebound.example"},
        {"host": "[nonsense"},
        {"forwarded": "for=192.0.2.1"},
        {"x-forwarded-for": "192.0.2.1"},
        {"x-forwarded-proto": "https"},
        {"x-real-ip": "192.0.2.1"},
        {"via": "1.1 proxy.example"},
        {"authorization": f"Bearer {TOKEN}", "host": "desk.example.com"},
    ],
    ids=str,
)
def test_metrics_are_not_given_through_a_proxy_or_under_another_name(
    migrated: Settings, headers: dict[str, str]
) -> None:
    with serving(migrated) as url:
        assert httpx.get(f"{url}/metrics", headers=headers).status_code == 403


def test_with_a_token_metrics_are_given_to_its_bearer_alone(migrated: Settings) -> None:
    bearer = {"authorization": f"Bearer {TOKEN}", "host": "desk.example.com"}
    with serving(migrated, token=TOKEN) as url:
        assert httpx.get(f"{url}/metrics", headers=bearer).status_code == 200
        assert httpx.get(f"{url}/metrics").status_code == 403


def test_metrics_say_when_the_database_is_gone(tmp_path: Path) -> None:
    with serving(settings(tmp_path)) as url:
        answer = httpx.get(f"{url}/metrics")

    assert answer.status_code == 200
    assert "frontdesk_database_up 0.0" in answer.text
    assert "frontdesk_outbox_due" not in answer.text
    assert "frontdesk_database_unavailable_total 1.0" in answer.text
