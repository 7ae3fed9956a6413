"""The kind offer of the form to somebody who asked for an asset outside of it."""

from messages import rows
from messages.buttons import Resume
from messages.message import Message
from messages.templates import render
from workflows.definition import Style


def outside_offer(text: str, draft: str, by: str = "") -> Message:
    """Return the offer, for one person only; ``draft`` keeps the form filled in from ``text``.

    ``by`` is who passed the form on (a user id), "" where nobody did.
    """
    resume = rows.button("Open the form", Resume(draft), Style.PRIMARY)
    return rows.message(render("desk/outside_offer", text=text, by=by), rows.row(resume))
