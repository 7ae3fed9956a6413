"""Mails as Frontdesk writes them, and a clock that stands still."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.ports.mail import Attachment, Mail

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SENDER = "sales@harborlight.example"
SENDER_NAME = "Harborlight Sales"
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 300 + b"\r\n.\r\n..\n\r%%EOF"


@dataclass
class StillClock:
    """Says what it was last told."""

    at: datetime = NOON

    def now(self) -> datetime:
        return self.at


def mail(**changes: object) -> Mail:
    """Return a mail to a client, with what a test wants to be different."""
    fields: dict[str, object] = {
        "key": "client-link:SOW-7:2",
        "to": "hank@globex.example",
        "to_name": "Hank Scorpio",
        "reply_to": "dian@harborlight.example",
        "reply_to_name": "Dian Porter",
        "subject": "Statement of Work SOW-7, version 2",
        "text": "Dear Hank,\n\nplease look at the document.\n.\nDian",
        "html": '<p>Dear Hank,</p><p style="color:#123">please look at the document.</p>',
    }
    return Mail(**(fields | changes))  # type: ignore[arg-type] # each test says what it changes


def pdf(name: str = "SOW-7 v2.pdf") -> Attachment:
    return Attachment(name=name, mime="application/pdf", content=PDF)
