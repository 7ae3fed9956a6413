"""What the chart of a quarter shows, as a JSON value for the template that draws it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from messages import cleaning
from messages.filters import counted, hours, share, upper_first, words
from messages.message import Json
from messages.printed_words import line, stamp
from messages.quarterly import QuarterFacts

_MOST = 8
"""How many types and teams the chart shows; the report in words has more."""
_LONGEST = 60
"""Characters of a name beside its bar."""


def quarterly_chart(facts: QuarterFacts, at: datetime) -> Json:
    """Return the chart of a report that is made at ``at``: the figures, and bars as counts."""
    return {
        "title": line(facts.title),
        "subtitle": line(facts.period),
        "figures": [{"name": name, "value": value} for name, value in _figures(facts)],
        "types": [
            {"name": _name(upper_first(words(name))), "count": count, "text": counted(count)}
            for name, count in facts.by_type[:_MOST]
        ],
        "deadlines": _parts((("kept", facts.kept), ("missed", facts.missed))),
        "feedback": _parts(
            (
                ("helped", facts.helped),
                ("not used yet", facts.not_used),
                ("did not help", facts.did_not),
            )
        ),
        "teams": [
            {
                "name": _name(team),
                "outside": outside,
                "all": everything,
                "text": f"{counted(outside)} of {counted(everything)}",
                "share": share(outside, everything),
            }
            for team, outside, everything in facts.outside[:_MOST]
        ],
        "issued_at": stamp(at),
    }


def _figures(facts: QuarterFacts) -> Iterator[tuple[str, str]]:
    yield "asked for", counted(facts.asked)
    yield "delivered", counted(facts.delivered)
    if facts.median_days is not None:
        value, _, unit = hours(facts.median_days * 24).partition(" ")
        many = facts.delivered != 1
        yield f"{unit} {'or less for half of the deliveries' if many else 'until it came'}", value
    if facts.needed:
        yield "answered from the shelf", share(facts.reuse, facts.needed)
    yield "due for a review", counted(facts.due_count)


def _parts(counts: Sequence[tuple[str, int]]) -> list[Json]:
    """Return the parts of a bar with their words; nothing, where all are nothing."""
    if not any(count for _name, count in counts):
        return []
    return [
        {"name": name, "count": count, "text": f"{counted(count)} {name}"} for name, count in counts
    ]


def _name(said: str) -> str:
    return cleaning.cut(line(said), _LONGEST)
