"""A seal's key and certificate in a ``.p12`` file, as a certificate authority hands them out."""

from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import pkcs12

from bot.ports import SealUnavailable
from integrations.seal.keys import Keys
from integrations.seal.signing import signer_of

_TAKEN = (RSAPrivateKey, EllipticCurvePrivateKey)


class KeyFile:
    """Reads the file each time, so that a renewed one is taken without a new start."""

    fix = "Put a renewed certificate into the file that FRONTDESK_SEAL names."

    def __init__(self, path: Path, password: str) -> None:
        """Remember where it is. Nothing is read yet."""
        self._path = path
        self._password = password

    def keys(self) -> Keys:
        """Return what the file holds. Raises SealUnavailable."""
        try:
            content = self._path.read_bytes()
        except OSError as error:
            fix = "Put it there, readable by Frontdesk's account alone, or correct FRONTDESK_SEAL."
            raise SealUnavailable(f"{self._path} cannot be read: {error.strerror}", fix) from None
        try:
            key, certificate, others = pkcs12.load_key_and_certificates(
                content, self._password.encode() or None
            )
        except (ValueError, UnsupportedAlgorithm):
            said = f"{self._path} is no .p12 file, or FRONTDESK_SEAL_PASSWORD does not open it"
            raise SealUnavailable(said, "Correct FRONTDESK_SEAL or its password.") from None
        if not isinstance(key, _TAKEN) or certificate is None:
            said = f"{self._path} holds no certificate with an RSA or EC key"
            raise SealUnavailable(said, "Name one that does in FRONTDESK_SEAL.")
        signer = signer_of(key, certificate, others)
        return Keys(signer=signer, certificate=certificate, chain=tuple(others))
