"""What somebody is told in whose name another system has handed in a ticket."""

from collections.abc import Sequence

from messages import rows
from messages.buttons import Resume
from messages.message import Message
from messages.templates import render
from workflows.definition import Style


def ticket_sent(system: str, ticket: str, ref: str) -> Message:
    """Return the word that a request was made of it; ``system`` is the token's name."""
    said = render("desk/ticket", system=system, ticket=ticket, ref=ref, title="", missing=())
    return rows.message(said, rows.row(rows.details(ref)))


def ticket_begun(
    system: str, ticket: str, title: str, missing: Sequence[str], draft: str
) -> Message:
    """Return the word that a draft was made of it, since answers (by label) are ``missing``."""
    said = render("desk/ticket", system=system, ticket=ticket, ref="", title=title, missing=missing)
    return rows.message(said, rows.row(rows.button("Go on", Resume(draft), Style.PRIMARY)))
