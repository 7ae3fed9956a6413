"""Forms with which the sales assistant follows up a payment."""

from modals.fields import Choice, Day, Text
from modals.form import Form

_INVOICE = Choice(name="invoice", label="Which invoice?", required=True)

CLIENT_REMINDER = Form(
    key="client_reminder",
    title="Remind the client",
    submit="Send reminder",
    intro="This goes to the client by mail, as you leave it here.",
    fields=(
        _INVOICE,
        Text(name="subject", label="Subject", required=True, max_length=150),
        Text(name="body", label="Text", required=True, multiline=True),
    ),
)
PAYMENT_NOTE = Form(
    key="payment_note",
    title="Follow-up",
    submit="Save",
    fields=(
        _INVOICE,
        Text(
            name="reason",
            label="What was said?",
            hint="It stays in the history of the invoice.",
            required=True,
            multiline=True,
        ),
    ),
)
PAYMENT_PROMISE = Form(
    key="payment_promise",
    title="They promised a date",
    submit="Save",
    intro="You are not reminded of this invoice until the day after.",
    fields=(
        _INVOICE,
        Day(name="until", label="When will they pay?", required=True, not_past=True),
    ),
)
PAYMENT_SNOOZE = Form(
    key="payment_snooze",
    title="Snooze",
    submit="Snooze",
    intro="You are not reminded of this invoice before that day.",
    fields=(
        _INVOICE,
        Day(name="until", label="Until when?", required=True, not_past=True),
    ),
)
