"""A confined program: a PDF in, the same PDF with DRAFT across each page out."""

import ctypes
import io
import math
from collections.abc import Sequence

import pypdfium2
from pypdfium2 import raw

from bot.ports.documents import NotRendered
from bot.ports.values import Json
from integrations.documents.answering import answer

_WORD = "DRAFT"
_SIZE = 0.22
"""The height of the letters as a part of the page's width."""
_COLOUR = (176, 32, 32, 40)
"""Red, green, blue, and how much of it covers what is below."""


def stamp(_facts: Json, pdf: bytes) -> Sequence[bytes]:
    """Return the stamped PDF. Raises NotRendered."""
    try:
        document = pypdfium2.PdfDocument(pdf)
        font = raw.FPDFText_LoadStandardFont(document.raw, b"Helvetica-Bold")
        for page in document:
            _stamp(document, page, font)
        found = io.BytesIO()
        document.save(found)
    except pypdfium2.PdfiumError as error:
        raise NotRendered("The preview could not be made.") from error
    return [found.getvalue()]


def _stamp(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, font: object) -> None:
    broad, high = page.get_size()
    size = _SIZE * broad
    word = raw.FPDFPageObj_CreateTextObj(document.raw, font, size)
    text = ctypes.create_string_buffer(_WORD.encode("utf-16-le"), 2 * len(_WORD) + 2)
    raw.FPDFText_SetText(word, ctypes.cast(text, ctypes.POINTER(ctypes.c_ushort)))
    raw.FPDFPageObj_SetFillColor(word, *_COLOUR)
    turn = math.atan2(high, broad)
    cosine, sine = math.cos(turn), math.sin(turn)
    length = 0.66 * size * len(_WORD)
    left = broad / 2 - cosine * length / 2 + sine * size / 3
    bottom = high / 2 - sine * length / 2 - cosine * size / 3
    raw.FPDFPageObj_Transform(word, cosine, sine, -sine, cosine, left, bottom)
    raw.FPDFPage_InsertObject(page.raw, word)
    raw.FPDFPage_GenerateContent(page.raw)


if __name__ == "__main__":
    answer(stamp)
