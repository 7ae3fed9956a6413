"""A library on local disk: what lies there, and the days on which the disk does not do."""

import os
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import threading
from hashlib import sha256
from pathlib import Path

import pytest

from bot.ports.library import LibraryUnavailable
from integrations.library import LocalLibrary

HOUSE = Path(__file__).parents[3]
DECK = b"%PDF-1.7 a deck of Harborlight's"
KEY = sha256(DECK).hexdigest()
MEGABYTE = 1_000_000

not_on_windows = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such thing")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


def files(folder: Path) -> list[str]:
    return sorted(
        each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()
    )


def test_a_file_lies_below_the_first_two_letters_of_its_hash(folder: Path) -> None:
    LocalLibrary(folder).keep(DECK)

    assert files(folder) == [f"{KEY[:2]}/{KEY}"]


def test_what_is_there_and_whole_is_not_written_again(folder: Path) -> None:
    LocalLibrary(folder).keep(DECK)
    before = (folder / KEY[:2] / KEY).stat()

    LocalLibrary(folder).keep(DECK)

    after = (folder / KEY[:2] / KEY).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@not_on_windows
def test_only_the_bots_account_reads_it_whatever_the_umask(folder: Path) -> None:
    before = os.umask(0)
    try:
        LocalLibrary(folder).keep(DECK)
    finally:
        os.umask(before)

    modes = {
        each.relative_to(folder).as_posix(): stat.S_IMODE(each.stat().st_mode)
        for each in [folder, *folder.rglob("*")]
    }
    assert modes == {".": 0o700, "partial": 0o700, KEY[:2]: 0o700, f"{KEY[:2]}/{KEY}": 0o600}


def test_a_folder_that_is_gone_is_not_made_anew(folder: Path) -> None:
    library = LocalLibrary(folder)
    library.keep(DECK)
    shutil.rmtree(folder)

    for use in (lambda: library.keep(DECK), lambda: library.read(KEY), lambda: library.has(KEY)):
        with pytest.raises(LibraryUnavailable, match="not there; an admin has to see whether"):
            use()
    assert not folder.exists()


def test_a_disk_that_comes_back_is_used_again(folder: Path) -> None:
    mount = folder / "mount"
    library = LocalLibrary(mount / "library")
    with pytest.raises(LibraryUnavailable):
        library.keep(DECK)

    mount.mkdir(parents=True)

    assert library.read(library.keep(DECK)) == DECK


def test_a_file_in_the_folders_place_is_said(folder: Path) -> None:
    folder.write_bytes(b"in the way")

    with pytest.raises(LibraryUnavailable, match="The library's disk does not work"):
        LocalLibrary(folder).keep(DECK)


def test_what_was_left_half_written_is_never_found_and_is_removed_in_the_end(folder: Path) -> None:
    library = LocalLibrary(folder)
    library.keep(b"first")
    dead, alive = (folder / "partial" / name for name in ("dead", "alive"))
    for part in (dead, alive):
        part.write_bytes(DECK[:10])
    old = alive.stat().st_mtime - 7200
    os.utime(dead, (old, old))

    assert not library.has(KEY)
    library.keep(b"second")

    assert alive.exists()
    assert not dead.exists()


@not_on_windows
def test_a_writer_that_is_killed_in_the_middle_leaves_nothing_to_be_found(folder: Path) -> None:
    size = 300 * MEGABYTE
    with subprocess.Popen(keeping(folder, size), cwd=HOUSE) as writer:
        wait_for_a_file(folder / "partial")
        writer.send_signal(signal.SIGKILL)
    half = sum(each.stat().st_size for each in (folder / "partial").iterdir())

    assert writer.returncode == -signal.SIGKILL
    assert half < size
    assert [name for name in files(folder) if not name.startswith("partial/")] == []
    assert LocalLibrary(folder).read(LocalLibrary(folder).keep(DECK)) == DECK


@pytest.mark.skipif(sys.platform != "linux", reason="needs a limit that the system really keeps")
def test_a_file_that_does_not_fit_is_said_and_leaves_nothing(folder: Path) -> None:
    said = output(keeping(folder, 2 * MEGABYTE, MEGABYTE))

    assert said.startswith("The library's disk is full; nothing was kept.")
    assert files(folder) == []
    assert output(keeping(folder, MEGABYTE, MEGABYTE)) == sha256(b"x" * MEGABYTE).hexdigest()


def test_a_disk_that_is_really_full_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    small = f"mount -t tmpfs -o size=128k tmpfs {tmp_path}"

    said = on_a_disk_of_its_own(tmp_path, small, MEGABYTE, "echo; find library -type f | wc -l")

    sentence, left = said.splitlines()
    assert sentence.startswith("The library's disk is full; nothing was kept.")
    assert left == "0"


def test_a_disk_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    said = on_a_disk_of_its_own(tmp_path, f"mount -t tmpfs -o ro tmpfs {tmp_path}", 10, "true")

    assert said.startswith("Frontdesk may not use the library's folder as it is")


def wait_for_a_file(folder: Path) -> None:
    for _ in range(20_000):
        if folder.exists() and any(folder.iterdir()):
            return
        threading.Event().wait(0.001)
    raise AssertionError(f"Nothing was ever written to {folder}.")


def on_a_disk_of_its_own(disk: Path, mount: str, size: int, then: str) -> str:
    """Keep bytes where ``mount`` has put a disk that only this one child sees."""
    inside = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-ec"]
    if not shutil.which("unshare") or subprocess.run([*inside, mount], check=False).returncode:
        pytest.skip("nobody may mount a disk here")
    keep = shlex.join(keeping(disk / "library", size))
    return output([*inside, f"{mount}; {keep}; cd {shlex.quote(str(disk))}; {then}"])


def keeping(folder: Path, size: int, *largest: int) -> list[str]:
    numbers = [str(number) for number in (size, *largest)]
    return [sys.executable, "-m", "tests.integrations.library.keeping", str(folder), *numbers]


def output(command: list[str]) -> str:
    done = subprocess.run(command, cwd=HOUSE, capture_output=True, timeout=30, check=True)
    return done.stdout.decode()
