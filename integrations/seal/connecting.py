"""From what the admin chose to what seals with it, or to what is missing for that."""

from collections.abc import Sequence
from pathlib import Path

from bot.ports import Clock, Seal, SealUnavailable

INSTALL = (
    "Install it: `make seal`, or pip install --require-hashes --requirement "
    "requirements-seal.lock; or unset FRONTDESK_SEAL."
)


def connect(
    key_file: Path | None,
    password: str,
    timestamps: str,
    *,
    folder: Path,
    company: str,
    clock: Clock,
) -> Seal:
    """Return what seals with a ``.p12``; without one, with a certificate authority of its own.

    That one is kept in ``folder``, and made for ``company`` where there is none. Nothing is asked
    of ``timestamps`` (URL of an RFC 3161 authority, or "") by that. ``clock`` is the real one:
    readers of a PDF go by theirs. Raises SealUnavailable where what that needs is not installed.
    """
    try:
        from integrations.seal.authority import Authority  # noqa: PLC0415 - only where it is on
        from integrations.seal.key_file import KeyFile  # noqa: PLC0415 - likewise
        from integrations.seal.sealing import PyhankoSeal  # noqa: PLC0415 - likewise
    except ImportError as missing:
        raise SealUnavailable(f"{missing.name or missing} is not installed", INSTALL) from missing
    keys = Authority(folder, company, clock) if key_file is None else KeyFile(key_file, password)
    return PyhankoSeal(keys, timestamps, clock)


def look(pdf: bytes, roots: Sequence[bytes], name: str = "") -> list[tuple[bool, str]]:
    """Return in sentences what is found of a PDF's seal, and whether each is well.

    ``roots`` are the certificates, as PEM, one of which must vouch for it; ``name`` is whose it has
    to be where they vouch for others, too. Raises SealUnavailable.
    """
    try:
        from integrations.seal import checking  # noqa: PLC0415 - as above
    except ImportError as missing:
        raise SealUnavailable(f"{missing.name or missing} is not installed", INSTALL) from missing
    try:
        found = checking.look(pdf, roots)
    except checking.NoSeal as why:
        return [(False, f"{str(why)[:1].upper()}{str(why)[1:]}.")]
    at = f"{found.at:%Y-%m-%d %H:%M:%S} UTC" if found.at else "an unknown time"
    by = f"as {found.stamped_by} attests" if found.stamped_by else "by the clock of who sealed it"
    known = "vouches for it" if found.is_ours else "is not the one that was asked for"
    covers = "covers all of the file" if found.is_whole else "does not cover what was put behind it"
    return [
        (not name or found.name == name, f"It has the seal of {found.name}, of {at}, {by}."),
        (found.is_ours, f"Its issuer, {found.issuer}, {known}."),
        (found.is_intact, f"What was sealed is {'un' if found.is_intact else ''}changed."),
        (found.is_whole, f"The seal {covers}."),
    ]
