"""What the Home tab is to show: all of it in one form."""

from modals.fields import Choice, Option, Person, Text
from modals.form import Form

OPEN, CLOSED = "open", "closed"

LOOK_FOR = Form(
    key="look_for",
    title="Look for requests",
    submit="Show",
    intro="Whatever is left empty is not asked. Your Home tab shows this until you change it.",
    fields=(
        Text(name="words", label="Words", hint="Any words of the request.", max_length=150),
        Text(name="client", label="Client", max_length=100),
        Choice(name="kind", label="Kind"),
        Choice(name="stage", label="Stage"),
        Person(name="person", label="Person", hint="Who asked, owns it, or is named in it."),
        Choice(
            name="state",
            label="Open or closed",
            options=(Option(OPEN, "Open"), Option(CLOSED, "Closed")),
        ),
    ),
)
"""``kind`` and ``stage`` offer what there is when the form is opened."""
