"""The labelled phrases: of the first file every second one was held back while rules were written.

The rules knew none of the second file when they first read it.
"""

import json
from pathlib import Path

_FOLDER = Path(__file__).parent


def phrases() -> list[tuple[str, str]]:
    """Return every phrase of the first file and what it means, in its order."""
    return _read("verdict-phrases.json")


def known() -> list[tuple[str, str]]:
    """Return the half against which the rules were written: the first of each two."""
    return phrases()[::2]


def held_back() -> list[tuple[str, str]]:
    """Return the other half."""
    return phrases()[1::2]


def later() -> list[tuple[str, str]]:
    """Return what was collected after both halves had been read."""
    return _read("verdict-phrases-later.json")


def _read(name: str) -> list[tuple[str, str]]:
    found = json.loads((_FOLDER / name).read_text(encoding="utf-8"))
    return [(str(each["text"]), str(each["means"])) for each in found]
