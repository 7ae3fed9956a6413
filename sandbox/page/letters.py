"""Mails in a folder, as .eml files (RFC 5322); whatever stands in them, they can be read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from itertools import islice
from pathlib import Path

from sandbox.errors import Unknown

MOST = 200
"""How many mails a list holds."""
_NAME = re.compile(r"[a-z0-9_][a-z0-9_.-]*\.eml", re.ASCII | re.IGNORECASE)
_HEAD_BYTES = 65_536
_ADDRESSED = {"from", "to", "cc", "reply-to"}


@dataclass(frozen=True)
class Enclosure:
    """A file that came with a mail; `mime` is what the mail says it is."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """A mail; `at` is None where its Date says nothing, `html` and `text` are empty if not there.

    A letter of a list has its headers only.
    """

    name: str
    headers: tuple[tuple[str, str], ...]
    at: datetime | None
    to: tuple[str, ...]
    """The bare addresses of the recipients, in small letters."""
    text: str = ""
    html: str = ""
    enclosures: tuple[Enclosure, ...] = ()

    def header(self, name: str) -> str:
        """The first header of that name, decoded; empty if there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")


class Mailbox:
    """A folder of mails, which need not be there yet; their names sort by the time of writing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def letters(self, to: str = "") -> list[Letter]:
        """The latest mails, newest first; `to` is the address of a recipient."""
        wanted = to.strip().lower()
        found = (letter for letter in self._heads() if not wanted or wanted in letter.to)
        return list(islice(found, MOST))

    def letter(self, name: str) -> Letter:
        """The mail of that name. Raises Unknown."""
        path = self._folder / name
        try:
            if _NAME.fullmatch(name) and path.is_file():
                return _read(name, path.read_bytes())
        except OSError:
            pass
        raise Unknown(kind="mail", name=name)

    def _heads(self) -> Iterator[Letter]:
        names = [path.name for path in self._folder.glob("*.eml") if _NAME.fullmatch(path.name)]
        for name in sorted(names, reverse=True):
            try:
                with (self._folder / name).open("rb") as file:
                    head = file.read(_HEAD_BYTES)
            except OSError:
                continue
            yield _head(name, message_from_bytes(re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]))


def _head(name: str, message: Message) -> Letter:
    raw = [(key, " ".join(str(value).split())) for key, value in message.items()]
    to = [value for key, value in raw if key.lower() == "to"]
    return Letter(
        name,
        tuple((key, _decoded(key, value)) for key, value in raw),
        _instant(next((value for key, value in raw if key.lower() == "date"), "")),
        tuple(bare.lower() for _, bare in getaddresses(to) if bare),
    )


def _read(name: str, raw: bytes) -> Letter:
    message = message_from_bytes(raw)
    head = _head(name, message)
    bodies: dict[str, str] = {}
    enclosures: list[Enclosure] = []
    for part in message.walk():
        mime = part.get_content_type()
        if part.is_multipart():
            continue
        if mime in ("text/plain", "text/html") and mime not in bodies and not _is_enclosed(part):
            bodies[mime] = _text(part)
        else:
            file = _file_name(part) or f"attachment-{len(enclosures) + 1}"
            enclosures.append(Enclosure(file, mime, _content(part)))
    text, html = bodies.get("text/plain", ""), bodies.get("text/html", "")
    return Letter(name, head.headers, head.at, head.to, text, html, tuple(enclosures))


def _is_enclosed(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or _file_name(part) != ""


def _file_name(part: Message) -> str:
    """The name without folders; empty where there is none, or none that can be read."""
    try:
        return re.split(r"[/\\]", _words(part.get_filename() or ""))[-1]
    except (LookupError, TypeError, ValueError):
        return ""


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(part: Message) -> str:
    content = _content(part)
    try:
        return content.decode(part.get_content_charset("utf-8"), "replace")
    except (LookupError, TypeError, ValueError):
        return content.decode(errors="replace")


def _decoded(name: str, value: str) -> str:
    if name.lower() not in _ADDRESSED:
        return _words(value)
    people = [(_words(phrase), bare) for phrase, bare in getaddresses([value])]
    return ", ".join(f"{phrase} <{bare}>" if phrase else bare for phrase, bare in people)


def _words(value: str) -> str:
    try:
        return str(make_header(decode_header(value)))
    except (LookupError, ValueError, HeaderParseError):
        return value


def _instant(value: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(value)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
