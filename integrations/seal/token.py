"""A seal's key that nobody can take away: it stays in a token, which signs by PKCS#11.

An HSM, a card, or SoftHSM. Certificates are looked for in the token, too.
"""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pkcs11
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass
from pkcs11.exceptions import (
    NoSuchKey,
    NoSuchToken,
    PinIncorrect,
    PinLenRange,
    PinLocked,
    PKCS11Error,
)
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import Signer

from bot.ports import SealUnavailable
from integrations.seal.keys import Keys
from integrations.seal.signing import converted, registry

_TURN = threading.Lock()
"""Who is logged in is the whole process's affair (PKCS#11 2.40, 5.6): one session at a time."""
_DIGEST = "sha256"
_FIX = "See to the token, or correct FRONTDESK_SEAL or its password."


class Token:
    """Looks into the token anew each time, so that a renewed certificate is taken.

    A PIN that was refused is not tried again in this process: a token locks itself after a few.
    """

    fix = "Put a renewed certificate of the key that FRONTDESK_SEAL names into its token."

    def __init__(self, module: Path, label: str, key: str, pin: str) -> None:
        """Remember where it is: the vendor's library, the labels of token and key. Nothing yet."""
        self._module = module
        self._label = label
        self._key = key
        self._pin = pin
        self._is_refused = False

    def keys(self) -> Keys:
        """Return the key, that of its certificates that ends last, and those above it.

        Raises SealUnavailable.
        """
        with self._session() as session:
            modulus = int.from_bytes(self._found(session)[Attribute.MODULUS])
            there = [
                x509.load_der_x509_certificate(each[Attribute.VALUE])
                for each in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
            ]
        own = [each for each in there if _modulus(each) == modulus]
        if not own:
            raise self._trouble(f"it holds no certificate of the key {self._key}")
        certificate = max(own, key=lambda each: each.not_valid_after_utc)
        chain = tuple(_above(certificate, there))
        return Keys(
            signer=_TokenSigner(self, certificate, chain), certificate=certificate, chain=chain
        )

    def signature(self, data: bytes) -> bytes:
        """Return the token's signature by RSA (PKCS#1 v1.5) and SHA-256. Raises SealUnavailable."""
        with self._session() as session:
            return self._found(session).sign(data, mechanism=Mechanism.SHA256_RSA_PKCS)

    def _found(self, session: pkcs11.Session) -> pkcs11.SignMixin:
        found = session.get_key(
            object_class=ObjectClass.PRIVATE_KEY, key_type=KeyType.RSA, label=self._key
        )
        if not isinstance(found, pkcs11.SignMixin):
            raise ValueError(f"its key {self._key} is not for signing")  # noqa: TRY004 - the token's
        return found

    @contextmanager
    def _session(self) -> Iterator[pkcs11.Session]:
        """Log in for as long as it lasts. Raises SealUnavailable, whatever goes wrong within."""
        with _TURN:
            if self._is_refused:
                raise self._trouble("it refused the PIN, which is not tried again until a restart")
            try:
                token = pkcs11.lib(str(self._module)).get_token(token_label=self._label)
                with token.open(user_pin=self._pin or None) as session:
                    yield session
            except (PinIncorrect, PinLenRange, PinLocked) as error:
                self._is_refused = True
                raise self._trouble("it refuses the PIN in FRONTDESK_SEAL_PASSWORD") from error
            except (NoSuchKey, NoSuchToken) as error:
                what = f"key {self._key} by RSA" if isinstance(error, NoSuchKey) else "such token"
                raise self._trouble(f"there is no {what}") from error
            except (PKCS11Error, OSError, RuntimeError, ValueError) as error:
                raise self._trouble(str(error) or type(error).__name__) from error

    def _trouble(self, what: str) -> SealUnavailable:
        return SealUnavailable(f"the token {self._label} ({self._module}): {what}", _FIX)


class _TokenSigner(Signer):
    """Signs in the token; pyHanko's own signer for them is held to an older PKCS#11 library."""

    def __init__(
        self, token: Token, certificate: x509.Certificate, chain: Sequence[x509.Certificate]
    ) -> None:
        super().__init__(
            signing_cert=converted(certificate), cert_registry=registry((certificate, *chain))
        )
        self._token = token

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,  # noqa: ARG002, FBT001, FBT002 - pyHanko's
    ) -> bytes:
        """Return the signature. Raises SealUnavailable, SigningError."""
        if digest_algorithm != _DIGEST:
            raise SigningError(f"tokens sign with {_DIGEST} alone")
        return await asyncio.to_thread(self._token.signature, data)


def _modulus(certificate: x509.Certificate) -> int:
    try:
        key = certificate.public_key()
    except (UnsupportedAlgorithm, ValueError):  # one of somebody else's, of a curve of their own
        return 0
    return key.public_numbers().n if isinstance(key, RSAPublicKey) else 0


def _above(
    certificate: x509.Certificate, there: Sequence[x509.Certificate]
) -> Iterator[x509.Certificate]:
    """Yield who vouches for a certificate, who for that one, and so on; each name once."""
    by_name, below = {each.subject: each for each in there}, certificate
    while below.issuer != below.subject and below.issuer in by_name:
        below = by_name.pop(below.issuer)
        yield below
