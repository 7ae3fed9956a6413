"""Images of strangers: how large they are, whether they are whole, and how they look."""

import base64
import struct
import zlib
from pathlib import Path

import typst

from bot.ports.documents import NotRendered
from integrations.documents.kinds import GIF, JPEG, PNG, WEBP

_DAMAGED = "The picture is damaged; please hand it in once more."

_PIXELS = 40_000_000
_BYTES = 25 * 1024**2
_LONGEST = 10
"""Beyond so many pixels or bytes, or so many times as high as wide, an image is not drawn: that
would take more memory than a confined process has."""

_PAGE = b"""
#set page(width: eval(sys.inputs.width), height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.picture), format: "svg", width: 100%)
"""
_PICTURE = """
<svg xmlns="http://www.w3.org/2000/svg" width="{broad}" height="{high}">
<image width="{broad}" height="{high}" href="data:{mime};base64,{content}"/>
</svg>
"""
"""Typst takes only text from memory, and an SVG is the text that can hold an image."""

_ONE_A_POINT = 72.0
"""Dots per inch."""

_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN, _END = 0xDA, b"\xff\xd9"
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})
"""The markers of JPEG (ITU-T T.81, B.1.1.3): with the size, before the data, without a length."""


def picture_of(mime: str, image: bytes, width: int) -> bytes:
    """Return the image as PNG, ``width`` pixels wide on white; b"" for one that is too large.

    Of one that moves it is the first frame. Raises NotRendered for a damaged one.
    """
    broad, high = size_of(mime, image)
    if broad * high > _PIXELS or len(image) > _BYTES or high > _LONGEST * broad:
        return b""
    content = base64.b64encode(image).decode()
    picture = _PICTURE.format(broad=broad, high=high, mime=mime, content=content)
    told = {"width": f"{width}pt", "picture": picture}
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
    try:
        compiler = typst.Compiler(_PAGE, root=Path.cwd(), font_paths=fonts, sys_inputs=told)
        made = compiler.compile(format="png", ppi=_ONE_A_POINT)
    except typst.TypstError as error:
        raise NotRendered(_DAMAGED) from error
    return made if isinstance(made, bytes) else b""


def size_of(mime: str, image: bytes) -> tuple[int, int]:
    """Return width and height in pixels. Raises NotRendered for an image that is not whole."""
    sizes = {PNG: _png, JPEG: _jpeg, GIF: _gif, WEBP: _webp}
    try:
        broad, high = sizes[mime](image)
    except (IndexError, ValueError, struct.error) as error:
        raise NotRendered(_DAMAGED) from error
    if not broad or not high:
        raise NotRendered(_DAMAGED)
    return broad, high


def _png(image: bytes) -> tuple[int, int]:
    """Every piece has to be there (https://www.w3.org/TR/png-3/#5Chunk-layout)."""
    at, kind = 8, b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", image, at)
        (check,) = struct.unpack_from(">I", image, at + 8 + length)
        if zlib.crc32(memoryview(image)[at + 4 : at + 8 + length]) != check:
            raise ValueError(kind)
        at += 12 + length
    broad, high = struct.unpack_from(">II", image, 16)
    return broad, high


def _jpeg(image: bytes) -> tuple[int, int]:
    at, size = 2, (0, 0)
    while True:
        at = image.index(b"\xff", at)
        while (marker := image[at]) == 0xFF:  # noqa: PLR2004 - it may be repeated
            at += 1
        at += 1
        if marker in _BARE:
            continue
        if marker in _FRAMES:
            high, broad = struct.unpack_from(">HH", image, at + 3)
            size = (broad, high)
        (length,) = struct.unpack_from(">H", image, at)
        at += length
        if marker == _SCAN:
            image.index(_END, at)
            return size


def _gif(image: bytes) -> tuple[int, int]:
    if not image.rstrip(b"\0").endswith(b";"):
        raise ValueError(image[-1:])
    broad, high = struct.unpack_from("<HH", image, 6)
    return broad, high


def _webp(image: bytes) -> tuple[int, int]:
    """The three ways to write it (RFC 9649, section 2)."""
    (length, kind) = struct.unpack_from("<I4x4s", image, 4)
    if len(image) < length + 8:
        raise ValueError(length)
    if kind == b"VP8X":
        lower, broad, upper, high = struct.unpack_from("<HBHB", image, 24)
        return lower + (broad << 16) + 1, upper + (high << 16) + 1
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", image, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    broad, high = struct.unpack_from("<HH", image, 26)
    return broad & 0x3FFF, high & 0x3FFF
