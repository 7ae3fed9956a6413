"""The text of presentations (.pptx), out of a stranger's archive.

The format: ECMA-376 part 1, PresentationML. Speakers' notes and comments are not read: what an
asset's author told a colleague is not for whoever searches.
"""

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from bot.ports.documents import NotRendered
from integrations.documents.archive import BROKEN, name_of, part
from integrations.documents.blocks import Block, plain, row_of

_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")


def slides_of(names: Sequence[str]) -> Sequence[str]:
    """Return those ``names`` of an archive's parts that are slides, in the order of their making.

    Whoever moved slides about moved no names; for a search that is no matter.
    """
    found = ((match, name) for name in names if (match := _SLIDE.fullmatch(name)))
    return [name for _, name in sorted((int(match[1]), name) for match, name in found)]


def pptx_text(content: bytes, names: Sequence[str], *, enough: int, limit: int) -> str:
    """Return the text of these slides, as soon as there are ``enough`` characters of it.

    Raises NotRendered for a damaged file, or a slide that is larger than ``limit`` bytes.
    """
    texts: list[str] = []
    try:
        with ZipFile(BytesIO(content)) as archive:
            for name in names:
                texts.append(plain(list(_blocks(part(archive, name, limit=limit)))))
                if sum(map(len, texts)) >= enough:
                    break
    except BROKEN as error:
        raise NotRendered("The presentation is damaged; please hand it in once more.") from error
    return "\n\n".join(filter(None, texts))


def _blocks(container: Element) -> Iterator[Block]:
    for element in container:
        match name_of(element):
            case "tr":
                yield row_of(_text(cell) for cell in element if name_of(cell) == "tc")
            case "p":
                yield Block("paragraph", _text(element))
            case "Fallback":
                pass  # the same once more, for older programs
            case _:
                yield from _blocks(element)


def _text(element: Element) -> str:
    """Return the text in an element; where a line or a paragraph ends, the next begins a line."""
    parts: list[str] = []
    for each in element.iter():
        match name_of(each):
            case "t":
                parts.append(each.text or "")
            case "br" | "p" if parts:
                parts.append("\n")
            case _:
                pass
    return "".join(parts)
