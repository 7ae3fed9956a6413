"""Doors through which a page does what people do.

Each leads to the gesture the Python story uses.
"""

from datetime import datetime

from sandbox import office, windows
from sandbox.blocks.elements import TEXT_INPUTS, Place, options, places
from sandbox.errors import ButtonGone, NothingOpen
from sandbox.gestures import (
    acting,
    commands,
    entries,
    forms,
    homes,
    pressing,
    shortcuts,
    speaking,
    suggesting,
    surfaces,
    uploading,
)
from sandbox.gestures.surfaces import Seen
from sandbox.shapes import conversations
from sandbox.slack import Slack
from sandbox.state.records import JSON, Message
from sandbox.web.doors import Asked, BadRequest, Door, route
from sandbox.web.reading import message_shape, view_shape


async def say(slack: Slack, asked: Asked) -> JSON:
    """Takes {channel, text, thread_ts?, files?}."""
    message = speaking.say(
        slack,
        asked.person,
        asked.text("channel"),
        asked.text("text"),
        thread_ts=asked.text("thread_ts"),
        files=list(asked.body.get("files", [])),
    )
    return {"message": message_shape(slack, message, slack.store.people[asked.person])}


async def edit(slack: Slack, asked: Asked) -> JSON:
    """Takes {channel, ts, text}."""
    speaking.edit(slack, asked.person, asked.text("channel"), asked.text("ts"), asked.text("text"))
    return {}


async def delete(slack: Slack, asked: Asked) -> JSON:
    """Takes {channel, ts}."""
    speaking.delete(slack, asked.person, asked.text("channel"), asked.text("ts"))
    return {}


async def react(slack: Slack, asked: Asked) -> JSON:
    """Takes {channel, ts, emoji, add: true}."""
    add = bool(asked.body.get("add", True))
    speaking.react(
        slack, asked.person, asked.text("channel"), asked.text("ts"), asked.text("emoji"), add=add
    )
    return {}


async def read(slack: Slack, asked: Asked) -> JSON:
    """Takes {channel}."""
    speaking.mark_read(slack, asked.person, slack.channel(asked.text("channel")).id)
    return {}


async def direct(slack: Slack, asked: Asked) -> JSON:
    """Takes {with}: a handle or an id."""
    return {"channel": speaking.direct(slack, asked.person, asked.text("with")).id}


async def upload(slack: Slack, asked: Asked) -> JSON:
    """Takes a form with one file."""
    name, content = await asked.upload()
    return {
        "file": conversations.file(
            slack.store, uploading.upload(slack, asked.person, name, content)
        )
    }


async def delete_file(slack: Slack, asked: Asked) -> JSON:
    """Takes {file}: the id of one's own file."""
    uploading.delete(slack, asked.person, asked.text("file"))
    return {}


async def set_status(slack: Slack, asked: Asked) -> JSON:
    """Takes {text, emoji?, until?}: a status, until an instant with its offset; no text ends it."""
    until = datetime.fromisoformat(asked.text("until")) if asked.text("until") else None
    acting.active(slack, asked.person)
    office.set_status(slack, asked.person, asked.text("text"), asked.text("emoji"), until)
    return {}


async def command(slack: Slack, asked: Asked) -> JSON:
    """Takes {command, text, channel, thread: false}."""
    thread = bool(asked.body.get("thread"))
    done = await commands.command(
        slack,
        asked.person,
        asked.text("command"),
        asked.text("text"),
        asked.text("channel"),
        thread=thread,
    )
    return {"toast": done.toast.text if done.toast else ""}


async def global_shortcut(slack: Slack, asked: Asked) -> JSON:
    """Takes {name}."""
    done = await shortcuts.global_shortcut(slack, asked.person, asked.text("name"))
    return {"acknowledged": done.toast is None}


async def message_shortcut(slack: Slack, asked: Asked) -> JSON:
    """Takes {name, channel, ts}."""
    seen = _seen(slack, asked)
    if not isinstance(seen.surface, Message):
        raise BadRequest(reason="only messages of the channel have a menu")
    done = await shortcuts.message_shortcut(slack, asked.person, asked.text("name"), seen.surface)
    return {"acknowledged": done.toast is None}


