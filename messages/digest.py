"""Many pieces of news in one message: the daily digest, and how much waits beyond the cap."""

from collections.abc import Sequence
from dataclasses import dataclass

from messages import limits, rows
from messages.facts import CardFacts
from messages.markup import BadMarkup, Marked, escape, fallback, parse, rich_text
from messages.message import Json, Message
from messages.templates import about, render

_SHOWN = 20
_WAITING = 8
_LONGEST = 300
"""Characters of one piece of news; its page tells all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """The newest that happened to ``ref``: the text of the message that would have told it.

    ``count``: how many pieces of news about it there are, this one included.
    """

    ref: str
    said: str
    count: int = 1


def digest(news: Sequence[News]) -> Message:
    """Return the digest of a day: what is new of each request, with the button to its page."""
    lines = [_line(each) for each in news[:_SHOWN]]
    refs = [each.ref for each in news[:_SHOWN]]
    said = render("desk/digest", count=len(news))
    return _listed(said, lines, refs, len(news) - len(lines))


def pile(waiting: Sequence[CardFacts], count: int) -> Message:
    """Return how much waits for the reader (``count``), the longest waiting first."""
    lines = [render("desk/row", **about(each), mine=False) for each in waiting[:_WAITING]]
    refs = [each.request.ref for each in waiting[:_WAITING]]
    return _listed(render("desk/pile", count=count), lines, refs, count - len(lines))


def _line(news: News) -> Marked:
    first = Marked(news.said.partition("\n\n")[0])
    try:
        pieces = parse(first)
    except BadMarkup:
        pieces = parse(Marked(escape(first)))
    said = Marked(fallback(pieces, _LONGEST))
    return render("desk/digest_line", said=said, earlier=news.count - 1)


def _listed(said: Marked, lines: Sequence[Marked], refs: Sequence[str], more: int) -> Message:
    everything = [said, *lines]
    blocks: list[Json] = rich_text(parse(said))
    for line, ref in zip(lines, refs, strict=True):
        blocks += [*rich_text(parse(line)), rows.row(rows.details(ref))]
    if more:
        everything.append(render("desk/others", more=more))
        blocks += [*rich_text(parse(everything[-1])), rows.row(rows.show_all())]
    return limits.message(Marked("\n".join(everything)), blocks, rows.rest())
