"""Forms for who stands in for somebody who is away."""

from modals.fields import Day, Person, Text
from modals.form import Form

_INTRO = (
    "Whatever waits for the one who is away goes to whoever stands in, and comes back afterwards. "
    "Without dates this only says who is asked first, should they seem to be away."
)

_DAYS = (
    Day(name="first_day", label="First day", not_past=True),
    Day(name="last_day", label="Last day", not_past=True, not_before="first_day"),
    Text(
        name="note",
        label="Note",
        hint="Whoever stands in reads this.",
        max_length=300,
    ),
)

AWAY = Form(
    key="away",
    title="While you are away",
    submit="Save",
    intro=_INTRO,
    fields=(Person(name="deputy", label="Who stands in for you?", required=True), *_DAYS),
)
AWAY_FOR = Form(
    key="away_for",
    title="While somebody is away",
    submit="Save",
    intro=_INTRO,
    fields=(
        Person(name="person", label="Who is away?", required=True),
        Person(name="deputy", label="Who stands in?", required=True),
        *_DAYS,
    ),
)
