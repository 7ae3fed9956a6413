"""Deals that need a Statement of Work."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

from tests.workflows.harborlight import (
    ANA,
    OFFICE,
)
from tests.workflows.journey import Journey
from workflows.deal import SowDetails
from workflows.money import Money
from workflows.office import Office
from workflows.sow import WORKFLOW


def deal(amount: str = "5000", currency: str = "USD", **changes: Any) -> SowDetails:
    """Return the details of a deal with Brightwater."""
    details = SowDetails(
        client="Brightwater",
        client_type="10x",
        need="Onboarding",
        amount=Money.of(amount, currency),
        contact_name="Cora Client",
        contact_email="cora@brightwater.example",
        needed_by=date(2026, 4, 1),
    )
    return replace(details, **changes)


def journey(
    amount: str = "5000", currency: str = "USD", asker: str = ANA, **changes: Any
) -> Journey:
    """Return the way of a deal that ``asker`` has just submitted."""
    office: Office = changes.pop("office", OFFICE)
    return Journey(WORKFLOW, asker, deal(amount, currency, **changes), office)


def edited(details: SowDetails, **changes: Any) -> dict[str, Any]:
    """Return what the form gives when the asker changes something."""
    asked = {each.name: getattr(details, each.name) for each in fields(details)}
    del asked["record"]
    return asked | changes
