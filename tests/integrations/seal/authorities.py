"""Authorities for tests: keys in .p12 files, and one that stamps the time over HTTP."""

import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from integrations.clock import SystemClock
from integrations.seal.signing import converted

REPLY = "application/timestamp-reply"


@dataclass(frozen=True)
class Pair:
    """A key and its certificate, with that of whoever signed it."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate
    root: x509.Certificate

    @property
    def root_pem(self) -> bytes:
        return self.root.public_bytes(Encoding.PEM)


@dataclass
class StillClock:
    """Stands where it is put."""

    at: datetime = field(default_factory=lambda: SystemClock().now())

    def now(self) -> datetime:
        return self.at


@cache
def key(_nth: int = 0) -> rsa.RSAPrivateKey:
    """A key, small and always the same in a process, as they take long to make."""
    return rsa.generate_private_key(65537, 2048)


def for_(*uses: int) -> x509.KeyUsage:
    """What a key is for, by the numbers of RFC 5280, 4.2.1.3."""
    return x509.KeyUsage(*(nth in uses for nth in range(9)))


SIGNS = for_(0, 1)
ENCIPHERS = for_(2)


def certified(
    name: str,
    begins: datetime,
    lasts: timedelta,
    *,
    stamps: bool = False,
    usage: x509.KeyUsage | None = SIGNS,
    by: str = "",
    organisation: str = "",
) -> Pair:
    """Return a key of somebody, certified by an authority, that is their own unless it is named."""
    above, own = key(0), key(1)
    issuer = _named(by or f"{name} Root")
    subject = _named(name, organisation)
    ca = x509.BasicConstraints(ca=True, path_length=0)
    root = _template(issuer, issuer, above, begins, timedelta(days=9000))
    certificate = _template(subject, issuer, own, begins, lasts)
    if stamps:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        certificate = certificate.add_extension(purpose, critical=True)
    elif usage:
        certificate = certificate.add_extension(usage, critical=True)
    return Pair(
        own,
        certificate.sign(above, SHA256()),
        root.add_extension(ca, critical=True).sign(above, SHA256()),
    )


def _named(name: str, organisation: str = "") -> x509.Name:
    """Whatever it is: who forges a certificate keeps to no rule for names."""
    said = [x509.NameAttribute(NameOID.COMMON_NAME, name, _validate=False)]
    if organisation:
        said.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    return x509.Name(said)


def _template(
    subject: x509.Name,
    issuer: x509.Name,
    own: rsa.RSAPrivateKey,
    begins: datetime,
    lasts: timedelta,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + lasts)
    )


def key_file(
    path: Path, pair: Pair, password: str = "", others: Sequence[x509.Certificate] = ()
) -> Path:
    """Write a .p12 with key, certificate, root and ``others``, for nobody else's eyes."""
    how = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    path.touch(mode=0o600)
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"seal", pair.key, pair.certificate, [pair.root, *others], how
        )
    )
    return path


class TimeAuthority:
    """Stamps what it is asked to: a little RFC 3161 authority on this machine."""

    def __init__(self) -> None:
        self.pair = certified(
            "Clock Tower", SystemClock().now() - timedelta(days=1), timedelta(days=900), stamps=True
        )
        self.asked = 0
        self.status = 200
        self.body: bytes | None = None
        """What it says to everything in the place of a stamp."""
        self.other: bytes = b""
        """What it stamps in the place of what it is asked to."""
        self.at: datetime | None = None
        """The time that it tells; None: the right one."""
        self.last = b""
        """What it said last."""
        self.may_answer = threading.Event()
        self.may_answer.set()
        self._port = 0

    @contextmanager
    def open(self, tls: ssl.SSLContext | None = None) -> Iterator[str]:
        """Answer at an address; the same one each time."""
        with self._serving(tls) as port:
            self._port = port
            yield f"http{'s' if tls else ''}://127.0.0.1:{port}/tsr"

    @contextmanager
    def _serving(self, tls: ssl.SSLContext | None) -> Iterator[int]:
        authority = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = self.rfile.read(int(self.headers["content-length"]))
                authority.asked += 1
                authority.may_answer.wait(30)
                body = authority.answer(asked) if authority.body is None else authority.body
                self.send_response(authority.status)
                self.send_header("content-type", REPLY)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                try:
                    self.wfile.write(body)
                except OSError:
                    return  # whoever asked has gone

            def log_message(self, *_: object) -> None: ...

        server = ThreadingHTTPServer(("127.0.0.1", self._port), Door)
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server.server_port
        finally:
            self.may_answer.set()
            server.shutdown()
            thread.join()
            server.server_close()

    def answer(self, asked: bytes) -> bytes:
        """Return the reply to a query."""
        query = tsp.TimeStampReq.load(asked)
        if self.other:
            query["message_imprint"]["hashed_message"] = self.other
        plain = self.pair.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        known = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # of pyHanko
        known.register(converted(self.pair.root))
        stamper = DummyTimeStamper(
            converted(self.pair.certificate),
            asn1_keys.PrivateKeyInfo.load(plain),
            certs_to_embed=known,
            fixed_dt=self.at,
        )
        self.last = stamper.request_tsa_response(query).dump()
        return self.last
