"""The triage list: what waits, ranked, each with its one-line reason and its buttons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from messages import limits, rows
from messages.asset_facts import Learning
from messages.buttons import TriageMore
from messages.facts import CardFacts
from messages.markup import Marked, parse, rich_text
from messages.message import Json, Message
from messages.templates import about, render
from workflows.definition import Transition
from workflows.priority import Standing

ORDER = (Standing.OVERDUE, Standing.AT_RISK, Standing.NEW, Standing.WAITING)
"""The groups of the list, and how they follow each other."""

ON_PAGE = 20
"""How many requests a page of one group shows."""

MANY = 1000
"""A count of so many means that many or more."""

_IN_GROUP = 5
"""Four groups of five, each request with its row of buttons, are what 50 blocks can hold."""
_LEARNINGS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageRow:
    """An open request, its ``score`` of 100 and why, in a line; ``buttons``: what triage may do.

    ``number`` is its place among those that wait for triage, None for one that waits no more.
    """

    facts: CardFacts
    score: int
    because: str
    buttons: Sequence[Transition]
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageGroup:
    """The first requests with one standing, the highest score first; ``count``: of how many."""

    standing: Standing
    rows: Sequence[TriageRow]
    count: int


def triage_list(
    groups: Sequence[TriageGroup], *, weekly: bool, learnings: Sequence[Learning], outside: int
) -> Message:
    """Return the list: overdue, at risk, new, waiting, at most five requests of each.

    ``weekly``: it is the list of the meeting, not an answer to somebody. ``learnings`` are those
    since the last list, ``outside`` is how often an asset was asked for outside of the official
    channel within a week. However much there is, it fits into one message.
    """
    shown = [each for name in ORDER for each in groups if each.standing is name and each.rows]
    opening = render(
        "desk/triage_list",
        weekly=weekly,
        empty=not shown,
        outside=outside,
        learnings=tuple(learnings[:_LEARNINGS]),
        more=len(learnings[_LEARNINGS:]),
    )
    said: list[Marked] = [opening]
    blocks = rich_text(parse(opening))
    for group in shown:
        heading = _heading(group.standing, group.count)
        said.append(heading)
        blocks += rich_text(parse(heading))
        for row in group.rows[:_IN_GROUP]:
            said.append(_line(row))
            blocks += _drawn(row)
        if more := group.count - len(group.rows[:_IN_GROUP]):
            blocks.append(_turn(f"More ({_many(more, group.count)})", group.standing, _IN_GROUP))
    return limits.message(Marked("\n".join(said)), blocks, rows.rest())


def triage_page(group: TriageGroup, skip: int, total: int) -> Json:
    """Return a modal with up to twenty requests of one standing, after the first ``skip``.

    ``total`` is how many there are, 1,000 for that many or more; "Earlier" and "More" turn it.
    """
    shown = group.rows[:ON_PAGE]
    blocks = rich_text(parse(_heading(group.standing, total)))
    if skip > 0:
        blocks.append(_turn("Earlier", group.standing, max(0, skip - ON_PAGE)))
    blocks += [block for row in shown for block in _drawn(row)]
    if not shown:
        blocks += rich_text(parse(render("desk/triage_page_empty")))
    if len(shown) == ON_PAGE and (total >= MANY or skip + ON_PAGE < total):
        blocks.append(_turn("More", group.standing, skip + len(shown)))
    view = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Triage", "emoji": False},
        "close": {"type": "plain_text", "text": "Close", "emoji": False},
        "blocks": blocks,
    }
    return limits.view(view, rows.rest())


def _heading(standing: Standing, count: int) -> Marked:
    return render("desk/triage_group", standing=standing.value, count=_many(count, count))


def _many(number: int, total: int) -> str:
    return f"{number:,}{' or more' if total >= MANY else ''}"


def _line(row: TriageRow) -> Marked:
    return render(
        "desk/triage_row",
        **about(row.facts),
        number=row.number or 0,
        score=row.score,
        because=row.because,
    )


def _drawn(row: TriageRow) -> Iterator[Json]:
    request = row.facts.request
    yield from rich_text(parse(_line(row)))
    decisions = (rows.decision(each, request) for each in row.buttons)
    yield rows.row(*decisions, rows.details(request.ref))


def _turn(label: str, standing: Standing, skip: int) -> Json:
    return rows.row(rows.button(label, TriageMore(standing.value, skip)))
