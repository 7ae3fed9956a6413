"""The shape of what Slack sends, as far as it is read here: nothing else reaches a listener.

See docs.slack.dev/reference/interaction-payloads. A signature, or a connection of our own, says
from whom a payload is, not that it is whole; what is not asked for here may be anything, or be
absent.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeGuard

Shape = Callable[[Any], bool]

SAID = (None, "file_share", "thread_broadcast")
"""Which messages people say: no edits, and nothing that Slack says itself."""

_MOST = 3000
"""More than a form or a message of Slack's can have of anything."""


def is_sound(body: object) -> TypeGuard[dict[str, Any]]:
    """Whether ``body`` is something to listen to, with everything in it that listeners read."""
    if not isinstance(body, dict) or not _OUTSIDE(body):
        return False
    shape = _COMMAND if "command" in body else _KINDS.get(str(body.get("type")))
    return shape is not None and shape(body)


def _like(pattern: str) -> Shape:
    compiled = re.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def _text(value: object) -> bool:
    """Whether it is text that can be stored: JSON can spell halves of characters."""
    return isinstance(value, str) and not any("\ud800" <= each <= "\udfff" for each in value)


def _maybe(shape: Shape) -> Shape:
    return lambda value: value is None or shape(value)


def _list(shape: Shape, least: int = 0) -> Shape:
    def fits(value: object) -> bool:
        return isinstance(value, list) and least <= len(value) <= _MOST and all(map(shape, value))

    return fits


def _table(shape: Shape) -> Shape:
    """Whether every key is an id, and every value has ``shape``."""

    def fits(value: object) -> bool:
        return (
            isinstance(value, dict)
            and len(value) <= _MOST
            and all(_id(key) and shape(each) for key, each in value.items())
        )

    return fits


def _having(must: Mapping[str, Shape], may: Mapping[str, Shape] | None = None) -> Shape:
    """Whether a mapping has all of ``must``; of ``may`` each can be absent, or null."""
    wanted = {**must, **{name: _maybe(shape) for name, shape in (may or {}).items()}}

    def fits(value: object) -> bool:
        return isinstance(value, dict) and all(
            shape(value.get(name)) for name, shape in wanted.items()
        )

    return fits


_id = _like(r"[!-~]{1,255}")
"""An id of Slack's or of ours."""
_time = _like(r"[0-9]{1,11}(\.[0-9]{1,9})?")
_NAMED = _having({"id": _id})
_USER = _having({"id": _id}, {"team_id": _id})
_TEAM = _having({"id": _id}, {"domain": _like(r"[A-Za-z0-9-]{1,100}")})
_OPTION = _having({"value": _text, "text": _having({"text": _text})})
_ENTRY = _having(
    {"type": _id},
    {
        "value": _text,
        "selected_option": _OPTION,
        "selected_options": _list(_OPTION),
        "selected_date": _id,
        "selected_user": _id,
        "selected_users": _list(_id),
        "files": _list(_NAMED),
    },
)
_VIEW = _having(
    {
        "id": _id,
        "type": _id,
        "hash": _id,
        "callback_id": _text,
        "private_metadata": _text,
        "blocks": _list(_having({"type": _id, "block_id": _id})),
        "state": _having({"values": _table(_table(_ENTRY))}),
    },
    {"previous_view_id": _id, "root_view_id": _id},
)
_ACTION = _having(
    {"action_id": _id, "type": _id, "action_ts": _time},
    {
        "value": _text,
        "block_id": _text,
        "selected_option": _having({"value": _text}),
        "selected_options": _list(_having({"value": _text})),
        "selected_date": _id,
        "selected_user": _id,
        "selected_users": _list(_id),
    },
)
_MESSAGE = _having({"ts": _time}, {"text": _text, "user": _id})
_SOMEBODY: Mapping[str, Shape] = {"user": _USER}
_THEIRS: Mapping[str, Shape] = {"team": _having({}, {"id": _id})}
"""What an interaction may have beside who does something; on an organisation's app it is null."""
_SHORTCUT: Mapping[str, Shape] = {**_SOMEBODY, "callback_id": _id, "trigger_id": _id}
_COMMAND = _having(
    {"command": _id, "user_id": _id, "team_id": _id, "trigger_id": _id}, {"text": _text}
)
_SPOKEN = _having(
    {"channel": _id, "ts": _time, "user": _id},
    {"text": _text, "thread_ts": _time, "files": _list(_having({}))},
)


_OF_IT = {
    "user": _id,
    "text": _text,
    "thread_ts": _time,
    "subtype": _id,
    "bot_id": _id,
    "edited": _having({}, {"ts": _time}),
}
_CHANGED = _having(
    {"channel": _id, "message": _having({"ts": _time}, _OF_IT)},
    {"previous_message": _having({}, _OF_IT)},
)
_DELETED = _having({"channel": _id, "deleted_ts": _time}, {"previous_message": _having({}, _OF_IT)})
_OF_A_MESSAGE: Mapping[object, Shape] = {"message_changed": _CHANGED, "message_deleted": _DELETED}


def _message(event: Mapping[str, object]) -> bool:
    """Whether it says who said what and where; or no person said it, and nobody listens."""
    subtype = event.get("subtype")
    if isinstance(subtype, str) and subtype in _OF_A_MESSAGE:
        return _OF_A_MESSAGE[subtype](event)
    return bool(event.get("bot_id")) or subtype not in SAID or _SPOKEN(event)


_EVENTS: Mapping[str, Shape] = {
    "app_home_opened": _having({"user": _id}),
    "app_mention": _message,
    "link_shared": _having(
        {
            "user": _id,
            "unfurl_id": _id,
            "source": _id,
            "links": _list(_having({"url": _text})),
        }
    ),
    "message": _message,
    "team_join": _having({"user": _NAMED}),
    "user_change": _having({"user": _NAMED}),
}


def _event(event: object) -> bool:
    if not isinstance(event, dict) or not _id(event.get("type")):
        return False
    shape = _EVENTS.get(event["type"])
    return shape is None or shape(event)


_KINDS: Mapping[str, Shape] = {
    "app_rate_limited": _having({}),
    "block_actions": _having(
        {**_SOMEBODY, "actions": _list(_ACTION, 1)}, {**_THEIRS, "view": _VIEW}
    ),
    "block_suggestion": _having(
        {**_SOMEBODY, "action_id": _id}, {**_THEIRS, "value": _text, "view": _VIEW}
    ),
    "event_callback": _having(
        {"event_id": _id, "team_id": _id, "event": _event},
        {"authorizations": _list(_having({}, {"user_id": _id}))},
    ),
    "message_action": _having(
        {**_SHORTCUT, "message": _MESSAGE, "channel": _NAMED, "team": _TEAM},
    ),
    "shortcut": _having(_SHORTCUT, _THEIRS),
    "url_verification": _having({"challenge": _text}),
    "view_closed": _having({**_SOMEBODY, "view": _VIEW}, _THEIRS),
    "view_submission": _having({**_SOMEBODY, "view": _VIEW}, _THEIRS),
}
_OUTSIDE = _having({}, {"trigger_id": _id, "response_url": _id})
