"""Archives of strangers (ZIP, and the Office files that are one), opened with care.

The formats: ECMA-376 part 2 (Office), OASIS OpenDocument 1.3 part 2, Apple's iWork.
"""

import struct
import zlib
from collections.abc import Sequence
from io import BytesIO
from lzma import LZMAError
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from zipfile import BadZipFile, ZipFile

from bot.ports.documents import NotRendered

BROKEN = (
    BadZipFile,
    EOFError,
    KeyError,
    LZMAError,
    OSError,
    ParseError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What reading a damaged, locked or strange archive raises."""

_LARGEST = 1024**3
_LARGE = 100 * 1024**2
_TIMES = 100
"""An archive that says of itself that it unpacks to more than ``_LARGEST`` bytes is none of use,
nor is a ``_LARGE`` one that grows more than so many times: a bomb does, an honest file does not."""

_LOCKED = 0x1
"""The bit of an entry's flags that says it is encrypted."""

_BASIC = {("basic",), ("scripts",)}
"""The folders of an OpenDocument that hold programs."""

_TOO_LARGE = "The file is too large when unpacked."


class _NoDoctype(TreeBuilder):
    """Office writes no DOCTYPE; only there could an XML bomb declare its entities."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise ParseError(f"A DOCTYPE: {name} {pubid} {system}")


def names_in(content: bytes) -> Sequence[str]:
    """Return what an archive holds, by name.

    Raises NotRendered, with a sentence, when it is damaged, locked, a bomb, or holds macros.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except BROKEN as error:
        raise NotRendered("The file is damaged; please hand it in once more.") from error
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > _LARGEST or unpacked > max(_LARGE, _TIMES * len(content)):
        raise NotRendered(_TOO_LARGE)
    if any(entry.flag_bits & _LOCKED for entry in entries):
        raise NotRendered("The file is locked with a password; please hand it in without one.")
    names = [entry.filename for entry in entries]
    if _has_macros(names):
        raise NotRendered("The file holds macros, which are programs; please save it without them.")
    return names


def part(archive: ZipFile, name: str, *, limit: int) -> Element:
    """Return the XML under ``name``. Raises NotRendered beyond ``limit`` bytes, or ``BROKEN``."""
    with archive.open(name) as file:
        xml = file.read(limit + 1)
    if len(xml) > limit:
        raise NotRendered(_TOO_LARGE)
    parser = XMLParser(target=_NoDoctype())  # noqa: S314 - without DOCTYPE there is no bomb
    parser.feed(xml)
    root: Element = parser.close()
    return root


def name_of(element: Element) -> str:
    """Return an element's name without its namespace: Office has two for one and the same."""
    return element.tag.rpartition("}")[2]


def _has_macros(names: Sequence[str]) -> bool:
    """Whether there is Visual Basic, an older macro of Excel, or Basic in an OpenDocument."""
    paths = [PurePosixPath(name.lower()) for name in names]
    if any(path.name == "vbaproject.bin" or "macrosheets" in path.parts for path in paths):
        return True
    return "mimetype" in names and any(path.parts[:1] in _BASIC for path in paths)
