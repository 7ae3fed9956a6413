"""Forms that say who does it, and until when."""

from modals.fields import Day, Person, Text
from modals.form import Form

ACCEPTANCE = Form(
    key="acceptance",
    title="Accept",
    submit="Accept",
    fields=(
        Person(
            name="owner",
            label="Who owns it?",
            hint="The one person responsible; others can help.",
            required=True,
        ),
        Day(name="due_on", label="Due on", not_past=True),
    ),
)
REASSIGN = Form(
    key="reassign",
    title="Reassign",
    submit="Reassign",
    fields=(
        Person(name="person", label="Who takes over?", required=True),
        Text(
            name="reason",
            label="Why?",
            hint="Everybody concerned reads this.",
            required=True,
            multiline=True,
        ),
    ),
)
