"""What a seal is made with: a private key, its certificate, and who vouches for it."""

from collections.abc import Iterator, Sequence
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
    def whole_name(self) -> str:
        """All that the certificate says of whose they are, as RFC 4514 writes it."""
        return self.certificate.subject.rfc4514_string()

    @property
    def until(self) -> datetime:
        """The last instant at which the certificate, and all that vouch for it, hold."""
        return self.ends_first.not_valid_after_utc

    @property
    def ends_first(self) -> x509.Certificate:
        """That of them which ends first. What else came with them does not matter."""
        return min(self._way_up(), key=lambda each: each.not_valid_after_utc)

    @property
    def since(self) -> datetime:
        """The first instant at which the certificate holds."""
        return self.certificate.not_valid_before_utc

    @property
    def root(self) -> bytes:
        """The uppermost certificate that is known, as PEM."""
        *_, top = self._way_up()
        return top.public_bytes(Encoding.PEM)

    def _way_up(self) -> Iterator[x509.Certificate]:
        """Yield the certificate, and each that vouches for the one before."""
        each, by_name = self.certificate, {one.subject: one for one in self.chain}
        yield each
        while each.issuer != each.subject and each.issuer in by_name:
            each = by_name.pop(each.issuer)
            yield each


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
