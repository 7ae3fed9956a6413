"""The command line as an admin uses it: in a process of its own."""

import os
import re
import secrets
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psycopg
import pytest
import yaml
from sqlalchemy.engine import make_url

ROOT = Path(__file__).parents[2]


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = ("PATH", "HOME", "PYTHONPATH", "LANG", "TMPDIR")
    ours = {"FRONTDESK_DATA": str(folder), "PORT": "0", "PYTHONUNBUFFERED": "1"}
    return {name: os.environ[name] for name in kept if name in os.environ} | ours | more


def app(folder: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "app.py"), *arguments],
        env=environment(folder, **environ),
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )


@contextmanager
def running(folder: Path, **environ: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start the bot with its sandbox; give the process and what it printed until it was up."""
    with subprocess.Popen(
        [sys.executable, str(ROOT / "app.py")],
        env=environment(folder, **environ),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            said = ""
            while "Ctrl-C" not in said:
                line = process.stdout.readline()
                assert line, f"it ended before it was up: {said}"
                said += line
            yield process, said
        finally:
            process.kill()


def test_without_tokens_it_starts_a_sandbox_and_ends_cleanly(tmp_path: Path) -> None:
    with running(tmp_path) as (process, said):
        assert "Sandbox" in said
        assert len(re.findall(r"^  \d\. ", said, re.MULTILINE)) == 3
        page = re.search(r"Open (http://127\.0\.0\.1:\d+)", said)
        health = re.search(r"Health: (http://127\.0\.0\.1:\d+)", said)
        assert page is not None
        assert health is not None
        assert httpx.get(f"{health[1]}/healthz").status_code == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0


def test_every_wrong_setting_is_named_at_once(tmp_path: Path) -> None:
    ended = app(tmp_path, SLACK_BOT_TOKEN="nonsense", PORT="many", FRONTDESK_COLOUR="blue")

    assert ended.returncode == 2
    for name in ("SLACK_BOT_TOKEN", "PORT", "FRONTDESK_COLOUR"):
        assert name in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("command", [[], ["run"], ["doctor"]], ids=str)
def test_a_production_that_has_lost_its_tokens_opens_no_sandbox(
    tmp_path: Path, command: list[str]
) -> None:
    ended = app(tmp_path / "data", *command, FRONTDESK_HOST="0.0.0.0")  # noqa: S104 - it ends

    assert ended.returncode == 2
    assert "SLACK_BOT_TOKEN: it is missing" in ended.stderr
    assert "FRONTDESK_SANDBOX=yes" in ended.stderr
    assert not (tmp_path / "data").exists()


def test_the_manifest_is_printed_for_both_transports(tmp_path: Path) -> None:
    socket = yaml.safe_load(app(tmp_path, "manifest", "--socket").stdout)
    http = yaml.safe_load(app(tmp_path, "manifest", "--http", "https://desk.example.com").stdout)

    assert socket["settings"]["socket_mode_enabled"] is True
    assert http["settings"]["socket_mode_enabled"] is False
    door = "https://desk.example.com/slack/events"
    assert http["settings"]["interactivity"]["request_url"] == door
    assert {each["url"] for each in http["features"]["slash_commands"]} == {door}
    assert "url" not in socket["features"]["slash_commands"][0]


@pytest.mark.prove
def test_the_audit_of_a_fresh_sandbox_is_whole_and_an_unknown_request_is_said(
    tmp_path: Path,
) -> None:
    with running(tmp_path) as (process, _said):
        process.send_signal(signal.SIGINT)
        process.wait(20)

    whole = app(tmp_path, "verify-audit")
    assert whole.returncode == 0
    assert "up to its last row; a removed tail is only found with --anchor." in whole.stdout
    head = re.search(r"\d+:[0-9a-f]{64}", whole.stdout)
    assert head is not None
    anchored = app(tmp_path, "verify-audit", "--anchor", head[0])
    assert anchored.returncode == 0
    assert "only found with --anchor" not in anchored.stdout
    cut = app(tmp_path, "verify-audit", "--anchor", f"999:{'0' * 64}")
    assert cut.returncode == 1
    assert "rows up to 999 were there before" in cut.stdout
    missing = app(tmp_path, "export", "SOW-7")
    assert (missing.returncode, missing.stderr.strip()) == (1, "There is no request SOW-7.")


def test_an_altered_audit_is_found(tmp_path: Path) -> None:
    with running(tmp_path) as (process, _said):
        process.send_signal(signal.SIGINT)
        process.wait(20)
    key = tmp_path / "audit.key"
    key.write_text("cd" * 32)

    ended = app(tmp_path, "verify-audit")

    assert ended.returncode == 1
    assert ended.stdout.startswith("✗")


@pytest.mark.parametrize(
    "anchor", ["", "7", "x:y", "7:abc", f"{'1' * 19}:{'0' * 64}", "7:" + "G" * 64]
)
def test_an_anchor_that_cannot_be_read_is_refused(tmp_path: Path, anchor: str) -> None:
    ended = app(tmp_path, "verify-audit", "--anchor", anchor)

    assert ended.returncode == 2
    assert "right is the SEQ:MAC that an earlier run printed" in ended.stderr
    assert "whole" not in ended.stdout


@pytest.mark.parametrize("command", [["verify-audit"], ["export", "SOW-7"]])
def test_a_database_that_is_not_there_or_not_migrated_is_a_sentence(
    tmp_path: Path, command: list[str]
) -> None:
    missing = app(tmp_path, *command)
    (tmp_path / "frontdesk.db").touch()
    empty = app(tmp_path, *command)

    assert (missing.returncode, empty.returncode) == (2, 2)
    assert missing.stderr.strip() == ("The database is not available: unable to open database file")
    assert empty.stderr.strip() == "The schema is not current: run `python app.py migrate`."


@pytest.mark.parametrize("taken", [0, 1], ids=["the sandbox's", "the bot's"])
def test_a_taken_port_is_a_sentence(tmp_path: Path, taken: int) -> None:
    with two_ports() as (port, listening):
        listening[1 - taken].close()
        ended = app(tmp_path, PORT=str(port))

    assert ended.returncode == 2
    assert f"Port {port + taken} of 127.0.0.1 cannot be listened on" in ended.stderr
    assert "set PORT to a free port" in ended.stderr
    assert ("the port after PORT" in ended.stderr) is bool(taken)
    assert "Traceback" not in ended.stderr


@contextmanager
def two_ports() -> Iterator[tuple[int, tuple[socket.socket, socket.socket]]]:
    """Listen on two ports next to each other; give the first and both sockets."""
    for _ in range(100):
        with socket.create_server(("127.0.0.1", 0)) as first:
            port = int(first.getsockname()[1])
            try:
                second = socket.create_server(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            with second:
                yield port, (first, second)
                return
    raise AssertionError("there are no two free ports next to each other")


def test_a_workspace_that_is_open_already_is_a_sentence(tmp_path: Path) -> None:
    with running(tmp_path):
        ended = app(tmp_path)

    assert ended.returncode == 2
    assert "Another process has the journal" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_what_is_written_is_its_owners_alone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with running(data) as (process, _said):
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0

    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in data.iterdir()}
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert modes["frontdesk.db"] == modes["sandbox.jsonl"] == modes["audit.key"] == 0o600
    assert {mode & 0o077 for mode in modes.values()} == {0}


def test_migrate_gives_the_bots_role_its_rights_whatever_its_name(
    tmp_path: Path, postgres_url: str
) -> None:
    role = f"front@desk/{secrets.token_hex(4)}"
    bots = make_url(postgres_url).set(username=role).render_as_string(hide_password=False)
    assert role not in bots
    with psycopg.connect(postgres_url.replace("+psycopg", "", 1), autocommit=True) as owner:
        owner.execute(f'CREATE ROLE "{role}" LOGIN'.encode())
        try:
            ended = app(tmp_path, "migrate", DATABASE_URL=bots, MIGRATION_DATABASE_URL=postgres_url)
            assert (ended.returncode, ended.stderr) == (0, "")
            asked = owner.execute("SELECT has_table_privilege(%s, 'audit', 'INSERT')", [role])
            assert asked.fetchone() == (True,)
        finally:
            owner.execute(f'DROP OWNED BY "{role}"'.encode())
            owner.execute(f'DROP ROLE "{role}"'.encode())


def test_migrate_refuses_to_make_the_owner_the_bot(tmp_path: Path, postgres_url: str) -> None:
    ended = app(tmp_path, "migrate", DATABASE_URL=postgres_url, MIGRATION_DATABASE_URL=postgres_url)

    assert ended.returncode == 2
    assert "can do everything to the schema; give the bot another one." in ended.stderr
    assert "Traceback" not in ended.stderr


def test_migrate_says_what_it_did(tmp_path: Path) -> None:
    ended = app(tmp_path, "migrate")

    assert (ended.returncode, ended.stdout.strip()) == (0, "The database is up to date.")


@pytest.mark.parametrize("asked", ["--help", "manifest --help"])
def test_help_is_given(tmp_path: Path, asked: str) -> None:
    assert "usage" in app(tmp_path, *asked.split()).stdout
