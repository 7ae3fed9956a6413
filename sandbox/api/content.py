"""The content of a message as calls and answers give it, checked as Slack checks it."""

import json

from sandbox import pictures
from sandbox.api.call import Call
from sandbox.blocks.elements import completed
from sandbox.blocks.validation import block_problems
from sandbox.codes import SlackError, explained, located, messages
from sandbox.facts import limit
from sandbox.slack import Slack
from sandbox.state.records import JSON, App, Value

TRUNCATING = {"chat.postMessage", "chat.scheduleMessage", "chat.postEphemeral"}


def content(call: Call) -> JSON:
    """Text, blocks, attachments and metadata of a call, as a message stores them."""
    truncates = call.method in TRUNCATING
    found = checked(call.slack, call.app, call.arguments, truncates=truncates)
    if call.arguments.get("metadata") is not None:
        found["metadata"] = _metadata(call.arguments["metadata"])
    return found


def checked(slack: Slack, app: App, body: JSON, *, truncates: bool = True) -> JSON:
    """Text, blocks and attachments of an app; raises SlackError as Slack would."""
    text = _text(body.get("text") or body.get("markdown_text") or "", truncates=truncates)
    blocks = _array(body.get("blocks"), "invalid_blocks_format")
    attachments = _array(body.get("attachments"), "invalid_attachments")
    parts = {"/blocks": blocks}
    for number, attachment in enumerate(attachments):
        parts[f"/attachments/{number}/blocks"] = attachment.get("blocks", [])
    problems = [
        problem
        for root, part in parts.items()
        for problem in block_problems(part, "message", root)
        or pictures.problems(slack, app, part, root)
    ]
    if problems:
        raise SlackError(
            "invalid_blocks", errors=[located(p) for p in problems], **explained(problems)
        )
    if len(attachments) > limit("message.attachments.max"):
        raise SlackError("too_many_attachments")
    if not text and not blocks and not attachments:
        raise SlackError("no_text")
    if body.get("markdown_text") and not blocks:
        blocks = [{"type": "markdown", "text": text}]
    return {
        "text": text,
        "blocks": completed(blocks),
        "attachments": [a | {"blocks": completed(a.get("blocks", []))} for a in attachments],
    }


def _text(text: Value, *, truncates: bool) -> str:
    most = limit("message.text.truncated_at")
    if not isinstance(text, str):
        raise SlackError(
            "invalid_arguments", **messages("[ERROR] must be a string [json-pointer:/text]")
        )
    if len(text) > most and not truncates:
        raise SlackError("msg_too_long")
    return text[:most]


def _array(value: Value, code: str) -> list[JSON]:
    if value in (None, ""):
        return []
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise SlackError(code) from None
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise SlackError(code)
    return value


def _metadata(value: Value) -> JSON:
    if not isinstance(value, dict):
        raise SlackError("invalid_metadata_format")
    event_type, payload = value.get("event_type"), value.get("event_payload")
    if "entities" not in value and not (
        isinstance(event_type, str) and event_type and isinstance(payload, dict)
    ):
        raise SlackError("invalid_metadata_schema")
    return value