async def press(slack: Slack, asked: Asked) -> JSON:
    """Takes {view | channel, ts, block_id, action_id, option?}.

    A button, or an overflow menu with the option's value.
    """
    seen, place = _place(slack, asked)
    option = None
    if place.type == "overflow":
        option = entries.offered(place, asked.body["option"], options(place.element))
    pressed = await pressing.press(slack, seen, place, option)
    return {"acknowledged": pressed.toast is None}


async def enter(slack: Slack, asked: Asked) -> JSON:
    """Takes {view | channel, ts, block_id, action_id, value, enter: false}.

    `value` is text, a date, an option's value, an id, a list of these, or for type-ahead menus the
    whole option.
    """
    seen, place = _place(slack, asked)
    value = asked.body.get("value")
    if place.type in TEXT_INPUTS:
        pressed = await pressing.write(
            slack, seen, place, value, enter=bool(asked.body.get("enter"))
        )
    else:
        given = value if isinstance(value, list) else [value]
        suggested = [option for option in given if isinstance(option, dict)]
        entry = entries.entry(slack, place, value, suggested)
        pressed = await pressing.change(slack, seen, place, entry)
    return {"sent": pressed is not None, "acknowledged": pressed is None or pressed.toast is None}


async def suggest(slack: Slack, asked: Asked) -> JSON:
    """Takes {view | channel, ts, block_id, action_id, query}."""
    seen, place = _place(slack, asked)
    return {"options": await suggesting.suggestions(slack, seen, place, asked.text("query"))}


async def submit(slack: Slack, asked: Asked) -> JSON:
    """Takes {view}."""
    done = await forms.submit(slack, asked.text("view"), asked.person)
    refused = {block: str(error) for block, error in done.refused.items()}
    view = slack.store.views.get(asked.text("view"))
    return {
        "errors": refused or done.errors,
        "trouble": done.trouble,
        "open": view is not None and windows.top(slack, view.root) is not None,
    }


async def close(slack: Slack, asked: Asked) -> JSON:
    """Takes {view, everything: false}."""
    await forms.close(
        slack, asked.text("view"), asked.person, everything=bool(asked.body.get("everything"))
    )
    return {}


async def open_tab(slack: Slack, asked: Asked) -> JSON:
    """Takes {app?, tab: "home" | "messages"}."""
    view = homes.open_tab(
        slack, asked.person, slack.app(asked.text("app")), asked.text("tab", "home")
    )
    return {"view": view_shape(slack, view) if view is not None else None}


def _seen(slack: Slack, asked: Asked) -> Seen:
    if "view" in asked.body:
        view = slack.store.views.get(asked.text("view"))
        if view is None or view.viewer != asked.person:
            raise NothingOpen
        return surfaces.look(slack, asked.person, view)
    channel = acting.member(slack, slack.store.people[asked.person], asked.text("channel"))
    key = f"{channel.id}/{asked.text('ts')}"
    whisper = slack.store.ephemerals.get(key)
    surface = slack.store.messages.get(key) or (
        whisper if whisper and whisper.viewer == asked.person else None
    )
    if surface is None:
        raise NothingOpen
    return surfaces.look(slack, asked.person, surface)


def _place(slack: Slack, asked: Asked) -> tuple[Seen, Place]:
    seen = _seen(slack, asked)
    for place in places(seen.blocks):
        if (place.block_id, place.action_id) == (asked.text("block_id"), asked.text("action_id")):
            return seen, place
    raise ButtonGone(
        button=asked.text("action_id"), offered=", ".join(p.label for p in places(seen.blocks))
    )


GESTURES: dict[str, Door] = {
    "say": say,
    "edit": edit,
    "delete": delete,
    "react": react,
    "read": read,
    "direct": direct,
    "upload": upload,
    "delete-file": delete_file,
    "status": set_status,
    "command": command,
    "global-shortcut": global_shortcut,
    "message-shortcut": message_shortcut,
    "press": press,
    "enter": enter,
    "suggest": suggest,
    "submit": submit,
    "close": close,
    "open-tab": open_tab,
}
routes = [
    route(f"/sandbox/people/{{who}}/{name}", door, method="POST") for name, door in GESTURES.items()
]
