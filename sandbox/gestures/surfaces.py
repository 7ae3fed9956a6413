"""Where an element stands: in a message, an ephemeral, a Home tab or a modal.

One set of gestures for all.
"""

from dataclasses import dataclass

from sandbox import posting, windows
from sandbox.blocks.elements import Values, state
from sandbox.errors import NotOnTop, Unknown
from sandbox.shapes import views
from sandbox.shapes.conversations import channel_label
from sandbox.slack import Slack
from sandbox.state.pending import Choices
from sandbox.state.records import JSON, App, Ephemeral, Message, View

Surface = Message | Ephemeral | View


@dataclass(frozen=True)
class Seen:
    """A surface as one person has it before their eyes.

    `blocks` may be older than the surface's own.
    """

    surface: Surface
    viewer: str
    blocks: list[JSON]


def look(slack: Slack, viewer: str, surface: Surface) -> Seen:
    """The surface as it is now, even when `surface` is what it was before its last change."""
    store = slack.store
    now: Surface | None
    if isinstance(surface, View):
        now = store.views.get(surface.id)
    elif isinstance(surface, Message):
        now = store.messages.get(surface.key)
    else:
        now = store.ephemerals.get(surface.key)
    return Seen(now or surface, viewer, all_blocks(now or surface))


def all_blocks(surface: Surface) -> list[JSON]:
    """The blocks of a surface, those in a message's attachments too."""
    if isinstance(surface, View):
        return surface.blocks
    return [*surface.blocks, *(block for a in surface.attachments for block in a.get("blocks", []))]


def owner(slack: Slack, surface: Surface, block_id: str = "") -> App:
    """The app whose surface it is, or who has put this block below somebody's message."""
    app_id = surface.app_id or (unfurled(surface, block_id) or {}).get("app_id", "")
    if not app_id:
        raise Unknown(kind="app", name="behind this message")
    return slack.store.apps[app_id]


def unfurled(surface: Surface, block_id: str) -> JSON | None:
    """What an app says of a link of somebody's message, if the block is a part of that."""
    if not isinstance(surface, Message) or surface.app_id or not block_id:
        return None
    for each in surface.attachments:
        if any(block.get("block_id") == block_id for block in each.get("blocks", [])):
            return each
    return None


def inputs(slack: Slack, seen: Seen) -> Values:
    """What the person has entered there."""
    if isinstance(seen.surface, View):
        return seen.surface.inputs
    choices = slack.store.choices.get(f"{seen.surface.key}/{seen.viewer}")
    return choices.inputs if choices else {}


def enter(slack: Slack, seen: Seen, block_id: str, action_id: str, entry: JSON) -> None:
    """Remember what the person has entered, before anything is sent."""
    if isinstance(seen.surface, View):
        seen.surface.inputs.setdefault(block_id, {})[action_id] = entry
        seen.surface.errors.pop(block_id, None)
        slack.store.views.save(seen.surface)
        return
    choices = slack.store.choices.get(f"{seen.surface.key}/{seen.viewer}") or Choices(
        seen.surface.key, seen.viewer
    )
    choices.inputs.setdefault(block_id, {})[action_id] = entry
    slack.store.choices.save(choices)


def in_front(slack: Slack, seen: Seen) -> None:
    """Refuse what is done in a modal that has gone or is covered by another view."""
    if isinstance(seen.surface, View) and seen.surface.form == "modal":
        front = windows.top(slack, seen.surface.root)
        if front is None or front.id != seen.surface.id:
            raise NotOnTop(title=seen.surface.body["title"]["text"])


def context(slack: Slack, seen: Seen, block_id: str = "") -> JSON:
    """How an interaction payload describes the surface, where this block of it is used."""
    surface = seen.surface
    if isinstance(surface, View):
        app = owner(slack, surface)
        return {
            "container": {"type": "view", "view_id": surface.id},
            "view": views.view(surface, app, slack.team_id),
        }
    channel = slack.store.channels[surface.channel]
    container: JSON = {
        "type": "message",
        "message_ts": surface.ts,
        "channel_id": surface.channel,
        "is_ephemeral": isinstance(surface, Ephemeral),
    }
    if surface.thread_ts:
        container["thread_ts"] = surface.thread_ts
    shape: JSON = {
        "container": container,
        "channel": {"id": channel.id, "name": channel_label(channel)},
        "state": {"values": state(seen.blocks, inputs(slack, seen))},
    }
    if (below := unfurled(surface, block_id)) is not None:
        container |= {
            "type": "message_attachment",
            "attachment_id": below["id"],
            "is_app_unfurl": True,
            "app_unfurl_url": below["app_unfurl_url"],
        }
        shape["app_unfurl"] = below
    elif isinstance(surface, Message):
        shape["message"] = posting.shape(slack, surface) | (
            {"blocks": surface.blocks} if surface.blocks else {}
        )
    return shape
