"""How a quarter went with sales assets: for its document owner, the head of marketing."""

from collections.abc import Sequence
from dataclasses import dataclass

from messages import rows
from messages.asset_facts import AssetFacts, Learning
from messages.buttons import StartRefresh
from messages.message import Message
from messages.templates import render
from workflows.definition import Style

_SHOWN = 10
"""Of each list; the log of all requests has the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterFacts:
    """What is known of a quarter, named in words: ``title``, and ``period`` ("Q1 2026").

    ``by_type`` counts the requests of each type of asset, the most frequent first. ``median_days``
    is from the ask to the delivery, None where nothing was delivered. ``kept`` and ``missed`` count
    due dates; ``asked`` counts requests; ``reuse`` how often what was there did it, of all that was
    ``needed``: asked for, or taken before it was asked for. ``outside``: of each team the asks
    outside of the official channel, and all of its asks. ``helped``, ``did_not`` and ``not_used``
    count what people say of what they got; ``words`` are the latest that they wrote. ``due``
    are the first of the ``due_count`` assets whose review is due.
    """

    title: str
    period: str
    by_type: Sequence[tuple[str, int]]
    delivered: int
    median_days: float | None
    kept: int
    missed: int
    reuse: int
    needed: int
    asked: int
    outside: Sequence[tuple[str, int, int]]
    helped: int
    did_not: int
    not_used: int
    words: Sequence[str]
    learnings: Sequence[Learning]
    due: Sequence[AssetFacts]
    due_count: int


def quarterly(facts: QuarterFacts) -> Message:
    """Return the report in words; charts are pictures that go beside it.

    Where assets are due for a review, a button asks for a refresh of each.
    """
    said = render("desk/quarterly", facts=facts, shown=_SHOWN)
    many = facts.due_count
    if not many:
        return rows.message(said)
    label = f"Ask for {many} {'refresh' if many == 1 else 'refreshes'}"
    start = rows.button(
        label,
        StartRefresh(facts.period),
        Style.PRIMARY,
        "Each of the assets that are due gets a request of its own, which goes through triage.",
    )
    return rows.message(said, rows.row(start))
