"""How did it go? Asked of everybody involved when a request has ended."""

from messages import rows
from messages.buttons import SCORES, Rate, Word
from messages.markup import Marked
from messages.message import Message
from messages.templates import render


def ask(ref: str, headline: str) -> Message:
    """Return the question, with a button for each score from 1 to 5.

    ``headline`` is the request's as :func:`messages.templates.about` words it: in our markup.
    """
    said = render("desk/opinion_asked", ref=ref, headline=Marked(headline))
    return rows.message(said, rows.row(*(rows.button(str(n), Rate(ref, n)) for n in SCORES)))


def thanks(ref: str, score: int) -> Message:
    """Return the thanks for a score, with a button to add a word."""
    said = render("desk/opinion_thanks", ref=ref, score=score)
    return rows.message(said, rows.row(rows.button("Add a word", Word(ref))))
