"""A bank's CSV file as a table: its text, the line that names the columns, and what is below it.

Banks write what they like above and below the transactions, in any encoding, with any delimiter.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from modals.fitting import clean, cut

LARGEST = 5 * 1024 * 1024
"""Bytes of a statement."""

MOST_LINES = 5_000
MOST_COLUMNS = 60

_DELIMITERS = (";", ",", "\t")
_LOOKED_AT = 60
_FEWEST = 2
_LONGEST_CELL = 2_000
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NO_NAME = re.compile(r"[\d\s.,:;/+\-()'’]*")


class Unusable(ValueError):
    """A file that cannot be taken; the text says why, for whoever handed it in."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file, by its number from 1, and its cells without spaces around them."""

    number: int
    cells: tuple[str, ...]

    @property
    def width(self) -> int:
        """How many cells it has, up to the last that is not empty."""
        return max((at for at, cell in enumerate(self.cells, start=1) if cell), default=0)


@dataclass(frozen=True, slots=True)
class Table:
    """The names of the columns, and every line below them that is not empty."""

    header: tuple[str, ...]
    lines: tuple[Line, ...]

    def called(self, at: int) -> str:
        """Return what people read as the name of a column; a bank leaves some without one."""
        return self.header[at] or f"Column {at + 1}"


def text_of(content: bytes) -> str:
    """Return the text of a file: UTF-8, UTF-16 with its mark, else as Windows writes it (cp1252).

    Raises :class:`Unusable` for what is empty, too large, or no text.
    """
    if len(content) > LARGEST:
        raise Unusable(
            f"It is larger than {LARGEST // 1024 // 1024} MB. Please export fewer days at once."
        )
    text = _decoded(content)
    if not text.strip():
        raise Unusable("The file is empty.")
    if found := _UNREADABLE.search(text):
        number = text.count("\n", 0, found.start()) + 1
        raise Unusable(
            f"Line {number}: there is a character that no text has, so this is no CSV file. "
            "Please export the transactions as CSV, not as Excel or PDF."
        )
    return clean(text)


def table_of(text: str) -> Table:
    """Return the table in ``text``. Raises :class:`Unusable` with a sentence."""
    lines = _lines(text, max(_DELIMITERS, key=lambda each: _regularity(text, each)))
    looked_at = lines[:_LOOKED_AT]
    headers = [
        (line, lines[at + 1 :])
        for at, line in enumerate(looked_at)
        if _names_columns(line) and _fits_half(line, lines[at + 1 :])
    ]
    if headers:
        header, below = max(headers, key=lambda each: each[0].width)
        return Table(header.cells[: _reach(header, below)], tuple(below))
    last = looked_at[-1] if looked_at else None
    if last is not None and len(lines) <= _LOOKED_AT and _names_columns(last):
        raise Unusable(f"Line {last.number} names the columns, and there is nothing below it.")
    raise Unusable(
        "No line names the columns. Please export the transactions as CSV with their header."
    )


def _decoded(content: bytes) -> str:
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unusable("This is no text that can be read. Please save it as “CSV UTF-8”.")


def _regularity(text: str, delimiter: str) -> tuple[int, int]:
    """Return how many of the first lines have the same number of cells, and how many those are."""
    widths: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    with suppress(csv.Error):  # it is told where the lines are read
        for cells in reader:
            if len(cells) >= _FEWEST:
                widths.append(len(cells))
            if reader.line_num >= _LOOKED_AT:
                break
    return max(((widths.count(each), each) for each in set(widths)), default=(0, 0))


def _lines(text: str, delimiter: str) -> Sequence[Line]:
    lines: list[Line] = []
    for number, cells in _numbered(text, delimiter):
        if len(cells) > MOST_COLUMNS:
            raise Unusable(f"Line {number}: it has more than {MOST_COLUMNS} columns.")
        stripped = tuple(" ".join(cell.split()) for cell in cells)
        if long := next((cell for cell in stripped if len(cell) > _LONGEST_CELL), ""):
            raise Unusable(f"Line {number}: “{cut(long, 40)}” is longer than any bank writes.")
        if any(stripped):
            lines.append(Line(number, stripped))
        if len(lines) > MOST_LINES:
            raise Unusable(
                f"It has more than {MOST_LINES:,} lines. Please export fewer days at once."
            )
    return lines


def _numbered(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field limit" in str(error):
                raise Unusable(f"Line {number}: it is longer than any bank writes.") from None
            said = "is never closed" if "end of data" in str(error) else "is out of place"
            raise Unusable(f"Line {number}: a quotation mark {said}.") from None
        yield number, cells


def _names_columns(line: Line) -> bool:
    """Whether every cell of it says something, and none of them only a number or a day."""
    named = [cell for cell in line.cells if cell]
    return len(named) >= _FEWEST and not any(_NO_NAME.fullmatch(cell) for cell in named)


def _reach(header: Line, below: Sequence[Line]) -> int:
    """Return how many columns there are: with those at the end that have no name, but something."""
    unnamed = (each.width for each in below if each.width <= len(header.cells))
    return max((header.width, *unnamed))


def _fits_half(header: Line, below: Sequence[Line]) -> bool:
    """Whether half of the lines below have so many cells; what is empty at their end may be more.

    The bank's own lines above and below are others.
    """
    width = _reach(header, below)
    fitting = sum(each.width <= width <= len(each.cells) for each in below)
    return 0 < len(below) <= fitting * 2
