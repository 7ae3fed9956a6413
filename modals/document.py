"""The form for one version of a Statement of Work."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from modals.amounts import in_words
from modals.fields import (
    Choice,
    Day,
    Email,
    Files,
    Lines,
    Option,
    Shown,
    State,
    Text,
)
from modals.form import Form
from modals.lists import DELIVERABLES, MILESTONES, PRICES
from workflows.document import LABELS, Document, gaps
from workflows.drafting import REQUIRED

_ANY_DAY = date.min
"""No question of this form depends on what day it is."""
_PARTS = frozenset(each.name for each in fields(Document))


def standing(state: State) -> str:
    """Return the total and what is still missing, as far as the form is filled in.

    A wrong answer is not missing; it gets its own sentence when the form is handed in.
    """
    checked = DOCUMENT.check(state, today=_ANY_DAY)
    document = Document(**{name: checked.values[name] for name in checked.values if name in _PARTS})
    given = {*checked.errors, *(["scope"] if checked.values.get("scope_file") else [])}
    lacking = gaps(document, tuple(name for name in REQUIRED if name not in given))
    missing = f"Still missing: {', '.join(lacking)}." if lacking else "Nothing is missing."
    return f"{_total(document, checked.errors)} {missing}"


def _total(document: Document, errors: Mapping[str, Any]) -> str:
    if PRICES.name in errors:
        return "Total: unknown, since a price line is wrong."
    if len(document.currencies) > 1:
        return f"Total: none, since the prices are in {' and '.join(sorted(document.currencies))}."
    return f"Total: {in_words(document.total)}." if document.prices else "Total: none yet."


LONGEST_SCOPE = 300_000
"""Characters; a hundred dense pages, which come as a file."""

DOCUMENT = Form(
    key="document",
    title="Draft",
    submit="Make this version",
    note_for=standing,
    fields=(
        Text(name="title", label=LABELS["title"], max_length=200),
        Text(name="client", label=LABELS["client"], max_length=150),
        Text(name="client_address", label=LABELS["client_address"], multiline=True),
        Text(name="contact_name", label=LABELS["contact_name"], max_length=150),
        Email(
            name="contact_email",
            label=LABELS["contact_email"],
            placeholder="jane@client.example",
        ),
        Text(name="background", label=LABELS["background"], multiline=True),
        Text(name="scope", label=LABELS["scope"], multiline=True, longest=LONGEST_SCOPE),
        Files(
            name="scope_file",
            label="A longer scope",
            hint="A .md or .docx; you see its text before the version is made.",
        ),
        DELIVERABLES,
        MILESTONES,
        PRICES,
        Choice(
            name="fee",
            label=LABELS["fee"],
            default="one_off",
            options=(Option("one_off", "One-off"), Option("recurring", "Recurring")),
        ),
        Choice(
            name="billing_period",
            label=LABELS["billing_period"],
            required=True,
            options=(
                Option("monthly", "Every month"),
                Option("quarterly", "Every quarter"),
                Option("yearly", "Every year"),
            ),
            show_if=Shown("fee", ("recurring",)),
        ),
        Day(name="start", label=LABELS["start"]),
        Day(name="end", label=LABELS["end"], not_before="start"),
        Text(
            name="payment_terms",
            label=LABELS["payment_terms"],
            placeholder="30 days net",
            max_length=300,
        ),
        Lines(name="assumptions", label=LABELS["assumptions"], hint="One a line."),
        Text(
            name="notes",
            label=LABELS["notes"],
            hint="For colleagues; never printed.",
            multiline=True,
        ),
        Choice(name="template", label=LABELS["template"], default="sow"),
    ),
)
