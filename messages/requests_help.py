"""What somebody can do here, in a few lines that know their roles."""

from collections.abc import Sequence

from messages import rows
from messages.buttons import Settings, ShowAll
from messages.message import Message
from messages.templates import render
from workflows.definition import Workflow
from workflows.roles import Role


def requests_help(
    askable: Sequence[Workflow],
    acting: Sequence[tuple[Role, Sequence[Workflow]]],
    seen: Sequence[Workflow],
) -> Message:
    """Return what to ask for, what one is asked, and how to find things; with buttons.

    ``acting``: in which kinds each role that they fill is asked. ``seen``: the kinds of which they
    may see all.
    """
    said = render(
        "desk/requests_help",
        askable=tuple(askable),
        acting=tuple((role.label, _titles(kinds)) for role, kinds in acting),
        seen=_titles(seen),
    )
    below = [rows.button("Show all", ShowAll()), rows.button("Notifications", Settings())]
    return rows.message(said, *rows.ask(askable), rows.row(*below))


def _titles(workflows: Sequence[Workflow]) -> str:
    return ", ".join(each.title for each in workflows)
