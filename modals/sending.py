"""The form that sends a document to the client."""

from modals.fields import Email, Emails, Text
from modals.form import Form

SENDING = Form(
    key="sending",
    title="Send to client",
    submit="Send",
    fields=(
        Text(name="contact_name", label="Client contact", required=True, max_length=150),
        Email(
            name="contact_email",
            label="Their e-mail address",
            placeholder="jane@client.example",
            required=True,
        ),
        Emails(
            name="others",
            label="Who else gets a link?",
            hint="One e-mail address a line. Each gets a link of their own.",
        ),
        Text(
            name="note",
            label="A few words in the mail",
            hint="The client reads this in the mail.",
            multiline=True,
        ),
    ),
)
