"""What was found for the words that somebody typed."""

from collections.abc import Sequence

from messages import limits, rows
from messages.buttons import FindRequests
from messages.facts import CardFacts
from messages.markup import Marked, parse, rich_text
from messages.message import Json, Message
from messages.templates import about, render
from workflows.definition import Workflow


def found(
    typed: str,
    requests: Sequence[CardFacts],
    workflows: Sequence[Workflow],
    *,
    to: str,
    more: FindRequests | None,
    later: bool,
) -> Message:
    """Return what fits ``typed``, each with "Details"; nothing: which words can be used.

    ``to`` reads it. ``more`` is the button of the next page, where there is one; ``later``: this is
    such a page itself. ``workflows`` are the kinds that can be named.
    """
    heading = render(
        "desk/found", typed=typed, empty=not requests, later=later, kinds=kinds(workflows)
    )
    said, blocks = [heading], rich_text(parse(heading))
    for facts in requests:
        line, drawn = row(facts, to)
        said.append(line)
        blocks += [*drawn, rows.row(rows.details(facts.request.ref))]
    if more is not None:
        blocks.append(rows.row(rows.button("More", more)))
    return limits.message(Marked("\n".join(said)), blocks, rows.rest())


def row(facts: CardFacts, to: str) -> tuple[Marked, list[Json]]:
    """Return where a request stands as ``to`` reads it: who has the ball, since when, what next."""
    said = render("desk/next_row", **about(facts), to=to)
    return said, rich_text(parse(said))


def no_status(workflow: Workflow, typed: str) -> Message:
    """Return that ``typed`` names no request of ``workflow`` that is there to see."""
    return rows.message(render("desk/no_status", workflow=workflow, typed=typed))


def kinds(workflows: Sequence[Workflow]) -> tuple[str, ...]:
    """Return the words that name a kind of request."""
    return tuple(each.command.removeprefix("/") for each in workflows)
