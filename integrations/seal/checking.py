"""A sealed PDF looked at: whose seal it is, since when, and whether anything was changed since."""

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from cryptography.x509 import load_der_x509_certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import (
    PdfSignatureStatus,
    SignatureCoverageLevel,
    TimestampSignatureStatus,
)
from pyhanko_certvalidator import ValidationContext

for _library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)
"""They tell, with a traceback and in the file's own words, what is said here in ours."""

SAME_TIME = timedelta(minutes=5)
"""By how much two clocks may differ that are said to tell the same time."""

_LONGEST = 200
"""Characters of what somebody else calls themselves."""


class NoSeal(Exception):
    """There is no seal that could be looked at; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A time stamp that is in a seal, where whoever has the file can put it, too.

    ``is_sound``: it is for this very seal, and as it was given. ``is_known``: one of the
    authorities that were named gave it. Without that ``by`` and ``at`` are anybody's words.
    """

    by: str
    at: datetime
    is_sound: bool
    is_known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the first seal of a file says, and whether the file bears it out.

    ``whole_name`` is that of RFC 4514, as ``CN=Harbor Light,O=Harbor Light``, of any length; the
    other names are cut and of one line. ``at``: by the machine that sealed it, and covered by the
    seal. ``is_whole``: it covers everything up to the end of the file. ``is_ours``: one of the
    roots that were given vouched then for this name, and for its key to sign.
    """

    name: str
    whole_name: str
    issuer: str
    at: datetime | None
    stamp: Stamp | None
    is_intact: bool
    is_whole: bool
    is_ours: bool

    @property
    def is_unchanged(self) -> bool:
        """Whether the file is as it was sealed: not a byte another, and nothing put behind it."""
        return self.is_intact and self.is_whole

    @property
    def is_stamped(self) -> bool:
        """Whether there is a stamp for this very seal that tells its time."""
        if self.stamp is None or self.at is None or not self.stamp.is_sound:
            return False
        return abs(self.stamp.at - self.at) <= SAME_TIME


def look(pdf: bytes, roots: Sequence[bytes], stamp_roots: Sequence[bytes] = ()) -> Found:
    """Return what is found. Nobody is asked. Raises NoSeal.

    ``roots`` are certificates as PEM, and ``stamp_roots`` those of authorities that stamp the time.
    """
    try:
        signatures = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_regular_signatures
        known = [[_loaded(each) for each in given] for given in (roots, stamp_roots)]
        found = _looked(signatures[0], *known) if signatures else None
    except Exception as error:  # a damaged file makes its reader raise anything
        why = in_one_line(str(error)) or type(error).__name__
        raise NoSeal(f"its seal cannot be read: {why}") from error
    if found is None:
        raise NoSeal("it has no seal")
    return found


def in_one_line(text: str) -> str:
    """Return a text of somebody else's in a line of ours, cut, without what moves or hides text."""
    shown = "".join(each if each.isprintable() else " " for each in text)
    line = " ".join(shown.translate(_MARKS).split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


_MARKS = str.maketrans(dict.fromkeys("✓✗", " "))
"""With these begins what we say ourselves."""


def _looked(
    signature: EmbeddedPdfSignature,
    roots: Sequence[asn1_x509.Certificate],
    stamp_roots: Sequence[asn1_x509.Certificate],
) -> Found:
    """Look at everything as of the time that the seal covers, whatever a stamp says."""
    first = _status(signature, _believing((), None), _believing((), None))
    at, certificate = first.signer_reported_dt, first.signing_cert
    then = _status(signature, _believing(roots, at), _believing(stamp_roots, at))
    return Found(
        name=_called(certificate.subject),
        whole_name=load_der_x509_certificate(certificate.dump()).subject.rfc4514_string(),
        issuer=_called(certificate.issuer),
        at=at.astimezone(UTC) if at else None,
        stamp=_stamp(then.timestamp_validity),
        is_intact=first.intact and first.valid and first.docmdp_ok is not False,
        is_whole=first.coverage is SignatureCoverageLevel.ENTIRE_FILE,
        is_ours=bool(roots) and at is not None and then.trusted,
    )


def _stamp(found: TimestampSignatureStatus | None) -> Stamp | None:
    if found is None:
        return None
    return Stamp(
        by=_called(found.signing_cert.subject),
        at=found.timestamp.astimezone(UTC),
        is_sound=found.intact and found.valid,
        is_known=found.trusted,
    )


def _believing(roots: Sequence[asn1_x509.Certificate], at: datetime | None) -> ValidationContext:
    return ValidationContext(trust_roots=roots, allow_fetching=False, moment=at)


def _status(
    signature: EmbeddedPdfSignature, seals: ValidationContext, stamps: ValidationContext
) -> PdfSignatureStatus:
    """Return what is found; a certificate that does not say what it is for is for everything."""
    says = signature.signer_cert.key_usage_value is not None
    uses = KeyUsageConstraints(key_usage=_TO_SIGN if says else set())
    return validate_pdf_signature(signature, seals, stamps, key_usage_settings=uses)


_TO_SIGN = {"digital_signature", "non_repudiation"}
"""Either will do (RFC 5280, 4.2.1.3); the second has become contentCommitment."""


def _called(name: asn1_x509.Name) -> str:
    said = name.native
    found = said.get("common_name") or said.get("organization_name")
    return in_one_line(str(found or name.human_friendly))


def _loaded(certificate: bytes) -> asn1_x509.Certificate:
    """Return a certificate from PEM. Raises ValueError."""
    _kind, _headers, content = pem.unarmor(certificate)
    return asn1_x509.Certificate.load(content, strict=True)
