"""Forms that ask for one text, worded for their purpose. Its name is always ``reason``."""

from modals.fields import Text
from modals.form import Form


def _asking(key: str, title: str, submit: str, label: str, hint: str = "") -> Form:
    reason = Text(name="reason", label=label, hint=hint, required=True, multiline=True)
    return Form(key=key, title=title, submit=submit, fields=(reason,))


REJECTION = _asking(
    "rejection",
    "Reject",
    "Reject",
    "Why is it rejected?",
    "The requester reads this, and the request ends.",
)
DECLINING = _asking(
    "declining",
    "Decline",
    "Decline",
    "Why is it declined?",
    "The requester reads this, and the request ends.",
)
CHANGES = _asking(
    "changes",
    "Request changes",
    "Send back",
    "What should change?",
    "The requester reads this and can edit the request.",
)
CANCELLATION = _asking(
    "cancellation",
    "Cancel request",
    "Cancel request",
    "Why is it cancelled?",
    "Everybody concerned reads this, and the request ends.",
)
REASON = _asking(
    "reason",
    "Reason",
    "Confirm",
    "Why?",
    "Everybody concerned reads this.",
)
QUESTION = _asking(
    "question",
    "Ask",
    "Ask",
    "What would you like to know?",
    "The requester is asked and can answer here in Slack.",
)
ANSWER = _asking(
    "answer",
    "Answer",
    "Send answer",
    "Your answer",
    "It answers all open questions on this request.",
)
