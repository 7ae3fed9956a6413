"""A bot in a process of its own, and its doctor, with the CRM that is set."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest

from checkup import see_doctor
from settings import load
from storage.migrate import migrate
from tests.tooling.repository import ROOT

LOADED = """
import sys
from pathlib import Path
from frontdesk import Frontdesk
from settings import load
from storage.migrate import migrate
environ = {environ!r}
for name in {hidden!r}:
    sys.modules[name] = None
settings = load(environ, Path(environ["FRONTDESK_DATA"]))
migrate(settings.database_url)
frontdesk = Frontdesk(settings)
names = {{name.partition(".")[0] for name in sys.modules}}
names |= {{name for name in sys.modules if name.startswith("integrations.crm.")}}
print(type(frontdesk.desk.crm).__name__, *names)
frontdesk.stop()
"""


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


def loaded(
    folder: Path, more: dict[str, str] | None = None, hidden: tuple[str, ...] = ()
) -> tuple[str, set[str], str]:
    """Which CRM a bot has in a process of its own, what it has loaded, and what it logged."""
    code = LOADED.format(environ=environ(folder, **more or {}), hidden=hidden)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={}, capture_output=True, text=True, check=True
    )
    crm, *modules = done.stdout.split()
    return crm, set(modules), done.stderr


async def finding(
    folder: Path, capsys: pytest.CaptureFixture[str], **more: str
) -> tuple[str, str, str, str]:
    """What the doctor says of deals: the subject, the state, what it saw and the fix."""
    settings = load(environ(folder, **more), folder)
    migrate(settings.database_url)
    await asyncio.to_thread(lambda: see_doctor(settings, as_json=True))
    found = json.loads(capsys.readouterr().out)
    [one] = [each for each in found if each["subject"].startswith("Deals")]
    return one["subject"], one["state"], one["seen"], one["fix"]
