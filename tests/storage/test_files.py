"""The contract of `Files`, on both databases, and what is found when stored bytes were altered."""

import tracemalloc
from dataclasses import replace
from hashlib import sha256

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from bot.ports import StoredFile
from storage.database import Database
from storage.request_rows import requests
from storage.verification import mentioned
from tests.storage.conftest import Open
from tests.storage.examples import DETAILS, NOW, add, at_once, entry, sow
from workflows.deal import Record, Version

PDF = bytes(range(256)) * 8
MIB = 1 << 20


def put(database: Database, *contents: bytes) -> list[str]:
    """Store files called 1.pdf, 2.pdf..."""
    with database.unit() as unit:
        hashes = [
            unit.files.put(f"{number}.pdf", "application/pdf", content)
            for number, content in enumerate(contents, 1)
        ]
        unit.commit()
    return hashes


def around_the_bot(url: str, statement: str, **values: object) -> None:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text(statement), values)
    engine.dispose()


@pytest.mark.parametrize("content", [b"", b"\0", PDF, "ß\ud7ff".encode()])
def test_bytes_come_back_as_they_were_put(database: Database, content: bytes) -> None:
    [digest] = put(database, content)
    assert digest == sha256(content).hexdigest()
    with database.unit() as unit:
        found = unit.files.get(digest)
        assert unit.files.has(digest)
    assert found == StoredFile(sha256=digest, name="1.pdf", mime="application/pdf", content=content)
    assert type(found.content) is bytes


def test_a_file_that_was_never_put(database: Database) -> None:
    put(database, PDF)
    with database.unit() as unit:
        assert unit.files.get("0" * 64) is None
        assert not unit.files.has("0" * 64)


def test_the_same_bytes_are_kept_once_with_their_first_name(database: Database) -> None:
    with database.unit() as unit:
        first = unit.files.put("SOW-7 v1.pdf", "application/pdf", PDF)
        again = unit.files.put("copy.bin", "application/octet-stream", PDF)
        found = unit.files.get(first)
    assert again == first
    assert found is not None
    assert (found.name, found.mime) == ("SOW-7 v1.pdf", "application/pdf")


def test_a_file_is_part_of_the_transaction(database: Database) -> None:
    with database.unit() as unit:
        digest = unit.files.put("draft.pdf", "application/pdf", PDF)
        assert unit.files.has(digest)
    with database.unit() as unit:
        assert not unit.files.has(digest)


def test_several_put_the_same_bytes_at_once(database: Database) -> None:
    assert set(at_once(6, lambda _: put(database, PDF)[0])) == {sha256(PDF).hexdigest()}
    assert database.verify_audit() == []


@pytest.mark.parametrize("statement", ["content = :content", "sha256 = :hash"])
def test_altered_bytes_are_named(database: Database, url: str, statement: str) -> None:
    _, second, _ = put(database, b"one", b"two", b"three")
    changed = "f" * 64 if "hash" in statement else second
    around_the_bot(
        url,
        f"UPDATE files SET {statement} WHERE name = '2.pdf'",  # noqa: S608
        **{"content": b"2"} if "content" in statement else {"hash": changed},
    )
    assert database.verify_audit() == [
        f"The file {changed[:12]}… (2.pdf) is not as it was stored: its bytes have another hash."
    ]


def _names(database: Database, ref: str, **hashes: object) -> None:
    """Let the details of a request, as they are stored, name files."""
    with database._connections.begin() as connection:  # noqa: SLF001 - there is no door for this
        its = requests.c.ref == ref
        details = connection.execute(requests.select().where(its)).one().details
        connection.execute(requests.update().where(its).values(details=details | hashes))
        connection.commit()


def test_a_file_that_a_request_names_has_to_be_there(database: Database) -> None:
    stored, *gone = put(database, b"one")[0], "b" * 64, "a" * 64
    add(database, sow("SOW-7"), sow("SOW-8"))
    _names(database, "SOW-7", record={"versions": [{"sha256": stored}, {"sha256": gone[0]}]})
    _names(database, "SOW-8", certificate_sha256=gone[1], template_sha256="", sha256s=gone[0])
    missing = [each for each in database.verify_audit() if "names a file" in each]
    assert missing == [
        "SOW-7 names a file (bbbbbbbbbbbb…) that is not stored.",
        "SOW-8 names a file (aaaaaaaaaaaa…) that is not stored.",
    ]


def test_a_removed_file_is_missed(database: Database, url: str) -> None:
    [digest] = put(database, PDF)
    version = Version(number=1, by="U_DIAN", at=NOW, total=DETAILS.amount, sha256=digest)
    details = replace(DETAILS, record=Record(versions=(version,)))
    with database.unit() as unit:
        unit.requests.add(sow("SOW-7", details=details), "")
        unit.audit.append(entry("SOW-7", version=1))
        unit.commit()
    assert database.verify_audit() == []
    around_the_bot(url, "DELETE FROM files")
    assert database.verify_audit() == [f"SOW-7 names a file ({digest[:12]}…) that is not stored."]


def test_hashes_are_found_at_any_depth() -> None:
    one, two, three, four = (letter * 64 for letter in "1234")
    details = {
        "sha256": one,
        "client": four,
        "record": {"invoices": [{"pdf_sha256": two, "note_sha256": None, "sha256": "short"}]},
        "evidence_sha256": [three, 7, {"sha256": one}],
        "sha256_of": four,
    }
    assert sorted(mentioned(details)) == [one, one, two, three]


def test_files_are_verified_one_at_a_time(url: str, open_database: Open) -> None:
    database = open_database(url)
    for number in range(8):
        put(database, bytes([number]) * 2 * MIB)
    tracemalloc.start()
    try:
        assert database.verify_audit() == []
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8 * MIB
