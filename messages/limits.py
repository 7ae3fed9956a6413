"""Slack's limits, kept in one place: whatever leaves this package has passed here.

Text that is too long is cut and ends in an ellipsis, blocks that are too many give way to a
sentence; what must not be cut (an action id, a value) raises :class:`TooLarge`. The numbers are
of docs.slack.dev/reference/block-kit and docs.slack.dev/surfaces/modals.
"""

import json
from collections.abc import Sequence
from itertools import accumulate

from messages.cleaning import cut
from messages.markup import Marked, fallback, parse, rich_text
from messages.message import Json, Message

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
TEXT = 3400
"""Of a message's fallback text; Slack recommends 4,000 and cuts at 40,000."""
HEADER = 150
ACTIONS = 25
BUTTON_TEXT = 75
VALUE = 2000
ACTION_ID = 255
VIEW_TITLE = 24
VIEW_BYTES = 240_000
"""Of a view as JSON with every letter outside ASCII escaped; Slack refuses 256,000."""
_CONFIRM = {"title": 100, "text": 300, "confirm": 30, "deny": 30}


class TooLarge(ValueError):
    """Something that Slack would refuse and that cannot be cut."""


def message(said: Marked, blocks: Sequence[Json], rest: Marked) -> Message:
    """Return a message of ``blocks`` whose text is ``said``; ``rest`` stands for what was left out.

    Raises :class:`TooLarge`.
    """
    text = fallback(parse(said), TEXT)
    return Message(text, tuple(_at_most(MESSAGE_BLOCKS, list(map(_block, blocks)), rest)))


def view(view: Json, rest: Marked) -> Json:
    """Return the modal or Home tab ``view``; ``rest`` stands for what was left out.

    Raises :class:`TooLarge`.
    """
    blocks = _at_most(VIEW_BLOCKS, list(map(_block, view["blocks"])), rest)
    blocks = _light_enough(blocks, VIEW_BYTES - _bytes({**view, "blocks": []}), rest)
    titles = {key: _shorter(view[key], VIEW_TITLE) for key in ("title", "close") if key in view}
    return view | titles | {"blocks": blocks}


def _at_most(count: int, blocks: list[Json], rest: Marked) -> list[Json]:
    return blocks if len(blocks) <= count else [*blocks[: count - 1], *rich_text(parse(rest))]


def _light_enough(blocks: list[Json], room: int, rest: Marked) -> list[Json]:
    """Leave out the last texts until the rest has at most ``room`` bytes; buttons stay."""
    buttons = [block for block in blocks if block["type"] == "actions"]
    if sum(map(_bytes, blocks)) <= room:
        return blocks
    note = rich_text(parse(rest))
    room -= sum(map(_bytes, [*buttons, *note]))
    texts = [block for block in blocks if block["type"] != "actions"]
    fit = sum(1 for size in accumulate(map(_bytes, texts)) if size <= room)
    kept = {id(block) for block in (*texts[:fit], *buttons)}
    return [*(block for block in blocks if id(block) in kept), *note]


def _bytes(value: Json) -> int:
    return len(json.dumps(value)) + 2


def _block(block: Json) -> Json:
    if block["type"] == "header":
        return block | {"text": _shorter(block["text"], HEADER)}
    if block["type"] != "actions":
        return block
    if len(block["elements"]) > ACTIONS:
        raise TooLarge(f"A row of {len(block['elements'])} buttons; Slack allows {ACTIONS}.")
    fitted = (_button(each) if each["type"] == "button" else each for each in block["elements"])
    return block | {"elements": list(fitted)}


def _button(button: Json) -> Json:
    for key, limit in (("value", VALUE), ("action_id", ACTION_ID)):
        if len(button[key]) > limit:
            raise TooLarge(f"The {key} of a button has more than {limit} characters.")
    fitted = button | {"text": _shorter(button["text"], BUTTON_TEXT)}
    if confirm := button.get("confirm"):
        short = {key: _shorter(confirm[key], limit) for key, limit in _CONFIRM.items()}
        fitted["confirm"] = confirm | short
    return fitted


def _shorter(text: Json, limit: int) -> Json:
    return text | {"text": cut(text["text"], limit)}
