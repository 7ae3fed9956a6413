"""With what documents are sealed, if at all."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from settings import addresses
from settings.wording import Wrong, shown

_OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealChoice:
    """``key_file`` is a ``.p12``; None: a certificate authority of our own.

    ``timestamps`` is the URL of an RFC 3161 authority, or "".
    """

    key_file: Path | None = None
    password: str = field(default="", repr=False)
    timestamps: str = ""


def seal_keys(text: str, root: Path) -> SealChoice:
    """Return the choice of keys: ``own``, or the path of a ``.p12``, relative ones from ``root``.

    Whether the file can be used is found out at the start, and said by the doctor.
    """
    if text == _OWN:
        return SealChoice()
    if "://" in text or Path(text).suffix.lower() not in {".p12", ".pfx"}:
        raise Wrong(f"{shown(text)} is no seal; right are own and the path of a .p12 file.")
    return SealChoice(key_file=addresses.path(text, root))


def timestamps(text: str) -> str:
    """Return the URL of the authority; its answers are signed, so that http will do."""
    right = "right is the https (or http) address of an RFC 3161 authority, without a password"
    try:
        found = urlsplit(text)
        _ = found.port
    except ValueError:
        raise Wrong(f"this is no such address; {right}.") from None
    if found.scheme not in {"http", "https"} or not found.hostname or found.username:
        raise Wrong(f"this is no such address; {right}.")
    return text
