"""By what a version of an asset is recognised when somebody posts it."""

from bot.ports import Unit
from workflows.asset_parts import Kept


def remember(unit: Unit, ref: str, version: int, kept: Kept | None, link: str) -> None:
    """Remember a version by its file, where it has one that is kept, else by its link."""
    marks = (file_mark(kept.sha256), _size_mark(kept.size)) if kept else (link_mark(link),)
    for mark in marks:
        unit.marks.add(mark, ref, version)


def may_be_known(unit: Unit, size: int) -> bool:
    """Whether some version has a file of so many bytes; a file of any other size is no copy."""
    return bool(unit.marks.of(_size_mark(size)))


def file_mark(sha256: str) -> str:
    """Return the mark of a file with this hash."""
    return f"sha256:{sha256}"


def link_mark(link: str) -> str:
    """Return the mark of a link."""
    return f"link:{link}"


def _size_mark(size: int) -> str:
    return f"size:{size}"
