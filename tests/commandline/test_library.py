"""The library moved from the command line, and what doctor says of one that is elsewhere."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from checkup import see_doctor
from integrations.library import LocalLibrary
from integrations.library.connecting import connect_url
from settings import load
from settings.library import LibraryPlace
from storage.database import Database
from storage.migrate import migrate
from tests.commandline.test_app import ROOT, app, environment
from tests.commandline.test_language_model import LOADED
from tests.commandline.test_language_model import environ as connected
from tests.integrations.library.buckets import ANYBODY, REGION, Gate, Keys, Store, options, running
from workflows.asset_parts import Kept
from workflows.engine import Entry
from workflows.request import Request
from workflows.shelved import ShelfDetails, ShelfRecord, ShelfVersion

pytestmark = pytest.mark.prove

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
KEYS = {"AWS_ACCESS_KEY_ID": ANYBODY.key, "AWS_SECRET_ACCESS_KEY": ANYBODY.secret}
FILES = [b"%PDF-1.7 deck " + str(number).encode() * 100_000 for number in range(12)]
STRANGER = Keys("AKIANOTREAL", "not-real")
HASHES = [sha256(each).hexdigest() for each in FILES]
OF_IT = {"fsspec", "s3fs", "aiobotocore", "botocore", "aiohttp"}


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with running() as store:
        yield store


def asset(number: int, hash_: str, size: int) -> Request:
    kept = Kept(sha256=hash_, name="deck.pdf", mime="application/pdf", size=size, pages=1)
    version = ShelfVersion(number=1, at=NOON, by="U_MIA", kept=kept)
    details = ShelfDetails(
        title=f"Deck {number}",
        asset_type="deck",
        use_when="At a first call",
        whom_for="CFOs",
        review_by=date(2027, 6, 1),
        record=ShelfRecord(versions=(version,)),
    )
    return Request(
        workflow="shelf",
        ref=f"SHELF-{number}",
        stage="current",
        asker="U_MIA",
        details=details,
        created_at=NOON,
        since=NOON,
    )


def submitted(request: Request) -> Entry:
    return Entry(
        at=NOON,
        actor="U_MIA",
        action="submit",
        ref=request.ref,
        before="",
        after="current",
        version=1,
        surface="command",
    )


@dataclass(frozen=True)
class Installation:
    """A folder of data in which twelve assets are on the shelf."""

    data: Path

    @property
    def library(self) -> LocalLibrary:
        return LocalLibrary(self.data / "library")

    def place(self, hash_: str) -> Path:
        return self.data / "library" / hash_[:2] / hash_

    def add(self, number: int, *contents: bytes) -> None:
        """Put more assets on the shelf, numbered from ``number`` on."""
        settings = load(environment(self.data), self.data)
        database = Database(settings.database_url, audit_key=settings.audit_key)
        with database.unit() as unit:
            for at, content in enumerate(contents, number):
                request = asset(at, self.library.keep(content), len(content))
                unit.requests.add(request, "")
                unit.audit.append(submitted(request))
            unit.commit()
        database.close()

    def lose(self, ref: str) -> None:
        """Remove a record whose time is over, and the files that it alone names."""
        settings = load(environment(self.data), self.data)
        database = Database(settings.database_url, audit_key=settings.audit_key)
        with database.unit() as unit:
            for each in unit.retention.forget([ref]):
                self.library.remove(each)
            unit.commit()
        database.close()

    def move(self, to: str, *more: str, **environ: str) -> "subprocess.CompletedProcess[str]":
        return app(self.data, "library", "move", "--to", to, *more, **environ)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("template") / "data"
    assert app(data, "migrate").returncode == 0
    Installation(data).add(0, *FILES)
    return data


@pytest.fixture
def installed(template: Path, tmp_path: Path) -> Installation:
    shutil.copytree(template, tmp_path / "data")
    return Installation(tmp_path / "data")


def a_bucket(store: Store, gate: Gate, name: str) -> str:
    store.make(name)
    return f"s3://{name}/assets?endpoint={gate.url}&region={REGION}"


def read_from(gate: Gate, name: str, hashes: Sequence[str]) -> list[bytes]:
    library = connect_url(f"s3://{name}/assets", options(gate.url))
    return [library.read(each) for each in hashes]


def test_every_file_is_taken_to_a_bucket_and_back_and_said_how_far_it_is(
    installed: Installation, store: Store, tmp_path: Path
) -> None:
    with Gate(store.port) as gate:
        url = a_bucket(store, gate, "there")
        there = installed.move(url, **KEYS)
        assert (there.returncode, there.stderr) == (0, "")
        assert "\n100 %, 12 of 12 files\n" in there.stdout
        assert "12 of 12 files are at s3://there/assets at http://127.0.0.1:" in there.stdout
        assert "12 were taken there by this run." in there.stdout
        assert read_from(gate, "there", HASHES) == FILES
        assert [installed.library.read(each) for each in HASHES] == FILES

        again = installed.move(str(tmp_path / "back"), "--from", url, **KEYS)
        assert (again.returncode, again.stderr) == (0, "")
        back = LocalLibrary(tmp_path / "back")
        assert [back.read(each) for each in HASHES] == FILES
        assert ANYBODY.secret not in there.stdout + again.stdout


def test_what_was_interrupted_goes_on_where_it_was(installed: Installation, store: Store) -> None:
    with Gate(store.port) as gate:
        url = a_bucket(store, gate, "cut")
        gate.cut_after = sum(map(len, FILES)) // 2
        broken = installed.move(url, **KEYS)
        assert broken.returncode == 2
        assert "There: The library " in broken.stderr
        assert "run the same again, and it goes on from there." in broken.stderr
        gate.cut_after = None
        gate.open()
        there_before = set(store.names("cut"))
        sent = gate.sent
        assert 0 < len(there_before) < len(FILES)

        done = installed.move(url, **KEYS)

        assert (done.returncode, done.stderr) == (0, "")
        missing = sum(
            len(content)
            for hash_, content in zip(HASHES, FILES, strict=True)
            if f"assets/{hash_[:2]}/{hash_}" not in there_before
        )
        assert gate.sent - sent < missing + 100_000
        assert read_from(gate, "cut", HASHES) == FILES


_SOME = 60_000
"""Bytes of calls in which some of 120 files are taken, and never all of them."""


@pytest.mark.timeout(120)
def test_many_files_are_taken_though_it_is_killed_and_then_interrupted(
    installed: Installation, store: Store
) -> None:
    contents = [b"%PDF-1.7 one of many " + str(number).encode() for number in range(108)]
    installed.add(100, *contents)
    hashes = [sha256(each).hexdigest() for each in contents]
    with Gate(store.port) as gate:
        url = a_bucket(store, gate, "killed")
        for end in (signal.SIGKILL, signal.SIGINT):
            gate.held_after = gate.sent + _SOME
            with begun(installed, url) as moving:
                wait_for(lambda: gate.holds)
                moving.send_signal(end)
                threading.Event().wait(1)  # it is heard before the rest is taken
                gate.release()
                _, said = moving.communicate(timeout=60)
            assert moving.returncode == (-end if end is signal.SIGKILL else 2)
            assert ("Interrupted. What has been taken is kept" in said) is (end is signal.SIGINT)
        before = len(store.names("killed"))
        assert 0 < before < 120

        done = installed.move(url, **KEYS)

        assert (done.returncode, done.stderr) == (0, "")
        assert "120 of 120 files are at" in done.stdout
        assert f"{120 - before} were taken there by this run." in done.stdout
        assert read_from(gate, "killed", hashes) == contents


@contextmanager
def begun(installed: Installation, url: str) -> "Iterator[subprocess.Popen[str]]":
    command = [sys.executable, str(ROOT / "app.py"), "library", "move", "--to", url]
    found = environment(installed.data, **KEYS)
    pipe = subprocess.PIPE
    # A shell lets what it starts in the background ignore interruptions, and all that it starts.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with subprocess.Popen(command, env=found, stdout=pipe, stderr=pipe, text=True) as process:
            try:
                yield process
            finally:
                process.kill()
    finally:
        signal.signal(signal.SIGINT, before)


def wait_for(condition: Callable[[], bool]) -> None:
    for _ in range(1200):
        if condition():
            return
        threading.Event().wait(0.05)
    raise AssertionError("It did not come to that within a minute.")


def test_what_was_forgotten_here_is_forgotten_there_by_the_next_run(
    installed: Installation, tmp_path: Path
) -> None:
    there = LocalLibrary(tmp_path / "there")
    assert installed.move(str(tmp_path / "there")).returncode == 0
    others = there.keep(b"%PDF-1.7 of somebody else")
    installed.lose("SHELF-4")

    again = installed.move(str(tmp_path / "there"))

    assert "1 that no request names any more were removed at" in again.stdout
    assert "11 of 11 files are at" in again.stdout
    assert not there.has(HASHES[4])
    assert there.has(others)
    assert all(map(there.has, {*HASHES} - {HASHES[4]}))
    assert "no request names any more" not in installed.move(str(tmp_path / "there")).stdout


def test_a_further_run_takes_only_what_is_new(installed: Installation, tmp_path: Path) -> None:
    there = tmp_path / "there"
    assert installed.move(str(there)).returncode == 0
    before = {each: each.stat().st_ino for each in there.rglob("*") if each.is_file()}
    installed.add(40, b"%PDF-1.7 one more")

    again = installed.move(str(there))

    assert "13 of 13 files are at" in again.stdout
    assert "1 were taken there by this run." in again.stdout
    after = {each: each.stat().st_ino for each in there.rglob("*") if each.is_file()}
    assert before.items() < after.items()


def test_what_is_spoilt_there_before_it_was_compared_is_taken_anew(
    installed: Installation, tmp_path: Path
) -> None:
    there = tmp_path / "there"
    LocalLibrary(there).keep(FILES[0])
    (there / HASHES[0][:2] / HASHES[0]).write_bytes(b"spoilt")

    assert installed.move(str(there)).returncode == 0

    assert [LocalLibrary(there).read(each) for each in HASHES] == FILES


def test_a_file_that_is_missing_or_damaged_here_is_named_and_no_other_is_kept_back(
    installed: Installation, tmp_path: Path
) -> None:
    installed.place(HASHES[3]).unlink()
    installed.place(HASHES[5]).write_bytes(b"spoilt")

    moved = installed.move(str(tmp_path / "there"))

    assert moved.returncode == 1
    assert "10 of 12 files are at" in moved.stdout
    assert f"✗ The file {HASHES[3][:12]}… is missing at {installed.data}" in moved.stdout
    assert f"✗ The file {HASHES[5][:12]}… is damaged at {installed.data}" in moved.stdout
    assert "Now stop the bot" not in moved.stdout


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("http://files.example/a", '--to: "http://files.example/a" names no bucket; right is'),
        ("{data}/library", "The library is at {data}/library already."),
        ("{data}/frontdesk.db", 'frontdesk.db" is a file; right is a folder.'),
        ("gs://shelf", "The library cannot be used: what gs:// needs is not installed"),
        ("{data}/no/such/folder", "There: The library's folder is not there"),
    ],
)
def test_a_place_that_does_not_do_is_a_sentence(
    installed: Installation, to: str, said: str
) -> None:
    moved = installed.move(to.format(data=installed.data))

    assert moved.returncode == 2
    assert said.format(data=installed.data) in moved.stderr


def test_a_library_that_is_away_ends_it_at_once(installed: Installation, tmp_path: Path) -> None:
    (installed.data / "library").rename(installed.data / "away")

    moved = installed.move(
        str(tmp_path / "there"),
        FRONTDESK_LIBRARY=str(installed.data / "not mounted" / "library"),
    )

    assert moved.returncode == 2
    assert "Here: The library's folder is not there" in moved.stderr


@pytest.mark.skipif(os.name != "posix", reason="there are no such terminals")
def test_a_bar_is_drawn_on_a_terminal(installed: Installation, tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    command = [sys.executable, str(ROOT / "app.py"), "library", "move", "--to"]
    with os.fdopen(ours, "rb", buffering=0) as screen:
        done = subprocess.run(
            [*command, str(tmp_path / "there")],
            env=environment(installed.data),
            stdout=theirs,
            check=True,
        )
        os.close(theirs)
        shown = screen.read(100_000).decode()

    assert done.returncode == 0
    bars = re.findall(r"\r\[(#*)(\.*)\] +(\d+) %, (\d+) of 12 files", shown)
    assert [int(count) for *_, count in bars] == list(range(1, 13))
    assert {len(drawn) + len(open_) for drawn, open_, *_ in bars} == {30}
    assert bars[-1][0] == "#" * 30


def finding(
    folder: Path, capsys: pytest.CaptureFixture[str], place: LibraryPlace
) -> list[tuple[str, str, str, str]]:
    """What the doctor says of the library: subject, state, what it saw and the fix."""
    settings = load(connected(folder), folder)
    migrate(settings.database_url)
    see_doctor(replace(settings, library=place), as_json=True)
    found = json.loads(capsys.readouterr().out)
    return [
        (each["subject"], each["state"], each["seen"], each["fix"])
        for each in found
        if each["subject"].startswith("Library")
    ]


def test_the_doctor_tries_a_bucket_and_leaves_nothing_in_it(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store.make("well")
    place = LibraryPlace(url="s3://well/assets", options=options(store.url))

    [found] = finding(tmp_path, capsys, place)

    assert found == ("Library of assets", "well", f"{place} keeps, gives and removes files", "")
    assert store.names("well") == []


def test_the_doctor_names_what_is_wrong_with_a_bucket(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store.make("versioned", versions=True)
    reader = store.somebody("versioned", "s3:GetObject", "s3:ListBucket")
    known = store.somebody("versioned", "s3:*")

    def seen(bucket: str, keys: Keys, url: str = store.url) -> list[tuple[str, str, str, str]]:
        place = LibraryPlace(url=f"s3://{bucket}/assets", options=options(url, keys))
        return finding(tmp_path, capsys, place)

    store.lock()
    try:
        for found, said, help_ in (
            (seen("versioned", reader), "(AccessDenied)", "list the bucket, and get, put and"),
            (seen("versioned", STRANGER), "(InvalidAccessKeyId)", "Correct AWS_ACCESS_KEY_ID"),
        ):
            [(_, state, what, fix)] = found
            assert state == "wrong"
            assert f"The library refuses Frontdesk {said}" in what
            assert help_ in fix
        _, (subject, state, what, fix) = seen("versioned", known)
        assert (subject, state) == ("Library's bucket", "wrong")
        assert "keeps versions for ever" in what
        assert "lifecycle rule" in fix
    finally:
        store.unlock()
    [(_, state, what, fix)] = seen("never-made", ANYBODY)
    assert (state, "The library's place is not there" in what) == ("wrong", True)
    assert fix.startswith("Make the bucket")
    [(_, state, what, fix)] = seen("versioned", ANYBODY, "http://127.0.0.1:9")
    assert (state, "The library cannot be used" in what) == ("wrong", True)
    assert fix.startswith("Correct the endpoint in FRONTDESK_LIBRARY")


def test_the_doctor_says_what_is_not_installed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [(_, state, seen, fix)] = finding(tmp_path, capsys, LibraryPlace(url="gs://shelf"))

    assert state == "wrong"
    assert seen.startswith("gs://shelf cannot be used: what gs:// needs is not installed")
    assert fix == "Install gcsfs beside Frontdesk's requirements."


def test_a_start_without_what_the_library_needs_is_a_sentence(tmp_path: Path) -> None:
    done = app(tmp_path, **connected(tmp_path, FRONTDESK_LIBRARY="gs://shelf"))

    assert done.returncode == 2
    assert "The library cannot be used: what gs:// needs is not installed" in done.stderr
    assert "Traceback" not in done.stderr


def loaded(folder: Path, **more: str) -> set[str]:
    """What a bot of these settings has loaded, in a process of its own."""
    code = LOADED.format(environ=connected(folder, **more))
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_with_files_on_this_machine_nothing_of_it_is_loaded(tmp_path: Path) -> None:
    assert not loaded(tmp_path) & OF_IT


def test_with_a_bucket_it_is(tmp_path: Path) -> None:
    assert OF_IT - {"aiohttp"} <= loaded(tmp_path, FRONTDESK_LIBRARY="s3://shelf")
