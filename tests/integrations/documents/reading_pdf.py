"""What stands in a PDF, read by PDFium and not by who made it."""

import struct
import zlib

import pypdfium2


def words(pdf: bytes) -> str:
    """All text, without any white space: lines end where the page has room, not where data did."""
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    return squeezed("".join(pages))


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "")


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page in points (1/72 inch)."""
    pages = pypdfium2.PdfDocument(pdf)
    return [(round(page.get_width()), round(page.get_height())) for page in pages]


def rightmost(pdf: bytes) -> float:
    """How far to the right any text reaches, as a part of the page's width."""
    reached = 0.0
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        ends = [text.get_rect(index)[2] for index in range(text.count_rects())]
        reached = max(reached, max(ends, default=0.0) / page.get_width())
    return reached


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def first_pixel(png: bytes) -> tuple[int, ...]:
    rows = zlib.decompressobj().decompress(png[png.index(b"IDAT") + 4 :])
    return tuple(rows[1:4])  # the first byte of a row is its filter, which does nothing there
