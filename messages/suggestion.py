"""A tag that somebody missed, offered to those who keep the lists."""

from messages import rows
from messages.buttons import AddTag
from messages.message import Message
from messages.templates import render


def tag_suggested(key: str, value: str, list_name: str, by: str) -> Message:
    """Return the message to admins: ``by`` (a user id) missed ``value`` in the list.

    ``key`` is the suggestion's own.
    """
    said = render("desk/tag_suggested", value=value, list_name=list_name, by=by)
    return rows.message(said, rows.row(rows.button("Add it", AddTag(key))))
