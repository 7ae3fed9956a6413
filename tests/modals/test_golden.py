"""The main forms as JSON, so that every change of a form is a visible diff.

To renew the files: ``RENEW_GOLDEN=1 make test ARGS=tests/modals/test_golden.py``, then read
the diff.
"""

import json
import os
from pathlib import Path

import pytest

from modals.fields.choice import Choices
from modals.form import State
from modals.metadata import Metadata
from modals.registry import find_forms
from tests.modals.examples import ASSET, DOCUMENT, LISTS, SHELF, SOW

FOLDER = Path(__file__).parent / "golden"
CASES: dict[str, tuple[str, State]] = {
    "sow": ("sow", {"currency": "USD"}),
    "sow_filled_in": (
        "sow",
        {
            **SOW,
            "client_type": "other",
            "client_type_other": "Reseller",
            "large_client": ["yes"],
            "large_client_reason": "4,000 seats",
            "fee": "recurring",
            "billing_period": "monthly",
        },
    ),
    "sales_asset": ("sales_asset", {"requester_name": "Ana Silva"}),
    "sales_asset_filled_in": (
        "sales_asset",
        {
            **ASSET,
            "asset_type": "other",
            "asset_type_other": "A calendar",
            "kind": "update",
            "existing_asset": "The calendar of 2026",
        },
    ),
    "acceptance": ("acceptance", {"due_on": "2026-12-01", "contributors": ["U0BEN"]}),
    "delivery": ("delivery", {**SHELF, "industries": ["Fintech", "Banking"]}),
    "lane_approval": ("lane_approval", {"points": ["0"]}),
    "document": ("document", {}),
    "document_filled_in": ("document", {**DOCUMENT, "fee": "recurring", "template": "sow"}),
    "invoice": ("invoice", {"issued": "2027-01-31", "amount": "4000", "currency": "USD"}),
    "payment": ("payment", {"invoice": "INV-1", "on": "2027-02-10"}),
}
OFFERED: Choices = {
    **LISTS,
    "owner": [("U0PRIYA", "Priya Nair (2 open)"), ("U0MIA", "Mia Tanaka (none open)")],
    "points": [("0", "Every figure is right"), ("1", "Nothing is promised too much")],
}


@pytest.mark.parametrize("name", CASES)
def test_the_form_is_drawn_as_recorded(name: str) -> None:
    key, state = CASES[name]
    view = find_forms()[key].view(state, Metadata(key, key, "submit", draft="d1"), choices=OFFERED)
    text = json.dumps(view, indent=2, ensure_ascii=False) + "\n"
    path = FOLDER / f"{name}.json"
    if os.environ.get("RENEW_GOLDEN") == "1":
        path.write_text(text, encoding="utf-8")
        pytest.skip("renewed")
    assert text == path.read_text(encoding="utf-8")
