"""A certificate authority of the installation's own, in a folder of its data.

Nobody else knows it, so readers of PDFs call its seals those of an unknown issuer, and find every
change all the same.
"""

import logging
import os
import stat
import tempfile
import threading
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from bot.ports import Clock, SealUnavailable
from integrations.seal.keys import Keys
from integrations.seal.signing import signer_of

_ROOT, _LEAF = "root.pem", "seal.pem"
_BITS, _EXPONENT = 3072, 65537
_ROOT_YEARS, _LEAF_YEARS = 20, 5
_YEAR = timedelta(days=365)
_RENEWED_BEFORE = timedelta(days=180)
_SLACK = timedelta(hours=1)
"""Certificates begin a little earlier, for readers whose clock is behind."""
_LONGEST_NAME = 64
"""Bytes of a name in a certificate, as its library counts them (RFC 5280, ub-common-name)."""

_OTHERS = stat.S_IRWXG | stat.S_IRWXO

log = logging.getLogger(__name__)

_Pair = tuple[rsa.RSAPrivateKey, x509.Certificate]


class Authority:
    """A root for 20 years, and under it a certificate for 5 that is renewed half a year before.

    Any number of processes may share ``folder``: who comes first makes a key that is missing, and
    the others take it. A folder without either is like none, so a volume can be mounted there.
    Each file holds a key and its certificate as PEM, mode 0600; the folder has mode 0700.
    """

    fix = "Move the folder seal in FRONTDESK_DATA aside, and keep it: a new one is made."

    def __init__(self, folder: Path, company: str, clock: Clock) -> None:
        """Remember where it is; what is missing is made when it is needed."""
        self._folder = folder
        short = company.encode()[:_LONGEST_NAME].decode(errors="ignore").strip()
        self._company = short or "Frontdesk"
        self._clock = clock
        self._turn = threading.Lock()

    def keys(self) -> Keys:
        """Return the keys, made or renewed where it is time. Raises SealUnavailable."""
        with self._turn:
            try:
                return self._keys()
            except (OSError, ValueError) as error:
                said = f"the keys in {self._folder} cannot be used: {error}"
                fix = "Restore the folder from a backup, or let Frontdesk's account write there."
                raise SealUnavailable(said, fix) from error

    def _keys(self) -> Keys:
        if not any((self._folder / each).exists() for each in (_ROOT, _LEAF)):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _settle(self._folder.parent)
            _write_first(self._folder / _ROOT, *self._root(self._clock.now()))
        for place in (self._folder, self._folder / _ROOT, self._folder / _LEAF):
            _close_to_others(place)
        now = self._clock.now()
        root = _read(self._folder / _ROOT)
        if not (self._folder / _LEAF).exists():
            _write_first(self._folder / _LEAF, *self._leaf(root, now))
        key, certificate = _read(self._folder / _LEAF)
        soon = now + _RENEWED_BEFORE
        ends = certificate.not_valid_after_utc
        if ends < soon and ends < root[1].not_valid_after_utc:
            key, certificate = self._leaf(root, now)
            _write(self._folder / _LEAF, key, certificate)
        chain = (root[1],)
        return Keys(signer=signer_of(key, certificate, chain), certificate=certificate, chain=chain)

    def _root(self, now: datetime) -> _Pair:
        key = rsa.generate_private_key(_EXPONENT, _BITS)
        name = self._called(f"Frontdesk {now:%Y-%m-%d}")
        template = _template(name, key, now, _ROOT_YEARS * _YEAR).issuer_name(name)
        template = template.add_extension(
            x509.BasicConstraints(ca=True, path_length=0), critical=True
        )
        template = template.add_extension(_usage(signs=False), critical=True)
        return key, template.sign(key, SHA256())

    def _leaf(self, root: _Pair, now: datetime) -> _Pair:
        """Return a key for the seal, which ends with the root at the latest."""
        above, vouching = root
        key = rsa.generate_private_key(_EXPONENT, _BITS)
        lasts = min(_LEAF_YEARS * _YEAR, vouching.not_valid_after_utc - now)
        template = _template(self._called(self._company), key, now, lasts)
        template = template.issuer_name(vouching.subject)
        end = x509.BasicConstraints(ca=False, path_length=None)
        template = template.add_extension(end, critical=True)
        template = template.add_extension(_usage(signs=True), critical=True)
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(above.public_key())
        return key, template.add_extension(issuer, critical=False).sign(above, SHA256())

    def _called(self, name: str) -> x509.Name:
        return x509.Name(
            [
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, self._company),
                x509.NameAttribute(NameOID.COMMON_NAME, name),
            ]
        )


def _template(
    name: x509.Name, key: rsa.RSAPrivateKey, now: datetime, lasts: timedelta
) -> x509.CertificateBuilder:
    known_by = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _SLACK)
        .not_valid_after(now + lasts)
        .add_extension(known_by, critical=False)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    """Return what a key is for: to seal documents, or to vouch for those that do."""
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=signs,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs,
        crl_sign=not signs,
        encipher_only=False,
        decipher_only=False,
    )


def _close_to_others(path: Path) -> None:
    """Let the owner alone read it, as after a copy that was restored without its modes."""
    with suppress(OSError):  # it is not there, or another account's: reading it says so
        mode = path.stat().st_mode
        if mode & _OTHERS and os.name == "posix":
            path.chmod(mode & ~_OTHERS)
            log.warning("Other accounts of this machine could come at %s; it is closed now.", path)


def _read(path: Path) -> _Pair:
    content = path.read_bytes()
    key = load_pem_private_key(content, None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError(f"{path.name} holds no RSA key")  # noqa: TRY004 - the file is wrong
    return key, x509.load_pem_x509_certificate(content)


def _write(path: Path, key: rsa.RSAPrivateKey, certificate: x509.Certificate) -> None:
    """Put both on the disk in one step."""
    content = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    content += certificate.public_bytes(Encoding.PEM)
    descriptor, partial = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # mode 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(partial).replace(path)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
    _settle(path.parent)


def _write_first(path: Path, key: rsa.RSAPrivateKey, certificate: x509.Certificate) -> None:
    """Put both on the disk in one step, unless another process has put something there before."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".made-") as scratch:
        made = Path(scratch) / path.name
        _write(made, key, certificate)
        with suppress(FileExistsError):
            path.hardlink_to(made)
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """See to it that a folder's names are on the disk; Windows does that by itself."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
