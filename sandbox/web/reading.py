"""Doors through which a page reads what one person sees."""

from dataclasses import asdict

from sandbox import events, windows
from sandbox.blocks.elements import state
from sandbox.blocks.reading import Reader
from sandbox.gestures import acting, shortcuts, surfaces
from sandbox.shapes import conversations
from sandbox.slack import Slack
from sandbox.state.records import JSON, App, Channel, Ephemeral, Message, Person, View
from sandbox.web.doors import Asked, route


async def workspace(slack: Slack, _: Asked) -> JSON:
    """Team, people, groups, apps and the clock."""
    return {
        "team": slack.team,
        "people": [_person(person) for person in slack.store.people.all()],
        "groups": [asdict(group) for group in slack.store.groups.all()],
        "apps": [_app(slack, app) for app in slack.store.apps.all()],
        "clock": clock_shape(slack),
    }


def clock_shape(slack: Slack) -> JSON:
    """The workspace's present and how far it is from the real one."""
    return {"now": slack.clock.now().isoformat(), "offset_s": slack.clock.offset.total_seconds()}


def _person(person: Person) -> JSON:
    return {
        "id": person.id,
        "handle": person.handle,
        "name": person.name,
        "title": person.title,
        "tz": person.tz,
        "deleted": person.deleted,
        "restricted": person.restricted,
        "is_bot": person.is_bot,
    }


def _app(slack: Slack, app: App) -> JSON:
    return {
        "id": app.id,
        "name": app.name,
        "bot_user": app.bot_user,
        "transport": app.transport,
        "connections": slack.courier.sockets.connected(app.id),
        "revoked": app.revoked,
        "home_tab": bool((app.feature("app_home") or {}).get("home_tab_enabled")),
        "commands": app.feature("slash_commands") or [],
        "shortcuts": app.feature("shortcuts") or [],
    }


async def sidebar(slack: Slack, asked: Asked) -> JSON:
    """The conversations a person is in or may join, what is unread, the shortcuts on offer."""
    me = slack.store.people[asked.person]
    seen = [c for c in slack.store.channels.all() if _listed(c, me)]
    return {
        "me": _person(me),
        "conversations": [_conversation(slack, channel, me) for channel in seen],
        "global_shortcuts": [
            shortcut | {"app": app.id} for app, shortcut in shortcuts.offered(slack, "global")
        ],
        "message_shortcuts": [
            shortcut | {"app": app.id} for app, shortcut in shortcuts.offered(slack, "message")
        ],
    }


def _listed(channel: Channel, me: Person) -> bool:
    return me.id in channel.members or (
        channel.form == "public" and not me.restricted and not me.stranger
    )


def _conversation(slack: Slack, channel: Channel, me: Person) -> JSON:
    others = [slack.store.people[user] for user in channel.members if user != me.id]
    name = channel.name or ", ".join(other.name for other in others) or me.name
    last_read = channel.read.get(me.id, "0")
    unread = [
        m
        for m in slack.store.messages.in_channel(channel.id)
        if m.ts > last_read and m.user != me.id
    ]
    return {
        "id": channel.id,
        "name": name,
        "form": channel.form,
        "topic": channel.topic,
        "archived": channel.archived,
        "joined": me.id in channel.members,
        "with": others[0].id if channel.form == "im" and others else "",
        "unread": len(unread) if me.id in channel.members else 0,
        "mentions": sum(channel.form == "im" or f"<@{me.id}" in m.text for m in unread),
        "members": list(channel.members),
    }


async def conversation(slack: Slack, asked: Asked) -> JSON:
    """The messages and whispers of a conversation, or of one thread by `?thread=ts`."""
    me = slack.store.people[asked.person]
    channel = slack.channel(asked.path("channel"))
    if channel.form != "public":
        acting.member(slack, me, channel.id)
    thread = asked.query("thread")
    found: list[Message | Ephemeral] = [
        message
        for message in slack.store.messages.in_channel(channel.id)
        if (thread in (message.ts, message.thread_ts) if thread else _at_top(message))
    ]
    found += [
        whisper
        for whisper in slack.store.ephemerals.all()
        if (whisper.channel, whisper.viewer, whisper.thread_ts) == (channel.id, me.id, thread)
    ]
    found.sort(key=lambda message: message.ts)
    sessions = [asdict(s) for s in slack.store.sessions.all() if s.channel == channel.id]
    return {
        "conversation": _conversation(slack, channel, me),
        "messages": [message_shape(slack, message, me) for message in found],
        "sessions": sessions,
    }


def _at_top(message: Message) -> bool:
    return message.broadcast or message.thread_ts in ("", message.ts)


def message_shape(slack: Slack, message: Message | Ephemeral, me: Person) -> JSON:
    """A message as the page draws it.

    The blocks with what this person has entered, and its text in plain words.
    """
    seen = surfaces.look(slack, me.id, message)
    user = (
        message.user if isinstance(message, Message) else slack.store.apps[message.app_id].bot_user
    )
    shape: JSON = {
        "channel": message.channel,
        "ts": message.ts,
        "thread_ts": message.thread_ts,
        "ephemeral": isinstance(message, Ephemeral),
        "author": _person(slack.store.people[user]),
        "app": message.app_id,
        "text": message.text,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "shown": Reader(slack.store, me).message(message.text, message.blocks, message.attachments),
        "values": state(seen.blocks, surfaces.inputs(slack, seen)),
    }
    if isinstance(message, Message):
        replies = slack.store.messages.replies(message.channel, message.ts)
        shape |= {
            "edited": message.edited is not None,
            "reactions": message.reactions,
            "files": [
                conversations.shared_file(slack.store, slack.store.files[key])
                for key in message.files
            ],
            "replies": len(replies),
            "latest_reply": replies[-1].ts if replies else "",
        }
    return shape


async def modals(slack: Slack, asked: Asked) -> JSON:
    """The views on a person's screen, those in front last, with what is typed and what is wrong."""
    views = [v for v in slack.store.views.all() if v.viewer == asked.person and v.form == "modal"]
    return {"views": [view_shape(slack, view) for view in views]}


def view_shape(slack: Slack, view: View) -> JSON:
    """A view as the page draws it."""
    front = windows.top(slack, view.root) if view.form == "modal" else view
    return {
        "id": view.id,
        "root": view.root,
        "in_front": front is not None and front.id == view.id,
        "app": view.app_id,
        "hash": view.hash,
        "title": view.body.get("title"),
        "submit": view.body.get("submit"),
        "close": view.body.get("close"),
        "blocks": view.blocks,
        "values": state(view.blocks, view.inputs),
        "errors": view.errors,
        "trouble": view.trouble,
    }


async def home(slack: Slack, asked: Asked) -> JSON:
    """An app's Home tab as published for a person; reading it is not opening it."""
    app = slack.app(asked.query("app"))
    view = slack.store.views.get(events.home_id(app, asked.person))
    return {"app": app.id, "view": view_shape(slack, view) if view is not None else None}


async def toasts(slack: Slack, asked: Asked) -> JSON:
    """Slack's own sentences on a person's screen, oldest first."""
    return {
        "toasts": [
            asdict(toast) for toast in slack.store.toasts.all() if toast.viewer == asked.person
        ]
    }


routes = [
    route("/sandbox/workspace", workspace),
    route("/sandbox/people/{who}", sidebar),
    route("/sandbox/people/{who}/conversations/{channel}", conversation),
    route("/sandbox/people/{who}/modals", modals),
    route("/sandbox/people/{who}/home", home),
    route("/sandbox/people/{who}/toasts", toasts),
]
