"""From what the admin chose to what seals with it, or to what is missing for that."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bot.ports import Clock, Seal, SealUnavailable

if TYPE_CHECKING:
    from integrations.seal.checking import Found

INSTALL = (
    "Install it: `make seal`, or pip install --require-hashes --requirement "
    "requirements-seal.lock; or unset FRONTDESK_SEAL."
)
_NOT_VOUCHED = "nobody who was named vouches for that, and whoever has the file can put one there"


class TokenPlace(NamedTuple):
    """A key in a token: the vendor's PKCS#11 library, and the labels of token and key."""

    module: Path
    label: str
    key: str


def connect(
    key_file: Path | None,
    password: str,
    timestamps: str,
    *,
    folder: Path,
    company: str,
    clock: Clock,
    token: TokenPlace | None = None,
) -> Seal:
    """Return what seals with a ``.p12`` or a key in a ``token``; else by an authority of its own.

    ``password`` opens either. That authority is kept in ``folder``, and made for ``company`` where
    there is none. Nothing is asked of ``timestamps`` (URL of an RFC 3161 authority, or "") by that.
    ``clock`` is the real one: readers of a PDF go by theirs. Raises SealUnavailable where what that
    needs is not installed.
    """
    try:
        from integrations.seal.authority import Authority  # noqa: PLC0415 - only where it is on
        from integrations.seal.key_file import KeyFile  # noqa: PLC0415 - likewise
        from integrations.seal.sealing import PyhankoSeal  # noqa: PLC0415 - likewise

        if token is not None:
            from integrations.seal.token import Token  # noqa: PLC0415 - likewise

            return PyhankoSeal(Token(*token, password), timestamps, clock)
    except ImportError as missing:
        raise SealUnavailable(f"{missing.name or missing} is not installed", INSTALL) from missing
    keys = Authority(folder, company, clock) if key_file is None else KeyFile(key_file, password)
    return PyhankoSeal(keys, timestamps, clock)


def look(
    pdf: bytes, roots: Sequence[bytes], whole_name: str = "", stamp_roots: Sequence[bytes] = ()
) -> list[tuple[bool, str]]:
    """Return in sentences what is found of a PDF's seal, and whether each is well.

    ``roots`` are the certificates, as PEM, one of which must vouch for it; ``whole_name`` (RFC
    4514) is whose it has to be, as they may vouch for others, too. ``stamp_roots``: one of which
    must vouch for its time stamp, where any are given. Raises SealUnavailable.
    """
    try:
        from integrations.seal import checking  # noqa: PLC0415 - as above
    except ImportError as missing:
        raise SealUnavailable(f"{missing.name or missing} is not installed", INSTALL) from missing
    try:
        found = checking.look(pdf, roots, stamp_roots)
    except checking.NoSeal as why:
        return [(False, f"{str(why)[:1].upper()}{str(why)[1:]}.")]
    name = checking.in_one_line(found.whole_name)
    at = f"{found.at:%Y-%m-%d %H:%M:%S} UTC" if found.at else "an unknown time"
    known = "vouches for it" if found.is_ours else "is not the one that was asked for"
    covers = "covers all of the file" if found.is_whole else "does not cover what was put behind it"
    is_theirs = not whole_name or found.whole_name == whole_name
    wanted = "" if is_theirs else f' That of "{checking.in_one_line(whole_name)}" was asked for.'
    said = f'It has the seal of "{name}", of {at} by the clock of who sealed it.{wanted}'
    return [
        (is_theirs, said),
        (found.is_ours, f'Its issuer, "{found.issuer}", {known}.'),
        *_of_stamp(found, is_wanted=bool(stamp_roots)),
        (found.is_intact, f"What was sealed is {'un' if found.is_intact else ''}changed."),
        (found.is_whole, f"The seal {covers}."),
    ]


def _of_stamp(found: "Found", *, is_wanted: bool) -> Iterator[tuple[bool, str]]:
    """Yield what is to be said of the time stamp: without who vouches for it, it proves nothing."""
    stamp = found.stamp
    if stamp is None:
        if is_wanted:
            yield False, "It has no time stamp."
        return
    if not stamp.is_sound:
        yield False, "Its time stamp is not for this seal, or was changed."
        return
    told = "tells the same time" if found.is_stamped else "tells another time"
    said = f'Its time stamp, of "{stamp.by}", {told}: {stamp.at:%Y-%m-%d %H:%M:%S} UTC'
    vouched = "an authority that was named vouches for it" if stamp.is_known else _NOT_VOUCHED
    yield found.is_stamped and (stamp.is_known or not is_wanted), f"{said}; {vouched}."
