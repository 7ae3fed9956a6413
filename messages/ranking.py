"""Why a request stands where it stands in triage: its score, part by part."""

from collections.abc import Sequence

from messages import rows
from messages.markup import Marked
from messages.message import Message
from messages.templates import render
from workflows.priority import Part


def why(
    ref: str, headline: str, number: int | None, of: int, score: int, parts: Sequence[Part]
) -> Message:
    """Return the place of the request ``ref`` among the ``of`` that wait, and why, part by part.

    ``number`` is None where it does not wait for triage any more. ``headline`` is the request's as
    :func:`messages.templates.about` words it: in our markup.
    """
    said = render(
        "desk/why",
        ref=ref,
        headline=Marked(headline),
        number=number or 0,
        of=f"{of:,}",
        score=score,
        parts=tuple(parts),
    )
    return rows.message(said, rows.row(rows.details(ref)))
