"""The interactive elements of blocks, and what they hold as `state.values` spells it."""

import secrets
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from sandbox.state.records import JSON, Value

Values = dict[str, dict[str, JSON]]

VALUE_KEYS = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "file_input": "files",
}
"""The key under which each stateful element keeps its value."""

INITIAL_KEYS = {
    "value": "initial_value",
    "rich_text_value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_channel": "initial_channel",
    "selected_channels": "initial_channels",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
}
TEXT_INPUTS = (
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "rich_text_input",
)
STATELESS = ("button", "overflow", "feedback_buttons", "icon_button", "workflow_button")
MANY = tuple(kind for kind, key in VALUE_KEYS.items() if key.endswith("s"))


@dataclass(frozen=True)
class Place:
    """One interactive element where it stands."""

    block: JSON
    element: JSON

    @property
    def block_id(self) -> str:
        """The id of the block it stands in."""
        return str(self.block.get("block_id", ""))

    @property
    def action_id(self) -> str:
        """The element's own id."""
        return str(self.element.get("action_id", ""))

    @property
    def type(self) -> str:
        """The element's type."""
        return str(self.element["type"])

    @property
    def is_input(self) -> bool:
        """Whether it stands in an input block."""
        return str(self.block["type"]) == "input"

    @property
    def optional(self) -> bool:
        """Whether it may be left empty."""
        return not self.is_input or bool(self.block.get("optional"))

    @property
    def dispatches(self) -> bool:
        """Whether a change of this element sends block_actions."""
        return not self.is_input or bool(self.block.get("dispatch_action"))

    @property
    def label(self) -> str:
        """What a person would call it: an input's label, else its own text or placeholder."""
        if self.is_input:
            return str(self.block["label"]["text"])
        text = self.element.get("text") or self.element.get("placeholder")
        return str(text["text"]) if text else self.action_id


def places(blocks: list[JSON]) -> Iterator[Place]:
    """Every interactive element in reading order, within cards, carousels and containers too."""
    for block in blocks:
        match block["type"]:
            case "input":
                yield Place(block, block["element"])
            case "section" if _interactive(block.get("accessory")):
                yield Place(block, block["accessory"])
            case "actions" | "context_actions":
                yield from (
                    Place(block, element) for element in block["elements"] if _interactive(element)
                )
            case "card":
                yield from (
                    Place(block, element)
                    for element in block.get("actions", [])
                    if _interactive(element)
                )
            case "carousel":
                yield from places(block["elements"])
            case "container":
                yield from places(block.get("child_blocks", []))
            case _:
                pass


def _interactive(element: JSON | None) -> bool:
    return element is not None and (element["type"] in VALUE_KEYS or element["type"] in STATELESS)


def start(element: JSON) -> JSON:
    """The state of an element nobody has touched."""
    kind = element["type"]
    key = VALUE_KEYS[kind]
    initial = element.get(INITIAL_KEYS.get(key, ""))
    if initial is None and kind in MANY:
        initial = []
    return {"type": kind, key: deepcopy(initial)}


def state(blocks: list[JSON], inputs: Values) -> Values:
    """`state.values` of these blocks: what was entered, else each element's initial value."""
    values: Values = {}
    for place in places(blocks):
        if place.type in VALUE_KEYS:
            entered = inputs.get(place.block_id, {}).get(place.action_id)
            values.setdefault(place.block_id, {})[place.action_id] = entered or start(place.element)
    return values


def surviving(old: list[JSON], new: list[JSON], inputs: Values) -> Values:
    """What stays entered after an update.

    Elements whose block_id, action_id and type are unchanged.
    """
    before = {(p.block_id, p.action_id): p.type for p in places(old)}
    kept: Values = {}
    for place in places(new):
        entered = inputs.get(place.block_id, {}).get(place.action_id)
        if entered is not None and before.get((place.block_id, place.action_id)) == place.type:
            kept.setdefault(place.block_id, {})[place.action_id] = entered
    return kept


def value_of(entry: JSON) -> Value:
    """The bare value of one entry of `state.values`."""
    return entry[VALUE_KEYS[entry["type"]]]


def is_empty(entry: JSON) -> bool:
    """Whether nothing is entered; zero is something."""
    return value_of(entry) in (None, "", [])


def options(element: JSON) -> list[JSON]:
    """The static options of an element, groups flattened."""
    if groups := element.get("option_groups"):
        return [option for group in groups for option in group["options"]]
    return list(element.get("options", []))


def completed(blocks: list[JSON]) -> list[JSON]:
    """The blocks as Slack stores them.

    Every block and interactive element has its id, every text its defaults.
    """
    stored: list[JSON] = deepcopy(blocks)
    for block in stored:
        _complete(block)
    for place in places(stored):
        place.element.setdefault("action_id", secrets.token_urlsafe(4))
    return stored


def _complete(block: JSON) -> None:
    block.setdefault("block_id", secrets.token_urlsafe(4))
    _with_text_defaults(block)
    for child in block.get("child_blocks", []) if block["type"] == "container" else []:
        child.setdefault("block_id", secrets.token_urlsafe(4))


def _with_text_defaults(node: Value) -> None:
    if isinstance(node, dict):
        if node.get("type") == "plain_text":
            node.setdefault("emoji", True)
        elif node.get("type") == "mrkdwn":
            node.setdefault("verbatim", False)
        for child in node.values():
            _with_text_defaults(child)
    elif isinstance(node, list):
        for child in node:
            _with_text_defaults(child)
