"""One conversation with a mail server, which ends in time whatever the server does."""

import smtplib
import socket
import ssl
from typing import Any

from integrations.ending import Ending


class TookTooLong(smtplib.SMTPServerDisconnected):
    """All of the time is over."""


class Session(smtplib.SMTP):
    """smtplib's conversation with an end: it waits for each single byte only, and so for ever.

    ``seconds`` is the longest wait for a connection or for some of an answer, ``altogether`` for
    all of it: then the connection is cut, whatever is going on. A server that looks a mail through
    before it takes it may use all that is left for that (RFC 5321, 4.5.3.2.6): whoever gives up
    sooner sends it twice. With ``tls`` that is spoken from the first byte. Raises OSError.
    """

    def __init__(
        self, host: str, port: int, seconds: float, altogether: float, tls: ssl.SSLContext | None
    ) -> None:
        """Connect, and hear the server's greeting."""
        self._tls = tls
        self._ending = Ending(altogether)
        try:
            super().__init__(host, port, timeout=seconds)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the connection; nothing is waited for."""
        self._ending.let_go()
        super().close()

    def data(self, msg: Any) -> tuple[int, bytes]:  # noqa: ANN401 - as smtplib has it
        """Hand over the mail; what is left of the time is for the answer to it."""
        if self.sock is not None:
            self.sock.settimeout(self._ending.left)
        answer: tuple[int, bytes] = super().data(msg)
        if self.sock is not None:
            self.sock.settimeout(self.timeout)
        return answer

    def getreply(self) -> tuple[int, bytes]:
        """Return the server's next answer; the beginning of one that was cut is none."""
        try:
            answer = super().getreply()
        except smtplib.SMTPServerDisconnected:
            self._must_be_whole()
            raise
        self._must_be_whole()
        return answer

    def _must_be_whole(self) -> None:
        if self._ending.is_over:
            self.close()
            raise TookTooLong("it took too long") from None

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        """Connect; smtplib's own place for what is special about a connection."""
        plain = socket.create_connection((host, port), min(timeout, self._ending.left))
        plain.settimeout(timeout)
        self._ending.hold(plain)
        if self._tls is None:
            return plain
        try:
            return self._tls.wrap_socket(plain, server_hostname=host)
        except BaseException:
            plain.close()
            raise
