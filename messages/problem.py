"""A sentence for somebody whose gesture had no other place for an answer."""

from messages import limits, rows
from messages.buttons import Gesture
from messages.cleaning import paragraphs
from messages.markup import BadMarkup, Marked, Piece, escape, fallback, parse, rich_text
from messages.message import Json, Message
from workflows.definition import Style

_LONGEST = 3000


def problem(sentence: str) -> Json:
    """Return a small modal that says ``sentence``.

    That is plain text, or the escaped mrkdwn of :func:`messages.notice.stale`.
    """
    view = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Frontdesk", "emoji": False},
        "close": {"type": "plain_text", "text": "Close", "emoji": False},
        "blocks": rich_text(_pieces(sentence)),
    }
    return limits.view(view, rows.rest())


def whisper(sentence: str, again: Gesture | None = None) -> Message:
    """Return the same as a message for one person only; a button opens what did not open."""
    pieces = _pieces(sentence)
    below = [rows.row(rows.button("Open it", again, Style.PRIMARY))] if again else []
    return Message(fallback(pieces, _LONGEST), (*rich_text(pieces), *below))


def plainly(sentence: str) -> str:
    """Return the same where only plain text is shown: at an input of a form."""
    said = (_plain(each) for piece in _pieces(sentence) for each in piece.elements)
    return "".join(said)


def _plain(element: Json) -> str:
    match element["type"]:
        case "user":
            return "a colleague"
        case "date":
            return str(element["fallback"])
        case _:
            return str(element.get("text", ""))


def _pieces(sentence: str) -> tuple[Piece, ...]:
    clean = paragraphs(sentence)
    try:
        return parse(Marked(clean))
    except BadMarkup:
        return parse(Marked(escape(clean)))
