"""What a person says they enter, turned into what the element holds.

What is not offered is refused.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from sandbox.blocks.elements import MANY, TEXT_INPUTS, VALUE_KEYS, Place, options
from sandbox.errors import BadValue, NotOffered, TooLong
from sandbox.facts import limit
from sandbox.shapes import conversations
from sandbox.slack import Slack
from sandbox.state.records import JSON, File, Value

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def entry(slack: Slack, place: Place, raw: Value, suggested: Sequence[JSON] = ()) -> JSON:
    """The entry for an element.

    `raw` is text, a date, an option's text or value, a handle, or a list of these.
    None empties the element. `suggested` are what the app has just offered for a type-ahead menu.
    """
    kind = place.type
    many = kind in MANY
    if raw is None or raw == "":
        return {"type": kind, VALUE_KEYS[kind]: [] if many else None}
    if kind in TEXT_INPUTS:
        return {"type": kind, VALUE_KEYS[kind]: _text(place, raw)}
    items = list(raw) if many and isinstance(raw, (list, tuple, set)) else [raw]
    values = [_value(slack, place, item, suggested) for item in items]
    _check_count(place, values)
    return {"type": kind, VALUE_KEYS[kind]: values if many else values[0]}


def _text(place: Place, raw: Value) -> Value:
    if place.type == "rich_text_input":
        if isinstance(raw, dict):
            return raw
        section = {"type": "rich_text_section", "elements": [{"type": "text", "text": str(raw)}]}
        return {"type": "rich_text", "elements": [section]}
    text = str(raw)
    most = place.element.get("max_length", limit("element.plain_text_input.max_length.max"))
    if place.type == "plain_text_input" and len(text) > most:
        raise TooLong(field=place.label, maximum=most)
    return text


def _value(  # noqa: PLR0911 - one line an element
    slack: Slack, place: Place, raw: Value, suggested: Sequence[JSON]
) -> Value:
    match place.type:
        case "datepicker":
            return _formatted(
                place,
                raw.isoformat() if type(raw) is date else str(raw),
                DATE,
                "a date, 2026-01-31",
            )
        case "timepicker":
            return _formatted(
                place, f"{raw:%H:%M}" if isinstance(raw, time) else str(raw), TIME, "a time, 09:30"
            )
        case "datetimepicker":
            return int(raw.timestamp()) if isinstance(raw, datetime) else int(raw)
        case "users_select" | "multi_users_select":
            return slack.person(str(raw)).id
        case "channels_select" | "multi_channels_select":
            return slack.channel(str(raw)).id
        case "conversations_select" | "multi_conversations_select":
            return slack.channel(str(raw)).id
        case "file_input":
            return _file(slack, place, raw)
        case "external_select" | "multi_external_select":
            return offered(place, raw, suggested)
        case _:
            return offered(place, raw, options(place.element))


def _formatted(place: Place, value: str, form: re.Pattern[str], wanted: str) -> str:
    if not form.fullmatch(value):
        raise BadValue(field=place.label, value=value, reason=f"it takes {wanted}")
    return value


def offered(place: Place, raw: Value, choices: Sequence[JSON]) -> JSON:
    """The option a person means, by its text or its value."""
    if isinstance(raw, dict):
        raw = raw.get("value")
    for option in choices:
        if raw in (option.get("value"), option["text"]["text"]):
            return option
    texts = ", ".join(option["text"]["text"] for option in choices) or "nothing"
    raise NotOffered(field=place.label, option=raw, offered=texts)


def _file(slack: Slack, place: Place, raw: Value) -> JSON:
    record = raw if isinstance(raw, File) else slack.store.files.get(str(raw))
    if record is None or record.deleted:
        raise BadValue(field=place.label, value=raw, reason="upload the file first")
    allowed = place.element.get("filetypes")
    extension = record.name.rpartition(".")[2].lower()
    if allowed and extension not in allowed:
        raise BadValue(
            field=place.label, value=record.name, reason=f"it takes {', '.join(allowed)} files"
        )
    return conversations.file(slack.store, record)


def _check_count(place: Place, values: list[Any]) -> None:
    fallback = limit("element.file_input.max_files.max") if place.type == "file_input" else None
    most = place.element.get("max_files", place.element.get("max_selected_items", fallback))
    if most is not None and len(values) > most:
        raise BadValue(field=place.label, value=len(values), reason=f"at most {most} may be chosen")
