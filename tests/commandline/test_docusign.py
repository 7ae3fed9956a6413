"""DocuSign is off by default: nothing of it is loaded. Not installed, it stops the start."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commandline.test_language_model import environ
from tests.tooling.repository import ROOT

LOADED = """
import sys
from pathlib import Path
from frontdesk import Frontdesk
from settings import load
from storage.migrate import migrate
environ = {environ!r}
settings = load(environ, Path(environ["FRONTDESK_DATA"]))
migrate(settings.database_url)
frontdesk = Frontdesk(settings)
partner = frontdesk.desk.signatures
print(partner and partner.name, *sorted(sys.modules))
frontdesk.stop()
"""
OF_IT = {"docusign_esign", "jwt", "integrations.signatures.docusign"}
CHOSEN = {
    "FRONTDESK_DOCUSIGN": (
        "docusign://1b2c3d4e-0000-4000-8000-000000000001:1b2c3d4e-0000-4000-8000-000000000002"
        "@127.0.0.1:9/1b2c3d4e-0000-4000-8000-000000000003"
    ),
    "FRONTDESK_DOCUSIGN_PRIVATE_KEY": (
        "-----BEGIN RSA PRIVATE KEY-----\\nvisibly fake\\n-----END RSA PRIVATE KEY-----"
    ),
    "FRONTDESK_DOCUSIGN_HMAC": "a visibly fake key",
}


def loaded(folder: Path, **more: str) -> tuple[str, set[str]]:
    """Through whom clients sign of a bot in a process of its own, and what it has loaded."""
    code = LOADED.format(environ=environ(folder, **more))
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    partner, *modules = done.stdout.split()
    return partner, set(modules)


def test_unused_nothing_of_it_is_loaded(tmp_path: Path) -> None:
    partner, modules = loaded(tmp_path)
    assert partner == "None"
    assert not modules & OF_IT


def test_chosen_it_is(tmp_path: Path) -> None:
    partner, modules = loaded(tmp_path, **CHOSEN)
    assert partner == "DocuSign"
    assert modules >= OF_IT


@pytest.fixture
def nowhere(tmp_path: Path) -> dict[str, str]:
    """The environment of a bot that has chosen DocuSign, where its library is not installed."""
    missing = tmp_path / "missing" / "docusign_esign"
    missing.mkdir(parents=True)
    text = "raise ImportError('No module named docusign_esign', name='docusign_esign')\n"
    (missing / "__init__.py").write_text(text, encoding="utf-8")
    return {
        **os.environ,
        **environ(tmp_path, **CHOSEN),
        "PYTHONPATH": str(missing.parent),
        "PORT": "0",
    }


def app(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "app.py", *words],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_chosen_and_not_installed_it_stops_the_start_with_what_to_do(
    nowhere: dict[str, str],
) -> None:
    done = app(nowhere, "run")
    assert done.returncode == 2
    assert "DocuSign cannot be used: docusign_esign is not installed. Install it:" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_doctor_says_that_it_is_not_installed_and_goes_on(nowhere: dict[str, str]) -> None:
    done = app(nowhere, "doctor", "--json")
    found = {each["subject"]: each for each in json.loads(done.stdout)}
    assert done.returncode == 1
    assert found["DocuSign"]["seen"] == "cannot be used: docusign_esign is not installed"
    assert "make docusign" in found["DocuSign"]["fix"]
    assert "Database" in found
