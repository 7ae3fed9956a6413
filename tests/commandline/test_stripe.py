"""Stripe is off by default: nothing of it is loaded. Not installed, it stops who would use it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commandline.test_docusign import app
from tests.commandline.test_language_model import environ
from tests.tooling.repository import ROOT

CONNECTED = """
import sys
from pathlib import Path
from bot.errors import CannotGoOn
from checkup import see_doctor  # it has everything imported that can be
from partners import connecting
from settings import load
environ = {environ!r}
try:
    partner = connecting.billing(load(environ, Path(environ["FRONTDESK_DATA"])))
except CannotGoOn as trouble:
    sys.exit(str(trouble))
print(partner and partner.name, *sorted(sys.modules))
"""
OF_IT = {"stripe", "integrations.billing.stripe"}
CHOSEN = {
    "FRONTDESK_STRIPE_KEY": "rk_live_visiblyfake",
    "FRONTDESK_STRIPE_HOOK_SECRETS": "whsec_visiblyfake",
    "FRONTDESK_STRIPE_URL": "https://127.0.0.1:9",
}


def connected(folder: Path, path: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """Say who makes the invoices of a bot in a process of its own, and what it has loaded."""
    code = CONNECTED.format(environ=environ(folder, **more))
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def test_unused_nothing_of_it_is_loaded(tmp_path: Path) -> None:
    partner, *modules = connected(tmp_path).stdout.split()
    assert partner == "None"
    assert not set(modules) & OF_IT


def test_chosen_it_is(tmp_path: Path) -> None:
    partner, *modules = connected(tmp_path, **CHOSEN).stdout.split()
    assert partner == "Stripe"
    assert set(modules) >= OF_IT


@pytest.fixture
def missing(tmp_path: Path) -> str:
    """A path on which Stripe's library is not installed."""
    library = tmp_path / "missing" / "stripe"
    library.mkdir(parents=True)
    text = "raise ImportError('No module named stripe', name='stripe')\n"
    (library / "__init__.py").write_text(text, encoding="utf-8")
    return str(library.parent)


def test_chosen_and_not_installed_it_cannot_go_on(tmp_path: Path, missing: str) -> None:
    done = connected(tmp_path, missing, **CHOSEN)
    assert done.returncode == 1
    said = "Stripe cannot be used: stripe is not installed. Install it: `make stripe`"
    assert done.stderr.startswith(said)


def test_the_doctor_says_that_it_is_not_installed_and_goes_on(tmp_path: Path, missing: str) -> None:
    settings = environ(tmp_path, **CHOSEN)
    done = app({**os.environ, **settings, "PYTHONPATH": missing, "PORT": "0"}, "doctor", "--json")
    found = {each["subject"]: each for each in json.loads(done.stdout)}
    assert done.returncode == 1
    assert found["Stripe"]["seen"] == "cannot be used: stripe is not installed"
    assert "make stripe" in found["Stripe"]["fix"]
    assert "Database" in found
