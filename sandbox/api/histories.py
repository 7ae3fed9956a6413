"""conversations.history and conversations.replies."""

from sandbox.api.call import Call, method, page
from sandbox.codes import SlackError
from sandbox.events import HISTORY_SCOPES
from sandbox.shapes import conversations
from sandbox.state.records import JSON, Channel, Message


def _readable(call: Call) -> Channel:
    channel = call.channel()
    call.need_scope(HISTORY_SCOPES[channel.form])
    return channel


def _within(call: Call, found: list[Message]) -> list[Message]:
    oldest, latest = call.text("oldest", "0"), call.text("latest")
    inclusive = call.flag("inclusive")
    low = _instant(oldest, "invalid_ts_oldest")
    high = _instant(latest, "invalid_ts_latest") if latest else float("inf")
    return [
        message
        for message in found
        if low < (at := float(message.ts)) < high or (inclusive and at in (low, high))
    ]  # fmt: skip


def _instant(ts: str, code: str) -> float:
    try:
        return float(ts)
    except ValueError:
        raise SlackError(code) from None


def _shown(call: Call, found: list[Message]) -> list[JSON]:
    slack = call.slack
    metadata = call.flag("include_all_metadata")
    return [
        conversations.message(slack.store, slack.team_id, m, with_metadata=metadata) for m in found
    ]


@method("conversations.history")
def conversations_history(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/conversations.history.

    Newest first, thread replies left out.
    """
    channel = _readable(call)
    if call.app.bot_user not in channel.members:
        raise SlackError("not_in_channel")
    top = [
        message
        for message in call.slack.store.messages.in_channel(channel.id)
        if message.broadcast or message.thread_ts in ("", message.ts)
    ]
    shown, more = page(_within(call, top)[::-1], call, default=100, most=999)
    has_more = bool(more["response_metadata"]["next_cursor"])
    answer: JSON = {
        "messages": _shown(call, shown),
        "has_more": has_more,
        "pin_count": len(channel.pins),
    }
    return answer | (more if has_more else {})


@method("conversations.replies")
def conversations_replies(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/conversations.replies.

    The root first, then replies, oldest first.
    """
    channel = _readable(call)
    if call.app.bot_user not in channel.members:
        raise SlackError("channel_not_found")
    store = call.slack.store
    asked = store.messages.find(channel.id, call.text("ts"))
    if asked is None:
        raise SlackError("thread_not_found")
    root = store.messages.find(channel.id, asked.thread_ts or asked.ts)
    replies = store.messages.replies(channel.id, asked.thread_ts or asked.ts)
    shown, more = page(_within(call, replies), call, default=1000)
    has_more = bool(more["response_metadata"]["next_cursor"])
    messages = [root, *shown] if root is not None else shown
    return {"messages": _shown(call, messages), "has_more": has_more} | (more if has_more else {})
