"""A ZIP that is the same for the same content, on every machine and at any time."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"

_OWNERS_ALONE = 0o100600 << 16
_UNIX = 3


def packed(entries: Mapping[str, bytes], at: datetime) -> bytes:
    """Return a ZIP of ``entries`` by name, in the order of their names, all of them dated ``at``.

    Nothing is compressed: what takes room in it is compressed already, and other versions of zlib
    make other bytes. Raises ValueError before 1980, where the dates of a ZIP begin.
    """
    date = at.astimezone(UTC)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as file:
        for name in sorted(entries):
            info = zipfile.ZipInfo(name, date.timetuple()[:6])
            info.create_system, info.external_attr = _UNIX, _OWNERS_ALONE
            file.writestr(info, entries[name])
    return made.getvalue()


def manifest(entries: Mapping[str, bytes], ref: str, at: datetime, head: str) -> bytes:
    """Return the list of ``entries`` with size and SHA-256 of each, as JSON.

    ``as_of`` is when the last thing on record happened, ``audit_head`` the audit's last row.
    """
    listed = [
        {"name": name, "size": len(content), "sha256": _sum(content)}
        for name, content in sorted(entries.items())
    ]
    said = {"ref": ref, "as_of": at.isoformat(), "audit_head": head, "entries": listed}
    return as_json(said)


def sums(entries: Mapping[str, bytes]) -> bytes:
    """Return the SHA-256 of every entry in the form that ``sha256sum -c`` reads."""
    lines = (f"{_sum(content)}  {name}\n" for name, content in sorted(entries.items()))
    return "".join(lines).encode()


def as_json(value: object) -> bytes:
    """Return a value as JSON for people: indented, any letter as itself; an instant as ISO 8601."""
    text = json.dumps(value, indent=2, ensure_ascii=False, default=_written)
    return f"{text}\n".encode()


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
