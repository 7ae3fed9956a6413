"""What a seal is made with: a private key, its certificate, and who vouches for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from pyhanko.sign.signers import Signer


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """``chain`` is the certificates above ``certificate``, as far as they are known."""

    signer: Signer
    certificate: x509.Certificate
    chain: Sequence[x509.Certificate]

    @property
    def name(self) -> str:
        """Whose they are: the common name, or what else the certificate says."""
        return called(self.certificate.subject)

    @property
    def until(self) -> datetime:
        """The last instant at which the certificate, and all above it, hold."""
        return min(each.not_valid_after_utc for each in (self.certificate, *self.chain))

    @property
    def since(self) -> datetime:
        """The first instant at which the certificate holds."""
        return self.certificate.not_valid_before_utc

    @property
    def root(self) -> bytes:
        """The uppermost certificate that is known, as PEM."""
        top, by_name = self.certificate, {each.subject: each for each in self.chain}
        while top.issuer != top.subject and top.issuer in by_name:
            top = by_name.pop(top.issuer)
        return top.public_bytes(Encoding.PEM)


class KeySource(Protocol):
    """Where keys come from; safe to use from many threads."""

    def keys(self) -> Keys:
        """Return the keys to seal with now. Raises SealUnavailable."""

    @property
    def fix(self) -> str:
        """What an admin does about a certificate that has ended."""


def called(name: x509.Name) -> str:
    """Return what a certificate calls somebody."""
    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        if found := name.get_attributes_for_oid(kind):
            return str(found[0].value)
    return name.rfc4514_string()
