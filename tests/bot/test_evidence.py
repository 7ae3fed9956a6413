"""The bundle: everything that is kept of a request, and how it proves itself."""

import csv
import hashlib
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from bot import evidence, parcels
from bot.company import Company
from bot.errors import NotFound
from bot.evidence.packing import packed
from bot.evidence.tables import as_csv
from bot.ports import Json
from integrations.documents.renderer import TypstRenderer
from integrations.library.local import LocalLibrary
from storage.database import Database
from tests.bot.finished_deal import DEEDS, FILES, LINK, NOON, entry, sow, store
from tests.migrated import have_migrated
from workflows.calendar import Calendar
from workflows.deal import Record
from workflows.registry import find_workflows


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path / 'frontdesk.db'}"
    have_migrated(url)
    database = Database(url, audit_key=b"a visibly fake key", pace=0.0)
    yield database
    database.close()


@pytest.fixture
def archive(database: Database, tmp_path: Path) -> evidence.Archive:
    """What the record of SOW-1 is taken from, which left everything that a deal can leave."""
    store(database)
    company = Company(name="Harborlight", zone=ZoneInfo("UTC"), currency="USD", calendar=Calendar())
    return evidence.Archive(
        company=company,
        workflows=find_workflows(),
        store=database,
        post_office=database.post_office,
        renderer=TypstRenderer(),
        library=LocalLibrary(tmp_path / "library"),
    )


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def test_everything_is_in_it_under_a_name_that_says_what_it_is(archive: evidence.Archive) -> None:
    found = opened(evidence.bundle(archive, "sow-1"))

    word = hashlib.sha256(b"We agree.").hexdigest()[:12]
    draft = hashlib.sha256(b"%PDF-1.7 DRAFT").hexdigest()[:12]
    assert list(found) == [
        "README.txt",
        "SHA256SUMS",
        "audit.csv",
        "audit.json",
        "documents/SOW-1-certificate.pdf",
        "documents/SOW-1-v1.json",
        "documents/SOW-1-v1.pdf",
        f"evidence/{word}--..-their word.eml",
        "invoices/1-2026-7.pdf",
        "links.json",
        "manifest.json",
        "messages.json",
        "payments.csv",
        "payments.json",
        "request.json",
        f"shared/{draft}-SOW-1-v1-draft.pdf",
        "timeline.pdf",
    ]
    assert found["documents/SOW-1-v1.pdf"] == b"%PDF-1.7 the first version"
    said = json.loads(found["request.json"])
    assert said["request"]["details"]["record"]["signature"]["name"] == "Hank Scorpio"
    [link] = json.loads(found["links.json"])
    assert (link["email"], link["expires_at"]) == (LINK.email, "2026-12-23T12:00:01+00:00")
    assert said["people"] == {"U_ANA": "ana", "U_BEA": "bea", "U_DIAN": "dian"}


def test_the_same_record_makes_the_same_bytes(archive: evidence.Archive) -> None:
    assert evidence.bundle(archive, "SOW-1") == evidence.bundle(archive, "SOW-1")


def test_it_is_dated_by_the_last_thing_that_happened(archive: evidence.Archive) -> None:
    with zipfile.ZipFile(io.BytesIO(evidence.bundle(archive, "SOW-1"))) as file:
        dates = {info.date_time for info in file.infolist()}
    assert dates == {(2026, 11, 23, 16, 0, 0)}


def test_the_manifest_names_every_entry_and_the_audits_head(
    archive: evidence.Archive, database: Database
) -> None:
    found = opened(evidence.bundle(archive, "SOW-1"))

    said = json.loads(found["manifest.json"])
    assert said["ref"] == "SOW-1"
    assert said["as_of"] == "2026-11-23T16:00:01+00:00"
    assert said["audit_head"] == f"{database.head().seq}:{database.head().mac}"
    listed = {each["name"]: (each["size"], each["sha256"]) for each in said["entries"]}
    assert listed == {
        name: (len(content), hashlib.sha256(content).hexdigest())
        for name, content in found.items()
        if name not in ("manifest.json", "SHA256SUMS")
    }
    assert said["audit_head"] in found["README.txt"].decode()


def test_its_sums_can_be_checked_with_the_usual_tool(
    archive: evidence.Archive, tmp_path: Path
) -> None:
    with zipfile.ZipFile(io.BytesIO(evidence.bundle(archive, "SOW-1"))) as file:
        file.extractall(tmp_path / "opened")

    tool = shutil.which("sha256sum")
    if tool is None:
        pytest.skip("this machine has no sha256sum")

    def check() -> int:
        command = [tool, "--check", "--quiet", "SHA256SUMS"]
        return subprocess.run(command, cwd=tmp_path / "opened", check=False).returncode

    assert check() == 0
    (tmp_path / "opened" / "audit.csv").write_text("nothing happened")
    assert check() == 1


