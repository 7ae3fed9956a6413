"""From keys of the library `cryptography` to what pyHanko signs with."""

from collections.abc import Sequence

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore


def signer_of(
    key: RSAPrivateKey | EllipticCurvePrivateKey,
    certificate: x509.Certificate,
    chain: Sequence[x509.Certificate],
) -> SimpleSigner:
    """Return what signs with ``key``; every certificate goes into what is signed."""
    plain = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SimpleSigner(
        signing_cert=converted(certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(plain),
        cert_registry=registry((certificate, *chain)),
    )


def registry(certificates: Sequence[x509.Certificate]) -> SimpleCertificateStore:
    """Return the certificates as pyHanko takes those that go into what is signed."""
    known = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # of pyHanko
    known.register_multiple([converted(each) for each in certificates])
    return known


def converted(certificate: x509.Certificate) -> asn1_x509.Certificate:
    """Return the certificate as pyHanko has it."""
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
