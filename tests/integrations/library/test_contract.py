"""What every library promises."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from bot.ports.library import Library, LibraryUnavailable
from integrations.library import LocalLibrary
from integrations.library.connecting import connect_url
from integrations.library.remote import RemoteLibrary
from tests.integrations.library.buckets import PREFIX, Store, options, running

DECK = b"%PDF-1.7 a deck of Harborlight's"
ABSENT = sha256(b"never kept").hexdigest()


@dataclass(frozen=True)
class Kept:
    """A library, who spoils what it keeps, how many it keeps, the same one anew, and a dead one."""

    library: Library
    spoil: Callable[[str], None]
    count: Callable[[], int]
    again: Callable[[], Library]
    down: Library


def in_a_folder(folder: Path) -> Kept:
    def spoil(sha256: str) -> None:
        place = folder / sha256[:2] / sha256
        place.write_bytes(place.read_bytes()[:-1])

    return Kept(
        LocalLibrary(folder),
        spoil,
        lambda: len([each for each in folder.rglob("*") if each.is_file()]),
        lambda: LocalLibrary(folder),
        LocalLibrary(folder.parent / "not mounted" / "library"),
    )


def in_memory() -> Kept:
    """A file system of fsspec's that has folders, as servers do."""
    above = f"/{uuid4().hex}"
    files = MemoryFileSystem()
    files.mkdir(above)
    root = f"{above}/library"

    def spoil(sha256: str) -> None:
        place = f"{root}/{sha256[:2]}/{sha256}"
        files.pipe_file(place, files.cat_file(place)[:-1])

    return Kept(
        connect_url(f"memory://{root}", {}),
        spoil,
        lambda: len(files.find(root)),
        lambda: connect_url(f"memory://{root}", {}),
        connect_url(f"memory://{above}/not mounted/library", {}),
    )


def in_a_bucket(store: Store, *, versions: bool) -> Kept:
    bucket = f"shelf-{uuid4().hex[:12]}"
    store.make(bucket, versions=versions)

    def at(url: str) -> Library:
        return connect_url(url, options(store.url))

    return Kept(
        at(f"s3://{bucket}/{PREFIX}"),
        lambda sha256: store.put(bucket, sha256, store.content(bucket, sha256)[:-1]),
        lambda: len(store.names(bucket)),
        lambda: at(f"s3://{bucket}/{PREFIX}"),
        at(f"s3://{bucket}-that-was-never-made/{PREFIX}"),
    )


@pytest.fixture(params=["local", "memory", "s3", "s3 with versions"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Kept:
    match request.param:
        case "local":
            return in_a_folder(tmp_path / "library")
        case "memory":
            return in_memory()
        case _:
            store = request.getfixturevalue("store")
            return in_a_bucket(store, versions=request.param != "s3")


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with running() as store:
        yield store


@pytest.mark.parametrize("content", [DECK, b"", b"\0" * 3_000_000])
def test_what_is_kept_is_read_again_by_its_hash_and_by_the_next_process(
    kept: Kept, content: bytes
) -> None:
    key = kept.library.keep(content)

    assert key == sha256(content).hexdigest()
    assert kept.library.read(key) == kept.again().read(key) == content
    assert kept.library.has(key)
    assert kept.again().has(key)
    with kept.library.open(key) as file:
        assert (file.read(3), file.read()) == (content[:3], content[3:])


def test_the_same_bytes_are_kept_once(kept: Kept) -> None:
    assert kept.library.keep(DECK) == kept.library.keep(DECK) == kept.again().keep(DECK)
    kept.library.keep(b"others")

    assert kept.count() == 2


def test_eight_who_keep_the_same_bytes_at_once_all_succeed(kept: Kept) -> None:
    large = DECK * 20_000
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda number: kept.again().keep(large[number % 2 :]), range(16)))

    assert keys == {sha256(large).hexdigest(), sha256(large[1:]).hexdigest()}
    assert [kept.library.read(key) for key in keys]
    assert kept.count() == 2


@pytest.mark.parametrize("when", ["before the first", "after another"])
def test_what_was_never_kept_is_not_there(kept: Kept, when: str) -> None:
    if when == "after another":
        kept.library.keep(DECK)

    assert not kept.library.has(ABSENT)
    with pytest.raises(KeyError):
        kept.library.read(ABSENT)
    with pytest.raises(KeyError):
        kept.library.open(ABSENT)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "..",
        "../../etc/passwd",
        "/etc/passwd",
        "ab/" + "c" * 61,
        ABSENT[:63],
        ABSENT + "0",
        ABSENT + "\n",
        sha256(DECK).hexdigest().upper(),
        "é" * 64,
        "٣" * 64,
        "\0" * 64,
    ],
)
def test_what_is_no_hash_names_nothing(kept: Kept, name: str) -> None:
    kept.library.keep(DECK)

    assert not kept.library.has(name)
    with pytest.raises(KeyError):
        kept.library.read(name)
    with pytest.raises(KeyError):
        kept.library.open(name)
    kept.library.remove(name)
    assert kept.count() == 1


def test_damaged_bytes_are_never_handed_out_and_keeping_them_anew_mends_them(kept: Kept) -> None:
    key = kept.library.keep(DECK)
    kept.spoil(key)

    with pytest.raises(LibraryUnavailable, match="is damaged; an admin can restore it"):
        kept.library.read(key)
    with pytest.raises(LibraryUnavailable, match="is damaged; an admin can restore it"):
        kept.library.open(key)
    assert kept.library.keep(DECK) == key
    assert kept.library.read(key) == DECK


def test_a_library_that_does_not_answer_says_so_to_everybody(kept: Kept) -> None:
    with pytest.raises(LibraryUnavailable, match=r"an admin has to .+\.$"):
        kept.down.keep(DECK)
    with pytest.raises(LibraryUnavailable, match=r"an admin has to .+\.$"):
        kept.down.read(ABSENT)
    with pytest.raises(LibraryUnavailable, match=r"an admin has to .+\.$"):
        kept.down.has(ABSENT)
    with pytest.raises(LibraryUnavailable, match=r"an admin has to .+\.$"):
        kept.down.open(ABSENT)
    with pytest.raises(LibraryUnavailable, match=r"an admin has to .+\.$"):
        kept.down.remove(ABSENT)


def test_what_is_removed_is_gone_and_may_be_removed_again(kept: Kept) -> None:
    key, other = kept.library.keep(DECK), kept.library.keep(b"another")
    for _ in range(2):
        kept.library.remove(key)
        kept.library.remove("../audit.key")
    assert not kept.again().has(key)
    assert kept.library.has(other)
    assert kept.library.keep(DECK) == key
    assert kept.again().read(key) == DECK


@pytest.mark.parametrize("is_bucket", [True, False])
def test_what_is_too_large_to_be_ours_is_not_read_and_is_replaced(is_bucket: bool) -> None:  # noqa: FBT001
    files, above = MemoryFileSystem(), f"/{uuid4().hex}"
    files.mkdir(above)
    library = RemoteLibrary(files, f"{above}/library", is_bucket=is_bucket, largest=1000)
    kept = library.keep(DECK)
    files.pipe_file(f"{above}/library/{kept[:2]}/{kept}", b"x" * 1001)
    with pytest.raises(LibraryUnavailable, match="damaged"):
        library.read(kept)
    with pytest.raises(LibraryUnavailable, match="damaged"):
        library.open(kept)
    assert library.keep(DECK) == kept
    assert library.read(kept) == DECK
