"""Keys that are ours, not Slack's: the audit key and the metrics token."""

import os
import re
import tempfile
from base64 import b64decode
from pathlib import Path
from secrets import token_hex

from settings.wording import Wrong, shown

_BYTES = 32
_MAKE_ONE = 'python3 -c "import secrets; print(secrets.token_hex(32))"'
MISSING_AUDIT_KEY = f"it is missing, and needed outside the sandbox; make one with: {_MAKE_ONE}"
"""What to say when there is no audit key outside the sandbox."""


def audit_key(text: str) -> bytes:
    """Return the key behind its hex or base64 (also URL-safe) text: at least 32 bytes."""
    key = _decoded(text)
    if key is None:
        raise Wrong(f"this is neither hex nor base64; make one with: {_MAKE_ONE}")
    if len(key) < _BYTES:
        count = "1 byte" if len(key) == 1 else f"{len(key)} bytes"
        raise Wrong(f"this has {count}, and {_BYTES} are needed; make one with: {_MAKE_ONE}")
    return key


def sandbox_audit_key(file: Path) -> bytes:
    """Return the key in ``file``, made first (mode 0600, all at once) when it does not exist."""
    try:
        if not file.exists():
            _make(file)
        return audit_key(file.read_text(encoding="ascii").strip())
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not text"
        raise Wrong(f"{shown(str(file))} cannot be read or made: {why}.") from None
    except Wrong:
        right = "restore it, or start with a new folder"
        raise Wrong(f"{shown(str(file))} holds no audit key; {right}.") from None


def metrics_token(text: str) -> str:
    """Return the bearer token for the metrics, in the characters that RFC 6750 allows."""
    if not re.fullmatch(r"[A-Za-z0-9._~+/-]+=*", text):
        raise Wrong(f"this holds characters that no bearer token has; make one with: {_MAKE_ONE}")
    return text


def _decoded(text: str) -> bytes | None:
    if re.fullmatch(r"([0-9A-Fa-f]{2})+", text):
        return bytes.fromhex(text)
    if not re.fullmatch(r"[A-Za-z0-9+/_-]+=*", text):
        return None
    whole = text.rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        return b64decode(whole + "=" * (-len(whole) % 4), validate=True)
    except ValueError:
        return None


def _make(file: Path) -> None:
    """Write a new key unless somebody else is faster: a link never replaces, a file is whole."""
    handle, written = tempfile.mkstemp(dir=file.parent, prefix=file.name)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as new:
            new.write(token_hex(_BYTES) + "\n")
        file.hardlink_to(written)
    except FileExistsError:
        pass
    finally:
        Path(written).unlink()
