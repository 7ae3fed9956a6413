"""Buttons, menus, pickers: everything that sends block_actions."""

from dataclasses import dataclass

from sandbox import answers
from sandbox.blocks.elements import Place
from sandbox.gestures import acting, entries, surfaces
from sandbox.gestures.surfaces import Seen
from sandbox.slack import Slack
from sandbox.state.pending import ResponseUrl
from sandbox.state.records import JSON, App, Ephemeral, Message, Toast, View
from sandbox.triggers import Trigger


@dataclass(frozen=True)
class Pressed:
    """What a press set in motion.

    `licence` where Slack gives a response_url, that is on messages.
    """

    app: App
    trigger: Trigger
    licence: ResponseUrl | None
    toast: Toast | None


async def press(slack: Slack, seen: Seen, place: Place, option: JSON | None = None) -> Pressed:
    """Press a button, or choose an option of an overflow menu."""
    surfaces.in_front(slack, seen)
    action: JSON = {"type": place.type, "action_id": place.action_id, "block_id": place.block_id}
    for key in ("text", "value", "style", "url", "confirm"):
        if key in place.element:
            action[key] = place.element[key]
    if option is not None:
        action["selected_option"] = option
    return await _dispatch(slack, seen, action)


async def change(slack: Slack, seen: Seen, place: Place, entry: JSON) -> Pressed | None:
    """Enter something into an element; sends block_actions where the element does that."""
    surfaces.in_front(slack, seen)
    surfaces.enter(slack, seen, place.block_id, place.action_id, entry)
    return await dispatch_entry(slack, seen, place, entry) if place.dispatches else None


async def dispatch_entry(slack: Slack, seen: Seen, place: Place, entry: JSON) -> Pressed:
    """Send block_actions for what stands in an element."""
    action: JSON = {"type": place.type, "action_id": place.action_id, "block_id": place.block_id}
    action |= entry
    for key, value in place.element.items():
        if key.startswith("initial_") or key in ("placeholder", "confirm"):
            action[key] = value
    return await _dispatch(slack, seen, action)


async def _dispatch(slack: Slack, seen: Seen, action: JSON) -> Pressed:
    person = acting.active(slack, seen.viewer)
    surface = seen.surface
    block_id = str(action["block_id"])
    app = surfaces.owner(slack, surface, block_id)
    payload = acting.base(slack, app, person, "block_actions")
    payload |= surfaces.context(slack, seen, block_id)
    licence, view, channel = None, None, ""
    if isinstance(surface, View):
        view = surface
    else:
        channel = surface.channel
        acting.member(slack, person, channel)
        licence = _licence(slack, app, surface, seen.viewer)
        payload["response_url"] = answers.address(slack, licence)
    trigger = acting.trigger(slack, app, person, channel=channel, view=view)
    payload |= {
        "trigger_id": trigger.id,
        "actions": [action | {"action_ts": acting.action_ts(slack)}],
    }
    shown = await acting.interact(slack, app, person, payload, channel=channel)
    return Pressed(app, trigger, licence, shown)


async def write(
    slack: Slack, seen: Seen, place: Place, text: object, *, enter: bool = False
) -> Pressed | None:
    """Put text into a text input, and press Enter if asked to.

    Sends block_actions where the input does that.
    """
    surfaces.in_front(slack, seen)
    entry = entries.entry(slack, place, text)
    surfaces.enter(slack, seen, place.block_id, place.action_id, entry)
    if dispatches_on(place, "on_enter_pressed" if enter else "on_character_entered"):
        return await dispatch_entry(slack, seen, place, entry)
    return None


def _licence(slack: Slack, app: App, surface: Message | Ephemeral, viewer: str) -> ResponseUrl:
    return answers.licence(
        slack, app, surface.channel, viewer, message_ts=surface.ts, thread_ts=surface.thread_ts
    )  # fmt: skip


def dispatches_on(place: Place, occasion: str) -> bool:
    """Whether a text input sends block_actions on this occasion.

    On_enter_pressed or on_character_entered.
    """
    config: JSON = place.element.get("dispatch_action_config", {})
    return place.dispatches and occasion in config.get("trigger_actions_on", ["on_enter_pressed"])
