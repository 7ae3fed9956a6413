"""The form for a Statement of Work: what is needed to decide first, what can wait below."""

from modals.fields import (
    TICKED,
    Amount,
    Choice,
    Day,
    Email,
    Files,
    Lines,
    Option,
    Shown,
    Text,
    Tick,
)
from modals.fields.lookup import Lookup
from modals.form import Form

FORM = Form(
    key="sow",
    title="Statement of Work",
    submit="Send request",
    intro="Everything marked optional can wait until the draft is written.",
    fields=(
        Text(name="client", label="Client", placeholder="Globex", required=True, max_length=150),
        Choice(
            name="client_type",
            label="Client type",
            required=True,
            options=(Option("10x", "10x"), Option("api", "API"), Option("other", "Other")),
        ),
        Text(
            name="client_type_other",
            label="Which type of client?",
            required=True,
            max_length=100,
            show_if=Shown("client_type", ("other",)),
        ),
        Text(
            name="need",
            label="What is needed, and why now?",
            required=True,
            multiline=True,
        ),
        Amount(name="amount", label="Amount", placeholder="8,000", required=True),
        Text(
            name="contact_name",
            label="Client contact",
            placeholder="Jane Doe",
            required=True,
            max_length=150,
        ),
        Email(
            name="contact_email",
            label="Their e-mail address",
            placeholder="jane@client.example",
            required=True,
        ),
        Day(name="needed_by", label="Needed by", required=True, not_past=True),
        Tick(name="large_client", label="Large client", text="This is a larger-scale client"),
        Text(
            name="large_client_reason",
            label="What makes it a large client?",
            required=True,
            multiline=True,
            show_if=Shown("large_client", (TICKED,)),
        ),
        Lookup(
            name="opportunity",
            label="Linked opportunity",
            hint="Pick a deal: it fills in what is empty. Or write a name, number, link.",
        ),
        Text(name="scope", label="Scope", multiline=True),
        Lines(name="deliverables", label="Deliverables", hint="One a line."),
        Day(name="start", label="Start", not_past=True),
        Day(name="end", label="End", not_past=True, not_before="start"),
        Choice(
            name="fee",
            label="Fee",
            default="one_off",
            options=(Option("one_off", "One-off"), Option("recurring", "Recurring")),
        ),
        Choice(
            name="billing_period",
            label="Billed how often?",
            required=True,
            options=(
                Option("monthly", "Every month"),
                Option("quarterly", "Every quarter"),
                Option("yearly", "Every year"),
            ),
            show_if=Shown("fee", ("recurring",)),
        ),
        Text(
            name="payment_terms",
            label="Payment terms",
            placeholder="30 days net",
            max_length=300,
        ),
        Text(name="notes", label="Notes", multiline=True),
        Files(name="files", label="Files"),
        Tick(
            name="private",
            label="Private",
            text="Only the people concerned and auditors see it",
        ),
    ),
)
