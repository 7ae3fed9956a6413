"""Messages and reactions: what people do without any app."""

import re
from uuid import uuid4

from sandbox import links, posting
from sandbox.blocks.mrkdwn import escape
from sandbox.errors import BadValue, NotYours, Unknown
from sandbox.gestures import acting
from sandbox.slack import Slack
from sandbox.state.records import JSON, Channel, Message

TYPED_MENTION = re.compile(r"(?<![\w<])([@#])([\w.-]*\w)")
TOKEN = re.compile(r"<([@#])([A-Z0-9]+)(?:\|[^>]*)?>")
STORED_REFERENCE = re.compile(r"&lt;([@#!][^&\s]*)&gt;")


def say(
    slack: Slack,
    person_id: str,
    where: str,
    text: str,
    *,
    thread_ts: str = "",
    files: list[str] | None = None,
) -> Message:
    """Post a message in a channel or DM the person is in.

    @handles and #channels become mentions.
    """
    person = acting.active(slack, person_id)
    channel = acting.member(slack, person, where)
    if not text.strip() and not files:
        raise BadValue(field="the message", value=text, reason="it is empty")
    stored = _stored(slack, text)
    if thread_ts and (root := slack.store.messages.find(channel.id, thread_ts)) is not None:
        thread_ts = root.thread_ts or root.ts
    message = Message(
        channel=channel.id,
        ts="",
        user=person.id,
        text=stored,
        blocks=_rich_text(stored) if stored else [],
        thread_ts=thread_ts,
        subtype="file_share" if files else "",
        client_msg_id=str(uuid4()),
        files=files or [],
    )
    return posting.post(slack, message)


def _stored(slack: Slack, text: str) -> str:
    def one(match: re.Match[str]) -> str:
        sign, name = match.groups()
        if sign == "@":
            people = [p for p in slack.store.people.all() if p.handle == name]
            groups = [g for g in slack.store.groups.all() if g.handle == name]
            return (
                f"<@{people[0].id}>"
                if people
                else f"<!subteam^{groups[0].id}>"
                if groups
                else match[0]
            )
        channels = [c for c in slack.store.channels.all() if c.name == name]
        return f"<#{channels[0].id}>" if channels else match[0]

    unescaped_references = STORED_REFERENCE.sub(r"<\1>", escape(text))
    return TYPED_MENTION.sub(one, unescaped_references)


def _rich_text(text: str) -> list[JSON]:
    elements: list[JSON] = []
    position = 0
    for match in TOKEN.finditer(text):
        if plain := text[position : match.start()]:
            elements.append({"type": "text", "text": plain})
        kind = ("user", "user_id") if match[1] == "@" else ("channel", "channel_id")
        elements.append({"type": kind[0], kind[1]: match[2]})
        position = match.end()
    if plain := text[position:]:
        elements.append({"type": "text", "text": plain})
    for element in elements:
        if element["type"] == "text":
            element["text"] = (
                element["text"].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
            )
    section = {"type": "rich_text_section", "elements": elements}
    return [{"type": "rich_text", "block_id": uuid4().hex[:5], "elements": [section]}]


def direct(slack: Slack, person_id: str, other: str) -> Channel:
    """The person's DM with somebody else or with an app's bot, by handle or id."""
    return slack.direct(acting.active(slack, person_id).id, slack.person(other).id)


def _mine(slack: Slack, person_id: str, channel_id: str, ts: str) -> Message:
    acting.active(slack, person_id)
    message = slack.store.messages.find(channel_id, ts)
    if message is None:
        raise Unknown(kind="message", name=ts)
    if message.user != person_id:
        raise NotYours
    return message


def edit(slack: Slack, person_id: str, channel_id: str, ts: str, text: str) -> Message:
    """Change the text of one's own message; what was said of a link goes with the link.

    No app is told of a link that an edit puts in.
    """
    message, stored = _mine(slack, person_id, channel_id, ts), _stored(slack, text)
    left = set(links.in_text(stored))
    kept = [each for each in message.attachments if each.get("from_url", "") in {"", *left}]
    changes = {"text": stored, "blocks": _rich_text(stored), "attachments": kept}
    return posting.edit(slack, message, person_id, changes)


def delete(slack: Slack, person_id: str, channel_id: str, ts: str) -> None:
    """Delete one's own message."""
    posting.delete(slack, _mine(slack, person_id, channel_id, ts))


def react(
    slack: Slack, person_id: str, channel_id: str, ts: str, emoji: str, *, add: bool = True
) -> bool:
    """Add or take back a reaction; False when there is nothing to do."""
    person = acting.active(slack, person_id)
    acting.member(slack, person, channel_id)
    message = slack.store.messages.find(channel_id, ts)
    if message is None:
        raise Unknown(kind="message", name=ts)
    return posting.react(slack, message, person_id, emoji.strip(":"), add=add)


def mark_read(slack: Slack, person_id: str, channel_id: str) -> None:
    """Everything in the channel so far counts as read by this person."""
    channel = slack.store.channels[channel_id]
    messages = slack.store.messages.in_channel(channel_id)
    if messages and channel.read.get(person_id) != messages[-1].ts:
        channel.read[person_id] = messages[-1].ts
        slack.store.channels.save(channel)
