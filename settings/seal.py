"""With what documents are sealed, if at all."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from settings import addresses
from settings.wording import Wrong, shown

_OWN, _TOKEN = "own", "pkcs11:"
_PIN = "and a PIN in FRONTDESK_SEAL_PASSWORD"
_NAMES = ("module-path", "token", "object")


class TokenKey(NamedTuple):
    """A key in a token: the vendor's PKCS#11 library, and the labels of token and key."""

    module: Path
    token: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealChoice:
    """``key_file`` is a ``.p12``, ``token`` a key in a token; neither: an authority of our own.

    ``timestamps`` is the URL of an RFC 3161 authority, or "".
    """

    key_file: Path | None = None
    token: TokenKey | None = None
    password: str = field(default="", repr=False)
    timestamps: str = ""


def seal_keys(text: str, root: Path) -> SealChoice:
    """Return the choice of keys: ``own``, the path of a ``.p12``, or the URI of a key in a token.

    Relative paths are from ``root``. Whether it can be used is found out at the start, and said by
    the doctor.
    """
    if text == _OWN:
        return SealChoice()
    if text.startswith(_TOKEN):
        return SealChoice(token=_token(text.removeprefix(_TOKEN), root))
    if "://" in text or Path(text).suffix.lower() not in {".p12", ".pfx"}:
        right = "right are own, the path of a .p12 file, and pkcs11: with what names a key"
        raise Wrong(f"{shown(text)} is no seal; {right}.")
    return SealChoice(key_file=addresses.path(text, root))


def _token(text: str, root: Path) -> TokenKey:
    """Return what a URI (RFC 7512) names. It may hold a PIN by mistake, so it is in no message."""
    where, _, how = text.partition("?")
    said = [each.partition("=") for each in (*where.split(";"), *how.split("&"))]
    found = {name: unquote(value) for name, _, value in said}
    if len(said) != len(_NAMES) or found.keys() != {*_NAMES} or not all(found.values()):
        right = "pkcs11:token=LABEL;object=LABEL?module-path=FILE"
        raise Wrong(f"this names no key in a token; right is {right}, {_PIN}.")
    module, token, key = (found[name] for name in _NAMES)
    return TokenKey(root / module, token, key)


def timestamps(text: str) -> str:
    """Return the URL of the authority; https, as nobody looks who has signed its answers."""
    right = "right is the https address of an RFC 3161 authority, without a password"
    try:
        found = urlsplit(text)
        _ = found.port
    except ValueError:
        raise Wrong(f"this is no such address; {right}.") from None
    if found.scheme not in {"http", "https"} or not found.hostname or found.username:
        raise Wrong(f"this is no such address; {right}.")
    if addresses.is_plain_http_abroad(text):
        raise Wrong(f"over http anybody on the way can answer in its place; {right}.")
    return text
