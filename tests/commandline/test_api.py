"""Tokens at the command line: shown once, counted, taken back, and on record."""

from argparse import ArgumentTypeError
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from integrations.clock import SystemClock
from neighbours import instant
from tests.commandline.test_app import app, running
from tests.commandline.test_config import record
from tests.integrations.webhooks.receiver import receiving
from workflows.engine import Entry


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An installation in which nobody has a token."""
    folder = tmp_path / "data"
    assert app(folder, "migrate").returncode == 0
    return folder


def test_a_token_is_shown_once_and_taken_back(data: Path) -> None:
    none = app(data, "api", "token", "list")
    made = app(data, "api", "token", "add", "crm", "--amounts")
    again = app(data, "api", "token", "add", "crm")
    odd = app(data, "api", "token", "add", "The CRM")
    listed = app(data, "api", "token", "list")
    gone = app(data, "api", "token", "remove", "crm")
    nobody = app(data, "api", "token", "remove", "crm")

    assert "there is no API" in none.stdout
    [text] = made.stdout.splitlines()
    assert text.startswith("fdk_crm_")
    assert len(text) > 50
    assert "amounts" in made.stderr
    assert (again.returncode, odd.returncode, nobody.returncode) == (1, 1, 1)
    assert "already" in again.stderr
    assert "small letters" in odd.stderr
    assert listed.stdout.startswith("crm: amounts; made ")
    assert "used 0 times, last never" in listed.stdout
    assert text.rpartition("_")[2] not in listed.stdout
    assert gone.returncode == 0
    with record(data) as database:
        assert database.verify_audit() == []
        with database.unit() as unit:
            actions = [each.action for each in unit.requests.timeline("")]
    assert actions[-2:] == ["add_api_token", "remove_api_token"]


def test_what_the_command_line_gives_the_running_bot_takes(data: Path) -> None:
    text = app(data, "api", "token", "add", "crm").stdout.strip()
    with running(data) as (_process, said):
        health = next(word for word in said.split() if word.endswith("/readyz"))
        url = health.removesuffix("/readyz")
        headers = {"authorization": f"Bearer {text}"}
        answer = httpx.get(f"{url}/api/requests", headers=headers)
        assert (answer.status_code, answer.json()) == (200, {"items": [], "next": None})
        assert httpx.get(f"{url}/api/requests").status_code == 401
        assert app(data, "api", "token", "remove", "crm").returncode == 0
        assert httpx.get(f"{url}/api/requests", headers=headers).status_code == 404


HOOK = "http://127.0.0.1:9/hook#whsec_ERERERERERERERERERERERERERERERER"


def test_what_is_told_again_is_promised_for_the_endpoints_that_are_set(data: Path) -> None:
    add(data, "SOW-1", "submit")
    add(data, "SOW-1", "refused")
    environ = {"FRONTDESK_WEBHOOKS": f"crm={HOOK} data={HOOK}"}
    nobody = app(data, "webhooks", "replay", "--since", "2024-11-20")
    other = app(data, "webhooks", "replay", "--since", "2024-11-20", "--to", "erp", **environ)
    odd = app(data, "webhooks", "replay", "--since", "yesterday", **environ)
    again = app(data, "webhooks", "replay", "--since", "2024-11-20", **environ)
    one = app(data, "webhooks", "replay", "--since", "2024-11-20", "--to", "crm", **environ)
    later = app(data, "webhooks", "replay", "--since", "2024-11-22", **environ)

    assert (nobody.returncode, other.returncode, odd.returncode) == (1, 1, 2)
    assert "no endpoint erp" in other.stderr
    assert again.stdout == "✓ 1 facts go to crm and data again.\n"
    assert one.stdout == "✓ 1 facts go to crm again.\n"
    assert later.stdout == "✓ 0 facts go to crm and data again.\n"
    with record(data) as database:
        waiting = [each.parcel for each in database.post_office.about("SOW-1")]
    assert sorted(each.address for each in waiting) == [
        "webhook:crm",
        "webhook:crm",
        "webhook:data",
    ]


def test_a_time_to_come_is_refused_and_the_help_says_which_zone_counts(data: Path) -> None:
    to_come = f"{SystemClock().now() + timedelta(hours=1):%Y-%m-%dT%H:%M}"
    replay = ("webhooks", "replay", "--since")
    refused = app(data, *replay, to_come, FRONTDESK_WEBHOOKS=f"crm={HOOK}")
    helped = " ".join(app(data, "webhooks", "replay", "--help").stdout.split())

    assert refused.returncode == 1
    assert f"{to_come.replace('T', ' ')} UTC is still to come, it is " in refused.stderr
    assert refused.stderr.endswith("Name a day or time that has passed.\n")
    assert "from a day or time of UTC on: 2026-11-20, or 2026-11-20T14:05" in helped


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2024-11-21", 0),
        ("2024-11-21T00:00", 0),
        ("2024-11-21T13:00:00Z", 13),
        ("2024-11-21 14:00", 14),
        ("2024-11-21T01:00+01:00", 0),
        ("2024-11-20T23:00-01:00", 0),
    ],
)
def test_a_day_and_a_time_are_instants_of_utc(text: str, hour: int) -> None:
    assert instant(text) == datetime(2024, 11, 21, hour, tzinfo=UTC)
    assert instant(text).tzinfo is UTC


@pytest.mark.parametrize("text", ["yesterday", "2024-11-31", "0001-01-01T00:00+14:00", ""])
def test_what_is_no_instant_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match="a day or time of UTC"):
        instant(text)


def test_the_doctor_says_who_reads_and_what_leaves(data: Path) -> None:
    before = app(data, "doctor")
    app(data, "api", "token", "add", "crm", "--private")
    named = HOOK.replace("http://127.0.0.1:9", "https://10.0.0.5")
    with receiving() as there:
        heard = HOOK.replace("http://127.0.0.1:9", there.url)
        environ = {"FRONTDESK_WEBHOOKS": f"crm+amounts={heard} data={named} gone={HOOK}"}
        done = app(data, "doctor", **environ)
    after = done.stdout
    assert (done.stderr, there.told) == ("", [])

    assert "✓ API: off, there is no token" in before.stdout
    assert "✓ Webhooks: off, no fact leaves" in before.stdout
    assert "✓ API: read by crm (private requests)" in after
    assert "✓ Webhook crm: facts of requests go to 127.0.0.1, and: amounts" in after
    assert (
        "✗ Webhook data: facts of requests go to 10.0.0.5, and: nothing more. Its name leads"
        in after
    )
    assert (
        "✗ Webhook gone: facts of requests go to 127.0.0.1, and: nothing more. It cannot" in after
    )
    assert "whsec_" not in after


def add(data: Path, ref: str, action: str) -> None:
    """Put something on record that was done to a request."""
    at = datetime(2024, 11, 21, tzinfo=UTC)
    entry = Entry(
        at=at,
        actor="UANA",
        action=action,
        ref=ref,
        before="",
        after="acceptance",
        version=1,
        surface="modal",
    )
    with record(data) as database, database.unit() as unit:
        unit.audit.append(entry)
        unit.commit()
