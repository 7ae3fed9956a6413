"""An archive holds everything, shows whatever was done to it, and is put back whole or not at all.

On SQLite; PostgreSQL is in tests/commandline/test_backup.py, as it takes programs of its own.
"""

import shutil
import sqlite3
import stat
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from bot.ports import Unit
from integrations.library.local import LocalLibrary
from storage import revision
from storage.backups.archive import write
from storage.backups.copying import copy_out
from storage.backups.manifest import Manifest
from storage.backups.restoring import Restored, restore
from storage.backups.trouble import NoBackup
from storage.database import Database
from storage.migrate import downgrade
from tests.storage.conftest import Open
from tests.storage.examples import DETAILS, KEY, NOW, add, entry, parcel, sow
from workflows.deal import Record, Version

BYTES = b"a case study" * 100
FILE = sha256(BYTES).hexdigest()
TAKEN = NOW + timedelta(hours=1)
LATER = NOW + timedelta(hours=2)


@dataclass
class Kept:
    """An installation with SOW-1, a file that it names, and promises."""

    url: str
    database: Database
    library: LocalLibrary
    folder: Path

    def backup(self, name: str = "backup.zip") -> Path:
        copied = self.folder / "copied"
        copy = copy_out(self.url, copied)
        path = self.folder / name
        write(path, copy, copied, self.library, KEY, TAKEN)
        copied.unlink()
        return path


@dataclass
class Elsewhere:
    """An empty place."""

    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / "frontdesk.db"

    @property
    def url(self) -> str:
        return f"sqlite:///{self.file}"

    @property
    def library(self) -> LocalLibrary:
        return LocalLibrary(self.folder / "library")

    def restore(
        self,
        path: Path,
        key: bytes = KEY,
        resume: Callable[[Unit, datetime], None] = lambda _unit, _at: None,
        *,
        replace: bool = False,
        url: str = "",
    ) -> Restored:
        return restore(
            path,
            url or self.url,
            key=key,
            library=self.library,
            now=LATER,
            until=LATER,
            replace=replace,
            resume=resume,
        )

    def is_empty(self) -> bool:
        return not any(self.folder.iterdir())


@pytest.fixture
def kept(migrated_sqlite: str, open_database: Open, tmp_path: Path) -> Kept:
    database = open_database(migrated_sqlite)
    library = LocalLibrary(tmp_path / "library")
    library.keep(BYTES)
    version = Version(number=1, by="U_DIAN", at=NOW, total=DETAILS.amount, sha256=FILE)
    record = Record(versions=(version,))
    with database.unit() as unit:
        unit.requests.add(sow(details=replace(DETAILS, record=record)), "V-SOW-1")
        unit.audit.append(entry(action="submit"))
        for nth, due in enumerate((NOW, NOW, LATER + timedelta(days=1))):
            unit.outbox.add(parcel(f"P{nth}", f"user:U{nth}", due))
        unit.commit()
    return Kept(migrated_sqlite, database, library, tmp_path)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Elsewhere:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return Elsewhere(folder)


def manifest_of(path: Path) -> Manifest:
    with zipfile.ZipFile(path) as file:
        return Manifest.model_validate_json(file.read("manifest.json"))


