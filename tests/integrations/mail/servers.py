"""Real mail servers on loopback: one that does as it is told, and a socket that says anything."""

import asyncio
import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

SECRET = "not-a-real-password"


class Postman:
    """Keeps what arrives; answers MAIL, RCPT, DATA and QUIT with the next of the sentences given.

    It knows everybody but the address ``unknown``.
    """

    def __init__(
        self,
        *,
        sender: tuple[str, ...] = (),
        rcpt: tuple[str, ...] = (),
        data: tuple[str, ...] = (),
        bye: str = "",
        unknown: str = "",
    ) -> None:
        self.unknown = unknown
        self.sender, self.rcpt, self.data, self.bye = list(sender), list(rcpt), list(data), bye
        self.taken: list[bytes] = []
        self.recipients: list[list[str]] = []
        self.sessions: list[Session] = []

    async def handle_MAIL(  # noqa: N802 - the name that aiosmtpd looks for
        self, _server: SMTP, _session: Session, envelope: Envelope, by: str, options: list[str]
    ) -> str:
        answer = self.sender.pop(0) if self.sender else "250 OK"
        if answer.startswith("250"):
            envelope.mail_from = by
            envelope.mail_options.extend(options)
        return answer

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd looks for
        self, _server: SMTP, _session: Session, envelope: Envelope, to: str, _options: list[str]
    ) -> str:
        answer = self.rcpt.pop(0) if self.rcpt else "250 OK"
        answer = "550 5.1.1 No such user here" if to == self.unknown else answer
        if answer.startswith("250"):
            envelope.rcpt_tos.append(to)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.data.pop(0) if self.data else "250 Taken"
        if answer == "never":
            await asyncio.Event().wait()
        if answer == "slowly":
            await asyncio.sleep(1.0)
            answer = "250 Taken, after a long look"
        if answer.startswith("250"):
            assert isinstance(envelope.original_content, bytes)
            self.taken.append(envelope.original_content)
            self.recipients.append(envelope.rcpt_tos)
            self.sessions.append(session)
        if answer == "250 and gone":
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        return answer

    async def handle_QUIT(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802
        return self.bye or "221 Bye"


@contextmanager
def serving(postman: Postman, tls: ssl.SSLContext | None = None, **options: Any) -> Iterator[int]:
    """Run a server for `postman` and yield its port; with `tls` it speaks TLS from the start."""
    port: list[int] = []
    ready, ending, loop = threading.Event(), asyncio.Event(), asyncio.new_event_loop()

    async def run() -> None:
        running = asyncio.get_running_loop()
        server = await running.create_server(
            lambda: SMTP(postman, loop=running, **options), "127.0.0.1", 0, ssl=tls
        )
        port.append(server.sockets[0].getsockname()[1])
        ready.set()
        await ending.wait()
        server.close()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),), daemon=True)
    thread.start()
    try:
        assert ready.wait(10)
        yield port[0]
    finally:
        loop.call_soon_threadsafe(ending.set)
        thread.join(10)
        loop.close()


@contextmanager
def saying(*lines: bytes) -> Iterator[int]:
    """Yield the port of a socket that says these lines, one at each thing it hears, then nothing.

    The first is its greeting; with no lines at all it accepts and stays silent.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_talk, args=(listener, lines), daemon=True)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(10)


@contextmanager
def dripping(*lines: bytes) -> Iterator[int]:
    """Yield the port of a socket that says these lines, then a greeting's bytes one by one."""
    ending = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_drip, args=(listener, lines, ending), daemon=True)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            ending.set()
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(10)


def _drip(listener: socket.socket, lines: tuple[bytes, ...], ending: threading.Event) -> None:
    wire, _ = listener.accept()
    with wire, contextlib.suppress(OSError):
        for line in lines:
            wire.sendall(line + b"\r\n")
            wire.recv(4096)
        while not ending.wait(0.05):
            wire.sendall(b"2")


def _talk(listener: socket.socket, lines: tuple[bytes, ...]) -> None:
    try:
        wire, _ = listener.accept()
    except OSError:
        return
    with wire:
        for line in lines:
            wire.sendall(line + b"\r\n")
            if not wire.recv(4096):
                return
        while wire.recv(4096):
            pass


class Authority:
    """A certificate authority of the test's own; `trusted` is the file that says so."""

    def __init__(self, folder: Path) -> None:
        ca = trustme.CA()
        self.trusted = folder / "authority.pem"
        ca.cert_pem.write_to_path(self.trusted)
        self.server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        ca.issue_cert("127.0.0.1").configure_cert(self.server)
        self.elsewhere = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        ca.issue_cert("mail.globex.example").configure_cert(self.elsewhere)


def _check(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: object
) -> AuthResult:
    """Take the one password; a wrong one is repeated, as some servers do."""
    assert isinstance(given, LoginPassword)
    if given.password == SECRET.encode():
        return AuthResult(success=True)
    words = f"535 5.7.8 {given.password.decode()} is wrong"
    return AuthResult(success=False, handled=False, message=words)


def locked(authority: Authority) -> dict[str, Any]:
    """Return what makes a server ask for STARTTLS, then for a password."""
    return {
        "tls_context": authority.server,
        "require_starttls": True,
        "authenticator": _check,
        "auth_required": True,
    }
