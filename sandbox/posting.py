"""Messages come, change and go.

Channels gain and lose members. Everything here tells the apps that may know.
"""

from dataclasses import replace

from sandbox import events, filing
from sandbox.shapes import conversations
from sandbox.slack import Slack
from sandbox.state.records import JSON, App, Channel, Message

SLACKBOT = "USLACKBOT"
"""Who speaks for Slack itself: no member of any workspace."""


def shape(slack: Slack, message: Message) -> JSON:
    """The message in Slack's JSON, with its metadata."""
    return conversations.message(slack.store, slack.team_id, message, with_metadata=True)


def post(slack: Slack, message: Message) -> Message:
    """Put a message into its channel; an empty `ts` gets the next timestamp."""
    with slack.store.change():
        message.ts = message.ts or slack.next_ts()
        channel = slack.store.channels[message.channel]
        channel.read[message.user] = message.ts
        slack.store.channels.save(channel)
        slack.store.messages.save(message)
        filing.share(slack, message.files, channel)
        events.message_posted(slack, message)
    return message


def post_as_app(slack: Slack, app: App, channel: Channel, content: JSON) -> Message:
    """A message of an app's bot.

    `content` holds text, blocks, attachments, thread_ts, metadata, username.
    """
    username = str(content.get("username") or "")
    _stop_thinking(slack, channel, content.get("thread_ts") or "")
    return post(
        slack,
        Message(
            channel=channel.id,
            ts="",
            user=app.bot_user,
            text=content.get("text") or "",
            blocks=content.get("blocks") or [],
            attachments=content.get("attachments") or [],
            thread_ts=content.get("thread_ts") or "",
            metadata=content.get("metadata"),
            bot_id=app.bot_id,
            app_id=app.id,
            username=username,
            subtype="bot_message" if username else "",
            broadcast=bool(content.get("reply_broadcast")),
            files=content.get("files") or [],
        ),
    )


def _stop_thinking(slack: Slack, channel: Channel, thread_ts: str) -> None:
    """A reply clears what assistant.threads.setStatus has put below the thread."""
    session = slack.store.sessions.get(f"{channel.id}/{thread_ts}")
    if session is not None and session.thinking:
        session.thinking = ""
        slack.store.sessions.save(session)


def edit(slack: Slack, message: Message, by: str, changes: JSON) -> Message:
    """Change a message's content and say so; the messages people look at are replaced whole."""
    with slack.store.change():
        before = shape(slack, message)
        edited = {"user": by, "ts": slack.next_ts()}
        after = slack.store.messages.save(replace(message, **changes, edited=edited))
        events.message_changed(slack, before, after)
    return after


def unfurl(slack: Slack, after: Message) -> None:
    """Change what apps say below somebody's message; it does not count as edited."""
    with slack.store.change():
        before = shape(slack, slack.store.messages[after.key])
        events.message_changed(slack, before, slack.store.messages.save(after))


def delete(slack: Slack, message: Message) -> None:
    """Take a message out of its channel; of one with replies a tombstone stays in its place."""
    with slack.store.change():
        before = shape(slack, message)
        slack.store.messages.drop(message.key)
        filing.unshare(slack, message)
        if slack.store.messages.replies(message.channel, message.ts):
            stone = Message(
                channel=message.channel,
                ts=message.ts,
                user=SLACKBOT,
                text="This message was deleted.",
                thread_ts=message.ts,
                subtype="tombstone",
            )
            events.message_changed(slack, before, slack.store.messages.save(stone))
        else:
            events.message_deleted(slack, slack.store.channels[message.channel], before)


def join(slack: Slack, channel: Channel, user: str, inviter: str = "") -> None:
    """Add somebody to a channel; nothing happens when they are in it already."""
    if user in channel.members:
        return
    with slack.store.change():
        channel.members.append(user)
        slack.store.channels.save(channel)
        events.membership(slack, channel, user, joined=True, inviter=inviter)


def leave(slack: Slack, channel: Channel, user: str) -> None:
    """Take somebody out of a channel."""
    if user not in channel.members:
        return
    with slack.store.change():
        channel.members.remove(user)
        slack.store.channels.save(channel)
        events.membership(slack, channel, user, joined=False)


def react(slack: Slack, message: Message, user: str, name: str, *, add: bool) -> bool:
    """Add or take back a reaction; False when there is nothing to do."""
    users = message.reactions.setdefault(name, []) if add else message.reactions.get(name, [])
    if add == (user in users):
        return False
    with slack.store.change():
        users.append(user) if add else users.remove(user)
        if not users:
            message.reactions.pop(name, None)
        slack.store.messages.save(message)
        events.reaction(slack, message, user, name, added=add)
    return True
