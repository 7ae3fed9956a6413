"""Forms for a date that cannot be kept."""

from modals.fields import Day, Text
from modals.form import Form

JUSTIFICATION = Form(
    key="justification",
    title="Another date",
    submit="Set the date",
    fields=(
        Day(name="until", label="Until when?", required=True, not_past=True),
        Text(
            name="reason",
            label="Why can the date not be kept?",
            hint="The requester reads this; the head of marketing can refuse it.",
            required=True,
            multiline=True,
        ),
    ),
)
REFUSAL = Form(
    key="refusal",
    title="Refuse the date",
    submit="Refuse",
    intro="The date that was set before counts again.",
    fields=(
        Text(
            name="reason",
            label="Why is it refused?",
            hint="Everybody concerned reads this.",
            required=True,
            multiline=True,
        ),
    ),
)
