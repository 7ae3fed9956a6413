"""A database in a file is its owner's alone: it holds amounts, names and addresses."""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.migrate import migrate
from tests.storage.conftest import Open


@pytest.fixture(autouse=True)
def careless_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {each.name: stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()}


def use(open_database: Open, url: str) -> None:
    """Write something, so that SQLite's own files stand beside the database."""
    with open_database(url).unit() as unit:
        unit.requests.next_ref("sow", "SOW")
        unit.commit()


def test_whatever_the_umask_nobody_else_reads_it(tmp_path: Path, open_database: Open) -> None:
    url = f"sqlite:///{tmp_path / 'frontdesk.db'}"

    migrate(url)
    use(open_database, url)

    found = modes(tmp_path)
    assert {"frontdesk.db", "frontdesk.db-wal", "frontdesk.db-shm"} <= found.keys()
    assert set(found.values()) == {0o600}


def test_what_was_open_to_others_is_closed(
    tmp_path: Path, sqlite_template: Path, open_database: Open
) -> None:
    file = tmp_path / "frontdesk.db"
    shutil.copyfile(sqlite_template, file)
    for end in ("", "-wal", "-shm"):
        file.with_name(file.name + end).touch()
        file.with_name(file.name + end).chmod(0o644)

    use(open_database, f"sqlite:///{file}")

    assert set(modes(tmp_path).values()) == {0o600}
