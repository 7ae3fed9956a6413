"""Forms as people fill them in, and what Slack makes of a view."""

from collections.abc import Mapping, Sequence
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
TEMPLATE: State = {"key": "sow", "note": "The new address", "files": ["F1"]}
SHELF: State = {
    "title": "Fintech case study",
    "asset_type": "Case study",
    "use_when": "Before the first demo",
    "whom_for": "CFOs of banks",
    "link": "https://drive.example/fintech",
    "review_by": "2027-05-22",
}
LISTS: dict[str, Sequence[tuple[str, str]]] = {
    "asset_type": [("Deck", "Deck"), ("Case study", "Case study"), ("other", "Other")],
    "industry": [("Fintech", "Fintech"), ("Logistics", "Logistics")],
    "audience": [("CFOs", "CFOs")],
    "language": [("English", "English"), ("Deutsch", "Deutsch")],
    "goal": [("Shorter cycles", "Shorter cycles")],
    "industries": [("Fintech", "Fintech"), ("Logistics", "Logistics")],
    "audiences": [("CFOs", "CFOs")],
    "languages": [("English", "English"), ("Deutsch", "Deutsch")],
    "products": [],
}
"""What an admin keeps, as the selects offer it; nobody has named a product yet."""
WORKSHOP = '{"title":"Workshop","acceptance":"Minutes are signed.","due":"2027-01-08"}'
REPORT = '{"title":"Report"}'
PILOT = '{"text":"Pilot","quantity":"2","price":"4,000","currency":"USD"}'
DOCUMENT: State = {
    "title": "Services for Globex",
    "client": "Globex",
    "client_address": "1 Main Street\nSpringfield",
    "contact_name": "Jane Doe",
    "contact_email": "jane@globex.example",
    "background": "A pilot for 40 people.",
    "scope": "Two sites.",
    "deliverables": [WORKSHOP, REPORT],
    "milestones": ['{"title":"Kick-off","on":"2027-01-04"}'],
    "prices": [PILOT],
    "start": "2026-11-01",
    "end": "2027-03-31",
    "payment_terms": "30 days net",
    "assumptions": "Office hours only",
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
