"""Forms with which Billing records what is owed."""

from dataclasses import replace

from modals.fields import Amount, Choice, Day, Email, Files, Text, Tick, Whole
from modals.form import Form

INVOICE = Form(
    key="invoice",
    title="Record invoice",
    submit="Record invoice",
    fields=(
        Text(
            name="number",
            label="Invoice number",
            hint="Left empty, it gets the next one.",
            max_length=60,
        ),
        Amount(name="amount", label="Amount", placeholder="8,000", required=True),
        Day(name="issued", label="Invoice date", required=True),
        Day(name="due", label="Due date", hint="Or leave it and give days."),
        Whole(
            name="net_days",
            label="Days until it is due",
            hint="From the invoice date. 30, when both are left empty.",
            placeholder="30",
            least=0,
            most=365,
        ),
        Text(
            name="label",
            label="Label",
            placeholder="Instalment 1 of 2",
            max_length=150,
        ),
        Files(
            name="files",
            label="The invoice as PDF",
            hint="Without it one is made.",
        ),
        Tick(name="sure", label="More than was agreed?", text="I have checked this"),
    ),
)
INVOICE_REASON = Form(
    key="invoice_reason",
    title="Invoice",
    submit="Confirm",
    fields=(
        Choice(name="invoice", label="Which invoice?", required=True),
        Text(
            name="reason",
            label="Why?",
            hint="It stays on record with the invoice.",
            required=True,
            multiline=True,
        ),
    ),
)
INVOICE_ADDRESS = Form(
    key="invoice_address",
    title="Invoice address",
    submit="Save",
    intro="Invoices and all mails about them go to this address from now on.",
    fields=(
        Text(name="contact_name", label="Who pays?", required=True, max_length=150),
        Email(
            name="contact_email",
            label="Their e-mail address",
            placeholder="payables@client.example",
            required=True,
        ),
    ),
)
INVOICE_AGAIN = replace(
    INVOICE_ADDRESS,
    key="invoice_again",
    title="Send invoices again",
    submit="Send again",
    intro="A mail of ours brings every invoice that waits for money, as PDF with the approved "
    "document. It and all later mails about money go to this address.",
)
