"""What an archive says of itself, and the code that shows that nobody else wrote it."""

import hmac
from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from storage.backups.copying import Copy
from storage.backups.trouble import NoBackup
from storage.chain import Anchor


class Sum(BaseModel):
    """How many bytes something has, and their SHA-256 in hex."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    size: int
    sha256: str


class Manifest(BaseModel):
    """Everything in an archive, with its hashes.

    ``taken_at`` is just before the database was copied. ``audit_key`` is a fingerprint: it tells
    keys apart and gives nothing away. ``files`` are sizes by SHA-256; ``missing`` the hashes of
    those that should have been in the library and were not, or were damaged.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    taken_at: AwareDatetime
    kind: Literal["sqlite", "postgresql"]
    revision: str
    audit_seq: int
    audit_mac: str
    audit_key: str
    database: Sum
    files: dict[str, int]
    missing: tuple[str, ...]

    @property
    def head(self) -> Anchor:
        """The last row of the audit that is in the archive."""
        return Anchor(self.audit_seq, self.audit_mac)


def made(
    copy: Copy, key: bytes, taken_at: datetime, database: Sum, files: dict[str, int]
) -> Manifest:
    """Return the manifest of an archive of ``copy`` with these files."""
    return Manifest.model_validate(
        {
            "taken_at": taken_at,
            "kind": copy.kind,
            "revision": copy.revision,
            "audit_seq": copy.head.seq,
            "audit_mac": copy.head.mac,
            "audit_key": fingerprint(key),
            "database": database,
            "files": files,
            "missing": tuple(sorted(copy.named - files.keys())),
        }
    )


def read(text: bytes, code: bytes, key: bytes) -> Manifest:
    """Return the manifest. Raises NoBackup when another key made it, or it was changed since."""
    try:
        found = Manifest.model_validate_json(text)
    except ValidationError:
        raise NoBackup(
            "This archive is of another version of Frontdesk, or it is none; use the version that "
            "made it."
        ) from None
    if found.audit_key != fingerprint(key):
        raise NoBackup(
            f"The archive was made with the audit key {found.audit_key}; the one that is set is "
            f"{fingerprint(key)}. Set the key of then: FRONTDESK_AUDIT_KEY, or in the sandbox the "
            "file audit.key in FRONTDESK_DATA."
        )
    if not hmac.compare_digest(code.strip(), seal(text, key)):
        raise NoBackup("The archive's list of contents was changed after it was made.")
    return found


def seal(text: bytes, key: bytes) -> bytes:
    """Return the code that only the owner of the audit key can make for a manifest."""
    return hmac.digest(key, b"backup" + text, "sha256").hex().encode()


def fingerprint(key: bytes) -> str:
    """Return a short name of the key, from which nobody can tell the key."""
    return hmac.digest(key, b"the name of this key", "sha256").hex()[:16]
