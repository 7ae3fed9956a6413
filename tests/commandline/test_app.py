"""The command line as an admin uses it: in a process of its own."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import yaml

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


def test_the_manifest_is_printed_for_both_transports(tmp_path: Path) -> None:
    socket = yaml.safe_load(app(tmp_path, "manifest", "--socket").stdout)
    http = yaml.safe_load(app(tmp_path, "manifest", "--http", "https://desk.example.com").stdout)

    assert socket["settings"]["socket_mode_enabled"] is True
    assert http["settings"]["socket_mode_enabled"] is False
    door = "https://desk.example.com/slack/events"
    assert http["settings"]["interactivity"]["request_url"] == door
    assert {each["url"] for each in http["features"]["slash_commands"]} == {door}
    assert "url" not in socket["features"]["slash_commands"][0]


def test_the_audit_of_a_fresh_sandbox_is_whole_and_an_unknown_request_is_said(
    tmp_path: Path,
) -> None:
    with running(tmp_path) as (process, _said):
        process.send_signal(signal.SIGINT)
        process.wait(20)

    assert app(tmp_path, "verify-audit").returncode == 0
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


def test_migrate_says_what_it_did(tmp_path: Path) -> None:
    ended = app(tmp_path, "migrate")

    assert (ended.returncode, ended.stdout.strip()) == (0, "The database is up to date.")


@pytest.mark.parametrize("asked", ["--help", "manifest --help"])
def test_help_is_given(tmp_path: Path, asked: str) -> None:
    assert "usage" in app(tmp_path, *asked.split()).stdout
