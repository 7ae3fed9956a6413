"""What stands above a link or a file: what it is, and for whom."""

from datetime import datetime

from messages import limits, rows
from messages.facts import CardFacts
from messages.markup import Marked, fallback, parse
from messages.message import Message
from messages.templates import about, render
from workflows.deal import Version
from workflows.request import Request


def link_to_pass_on(
    facts: CardFacts, to_name: str, to_email: str, url: str, expires_at: datetime
) -> Message:
    """Return the client's private link for the sales assistant to send, where there is no mail.

    ``expires_at`` is an instant (UTC).
    """
    said = render(
        "desk/link_to_pass_on",
        **about(facts),
        to_name=to_name,
        to_email=to_email,
        url=url,
        expires_at=expires_at,
    )
    return rows.message(said, rows.row(rows.details(facts.request.ref)))


def version_line(request: Request, version: Version) -> str:
    """Return the line above the file of a version, as escaped mrkdwn."""
    return _line(render("desk/version_line", request=request, version=version))


def file_line(ref: str, what: str) -> str:
    """Return the line above any other file of the request ``ref``, as escaped mrkdwn.

    ``what`` is plain text: "invoice INV-1", "signed copy", "everything that is kept of it".
    """
    return _line(render("desk/file_line", ref=ref, what=what))


def _line(said: Marked) -> str:
    return fallback(parse(said), limits.TEXT)
