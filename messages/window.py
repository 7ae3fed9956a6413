"""A message that is shown as a small window, to the one person who pressed for it."""

from messages import limits, rows
from messages.message import Json, Message


def window(title: str, message: Message) -> Json:
    """Return the message as a modal that only shows it; ``title`` has at most 24 characters."""
    view = {
        "type": "modal",
        "title": {"type": "plain_text", "text": title, "emoji": False},
        "close": {"type": "plain_text", "text": "Close", "emoji": False},
        "blocks": list(message.blocks),
    }
    return limits.view(view, rows.rest())
