"""What kind of file it is, told by its bytes, as a media type."""

from collections.abc import Sequence
from io import BytesIO
from zipfile import ZipFile

from bot.ports.documents import NotRendered
from integrations.documents.archive import BROKEN

PDF = "application/pdf"
PNG, JPEG, GIF, WEBP = "image/png", "image/jpeg", "image/gif", "image/webp"
PLAIN, MARKDOWN = "text/plain", "text/markdown"
ZIP = "application/zip"
UNKNOWN = "application/octet-stream"

_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = _OFFICE + "wordprocessingml.document"
PPTX = _OFFICE + "presentationml.presentation"
XLSX = _OFFICE + "spreadsheetml.sheet"

_KEYNOTE = "application/vnd.apple.keynote"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_ODP = _OPEN_DOCUMENT + "presentation"

_BEGINNINGS = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"{\\rtf", "application/rtf"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
)

_RIFF = {b"WEBP": WEBP, b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_BRANDS = {b"qt  ": "video/quicktime", b"M4A ": "audio/mp4", b"heic": "image/heic"}

_OFFICE_97 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
)
"""What an old Office file calls its parts, in UTF-16 (MS-CFB 2.6)."""

_PROMISED = {
    "pdf": PDF,
    "png": PNG,
    "jpg": JPEG,
    "jpeg": JPEG,
    "gif": GIF,
    "webp": WEBP,
    "docx": DOCX,
    "pptx": PPTX,
    "xlsx": XLSX,
    "odp": _ODP,
    "zip": ZIP,
}
_TOLD_NOTHING = frozenset({UNKNOWN, PLAIN, ZIP})


def kind_of(content: bytes) -> str:
    """Return the media type by how the file begins; ``UNKNOWN`` for text and whatever else.

    An archive is ``ZIP``; what it holds tells more: :func:`kind_of_archive`. Raises NotRendered
    for an old Office file that is locked or holds macros.
    """
    for beginning, mime in _BEGINNINGS:
        if content.startswith(beginning):
            return mime
    if content.startswith(b"RIFF"):
        return _RIFF.get(content[8:12], UNKNOWN)
    if content[4:8] == b"ftyp":
        return _BRANDS.get(content[8:12], "video/mp4")
    return _old_office(content) if content.startswith(_OFFICE_97) else UNKNOWN


def kind_of_archive(content: bytes, names: Sequence[str]) -> str:
    """Return the media type of an archive that holds these ``names``."""
    for main, mime in (
        ("word/document.xml", DOCX),
        ("ppt/presentation.xml", PPTX),
        ("xl/workbook.xml", XLSX),
    ):
        if main in names:
            return mime
    if any(name.startswith(("Index/Slide", "Index/MasterSlide")) for name in names):
        return _KEYNOTE
    return _open_document(content) if "mimetype" in names else ZIP


def refuse_misnamed(name: str, mime: str) -> None:
    """Raise NotRendered where the bytes told nothing and the name promised something else."""
    promised = _PROMISED.get(name.rpartition(".")[2].lower(), mime)
    if mime in _TOLD_NOTHING and promised != mime:
        raise NotRendered("The file is damaged, or is not what its name says.")


def _old_office(content: bytes) -> str:
    if _stream("EncryptedPackage") in content:
        raise NotRendered("The file is locked with a password; please hand it in without one.")
    if _stream("_VBA_PROJECT") in content:
        raise NotRendered("The file holds macros, which are programs; please save it without them.")
    return next((mime for name, mime in _STREAMS if _stream(name) in content), UNKNOWN)


def _stream(name: str) -> bytes:
    return f"{name}\0".encode("utf-16-le")


def _open_document(content: bytes) -> str:
    try:
        with ZipFile(BytesIO(content)) as archive, archive.open("mimetype") as file:
            mime = file.read(100).decode("ascii")
    except BROKEN as error:
        raise NotRendered("The file is damaged; please hand it in once more.") from error
    return mime if mime.startswith(_OPEN_DOCUMENT) else ZIP
