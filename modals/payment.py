"""Forms with which Billing records money that came in, or was taken back."""

from modals.fields import Amount, Choice, Day, Option, Text, Tick
from modals.form import Form

LONGEST_REFERENCE = 140

PAYMENT = Form(
    key="payment",
    title="Record payment",
    submit="Record payment",
    fields=(
        Choice(name="invoice", label="Which invoice was paid?", required=True),
        Amount(
            name="amount",
            label="Amount received",
            placeholder="8,000",
            hint="As the bank credited it.",
            required=True,
        ),
        Day(
            name="on",
            label="Received on",
            hint="The day on the bank's statement.",
            required=True,
            not_future=True,
        ),
        Choice(
            name="method",
            label="How was it paid?",
            required=True,
            options=(
                Option("bank transfer", "Bank transfer"),
                Option("card", "Card"),
                Option("cheque", "Cheque"),
                Option("other", "Other"),
            ),
        ),
        Text(name="reference", label="Reference", max_length=LONGEST_REFERENCE),
        Tick(
            name="sure",
            label="If it looks unusual",
            text="I have checked this",
            hint="More than the balance, or a reference that was used before.",
        ),
    ),
)
PAYMENT_REVERSAL = Form(
    key="payment_reversal",
    title="Take a payment back",
    submit="Take it back",
    fields=(
        Choice(name="payment", label="Which payment?", required=True),
        Text(
            name="reason",
            label="Why?",
            hint="The payment stays on record, and this beside it.",
            required=True,
            multiline=True,
        ),
    ),
)
