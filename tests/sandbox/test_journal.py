"""What survives: restarts, kills, torn lines."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from slack_sdk import WebClient

from sandbox import Server, Workspace, errors
from tests.sandbox.bots import Door, bolt, listening, manifest
from tests.sandbox.test_block_kit import entry, text

ROOT = Path(__file__).parents[2]


async def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    journal = tmp_path / "workspace.jsonl"
    workspace = Workspace.open(journal)
    with Server(workspace) as server, Door() as door:
        first = workspace.install(manifest(), "http", door.url)
        app = bolt(first, server)
        form = {
            "type": "modal",
            "title": text("Hello"),
            "submit": text("Send"),
            "blocks": [entry({"type": "plain_text_input"})],
        }
        app.command("/sow")(
            lambda ack, body, client: (
                client.views_open(trigger_id=body["trigger_id"], view=form),
                ack(),
            )
        )
        with listening(app, first, server, door):
            ana = workspace.person("ana")
            modal = (await ana.command("/sow")).modal
            assert modal is not None
            await modal.fill(name="half a word")
            await ana.dm("hello")
            file = await ana.upload("a.txt", b"bytes")
            workspace.change_user("ben", tz="Asia/Tokyo")
            workspace.move_clock(days=2)
            now = workspace.clock.now()
    again = Workspace.open(journal)
    ana = again.person("ana")
    assert ana.modal is not None
    assert ana.modal.fields == {"Name": "half a word"}
    assert [card.text for card in ana.dm_with_bot().messages] == ["hello"]
    assert again.person("ben").record.tz == "Asia/Tokyo"
    assert abs((again.clock.now() - now).total_seconds()) < 60
    assert again.slack.blobs.get(file.id) == b"bytes"
    with Server(again):
        second = again.install(manifest(), "socket")
        assert (second.app_id, second.bot_token, second.signing_secret) == (
            first.app_id,
            first.bot_token,
            first.signing_secret,
        )


async def test_undelivered_events_and_scheduled_messages_outlive_a_restart(tmp_path: Path) -> None:
    journal = tmp_path / "workspace.jsonl"
    workspace = Workspace.open(journal)
    with Server(workspace) as server:
        installed = workspace.install(manifest(), "http", "http://127.0.0.1:9/nobody")
        client = WebClient(installed.bot_token, base_url=server.api_url)
        ana = workspace.person("ana")
        await ana.dm("hello")
        await workspace.until(
            lambda: [d for d in workspace.deliveries.of("message") if d.attempt == 1]
        )
        channel = client.conversations_open(users=ana.id)["channel"]["id"]
        client.chat_scheduleMessage(
            channel=channel, post_at=workspace.slack.now_s() + 3600, text="later"
        )
    again = Workspace.open(journal)
    with Server(again), Door() as door:
        again.install(manifest(), "http", door.url)
        again.move_clock(hours=2)
        await again.until(lambda: [d for d in again.deliveries.of("message") if d.attempt == 2])
        await again.person("ana").dm_with_bot().wait_for("later")


def test_a_torn_last_line_is_dropped_and_a_damaged_one_before_it_is_not(tmp_path: Path) -> None:
    journal = tmp_path / "workspace.jsonl"
    Workspace.open(journal).close()
    workspace = Workspace.open(journal)
    workspace.change_user("ana", tz="Asia/Tokyo")
    workspace.change_user("ana", tz="Europe/Rome")
    workspace.close()
    journal.write_bytes(journal.read_bytes()[:-10])
    opened = Workspace.open(journal)
    assert opened.person("ana").record.tz == "Asia/Tokyo"
    opened.close()
    lines = journal.read_bytes().splitlines(keepends=True)
    lines[2] = lines[2].replace(b"0", b"1", 1)
    journal.write_bytes(b"".join(lines))
    with pytest.raises(errors.JournalUnreadable, match="Line 3"):
        Workspace.open(journal)


def test_one_process_at_a_time(tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path / "workspace.jsonl")
    with pytest.raises(errors.JournalInUse):
        Workspace.open(tmp_path / "workspace.jsonl")
    workspace.close()


def test_a_killed_sandbox_goes_on_where_it_was(tmp_path: Path) -> None:
    journal = tmp_path / "workspace.jsonl"

    def start() -> tuple["subprocess.Popen[str]", str]:
        command = [sys.executable, "-m", "sandbox", "--port", "0", "--journal", str(journal)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        with process.stdout as said:
            return process, said.readline().split()[4].rstrip(",")

    process, url = start()
    said = httpx.post(
        f"{url}/sandbox/people/ana/say", json={"channel": "sales", "text": "before the crash"}
    ).json()
    assert said["ok"]
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process, url = start()
    shown = httpx.get(f"{url}/sandbox/people/ben/conversations/sales").json()
    assert [message["shown"] for message in shown["messages"]] == ["before the crash"]
    process.terminate()
    assert process.wait(5) == 0
