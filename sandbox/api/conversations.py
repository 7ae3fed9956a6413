"""conversations.* except the reading of histories."""

import re

from sandbox import posting
from sandbox.api.call import Call, method, page
from sandbox.codes import SlackError
from sandbox.events import READ_SCOPES
from sandbox.shapes import conversations
from sandbox.state.records import JSON, Channel

TYPES = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}
NAME = re.compile(r"[^\s.,A-Z]{1,80}")
NAME_MAX = 80


def visible(call: Call) -> list[Channel]:
    """The conversations of the asked-for types that the bot may know of.

    Each type needs its own scope.
    """
    types = call.names("types") or ["public_channel"]
    if unknown := [name for name in types if name not in TYPES]:
        raise SlackError("invalid_types", unknown=unknown)
    forms = {TYPES[name] for name in types}
    for form in forms & READ_SCOPES.keys():
        call.need_scope(READ_SCOPES[form])
    bot = call.app.bot_user
    return [
        channel
        for channel in call.slack.store.channels.all()
        if channel.form in forms
        and (channel.form == "public" or bot in channel.members)
        and not (channel.archived and call.flag("exclude_archived"))
    ]


@method("conversations.open")
def conversations_open(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/conversations.open; for one other person."""
    call.need_scope("im:write")
    if channel_id := call.text("channel"):
        channel = call.slack.store.channels.get(channel_id)
        if channel is None or channel.form != "im":
            raise SlackError("channel_not_found")
        return {"channel": _opened(call, channel)}
    users = call.names("users")
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > 1:
        raise SlackError("too_many_users")
    person = call.slack.store.people.get(users[0])
    if person is None:
        raise SlackError("user_not_found")
    if person.deleted:
        raise SlackError("user_disabled")
    if person.is_bot:
        raise SlackError("invalid_user_combination")
    return {"channel": _opened(call, call.slack.direct(person.id, call.app.bot_user))}


def _opened(call: Call, channel: Channel) -> JSON:
    if not call.flag("return_im"):
        return {"id": channel.id}
    return conversations.channel(call.slack.store, channel, call.app.bot_user)


@method("conversations.info")
def conversations_info(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/conversations.info."""
    channel = call.channel()
    call.need_scope(READ_SCOPES[channel.form])
    with_count = call.flag("include_num_members")
    return {
        "channel": conversations.channel(
            call.slack.store, channel, call.app.bot_user, with_count=with_count
        ),
    }


@method("conversations.list")
def conversations_list(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/conversations.list."""
    shown, more = page(visible(call), call, default=100)
    store, bot = call.slack.store, call.app.bot_user
    return {
        "channels": [conversations.channel(store, c, bot, with_count=True) for c in shown]
    } | more


@method("users.conversations")
def users_conversations(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/users.conversations."""
    user = call.text("user", call.app.bot_user)
    shown, more = page([c for c in visible(call) if user in c.members], call, default=100)
    return {"channels": [conversations.channel(call.slack.store, c, user) for c in shown]} | more


@method("conversations.members")
def conversations_members(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/conversations.members."""
    channel = call.channel()
    call.need_scope(READ_SCOPES[channel.form])
    shown, more = page(channel.members, call, default=100)
    return {"members": shown} | more


@method("conversations.join")
def conversations_join(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/conversations.join."""
    channel = call.channel()
    if channel.form != "public":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    already = call.app.bot_user in channel.members
    posting.join(call.slack, channel, call.app.bot_user)
    answer: JSON = {"channel": conversations.channel(call.slack.store, channel, call.app.bot_user)}
    if already:
        answer |= {
            "warning": "already_in_channel",
            "response_metadata": {"warnings": ["already_in_channel"]},
        }
    return answer


@method("conversations.invite")
def conversations_invite(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/conversations.invite; adds all of them or none."""
    channel = call.channel()
    bot = call.app.bot_user
    if bot not in channel.members:
        raise SlackError("not_in_channel")
    users = call.names("users")
    for user in users:
        if user not in call.slack.store.people:
            raise SlackError("user_not_found")
        if user == bot:
            raise SlackError("cant_invite_self")
        if user in channel.members:
            raise SlackError("already_in_channel")
    for user in users:
        posting.join(call.slack, channel, user, inviter=bot)
    return {"channel": conversations.channel(call.slack.store, channel, bot)}


@method("conversations.create")
def conversations_create(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/conversations.create."""
    name = call.text("name")
    private = call.flag("is_private")
    call.need_scope("groups:write" if private else "channels:manage")
    if len(name) > NAME_MAX:
        raise SlackError("invalid_name_maxlength")
    if not NAME.fullmatch(name):
        raise SlackError("invalid_name_specials")
    store = call.slack.store
    if any(channel.name == name for channel in store.channels.all()):
        raise SlackError("name_taken")
    bot = call.app.bot_user
    channel = Channel(
        call.slack.new_id("C"),
        name,
        form="private" if private else "public",
        members=[bot],
        creator=bot,
        created=call.slack.now_s(),
    )
    return {"channel": conversations.channel(store, store.channels.save(channel), bot)}
