"""A confined program: a PDF of anybody's in, pictures of its pages out."""

from collections.abc import Sequence

import pypdfium2

from bot.ports.documents import NotRendered
from bot.ports.values import Json
from integrations.documents.answering import answer
from integrations.documents.png import png_of

_LONGEST = 10
"""How many times as high as wide a page may be; beyond it the picture would eat all memory."""


def rasterise(facts: Json, pdf: bytes) -> Sequence[bytes]:
    """Return a PNG a page, ``facts["width"]`` pixels wide. Raises NotRendered."""
    try:
        return [_picture(page, facts["width"]) for page in pypdfium2.PdfDocument(pdf)]
    except pypdfium2.PdfiumError as error:
        raise NotRendered("The file is damaged, locked with a password, or no PDF.") from error


def picture_of(page: pypdfium2.PdfPage, width: int) -> bytes:
    """Return the page as PNG, ``width`` pixels wide, or b"" when it is far too long for one."""
    broad, high = page.get_size()
    if not 0 < high <= _LONGEST * broad:
        return b""
    drawn = page.render(scale=width / broad, rev_byteorder=True)
    return png_of(drawn.width, drawn.height, memoryview(drawn.buffer).cast("B"), drawn.stride)


def _picture(page: pypdfium2.PdfPage, width: int) -> bytes:
    picture = picture_of(page, width)
    if not picture:
        raise NotRendered("A page is far too long to be shown as a picture.")
    return picture


if __name__ == "__main__":
    answer(rasterise)
