"""The task of whoever owns a request for an asset now: the brief, and what to start from."""

from collections.abc import Sequence

from messages import rows
from messages.facts import CardFacts
from messages.message import Message
from messages.templates import about, render
from workflows.definition import Transition

_GUIDELINES = 20


def owner_brief(
    facts: CardFacts, guidelines: Sequence[tuple[str, str]], buttons: Sequence[Transition]
) -> Message:
    """Return the task with its due date; ``buttons`` are what the owner may do now.

    ``guidelines`` are those that admins keep: brand guidelines and templates, by name and link.
    """
    shown, more = tuple(guidelines[:_GUIDELINES]), len(guidelines[_GUIDELINES:])
    said = render("desk/owner_brief", **about(facts), guidelines=shown, more=more)
    return rows.message(said, rows.on_card(facts.request, buttons))
