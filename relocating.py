"""``app.py library move``: the files of assets are taken elsewhere, while the bot runs or not."""

import os
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from hashlib import sha256 as hash_of
from pathlib import Path
from typing import TextIO

from bot.errors import CannotGoOn
from bot.relocating import CutShort, Outcome, Relocation
from partners import connecting
from records import OURS_ALONE, open_record
from settings import Settings
from settings.library import LibraryPlace, library_place
from settings.wording import Wrong

_WIDTH = 30
"""Signs of the bar."""
_STEP = 10
"""Per cent after which a line is written where there is no terminal."""
_SHOWN = 12
"""Letters of a hash that are enough to find a file by."""
_AGAIN = "What has been taken is kept; run the same again, and it goes on from there."


def move(settings: Settings, to: str, whence: str | None, root: Path) -> int:
    """Take every file that a request names to ``to``, from ``whence`` or where the library is.

    Nothing is changed where they are, and no setting. What an interrupted run has taken is not
    taken again; what an earlier run has taken and no request names any more is removed there.
    Returns 1 when a file could not be read.
    """
    os.umask(OURS_ALONE)
    there = _place(settings, "--to", to, root)
    here = settings.library if whence is None else _place(settings, "--from", whence, root)
    if str(here) == str(there):
        raise CannotGoOn(f"The library is at {here} already.")
    relocation = Relocation(connecting.library(settings, here), connecting.library(settings, there))
    try:
        with open_record(settings) as database, _journal(settings.data, there) as journal:
            unreadable: dict[str, Outcome] = {}
            taken, seen = 0, frozenset[str]()
            while new := (named := database.library_files()) - seen:  # more may have come meanwhile
                taken += _take(relocation, new, journal, unreadable)
                seen |= new
            forgotten = relocation.forget(journal.known - named)
    except CutShort as trouble:
        raise CannotGoOn(f"{trouble} {_AGAIN}") from trouble
    except KeyboardInterrupt:
        raise CannotGoOn(f"\nInterrupted. {_AGAIN}") from None
    if forgotten:
        print(f"{forgotten:,} that no request names any more were removed at {there}.")
    return _said(here, there, seen, taken, unreadable)


class Journal:
    """The hashes of files that were compared at one place; it outlives an interrupted run."""

    def __init__(self, file: TextIO) -> None:
        """Read what earlier runs wrote."""
        self._file = file
        file.seek(0)
        self.known = frozenset(file.read().split())

    def note(self, sha256: str) -> None:
        """Remember that a file was compared."""
        self._file.write(f"{sha256}\n")
        self._file.flush()


class Progress:
    """How far it is: a bar on a terminal, and a line every few per cent anywhere else."""

    def __init__(self, total: int, out: TextIO) -> None:
        """Begin with nothing done of ``total`` files."""
        self._total, self._out, self._done, self._said = total, out, 0, -1

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        share = 100 * self._done // self._total
        counted = f"{self._done:,} of {self._total:,} files"
        if self._out.isatty():
            bar = ("#" * (_WIDTH * self._done // self._total)).ljust(_WIDTH, ".")
            end = "\n" if self._done == self._total else ""
            self._out.write(f"\r[{bar}] {share:3} %, {counted}{end}")
        elif share // _STEP > self._said // _STEP:
            self._said = share
            self._out.write(f"{share} %, {counted}\n")
        self._out.flush()


def _take(
    relocation: Relocation,
    hashes: Collection[str],
    journal: Journal,
    unreadable: dict[str, Outcome],
) -> int:
    """Take the files and return how many were not there before."""
    progress = Progress(len(hashes), sys.stdout)
    taken: list[str] = []

    def done(sha256: str, outcome: Outcome) -> None:
        if outcome in (Outcome.MISSING, Outcome.DAMAGED):
            unreadable[sha256] = outcome
        elif sha256 not in journal.known:
            journal.note(sha256)
        if outcome is Outcome.TAKEN:
            taken.append(sha256)
        progress.step()

    relocation.take(hashes, journal.known, done)
    return len(taken)


def _said(
    here: LibraryPlace,
    there: LibraryPlace,
    seen: Collection[str],
    taken: int,
    unreadable: dict[str, Outcome],
) -> int:
    whole = len(seen) - len(unreadable)
    print(f"{whole:,} of {len(seen):,} files are at {there}, each compared with its hash there;")
    print(f"{taken:,} were taken there by this run. At {here} nothing was changed.")
    for sha256, outcome in sorted(unreadable.items()):
        print(f"✗ The file {sha256[:_SHOWN]}… is {outcome.value} at {here}; restore it, and go on.")
    if unreadable:
        return 1
    print("Now stop the bot, run this once more for what has come meanwhile, set FRONTDESK_LIBRARY")
    print("to the new place, and start the bot. Links to assets stay as they are.")
    return 0


def _place(settings: Settings, option: str, text: str, root: Path) -> LibraryPlace:
    try:
        return library_place(text, root, settings.library_keys)
    except Wrong as wrong:
        raise CannotGoOn(f"{option}: {wrong}") from None


@contextmanager
def _journal(data: Path, there: LibraryPlace) -> Iterator[Journal]:
    """Open what is known of files at ``there``."""
    name = f"library-move-{hash_of(str(there).encode()).hexdigest()[:_SHOWN]}.txt"
    try:
        with (data / name).open("a+", encoding="ascii") as file:
            yield Journal(file)
    except OSError as error:
        raise CannotGoOn(f"{data / name} could not be written: {error.strerror}.") from error
