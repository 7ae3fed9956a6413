"""Answers to commands: what concerns me, one request's status, and help."""

from collections.abc import Sequence

from messages import limits, rows
from messages.facts import CardFacts
from messages.markup import Marked, parse, rich_text
from messages.message import Json, Message
from messages.page import history
from messages.templates import about, render
from workflows.definition import Workflow
from workflows.engine import Entry

_SHOWN = 10
_ON_PAGE = 47
_ENTRIES = 10


def listing(
    waiting: Sequence[CardFacts],
    mine: Sequence[CardFacts],
    workflow: Workflow | None,
    *,
    more_waiting: int = 0,
    more_mine: int = 0,
) -> Message:
    """Return what waits for the reader, then what they asked for; of one ``workflow``, or of all.

    ``more_waiting`` and ``more_mine`` count requests that are not among those given. Long lists are
    cut, and say so with "Show all".
    """
    said: list[Marked] = []
    blocks: list[Json] = []
    lists = (("waiting", waiting, more_waiting), ("mine", mine, more_mine))
    for heading, listed, further in lists:
        title = render(f"desk/list_{heading}", workflow=workflow, empty=not listed)
        lines = [
            render("desk/row", **about(each), mine=heading == "mine") for each in listed[:_SHOWN]
        ]
        said += [title, *lines]
        blocks += rich_text(parse(title))
        for facts, line in zip(listed, lines, strict=False):
            blocks += [*rich_text(parse(line)), rows.row(rows.details(facts.request.ref))]
        if more := len(listed) - len(lines) + further:
            said.append(render("desk/others", more=more))
            blocks += [*rich_text(parse(said[-1])), rows.row(rows.show_all())]
    return limits.message(Marked("\n".join(said)), blocks, rows.rest())


def listing_page(
    waiting: Sequence[CardFacts],
    mine: Sequence[CardFacts],
    *,
    more_waiting: int = 0,
    more_mine: int = 0,
) -> Json:
    """Return the same as a modal with room for about fifty requests each, a line a request."""
    blocks: list[Json] = []
    lists = (("waiting", waiting, more_waiting), ("mine", mine, more_mine))
    for heading, listed, further in lists:
        blocks += _said(f"desk/list_{heading}", workflow=None, empty=not listed)
        for facts in listed[:_ON_PAGE]:
            line = render("desk/line", **about(facts))
            blocks.append(rows.beside(line, rows.details(facts.request.ref)))
        if more := len(listed[_ON_PAGE:]) + further:
            blocks += _said("desk/others", more=more)
    view = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Requests", "emoji": False},
        "close": {"type": "plain_text", "text": "Close", "emoji": False},
        "blocks": blocks,
    }
    return limits.view(view, rows.rest())


def status(facts: CardFacts, timeline: Sequence[Entry]) -> Message:
    """Return where a request stands, and the last of what happened to it (oldest first)."""
    card = render("desk/card", **about(facts), reader="", my_turn=False, to="")
    told = history(facts, timeline, last=_ENTRIES)
    said = Marked(f"{card}\n{told}")
    if facts.link:
        said = Marked(f"{said}\n{render('desk/link', link=facts.link)}")
    return rows.message(said, rows.row(rows.details(facts.request.ref)))


def help_text(workflow: Workflow) -> Message:
    """Return what the command of ``workflow`` can do, with the button that opens its form."""
    return rows.message(render("desk/help", workflow=workflow), *rows.ask([workflow]))


def unknown_subcommand(workflow: Workflow, typed: str, nearest: str | None) -> Message:
    """Return the answer to a word after the command that means nothing, with the nearest one."""
    said = render("desk/unknown_subcommand", workflow=workflow, typed=typed, nearest=nearest or "")
    return rows.message(said, *rows.ask([workflow]))


def _said(template: str, **facts: object) -> list[Json]:
    return rich_text(parse(render(template, **facts)))
