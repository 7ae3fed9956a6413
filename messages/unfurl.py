"""What stands below a message with a link of ours: what everybody there may know of it.

In sections, since unfurls are not documented to take rich text; nothing here was typed by anybody
but an asset's title, which is escaped.
"""

from messages import limits, rows
from messages.buttons import Details
from messages.facts import CardFacts
from messages.markup import Marked, fallback, parse
from messages.message import Json, Message
from messages.templates import render


def unfurl(facts: CardFacts) -> Message:
    """Return number, stage and who has the ball; the rest is shown to those who may see it."""
    request, workflow = facts.request, facts.workflow
    said = render(
        "desk/unfurl",
        ref=request.ref,
        title=workflow.title,
        stage=workflow.stage(request.stage),
        owner=request.owner or "",
        waiting_role=facts.waiting_role,
    )
    return _below(said, rows.button("Show details", Details(request.ref)))


def unfurl_asset(ref: str, title: str, version: int, stage: str) -> Message:
    """Return what the shelf says of an asset to any member, with the button that opens it."""
    said = render("shelf/unfurl", title=title, version=version, stage=stage)
    return _below(said, rows.open_asset(ref))


def _below(said: Marked, pressed: Json) -> Message:
    text = fallback(parse(said), limits.TEXT)
    section = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    return limits.message(said, [section, rows.row(pressed)], rows.rest())
