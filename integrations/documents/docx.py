"""Word files (.docx) as blocks of plain text, out of a stranger's archive.

The format: ECMA-376 part 1, WordprocessingML. Headers, footnotes and comments are not read, nor
is what tracked changes have taken out.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from bot.ports.documents import NotRendered
from integrations.documents.archive import BROKEN, name_of, part
from integrations.documents.blocks import Block, row_of

_GONE = frozenset({"del", "moveFrom", "Fallback", "pPr", "rPr", "instrText"})
"""Elements whose text is no part of the document's."""

_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def docx_blocks(content: bytes, *, limit: int) -> Sequence[Block]:
    """Return the blocks of a Word file. Raises NotRendered if damaged or beyond ``limit`` bytes."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            return list(_blocks(part(archive, "word/document.xml", limit=limit)))
    except BROKEN as error:
        raise NotRendered(
            "The file is damaged, locked with a password, or no Word file."
        ) from error


def _blocks(container: Element) -> Iterator[Block]:
    for element in container:
        match name_of(element):
            case "p":
                yield Block("item" if _is_item(element) else "paragraph", _text(element))
                for box in _boxes(element):
                    yield from _blocks(box)
            case "tbl":
                yield from (row_of(_cells(row)) for row in element if name_of(row) == "tr")
            case name if name in _GONE:
                pass
            case _:
                yield from _blocks(element)


def _boxes(element: Element) -> Iterator[Element]:
    for child in element:
        if name_of(child) == "txbxContent":
            yield child
        elif name_of(child) not in _GONE:
            yield from _boxes(child)


def _cells(row: Element) -> Iterator[str]:
    for cell in row:
        if name_of(cell) == "tc":
            yield " ".join(block.text for block in _blocks(cell))


def _text(element: Element) -> str:
    """Return the text in an element, without that of the text boxes anchored there."""
    parts = []
    for child in element:
        name = name_of(child)
        if name == "t":
            parts.append(child.text or "")
        elif name in _SIGNS:
            parts.append(_SIGNS[name])
        elif name not in _GONE and name != "txbxContent":
            parts.append(_text(child))
    return "".join(parts)


def _is_item(paragraph: Element) -> bool:
    """Whether a paragraph has a bullet or number, of its own or by its style; headings do not."""
    style, number = "", ""
    for properties in (child for child in paragraph if name_of(child) == "pPr"):
        for element in properties.iter():
            if name_of(element) == "pStyle":
                style = _value(element)
            elif name_of(element) == "numId":
                number = _value(element)
    if style.startswith("Heading"):
        return False
    return number not in {"", "0"} or style.startswith(("ListBullet", "ListNumber"))


def _value(element: Element) -> str:
    return next((value for name, value in element.items() if name.endswith("}val")), "")
