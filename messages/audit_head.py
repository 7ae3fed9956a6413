"""The head of the audit's chain, for whoever keeps it where the database's owner is not."""

from datetime import datetime

from messages import rows
from messages.message import Message
from messages.templates import render


def audit_head(seq: int, mac: str, at: datetime) -> Message:
    """Return the message with the head as of ``at``: its last row's number and code."""
    return rows.message(render("desk/audit_head", seq=seq, mac=mac, at=at))
