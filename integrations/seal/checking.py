"""A sealed PDF looked at: whose seal it is, since when, and whether anything was changed since."""

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

logging.getLogger("pyhanko.sign.validation").setLevel(logging.ERROR)
"""It warns, with a traceback, of each certificate that nobody vouches for; that is said here."""


class NoSeal(Exception):
    """There is no seal that could be looked at; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the first seal of a file says, and whether the file bears it out.

    ``at``: by the machine that sealed it, or by ``stamped_by``, an authority whose stamp is in
    order ("": none). ``is_whole``: it covers everything up to the end of the file. ``is_ours``: one
    of the roots that were given vouched for it then.
    """

    name: str
    issuer: str
    at: datetime | None
    stamped_by: str
    is_intact: bool
    is_whole: bool
    is_ours: bool

    @property
    def is_unchanged(self) -> bool:
        """Whether the file is as it was sealed: not a byte another, and nothing put behind it."""
        return self.is_intact and self.is_whole


def look(pdf: bytes, roots: Sequence[bytes]) -> Found:
    """Return what is found; ``roots`` are certificates as PEM. Nobody is asked. Raises NoSeal."""
    try:
        signatures = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_regular_signatures
        found = _looked(signatures[0], [_loaded(each) for each in roots]) if signatures else None
    except Exception as error:  # a damaged file makes its reader raise anything
        raise NoSeal(f"its seal cannot be read: {str(error) or type(error).__name__}") from error
    if found is None:
        raise NoSeal("it has no seal")
    return found


def _looked(signature: EmbeddedPdfSignature, roots: Sequence[asn1_x509.Certificate]) -> Found:
    first = _status(signature, ValidationContext(trust_roots=[], allow_fetching=False))
    stamp = first.timestamp_validity
    if stamp is not None and not (stamp.intact and stamp.valid):
        stamp = None
    at = stamp.timestamp if stamp else first.signer_reported_dt
    then = ValidationContext(trust_roots=roots, allow_fetching=False, moment=at or None)
    certificate = first.signing_cert
    return Found(
        name=_called(certificate.subject),
        issuer=_called(certificate.issuer),
        at=at.astimezone(UTC) if at else None,
        stamped_by=_called(stamp.signing_cert.subject) if stamp else "",
        is_intact=first.intact and first.valid and first.docmdp_ok is not False,
        is_whole=first.coverage is SignatureCoverageLevel.ENTIRE_FILE,
        is_ours=bool(roots) and at is not None and _status(signature, then).trusted,
    )


def _status(signature: EmbeddedPdfSignature, context: ValidationContext) -> PdfSignatureStatus:
    any_use = KeyUsageConstraints(key_usage=set())
    return validate_pdf_signature(signature, context, key_usage_settings=any_use)


def _called(name: asn1_x509.Name) -> str:
    said = name.native
    found = said.get("common_name") or said.get("organization_name")
    return str(found or name.human_friendly)


def _loaded(certificate: bytes) -> asn1_x509.Certificate:
    """Return a certificate from PEM. Raises ValueError."""
    _kind, _headers, content = pem.unarmor(certificate)
    return asn1_x509.Certificate.load(content, strict=True)