def rewritten(path: Path, **members: bytes | None) -> Path:
    """A copy of an archive in which some members are other ones, new ones, or gone (None)."""
    other = path.with_name("rewritten.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            if name not in members:
                new.writestr(name, old.read(name))
        for name, content in members.items():
            if content is not None:
                new.writestr(name, content)
    return other


def test_what_is_restored_is_what_was_kept(
    kept: Kept, elsewhere: Elsewhere, open_database: Open
) -> None:
    path = kept.backup()

    restored = elsewhere.restore(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert restored.manifest.files == {FILE: len(BYTES)}
    assert elsewhere.library.read(FILE) == BYTES
    assert stat.S_IMODE(elsewhere.file.stat().st_mode) == 0o600
    assert sorted(each.name for each in elsewhere.folder.iterdir()) == ["frontdesk.db", "library"]
    database = open_database(elsewhere.url)
    with kept.database.unit() as ours, database.unit() as theirs:
        assert theirs.requests.get("SOW-1") == ours.requests.get("SOW-1")
        assert theirs.requests.chained("SOW-1") == ours.requests.chained("SOW-1")
    assert database.verify_audit(kept.database.head(), library=elsewhere.library) == []


def test_the_key_is_named_and_not_in_it(kept: Kept) -> None:
    with zipfile.ZipFile(kept.backup()) as file:
        for name in file.namelist():
            content = file.read(name)
            assert KEY not in content
            assert KEY.hex().encode() not in content
        assert manifest_of(kept.folder / "backup.zip").audit_key.encode() in file.read(
            "manifest.json"
        )


def test_a_backup_is_consistent_while_others_write(kept: Kept, elsewhere: Elsewhere) -> None:
    with kept.database.unit() as unit:
        unit.requests.add(sow("SOW-2"), "V-SOW-2")
        path = kept.backup()  # in the middle of a transaction, which it does not see
        unit.audit.append(entry("SOW-2"))
        unit.commit()

    assert elsewhere.restore(path).manifest.audit_seq == 1


def test_what_was_due_may_have_been_sent_and_what_comes_later_not(
    kept: Kept, elsewhere: Elsewhere, open_database: Open
) -> None:
    [first] = kept.database.post_office.claim(NOW, 1)
    path = kept.backup()

    assert elsewhere.restore(path).in_doubt == 2

    office = open_database(elsewhere.url).post_office
    claimed = {each.parcel.key: each for each in office.claim(LATER + timedelta(days=2))}
    assert claimed.keys() == {"P0", "P1", "P2"}  # the lease of then holds nothing up
    assert claimed["P1"].unsure_since == TAKEN
    assert claimed["P2"].unsure_since is None
    assert first.parcel.key == "P0"
    began = claimed["P0"].unsure_since
    assert began is not None
    assert began != TAKEN  # its attempt was on its way when the backup was taken


def test_numbers_are_not_given_again(kept: Kept, elsewhere: Elsewhere, open_database: Open) -> None:
    with kept.database.unit() as unit:
        assert unit.requests.next_ref("sow", "SOW") == "SOW-1"
        unit.commit()
    elsewhere.restore(kept.backup())

    with open_database(elsewhere.url).unit() as unit:
        assert unit.requests.next_ref("sow", "SOW") == "SOW-102"
        assert unit.requests.next_ref("sales_asset", "AST") == "AST-101"


def test_nothing_that_is_there_is_overwritten(kept: Kept, elsewhere: Elsewhere) -> None:
    path = kept.backup()
    before = path.read_bytes()
    with pytest.raises(NoBackup, match="is there already; nothing is overwritten"):
        kept.backup()
    assert path.read_bytes() == before
    assert not [each for each in kept.folder.iterdir() if each.name.startswith(".")]

    elsewhere.restore(path)
    with pytest.raises(NoBackup, match=r"There is a database already: .*Add --replace"):
        elsewhere.restore(path)


def test_what_was_there_is_moved_aside_when_told_so(
    kept: Kept, elsewhere: Elsewhere, open_database: Open
) -> None:
    path = kept.backup()
    elsewhere.restore(path)
    add(open_database(elsewhere.url), sow("SOW-9"))

    elsewhere.restore(path, replace=True)

    with open_database(elsewhere.url).unit() as unit:
        assert unit.requests.get("SOW-9") is None
    [aside] = elsewhere.folder.glob("frontdesk.db.before-20261120t*")
    shutil.copyfile(aside, kept.folder / "aside.db")
    for wal in elsewhere.folder.glob("frontdesk.db-wal.before-*"):
        shutil.copyfile(wal, kept.folder / "aside.db-wal")
    with open_database(f"sqlite:///{kept.folder / 'aside.db'}").unit() as unit:
        assert unit.requests.get("SOW-9") is not None


def test_a_file_that_is_missing_is_named_and_everything_else_is_kept(
    kept: Kept, elsewhere: Elsewhere
) -> None:
    shutil.rmtree(kept.folder / "library")
    path = kept.backup()

    assert manifest_of(path).missing == (FILE,)
    assert elsewhere.restore(path).manifest.missing == (FILE,)


def test_another_key_is_named(kept: Kept, elsewhere: Elsewhere) -> None:
    path = kept.backup()
    right = manifest_of(path).audit_key

    with pytest.raises(NoBackup, match=f"made with the audit key {right}; the one that is set is"):
        elsewhere.restore(path, b"another visibly fake key of the tests")
    assert elsewhere.is_empty()


def test_an_archive_that_was_cut_off_is_refused(kept: Kept, elsewhere: Elsewhere) -> None:
    path = kept.backup()
    whole = path.read_bytes()
    for length in (0, 1, 100, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(NoBackup, match="cut off, damaged, or is something else"):
            elsewhere.restore(path)
    assert elsewhere.is_empty()


def test_any_byte_that_is_another_one_is_found(kept: Kept, elsewhere: Elsewhere) -> None:
    path = kept.backup()
    whole = path.read_bytes()
    with zipfile.ZipFile(path) as file:
        places = [info.header_offset + 30 + len(info.filename) + 25 for info in file.infolist()]
    for place in places:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(NoBackup):
            elsewhere.restore(path)
    assert elsewhere.is_empty()


@pytest.mark.parametrize(
    "members",
    [
        {"../../evil": b"x"},
        {"/etc/evil": b"x"},
        {"library/../../evil": b"x"},
        {f"library/{FILE}": None},
        {f"library/{'0' * 64}": b"x"},
        {"manifest.json": None},
        {"manifest.mac": b"0" * 64},
        {f"library/{FILE}": b"other bytes"},
        {"database": b"not a database"},
        {"manifest.json": b"{}"},
    ],
    ids="above,absolute,far above,a file gone,a file more,no manifest,no code,other bytes,"
    "no database,an empty manifest".split(","),
)
def test_what_does_not_belong_in_it_or_is_changed_is_refused(
    kept: Kept, elsewhere: Elsewhere, members: dict[str, bytes | None]
) -> None:
    path = rewritten(kept.backup(), **members)

    with pytest.raises(NoBackup):
        elsewhere.restore(path)

    assert elsewhere.is_empty()
    assert not (kept.folder / "evil").exists()


def with_zeros(path: Path, name: str, packing: int, claimed: int | None) -> Path:
    """A copy of an archive in which a member unpacks to 160 MB of zeros, and says ``claimed``."""
    other = path.with_name("zeros.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w", packing) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        with new.open(name, "w") as member:
            for _ in range(160):
                member.write(bytes(1_000_000))
        if claimed is not None:
            new.getinfo(name).file_size = claimed
    return other


@pytest.mark.parametrize("claimed", [None, 64], ids=["true size", "false size"])
@pytest.mark.parametrize(
    ("name", "packing"),
    [
        ("manifest.json", zipfile.ZIP_DEFLATED),
        ("manifest.mac", zipfile.ZIP_DEFLATED),
        ("manifest.mac", zipfile.ZIP_BZIP2),
        (f"library/{FILE}", zipfile.ZIP_DEFLATED),
        ("database", zipfile.ZIP_DEFLATED),
    ],
    ids="contents,code,code of another packing,file,database".split(","),
)
def test_what_unpacks_without_end_is_not_unpacked(
    kept: Kept, elsewhere: Elsewhere, name: str, packing: int, claimed: int | None
) -> None:
    path = with_zeros(kept.backup(), name, packing, claimed)
    assert path.stat().st_size < 1_000_000

    tracemalloc.start()
    try:
        with pytest.raises(NoBackup):
            elsewhere.restore(path)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert most < 100_000_000
    assert elsewhere.is_empty()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE audit SET actor = 'U_EVE' WHERE seq = 1", "Row 1 of the audit"),
        ("UPDATE requests SET stage = 'closed'", "SOW-1 is not as it was put on record"),
    ],
)
def test_a_database_that_was_tampered_with_is_not_put_in_place(
    kept: Kept, elsewhere: Elsewhere, statement: str, said: str
) -> None:
    kept.database.close()
    with sqlite3.connect(kept.url.removeprefix("sqlite:///")) as connection:
        connection.execute("DROP TRIGGER audit_update")
        connection.execute(statement)
    connection.close()
    path = kept.backup()

    with pytest.raises(NoBackup, match=said):
        elsewhere.restore(path)

    assert elsewhere.is_empty()


def test_a_restore_that_fails_leaves_what_was_there(
    kept: Kept, elsewhere: Elsewhere, open_database: Open
) -> None:
    path = kept.backup()
    elsewhere.restore(path)
    add(open_database(elsewhere.url), sow("SOW-9"))

    def fail(_unit: Unit, _at: datetime) -> None:
        raise NoBackup("the last step failed")

    with pytest.raises(NoBackup, match="the last step failed"):
        elsewhere.restore(path, resume=fail, replace=True)

    with open_database(elsewhere.url).unit() as unit:
        assert unit.requests.get("SOW-9") is not None
    assert not list(elsewhere.folder.glob("*restoring*"))


def test_an_earlier_schema_is_migrated_and_a_newer_one_refused(
    migrated_sqlite: str, elsewhere: Elsewhere, open_database: Open, tmp_path: Path
) -> None:
    downgrade(migrated_sqlite, "0001")
    database = open_database(migrated_sqlite)
    old = Kept(migrated_sqlite, database, LocalLibrary(tmp_path / "library"), tmp_path)

    elsewhere.restore(old.backup("old.zip"))

    assert revision.is_current(elsewhere.url)
    with sqlite3.connect(migrated_sqlite.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(NoBackup, match=r"made by a newer version of Frontdesk \(schema 9999"):
        elsewhere.restore(old.backup("new.zip"), replace=True)


def test_an_archive_of_the_other_kind_is_refused(kept: Kept, elsewhere: Elsewhere) -> None:
    with pytest.raises(NoBackup, match="holds a sqlite database; DATABASE_URL names a postgresql"):
        elsewhere.restore(kept.backup(), url="postgresql://nobody@localhost/nothing")


def test_a_database_without_anything_of_ours_is_not_backed_up(
    open_database: Open, tmp_path: Path
) -> None:
    file = tmp_path / "empty.db"
    file.touch()
    empty = Kept(
        f"sqlite:///{file}", open_database(f"sqlite:///{file}"), LocalLibrary(tmp_path), tmp_path
    )

    with pytest.raises(NoBackup, match="nothing of Frontdesk's in this database yet"):
        empty.backup()


def test_there_is_no_file(elsewhere: Elsewhere) -> None:
    with pytest.raises(NoBackup, match="There is no file"):
        elsewhere.restore(elsewhere.folder / "backup.zip")