def test_refused_attempts_are_in_the_audit_and_not_in_the_story(archive: evidence.Archive) -> None:
    found = opened(evidence.bundle(archive, "SOW-1"))

    audited = json.loads(found["audit.json"])
    assert [each["action"] for each in audited] == [action for _, action, *_ in DEEDS]
    assert audited[1]["detail"] == {"transition": "accept"}
    rows = list(csv.DictReader(io.StringIO(found["audit.csv"].decode())))
    assert [row["action"] for row in rows] == [each["action"] for each in audited]
    assert [row["name"] for row in rows[:3]] == ["ana", "ana", "dian"]
    assert json.loads(rows[1]["detail"]) == {"transition": "accept"}
    story = text_of(found["timeline.pdf"])
    assert "ana" in story
    assert "U_ANA" not in story
    assert "refused" not in story


def test_messages_are_those_of_the_request_with_what_came_of_them(
    archive: evidence.Archive, database: Database
) -> None:
    [notice, *_] = database.post_office.claim(NOON + timedelta(days=1))
    database.post_office.done(notice)
    content = evidence.bundle(archive, "SOW-1")

    said = json.loads(opened(content)["messages.json"])
    assert [each["kind"] for each in said] == ["notice", "mail", "pass_on", "share"]
    assert [each["state"] for each in said] == ["sent", "due", "due", "due"]
    assert said[0]["ended_at"] is not None
    assert said[1]["address"] == "mail:hank@globex.example"


def test_payments_are_rows_that_a_spreadsheet_opens_without_harm(archive: evidence.Archive) -> None:
    found = opened(evidence.bundle(archive, "SOW-1"))

    first, back = csv.DictReader(io.StringIO(found["payments.csv"].decode()))
    assert (first["invoice"], first["amount"], first["currency"]) == ("2026/7", "90000.00", "USD")
    assert first["reference"] == '\'=HYPERLINK("https://example.com")'
    assert (back["amount"], back["reverses"]) == ("-90000.00", "1")
    assert (back["balance"], back["status"], back["recorded_by"]) == ("180000.00", "unpaid", "bea")
    rows: list[Json] = json.loads(found["payments.json"])
    assert [row["amount"] for row in rows] == ["90000.00", "-90000.00"]


def test_an_earlier_bundle_is_not_in_the_next_one(
    archive: evidence.Archive, database: Database
) -> None:
    first = evidence.bundle(archive, "SOW-1")
    with database.unit() as unit:
        sha256 = unit.files.put("SOW-1-evidence.zip", "application/zip", first)
        exported = entry(5, "U_ANA", "exported", "with_client", "with_client")
        unit.audit.append(replace(exported, detail={"sha256": sha256}))
        unit.outbox.add(parcels.share("SOW-1", "user:U_ANA", sha256, "x.zip", "", NOON))
        unit.commit()

    found = opened(evidence.bundle(archive, "SOW-1"))

    assert not any(name.endswith(".zip") for name in found)
    assert json.loads(found["audit.json"])[-1]["detail"]["sha256"] == sha256


def test_a_request_that_nothing_has_grown_from_yet(
    archive: evidence.Archive, database: Database
) -> None:
    request = replace(sow(dict.fromkeys((name for name, *_ in FILES), "")), ref="SOW-2")
    request = replace(request, details=replace(request.details, record=Record()))
    with database.unit() as unit:
        unit.requests.add(request, "")
        unit.audit.append(replace(entry(0, "U_ANA", "submit", "", "acceptance"), ref="SOW-2"))
        unit.commit()

    found = opened(evidence.bundle(archive, "SOW-2"))

    assert found["payments.csv"] == b""
    assert json.loads(found["messages.json"]) == []
    assert not any("/" in name for name in found)


def test_there_is_no_record_of_what_is_not_there(archive: evidence.Archive) -> None:
    with pytest.raises(NotFound):
        evidence.bundle(archive, "SOW-7")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\0"])
def test_no_text_begins_as_a_formula(sign: str) -> None:
    [row] = csv.DictReader(io.StringIO(as_csv([{"text": f"{sign}1"}]).decode(), newline=""))
    assert row["text"] == f"'{sign}1"


def test_a_zip_is_the_same_in_any_zone_and_order() -> None:
    entries = {"b": b"2", "a": b"1"}
    tokyo = NOON.astimezone(ZoneInfo("Asia/Tokyo"))
    assert packed(entries, NOON) == packed(dict(sorted(entries.items())), tokyo)
    assert packed(entries, NOON) != packed(entries, NOON + timedelta(hours=1))


def text_of(pdf: bytes) -> str:
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    return "".join(pages)
