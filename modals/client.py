"""Forms for what is done in the client's name, or for the client."""

from modals.fields import Choice, Email, Files, Text
from modals.form import Form

CLIENT_ANSWER = Form(
    key="client_answer",
    title="Answer the client",
    submit="Send answer",
    fields=(
        Choice(name="question", label="Which question?", required=True),
        Text(
            name="reason",
            label="Your answer",
            hint="It goes to the client by mail.",
            required=True,
            multiline=True,
        ),
    ),
)
CLIENT_EVIDENCE = Form(
    key="client_evidence",
    title="Approved by other means",
    submit="Record approval",
    intro="This marks the document for ever as approved outside of the client's page.",
    fields=(
        Text(name="name", label="Who approved it?", required=True, max_length=150),
        Text(name="title", label="Their title", required=True, max_length=150),
        Email(name="email", label="Their e-mail address", required=True),
        Text(
            name="reason",
            label="How did they approve?",
            hint="For example by mail, on paper, on the phone.",
            required=True,
            multiline=True,
        ),
        Files(
            name="files",
            label="Evidence",
            hint="The mail, a scan of what they signed.",
            required=True,
        ),
    ),
)
