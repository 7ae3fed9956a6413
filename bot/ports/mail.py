"""Mail to clients."""

from dataclasses import dataclass
from typing import Protocol


class MailRefused(Exception):
    """The mail will never be taken: a wrong address, or something in it. The text says why."""


class MailUnavailable(Exception):
    """The mail server cannot be reached or asks to come again later; the text says why.

    ``fix`` says what an admin can do about it, "" where that is to wait.
    """

    def __init__(self, said: str, fix: str = "") -> None:
        """Remember both."""
        super().__init__(said)
        self.fix = fix


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail to one recipient. ``key`` stays the same however often it is tried.

    ``to`` and ``reply_to`` (which may be empty) are bare addresses; ``text`` is always there,
    ``html`` says the same.
    """

    key: str
    to: str
    to_name: str
    reply_to: str
    reply_to_name: str
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()


class Mailer(Protocol):
    """Sends mail: by SMTP, or into a folder where somebody can see it."""

    @property
    def reaches_people(self) -> bool:
        """Whether mail leaves for its recipient; otherwise somebody has to pass links on."""

    def check(self) -> None:
        """See whether mail could be sent now; nothing is sent. Raises MailUnavailable."""

    def send(self, mail: Mail) -> None:
        """Send, or raise MailRefused or MailUnavailable.

        The Message-ID is made of :attr:`Mail.key`: a copy can be recognised by the recipient.
        """
