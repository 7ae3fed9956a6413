"""A language model is off by default: nothing of it is loaded, and the doctor says so."""

import asyncio
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from checkup import see_doctor
from frontdesk import Frontdesk
from settings import Settings, load
from settings.model import ModelChoice
from storage.migrate import migrate
from tests.tooling.repository import ROOT

LOADED = """
import sys, threading
from pathlib import Path
from frontdesk import Frontdesk
from settings import load
from storage.migrate import migrate
environ = {environ!r}
settings = load(environ, Path(environ["FRONTDESK_DATA"]))
migrate(settings.database_url)
frontdesk = Frontdesk(settings)
print(frontdesk.desk.interpreter, *sorted({{name.partition(".")[0] for name in sys.modules}}))
frontdesk.stop()
"""
OF_IT = {"pydantic_ai", "openai", "anthropic", "httpx2", "opentelemetry"}


def environ(folder: Path, **more: str) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": "xoxb-not-a-real-token",
        "SLACK_SIGNING_SECRET": "visibly-fake-secret",
        "SLACK_API_URL": "http://127.0.0.1:9/api/",
        "FRONTDESK_AUDIT_KEY": "5a" * 32,
        "FRONTDESK_CONFIG": str(ROOT / "frontdesk.example.toml"),
        "FRONTDESK_DATA": str(folder),
        **more,
    }


def loaded(folder: Path, **more: str) -> tuple[str, set[str]]:
    """What reads for a bot of these settings in a process of its own, and what it has loaded."""
    code = LOADED.format(environ=environ(folder, **more))
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"OLLAMA_BASE_URL": "http://127.0.0.1:9/v1"},
        capture_output=True,
        text=True,
        check=True,
    )
    interpreter, *modules = done.stdout.split()
    return interpreter, set(modules)


def test_switched_off_nothing_of_it_is_loaded(tmp_path: Path) -> None:
    interpreter, modules = loaded(tmp_path)
    assert interpreter == "None"
    assert not modules & OF_IT


def test_switched_on_it_is(tmp_path: Path) -> None:
    interpreter, modules = loaded(tmp_path, FRONTDESK_MODEL="ollama:qwen3")
    assert interpreter != "None"
    assert {"pydantic_ai", "openai"} <= modules


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = load(environ(tmp_path), tmp_path)
    migrate(found.database_url)
    return found


async def finding(
    settings: Settings, capsys: pytest.CaptureFixture[str], model: str = ""
) -> tuple[str, str, str]:
    """What the doctor says about the language model: the state, what it saw and the fix."""
    if model:
        settings = replace(settings, model=ModelChoice(name=model, seconds=1))
    await asyncio.to_thread(lambda: see_doctor(settings, as_json=True))
    found = json.loads(capsys.readouterr().out)
    [one] = [each for each in found if each["subject"] == "Language model"]
    return one["state"], one["seen"], one["fix"]


async def test_the_doctor_says_that_no_text_leaves(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await finding(settings, capsys) == ("well", "off, no text leaves", "")


async def test_the_doctor_says_where_texts_go(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    goes = "on: texts that people write to Frontdesk go to test:test"
    state, seen, fix = await finding(settings, capsys, "test:test")
    assert (state, seen) == ("wrong", f"{goes}, but it cannot be used: Unknown model: test:test")
    assert "FRONTDESK_MODEL" in fix


async def test_a_model_that_cannot_be_used_stops_no_bot(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    chosen = ModelChoice(name="nobody:model", seconds=1)
    frontdesk = Frontdesk(replace(settings, model=chosen))
    frontdesk.stop()
    assert frontdesk.desk.interpreter is None
    assert "The language model cannot be used: Unknown model: nobody:model." in caplog.text
