"""Both halves of the wire of an answer that is chosen on a conversation's card, not written."""

import re

from messages.message import Json
from workflows.refusals import Refusal

ANSWER = re.compile(r"^talk:answer$")
"""Matches the action id of every control on such a card; its block says what it answers."""

_BLOCK = re.compile(r"talk:(?P<draft>[0-9a-f]{32}):(?P<field>[a-z_0-9]{1,100})")


class NotOurs(Refusal):
    """This question is from an older version of Frontdesk; please answer in words."""


def answering(element: Json, draft: str, field: str) -> Json:
    """Return the block in which ``element`` answers the question after ``field`` of ``draft``."""
    control = element | {"action_id": "talk:answer"}
    return {"type": "actions", "block_id": f"talk:{draft}:{field}", "elements": [control]}


def answered(block_id: str) -> tuple[str, str]:
    """Return the draft and the field that a control in this block answers. Raises NotOurs."""
    found = _BLOCK.fullmatch(block_id)
    if found is None:
        raise NotOurs
    return found["draft"], found["field"]
