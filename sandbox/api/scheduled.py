"""chat.scheduleMessage, chat.deleteScheduledMessage and chat.scheduledMessages.list."""

from datetime import UTC, datetime

from sandbox import posting
from sandbox.api.call import Call, method, page
from sandbox.api.chat import target
from sandbox.api.content import content
from sandbox.codes import SlackError
from sandbox.facts import limit
from sandbox.slack import Slack
from sandbox.state.pending import Scheduled
from sandbox.state.records import JSON

WINDOW_S = 300
DAY_S = 86_400


@method("chat.scheduleMessage")
def schedule_message(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/chat.scheduleMessage."""
    channel = target(call)
    post_at, now = call.number("post_at", 0), call.slack.now_s()
    if post_at <= now:
        raise SlackError("time_in_past")
    if post_at > now + limit("schedule.max_days_ahead") * DAY_S:
        raise SlackError("time_too_far")
    near = [
        s
        for s in call.slack.store.scheduled.all()
        if s.channel == channel.id and _same_window(s, post_at)
    ]
    if len(near) >= limit("schedule.max_per_channel_per_5min"):
        raise SlackError("restricted_too_many")
    message = content(call) | {"thread_ts": call.text("thread_ts")}
    scheduled = Scheduled(call.slack.new_id("Q"), channel.id, call.app.id, post_at, now, message)
    call.slack.store.scheduled.save(scheduled)
    arm(call.slack, scheduled)
    shape = message | {
        "type": "delayed_message",
        "bot_id": call.app.bot_id,
        "user": call.app.bot_user,
    }
    return {
        "channel": channel.id,
        "scheduled_message_id": scheduled.id,
        "post_at": post_at,
        "message": shape,
    }


def _same_window(scheduled: Scheduled, post_at: int) -> bool:
    return scheduled.post_at // WINDOW_S == post_at // WINDOW_S


def arm(slack: Slack, scheduled: Scheduled) -> None:
    """Have the message posted when the workspace's clock gets there."""
    slack.alarms.at(
        datetime.fromtimestamp(scheduled.post_at, UTC), lambda: _fire(slack, scheduled.id)
    )


def _fire(slack: Slack, scheduled_id: str) -> None:
    with slack.store.change():
        scheduled = slack.store.scheduled.get(scheduled_id)
        if scheduled is None:
            return
        slack.store.scheduled.drop(scheduled_id)
        app = slack.store.apps[scheduled.app_id]
        if (
            scheduled.message.get("metadata") is None and not app.revoked
        ):  # Slack's documented bug: never posted
            posting.post_as_app(
                slack, app, slack.store.channels[scheduled.channel], scheduled.message
            )


@method("chat.deleteScheduledMessage")
def delete_scheduled_message(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/chat.deleteScheduledMessage."""
    scheduled = call.slack.store.scheduled.get(call.text("scheduled_message_id"))
    if (
        scheduled is None
        or scheduled.channel != call.channel().id
        or scheduled.app_id != call.app.id
    ):
        raise SlackError("invalid_scheduled_message_id")
    call.slack.store.scheduled.drop(scheduled.id)
    return {}


@method("chat.scheduledMessages.list")
def scheduled_messages_list(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/chat.scheduledMessages.list."""
    channel = call.channel(code="invalid_channel").id if call.text("channel") else ""
    found = [
        {
            "id": s.id,
            "channel_id": s.channel,
            "post_at": s.post_at,
            "date_created": s.created,
            "text": s.message["text"],
        }
        for s in call.slack.store.scheduled.all()
        if s.app_id == call.app.id and channel in ("", s.channel)
    ]
    shown, more = page(sorted(found, key=lambda s: int(s["post_at"])), call, default=100)
    return {"scheduled_messages": shown} | more
