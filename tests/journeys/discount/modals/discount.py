"""The form for a discount."""

from modals.fields import Amount, Text
from modals.form import Form

FORM = Form(
    key="discount",
    title="Discount",
    submit="Send request",
    fields=(
        Text(name="client", label="Client", placeholder="Globex", required=True, max_length=150),
        Amount(name="off", label="How much off?", placeholder="500", required=True),
        Text(name="because", label="Why do they get it?", required=True, multiline=True),
    ),
)
