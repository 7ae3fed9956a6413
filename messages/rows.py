"""Rows of buttons, and the messages that end in one."""

from collections.abc import Sequence

from messages import limits
from messages.asset_facts import AssetFacts
from messages.buttons import (
    PUT_OFF,
    Button,
    Details,
    Gesture,
    New,
    Open,
    PutOff,
    Settings,
    ShowAll,
    Use,
    encode,
)
from messages.markup import Marked, parse, rich_text
from messages.message import Json, Message
from messages.templates import render
from workflows.definition import Style, Transition, Workflow
from workflows.putting_off import Later
from workflows.request import Request

LONGEST_CONFIRM = 30
"""docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object"""

LONGEST_ALT = 200

ON_CARD = 5
"""How many decisions a card offers at most; the page offers all."""


def button(label: str, gesture: Gesture, style: Style = Style.DEFAULT, confirm: str = "") -> Json:
    """Return a button that means ``gesture``; with ``confirm``, Slack asks that first."""
    action_id, value = encode(gesture)
    drawn: Json = {"type": "button", "text": _plain(label), "action_id": action_id, "value": value}
    if style is not Style.DEFAULT:
        drawn["style"] = style.value
    if confirm:
        yes = label if len(label) <= LONGEST_CONFIRM else "Yes"
        asked = {"title": "Are you sure?", "text": confirm, "confirm": yes, "deny": "Back"}
        drawn["confirm"] = {key: _plain(text) for key, text in asked.items()}
    return drawn


def decision(transition: Transition, request: Request, about: str = "") -> Json:
    """Return the button of ``transition`` for ``request`` as it stands now, or a part of it."""
    gesture = Button(transition.name, request.ref, request.step, about)
    return button(transition.label, gesture, transition.style, transition.confirm or "")


def details(ref: str) -> Json:
    """Return the button that opens the page of a request."""
    return button("Details", Details(ref))


def open_asset(ref: str) -> Json:
    """Return the button that answers with a personal link to an asset's current version."""
    return button("Open", Open(ref), Style.PRIMARY)


def use_asset(ref: str) -> Json:
    """Return the button that asks in which deal an asset is used."""
    return button("I'll use it in a deal", Use(ref))


def show_all() -> Json:
    """Return the button that lists everything that concerns whoever presses it."""
    return button("Show all", ShowAll())


def settings() -> Json:
    """Return the button that opens how one is reached."""
    return button("Notifications", Settings())


def later(ref: str, step: int) -> Json:
    """Return the menu by which somebody puts off being reminded that ``ref`` waits."""
    choices = [(each.label, encode(PutOff(ref, step, each.value))[1]) for each in Later]
    options = [{"text": _plain(label), "value": value} for label, value in choices]
    return {"type": "overflow", "action_id": PUT_OFF, "options": options}


def row(*buttons: Json) -> Json:
    """Return the buttons side by side."""
    return {"type": "actions", "elements": list(buttons)}


def on_card(
    request: Request, transitions: Sequence[Transition], about: str = "", *, reminds: bool = False
) -> Json:
    """Return the row under a card: what can be decided there, and "Details".

    ``about``: the part of the request that the message is about. ``reminds``: its reader is
    reminded of it, and can put that off.
    """
    shown = [each for each in transitions if each.on_card][:ON_CARD]
    menu = [later(request.ref, request.step)] if reminds else []
    pressed = (decision(each, request, about) for each in shown)
    return row(*pressed, details(request.ref), *menu)


def ask(workflows: Sequence[Workflow]) -> list[Json]:
    """Return the row of buttons that open a form each; nothing without workflows."""
    buttons = [button(f"New {each.noun}", New(each.key)) for each in workflows]
    return [row(*buttons)] if buttons else []


def beside(said: Marked, pressed: Json) -> Json:
    """Return a line of plain text with one button beside it: half the blocks of a row below."""
    text = "".join(each["text"]["text"] for each in rich_text(parse(said)))
    return {"type": "section", "text": _plain(text), "accessory": pressed}


def picture(asset: AssetFacts) -> list[Json]:
    """Return the picture of an asset's first page, where Slack has one."""
    if not asset.picture:
        return []
    alt = _plain(f"The first page of {asset.title}")["text"][:LONGEST_ALT]
    return [{"type": "image", "slack_file": {"id": asset.picture}, "alt_text": alt}]


def thumbnail(asset: AssetFacts) -> list[Json]:
    """Return a small one beside the file's name, for lists of assets."""
    named = asset.name[:LONGEST_ALT] or asset.ref
    return [
        {"type": "section", "text": _plain(named), "accessory": each} for each in picture(asset)
    ]


def rest() -> Marked:
    """Return the sentence that stands for what did not fit."""
    return render("desk/rest")


def message(said: Marked, *below: Json) -> Message:
    """Return what was ``said``, with ``below`` under it, within Slack's limits."""
    return limits.message(said, [*rich_text(parse(said)), *below], rest())


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}
