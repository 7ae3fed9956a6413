"""chat.* except scheduling."""

from sandbox import posting
from sandbox.api.call import Call, method
from sandbox.api.content import content
from sandbox.codes import SlackError
from sandbox.state.records import JSON, Channel, Ephemeral, Message


def target(call: Call) -> Channel:
    """The conversation to post in; a user id stands for the bot's direct channel with that user."""
    wanted = call.text("channel")
    if wanted in call.slack.store.people and not call.slack.store.people[wanted].is_bot:
        channel = call.slack.direct(wanted, call.app.bot_user)
    else:
        channel = _by_id_or_name(call, wanted)
    home = call.app.feature("app_home") or {}
    if channel.form == "im" and home.get("messages_tab_enabled") is False:
        raise SlackError("messages_tab_disabled")
    if channel.archived:
        raise SlackError("is_archived")
    if call.app.bot_user not in channel.members and not _may_post_uninvited(call, channel):
        raise SlackError("not_in_channel")
    return channel


def _by_id_or_name(call: Call, wanted: str) -> Channel:
    for channel in call.slack.store.channels.all():
        seen = channel.form == "public" or call.app.bot_user in channel.members
        if seen and (
            channel.id == wanted or (channel.name and channel.name == wanted.removeprefix("#"))
        ):
            return channel
    raise SlackError("channel_not_found")


def _may_post_uninvited(call: Call, channel: Channel) -> bool:
    return channel.form == "public" and "chat:write.public" in call.app.scopes


@method("chat.postMessage")
def post_message(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/chat.postMessage."""
    channel = target(call)
    thread_ts = call.text("thread_ts")
    body = content(call) | {
        "thread_ts": _root(call, channel, thread_ts),
        "username": call.text("username") if "chat:write.customize" in call.app.scopes else "",
        "reply_broadcast": call.flag("reply_broadcast"),
    }
    message = posting.post_as_app(call.slack, call.app, channel, body)
    return {"channel": channel.id, "ts": message.ts, "message": posting.shape(call.slack, message)}


def _root(call: Call, channel: Channel, thread_ts: str) -> str:
    """The thread's root for a thread_ts which may be that of a reply.

    Slack accepts a root that is gone.
    """
    if not thread_ts:
        return ""
    found = call.slack.store.messages.find(channel.id, thread_ts)
    if found is None and call.slack.store.messages.replies(channel.id, thread_ts) == []:
        raise SlackError("cannot_reply_to_message")
    return (found.thread_ts if found else "") or thread_ts


@method("chat.postEphemeral")
def post_ephemeral(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/chat.postEphemeral."""
    channel = target(call)
    viewer = call.text("user")
    if viewer not in channel.members:
        raise SlackError("user_not_in_channel")
    body = content(call)
    ephemeral = Ephemeral(
        channel=channel.id,
        ts=call.slack.next_ts(),
        viewer=viewer,
        app_id=call.app.id,
        text=body["text"],
        blocks=body["blocks"],
        attachments=body["attachments"],
        thread_ts=call.text("thread_ts"),
    )
    call.slack.store.ephemerals.save(ephemeral)
    return {"message_ts": ephemeral.ts}


@method("chat.update")
def update(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/chat.update.

    Blocks and attachments left out of the call are removed.
    """
    message = _own(call, "cant_update_message")
    body = content(call)
    if "metadata" not in body:
        body["metadata"] = message.metadata
    after = posting.edit(call.slack, message, call.app.bot_user, body)
    shape = posting.shape(call.slack, after)
    return {"channel": message.channel, "ts": message.ts, "text": after.text, "message": shape}


@method("chat.delete")
def delete(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/chat.delete."""
    message = _own(call, "cant_delete_message")
    posting.delete(call.slack, message)
    return {"channel": message.channel, "ts": message.ts}


def _own(call: Call, refusal: str) -> Message:
    channel = call.channel()
    message = call.slack.store.messages.find(channel.id, call.text("ts"))
    if message is None:
        raise SlackError("message_not_found")
    if message.bot_id != call.app.bot_id:
        raise SlackError(refusal)
    return message


@method("chat.getPermalink")
def get_permalink(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/chat.getPermalink."""
    channel = call.channel()
    ts = call.text("message_ts")
    if call.slack.store.messages.find(channel.id, ts) is None:
        raise SlackError("message_not_found")
    link = f"{call.slack.store.url}/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}
