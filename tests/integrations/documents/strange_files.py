"""Files as strangers hand them in, made by hand where no program here makes such."""

import base64
import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_P = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)

TINY_GIF = base64.b64decode("R0lGODlhAQABAIABAP8AAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==")
"""One red pixel."""


def jpeg(width: int = 8, height: int = 8) -> bytes:
    """A black square of eight pixels, whatever size it claims (ITU-T T.81, baseline)."""
    frame = struct.pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0)
    segments = (
        (0xDB, bytes([0, *[8] * 64])),  # every coefficient in steps of eight
        (0xC0, frame),
        (0xC4, bytes([0x00, 1, *[0] * 15, 8])),  # one code: a difference of eight bits follows
        (0xC4, bytes([0x10, 1, *[0] * 15, 0])),  # one code: nothing more in this block
        (0xDA, bytes([1, 1, 0x00, 0, 63, 0])),
    )
    packed = (struct.pack(">BBH", 0xFF, kind, len(each) + 2) + each for kind, each in segments)
    return b"\xff\xd8" + b"".join(packed) + b"\x3f\xbf" + b"\xff\xd9"


def png(width: int, height: int, pixel: bytes = b"\xff\0\0") -> bytes:
    """A picture of one colour (RGB)."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + pixel * width) * height)
    pieces = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in pieces
    )


def webp(red: int, green: int, blue: int) -> bytes:
    """One pixel of this colour (RFC 9649, section 3, without loss): the codes are the picture."""
    bits = "0" * 28 + "0" + "000" + "000"  # 1 x 1, opaque, version 0, nothing transformed
    for value in (green, red, blue, 255):
        bits += "101" + f"{value:08b}"[::-1]  # a code for this one value alone
    bits += "1000"
    bits = bits.ljust(-len(bits) % 8 + len(bits), "0")
    stream = b"\x2f" + bytes(int(bits[at : at + 8][::-1], 2) for at in range(0, len(bits), 8))
    stream += b"\0" * (len(stream) % 2)
    chunk = b"WEBPVP8L" + struct.pack("<I", len(stream)) + stream
    return b"RIFF" + struct.pack("<I", len(chunk)) + chunk


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP of these parts, by name."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def slide(*paragraphs: str) -> str:
    body = "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in paragraphs)
    return f"<p:sld {_P}><p:cSld><p:sp><p:txBody>{body}</p:txBody></p:sp></p:cSld></p:sld>"


def pptx(*slides: str, **more: str | bytes) -> bytes:
    parts: dict[str, str | bytes] = {"ppt/presentation.xml": f"<p:presentation {_P}/>", **more}
    for number, content in enumerate(slides, 1):
        parts[f"ppt/slides/slide{number}.xml"] = content
    return packed(parts)


def docx(*paragraphs: str, **more: str | bytes) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    document = f"<w:document {_W}><w:body>{body}</w:body></w:document>"
    return packed({"word/document.xml": document, **more})


def old_office(*streams: str) -> bytes:
    """As much of an Office 97 file as says what it is: its directory names the streams."""
    names = "".join(f"{name}\0" for name in streams).encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names + bytes(512)


def locked_pdf() -> bytes:
    """A PDF that only opens with a password, which nobody knows."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>",
        f"<</Filter/Standard/V 1/R 2/O<{'41' * 32}>/U<{'42' * 32}>/P -4>>",
    ]
    pdf, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(pdf))
        pdf += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<{'00' * 16}><{'00' * 16}>]>>"
    end = (
        f"xref\n0 5\n0000000000 65535 f \n{table}trailer\n{trailer}\nstartxref\n{len(pdf)}\n%%EOF\n"
    )
    return pdf + end.encode()
