"""Mail by SMTP (RFC 5321, and RFC 6409 for submission with a password)."""

import contextlib
import smtplib
from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass, field
from functools import cached_property
from pathlib import Path
from ssl import SSLContext
from typing import Literal

from bot.ports.clock import Clock
from bot.ports.mail import Mail
from integrations.mail.answers import is_silence, left_alone, locked_out, meaning, unreachable
from integrations.mail.message import address, message_of
from integrations.mail.session import Session
from integrations.resting import Rest, Resting
from integrations.trust import trusting

_ALONE = 30.0
"""Seconds for which a server that did not answer is left alone."""


@dataclass(frozen=True)
class SmtpMailer:
    """Hands each mail to a server, over a connection of its own.

    ``security`` is ``starttls`` (the server has to offer it), ``tls`` from the first byte, or
    ``none``. ``seconds`` is the longest silence that is borne, ``altogether`` the longest time for
    one mail: see :class:`~integrations.mail.session.Session`. ``trusted`` is a file with
    authorities that are believed beside the usual ones. A server that did not answer is let to
    ``rest``, or it would hold up all else that is to be delivered. Raises ValueError for a
    ``sender`` that is no address.
    """

    host: str
    port: int
    _: KW_ONLY
    security: Literal["starttls", "tls", "none"]
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str
    sender_name: str
    clock: Clock
    seconds: float = 8.0
    altogether: float
    trusted: Path | None = None
    rest: Rest = field(default_factory=lambda: Rest(_ALONE, is_silence), repr=False)

    def __post_init__(self) -> None:
        """Look at the sender's address before the first mail does."""
        address(self.sender_name, self.sender)

    @property
    def reaches_people(self) -> bool:
        """Mail leaves for its recipient."""
        return True

    def check(self) -> None:
        """Connect, and log in where there is a user. Raises MailUnavailable."""
        with self._connection():
            pass

    def send(self, mail: Mail) -> None:
        """Send; returns when the server has taken the mail over.

        Raises MailRefused when this mail will never be taken (an address, a 5xx answer to it), and
        MailUnavailable for everything else: also when the answer to the whole mail was lost, after
        which a second try may bring a copy with the same Message-ID.
        """
        message = message_of(mail, self.sender, self.sender_name, self.clock.now())
        origin, to = address("", self.sender).addr_spec, address("", mail.to).addr_spec
        try:
            with self.rest.asking(), self._connection() as server:
                try:
                    server.sendmail(origin, [to], message.as_bytes())
                except OSError as error:  # smtplib's own are OSErrors too
                    raise meaning(error, to) from error
        except Resting as resting:
            raise left_alone(self.host, self.port) from resting

    @contextlib.contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        try:
            server = self._connected()
        except (OSError, UnicodeError) as error:
            raise unreachable(self.host, self.port, error) from error
        try:
            self._log_in(server)
            yield server
        finally:
            with contextlib.suppress(OSError):
                server.quit()  # a mail that was taken stays taken, whatever is said to goodbye
            server.close()

    def _connected(self) -> smtplib.SMTP:
        tls = self._believed if self.security == "tls" else None
        server = Session(self.host, self.port, self.seconds, self.altogether, tls)
        try:
            if self.security == "starttls":
                server.starttls(context=self._believed)
            server.ehlo_or_helo_if_needed()
        except BaseException:
            server.close()
            raise
        return server

    @cached_property
    def _believed(self) -> SSLContext:
        """Whom to believe: read once, as it takes longer than to send a mail."""
        return trusting(self.trusted)

    def _log_in(self, server: smtplib.SMTP) -> None:
        if not self.user:
            return
        try:
            server.login(self.user, self.password)
        except (OSError, UnicodeError) as error:
            raise locked_out(error) from None  # servers are known to repeat what they were sent
