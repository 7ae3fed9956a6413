"""chat.unfurl: what an app says of the links in somebody's message."""

import json
from dataclasses import replace

from sandbox import links, pictures, posting
from sandbox.api.call import Call, method
from sandbox.blocks.elements import completed
from sandbox.blocks.validation import block_problems
from sandbox.codes import SlackError, explained, located
from sandbox.state.records import JSON, Message, Value

SOURCES = ("composer", links.POSTED)


@method("chat.unfurl")
def unfurl(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/chat.unfurl.

    What was said of a link before is replaced; other links keep what was said of them.
    """
    message = _message(call)
    given = _unfurls(call.arguments.get("unfurls"))
    there = {each["url"] for each in links.links(message, call.app)}
    for url, shown in given.items():
        if url not in there:
            raise SlackError("cannot_unfurl_url")
        _check(call, shown)
    kept = [each for each in message.attachments if each.get("app_unfurl_url") not in given]
    last = max((int(each.get("id", 0)) for each in kept), default=0)
    added = [
        _attachment(call, url, shown, number)
        for number, (url, shown) in enumerate(given.items(), last + 1)
    ]
    posting.unfurl(call.slack, replace(message, attachments=[*kept, *added]))
    return {}


def _message(call: Call) -> Message:
    if call.text("unfurl_id") or call.text("source"):
        return _by_unfurl_id(call)
    for name in ("channel", "ts"):
        if not call.text(name):
            raise SlackError(f"missing_{name}")
    channel = call.channel(code="cannot_find_channel")
    message = call.slack.store.messages.find(channel.id, call.text("ts"))
    if message is None:
        raise SlackError("cannot_find_message")
    return message


def _by_unfurl_id(call: Call) -> Message:
    for name in ("unfurl_id", "source"):
        if not call.text(name):
            raise SlackError(f"missing_{name}")
    if call.text("source") not in SOURCES:
        raise SlackError("invalid_source")
    try:
        message = links.behind(call.slack, call.app, call.text("unfurl_id"))
    except ValueError:
        raise SlackError("invalid_unfurl_id") from None
    if message is None:
        raise SlackError("cannot_find_message")
    return message


def _unfurls(value: Value) -> dict[str, JSON]:
    if not value:
        raise SlackError("missing_unfurls")
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise SlackError("invalid_unfurls_format") from None
    if not isinstance(value, dict) or not all(isinstance(each, dict) for each in value.values()):
        raise SlackError("invalid_unfurls_format")
    return value


def _check(call: Call, shown: JSON) -> None:
    """Hold the blocks to what holds for those of any message."""
    blocks = shown.get("blocks", [])
    problems = block_problems(blocks, "message", "/blocks") or pictures.problems(
        call.slack, call.app, blocks, "/blocks"
    )
    if problems or not set(shown) - {"hide_color"}:
        extra = {"errors": [located(each) for each in problems], **explained(problems)}
        raise SlackError("cannot_parse_attachment", **extra)


def _attachment(call: Call, url: str, shown: JSON, number: int) -> JSON:
    return shown | {
        "id": number,
        "blocks": completed(shown.get("blocks", [])),
        "fallback": shown.get("fallback") or "[no preview available]",
        "from_url": url,
        "app_unfurl_url": url,
        "is_app_unfurl": True,
        "app_id": call.app.id,
        "bot_id": call.app.bot_id,
    }
