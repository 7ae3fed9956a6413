"""What waits while the library is away, and is done when it is back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import housekeeping, parcels
from bot.desk import Desk
from bot.ports import Claimed, Parcel
from bot.sending import NotYet
from bot.shelf import indexing
from integrations.crm import EmbeddedCrm
from storage.database import Database
from tests.bot.test_deals import desk_of
from tests.commandline.test_library import asset
from tests.journeys.assets import pdf
from tests.migrated import have_migrated
from tests.storage.examples import NOW, add

SAID = "Figures of Wednesday"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    url = f"sqlite:///{tmp_path / 'frontdesk.db'}"
    have_migrated(url)
    database = Database(url, audit_key=b"a visibly fake key")
    yield desk_of(database, EmbeddedCrm(database), tmp_path)
    database.close()


def claimed(parcel: Parcel) -> Claimed:
    return Claimed(id=1, token="t", parcel=parcel, attempts=1)


def test_an_asset_is_found_at_once_and_by_its_file_when_the_library_is_back(
    desk: Desk, tmp_path: Path
) -> None:
    content = pdf(SAID)
    add(desk.store, asset(7, desk.library.keep(content), len(content)))
    what = claimed(parcels.aside("index", "SHELF-7", "index:", {"ref": "SHELF-7"}, NOW))

    def found() -> str:
        with desk.store.unit() as unit:
            entered = unit.index.get("SHELF-7")
        return entered.text if entered else ""

    (tmp_path / "library").rename(tmp_path / "away")
    for _ in range(2):
        with pytest.raises(NotYet, match=r"^The library: The library's folder is not there"):
            indexing.index(desk, what)
        assert "CFOs" in found()
        assert SAID not in found()

    (tmp_path / "away").rename(tmp_path / "library")
    indexing.index(desk, what)
    assert "CFOs" in found()
    assert SAID in found()


def test_what_is_needed_no_more_goes_when_the_library_is_back(desk: Desk, tmp_path: Path) -> None:
    sha256 = desk.library.keep(b"%PDF-1.7 needed no more")
    what = claimed(parcels.aside("remove_file", "1", "library:", {"sha256": sha256}, NOW))

    (tmp_path / "library").rename(tmp_path / "away")
    with pytest.raises(NotYet, match=r"^The library: The library's folder is not there"):
        housekeeping.remove_file(desk, what)
    (tmp_path / "away").rename(tmp_path / "library")
    assert desk.library.has(sha256)

    housekeeping.remove_file(desk, what)
    assert not desk.library.has(sha256)
