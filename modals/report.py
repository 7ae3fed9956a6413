"""The form in which somebody chooses a report: which, of which days, and of what."""

from modals.fields import Choice, Day, Option, Person, Text
from modals.form import Form

ALL = "all"
"""The workflow that stands for every one that may be read."""

LAST_30, THIS_MONTH, LAST_MONTH = "last_30", "this_month", "last_month"
LAST_90, THIS_YEAR, LAST_YEAR = "last_90", "this_year", "last_365"

REPORT = Form(
    key="report",
    title="A report",
    submit="Draw it",
    intro="It comes as a picture in a direct message, and from there as CSV or XLSX.",
    fields=(
        Choice(name="report", label="Which report?", required=True),
        Choice(
            name="period",
            label="Of which time?",
            hint="Ageing and overdue money always show how things stand today.",
            required=True,
            default=LAST_30,
            options=(
                Option(LAST_30, "The last 30 days"),
                Option(THIS_MONTH, "This month"),
                Option(LAST_MONTH, "Last month"),
                Option(LAST_90, "The last 90 days"),
                Option(THIS_YEAR, "This year"),
                Option(LAST_YEAR, "The last 365 days"),
            ),
        ),
        Day(
            name="first_day",
            label="First day",
            hint="Other days? These two count instead.",
            not_future=True,
        ),
        Day(name="last_day", label="Last day", not_future=True, not_before="first_day"),
        Choice(name="workflow", label="Of which requests?", default=ALL),
        Person(name="person", label="Of one person only"),
        Text(
            name="client",
            label="Of one client only",
            hint="All clients whose name contains this.",
            max_length=100,
        ),
    ),
)
