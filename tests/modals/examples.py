"""Forms as people fill them in, and what Slack makes of a view."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from modals.form import State
from modals.metadata import Metadata
from sandbox.blocks.elements import completed, state

Json = dict[str, Any]

TODAY = date(2026, 11, 23)
METADATA = Metadata("sow", "sow", "submit", draft="d1")
REPLACED = Metadata("sow", "sow", "submit", draft="d2")

SOW: State = {
    "client": "Globex",
    "client_type": "10x",
    "need": "A pilot for 40 people.\nTheir budget ends in December.",
    "amount": "8,000",
    "currency": "USD",
    "contact_name": "Jane Doe",
    "contact_email": "jane@globex.example",
    "needed_by": "2026-12-01",
}
ASSET: State = {
    "requester_name": "Ana Silva",
    "requester_role": "Sales rep",
    "asset_type": "deck",
    "kind": "new",
    "purpose": "The demo at Globex",
    "deadline": "2026-12-01",
}


def values_of(view: Json, entered: Mapping[str, Json] | None = None) -> Json:
    """Return ``view.state.values`` as Slack sends it; ``entered`` by block id."""
    inputs = {
        block["block_id"]: {block["element"]["action_id"]: entered[block["block_id"]]}
        for block in view["blocks"]
        if entered and block["block_id"] in entered
    }
    return state(completed(view["blocks"]), inputs)


def block(view: Json, block_id: str) -> Json:
    """Return the block called ``block_id``. Raises KeyError when the view has none."""
    blocks: dict[str, Json] = {each["block_id"]: each for each in view["blocks"]}
    return blocks[block_id]
