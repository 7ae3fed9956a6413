"""The record of a request, as whoever has the machine gets it."""

import hashlib
import json
import stat
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from settings import load
from storage.database import Database
from tests.commandline.test_app import app, environment
from workflows.deal import SowDetails
from workflows.engine import Entry
from workflows.money import Money
from workflows.request import Request

pytestmark = pytest.mark.prove

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The folder of an installation in which Ana has asked for SOW-1."""
    folder = tmp_path / "data"
    assert app(folder, "migrate").returncode == 0
    settings = load(environment(folder), tmp_path)
    database = Database(settings.database_url, audit_key=settings.audit_key)
    details = SowDetails(
        client="Globex",
        client_type="10x",
        need="A pilot",
        amount=Money(800_000, "USD"),
        contact_name="Hank Scorpio",
        contact_email="hank@globex.example",
        needed_by=date(2026, 12, 1),
    )
    request = Request(
        workflow="sow",
        ref="SOW-1",
        stage="acceptance",
        asker="U_ANA",
        details=details,
        created_at=NOON,
        since=NOON,
    )
    entry = Entry(
        at=NOON,
        actor="U_ANA",
        action="submit",
        ref="SOW-1",
        before="",
        after="acceptance",
        version=1,
        surface="command",
    )
    with database.unit() as unit:
        unit.requests.add(request, "")
        unit.audit.append(entry)
        unit.commit()
    database.close()
    return folder


def test_the_record_is_one_file_and_its_hash_is_said(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "record.zip"

    ended = app(data, "export", "sow-1", "--out", str(out))

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.strip() == f"{out}: SHA-256 {hashlib.sha256(out.read_bytes()).hexdigest()}"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    with zipfile.ZipFile(out) as file:
        said = json.loads(file.read("manifest.json"))
        assert {"request.json", "audit.csv", "timeline.pdf"} <= set(file.namelist())
    whole = app(data, "verify-audit", "--anchor", said["audit_head"])
    assert whole.returncode == 0


def test_nothing_that_is_there_is_overwritten(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "record.zip"
    out.write_bytes(b"an earlier one")

    ended = app(data, "export", "SOW-1", "--out", str(out))

    assert ended.returncode == 2
    assert ended.stderr.strip() == f"{out} could not be written: File exists."
    assert out.read_bytes() == b"an earlier one"


def test_the_request_can_be_printed_as_json(data: Path) -> None:
    ended = app(data, "export", "SOW-1", "--json")

    said = json.loads(ended.stdout)
    assert said["request"]["details"]["client"] == "Globex"
    assert [entry["action"] for entry in said["timeline"]] == ["submit"]


def test_an_unknown_request_is_a_sentence(data: Path) -> None:
    for flags in ((), ("--json",)):
        ended = app(data, "export", "SOW-7", *flags)
        assert (ended.returncode, ended.stderr.strip()) == (1, "There is no request SOW-7.")
