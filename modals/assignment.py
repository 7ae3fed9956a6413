"""Forms that say who does it, and until when."""

from modals.fields import Choice, Day, Option, People, Person, Text
from modals.form import Form

ACCEPTANCE = Form(
    key="acceptance",
    title="Accept",
    submit="Accept",
    fields=(
        Choice(
            name="owner",
            label="Who owns it?",
            hint="The one person responsible; others can help.",
            required=True,
        ),
        Day(name="due_on", label="Due on", required=True, not_past=True),
        Choice(
            name="priority",
            label="Priority",
            required=True,
            default="normal",
            options=(Option("high", "High"), Option("normal", "Normal"), Option("low", "Low")),
        ),
        People(name="contributors", label="Who helps?"),
    ),
)
CONTRIBUTORS = Form(
    key="contributors",
    title="Contributors",
    submit="Save",
    fields=(
        People(
            name="people",
            label="Who helps?",
            hint="Whoever is not here any more helps no longer.",
        ),
    ),
)
HAND_OVER = Form(
    key="hand_over",
    title="Hand over",
    submit="Hand over",
    fields=(
        Choice(name="owner", label="Who owns it from now on?", required=True),
        Text(
            name="reason",
            label="Why?",
            hint="Everybody concerned reads this.",
            required=True,
            multiline=True,
        ),
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
