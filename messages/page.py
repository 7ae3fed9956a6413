"""The page of a request: everything about it, in a modal."""

from collections.abc import Sequence

from messages import limits, rows
from messages.buttons import Export
from messages.facts import CardFacts
from messages.markup import Marked, parse, rich_text
from messages.message import Json
from messages.notice import deed
from messages.templates import about, render
from workflows.definition import Transition
from workflows.engine import Entry

_TEXTS = 60
"""Blocks for the request itself; the buttons and the timeline must have room below."""


def page(
    facts: CardFacts,
    timeline: Sequence[Entry],
    buttons: Sequence[Transition],
    *,
    export: bool = False,
) -> Json:
    """Return the modal: all facts in full, every one of ``buttons``, then the whole ``timeline``.

    ``timeline`` is oldest first, and so it is shown. The buttons may be pressed in the modal.
    ``export`` adds the one that makes a file of everything that is kept of the request.
    """
    said = render("desk/card", **about(facts, full=True), reader="", my_turn=False, to="")
    blocks = rich_text(parse(said))
    if len(blocks) > _TEXTS:
        blocks = [*blocks[: _TEXTS - 1], *rich_text(parse(rows.rest()))]
    offered = [rows.decision(each, facts.request) for each in buttons]
    if export:
        offered.append(rows.button("Export", Export(facts.request.ref)))
    rowed = [offered[at : at + limits.ACTIONS] for at in range(0, len(offered), limits.ACTIONS)]
    blocks += [rows.row(*each) for each in rowed]
    blocks += rich_text(parse(history(facts, timeline)))
    if facts.link:
        blocks += rich_text(parse(render("desk/link", link=facts.link)))
    view = {
        "type": "modal",
        "title": {"type": "plain_text", "text": facts.request.ref, "emoji": False},
        "close": {"type": "plain_text", "text": "Close", "emoji": False},
        "blocks": blocks,
    }
    return limits.view(view, rows.rest())


def history(facts: CardFacts, timeline: Sequence[Entry], *, last: int | None = None) -> Marked:
    """Return the timeline in words, oldest first; with ``last``, only so many entries."""
    shown = timeline if last is None else timeline[-last:]
    told = [(entry.at, Marked(deed(facts, entry, "timeline").strip())) for entry in shown]
    return render("desk/timeline", told=told, earlier=len(timeline) - len(told))
