"""What is said to clients by mail: every letter as plain text and as HTML."""

from dataclasses import dataclass
from datetime import date

from messages import cleaning, mails_templates
from workflows.deal import ClientQuestion, Record, Version
from workflows.document import Document
from workflows.invoice import Invoice, Kind, Payment

SUBJECT = 150
"""Characters of a subject."""
_BODY = 3000
"""What a multi-line input of a Slack form holds
(docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a letter knows. Names, texts and addresses are as people typed them.

    ``link`` is the client's private page, ``until`` its last day; ``note`` is what the assistant
    adds to the document. ``nth`` counts reminders from 1, and is how firm a payment reminder is (0
    up to the due day). ``invoices`` are those that the letter is about;
    ``by_partner`` are the numbers of those that a partner mails itself. An edited payment reminder
    brings its own ``subject`` and ``body``.
    """

    company: str
    ref: str
    document: Document
    version: Version
    to_name: str
    assistant_name: str
    assistant_email: str
    record: Record
    link: str = ""
    note: str = ""
    until: date | None = None
    nth: int = 0
    question: ClientQuestion | None = None
    invoices: tuple[Invoice, ...] = ()
    by_partner: tuple[str, ...] = ()
    received: Payment | None = None
    subject: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Worded:
    """A letter in words: a subject of one line and at most 150 characters; text and HTML."""

    subject: str
    text: str
    html: str


def word(name: str, letter: Letter) -> Worded:
    """Return the letter ``name`` in words.

    ``document`` asks the client to review, ``document_reminder`` does so again, ``signed_copy``
    brings what was approved, ``answer`` answers ``question``, ``invoices`` brings ``invoices``,
    ``payment_reminder`` says what the assistant wrote, ``thanks`` confirms what was ``received``.

    Raises jinja2's TemplateNotFound for any other name, and UndefinedError where ``letter`` lacks
    what its template needs.
    """
    subject, text = mails_templates.plain(name, letter=letter)
    html = mails_templates.html(name, letter=letter)
    return Worded(cleaning.cut(subject, SUBJECT), text, html)


def signing_invitation(letter: Letter) -> tuple[str, str]:
    """Return subject and message with which the partner asks the client to sign; no HTML."""
    subject, body = mails_templates.plain("signing", letter=letter)
    return cleaning.cut(subject, SUBJECT), body.strip()


def payment_reminder_draft(letter: Letter, today: date) -> tuple[str, str]:
    """Return subject and body of a reminder of the first of ``letter.invoices``, to be edited.

    Friendly up to the due day and for a week; afterwards the firmer, the higher ``nth``. Earlier
    reminders are spoken of only where the invoice has them on record. ``today`` is the assistant's
    day. At most 150 and 3,000 characters.
    """
    invoice = letter.invoices[0]
    subject, body = mails_templates.plain(
        "payment_reminder_draft",
        letter=letter,
        invoice=invoice,
        late=(today - invoice.due).days,
        reminded=any(step.kind is Kind.REMINDER for step in invoice.follow_ups),
    )
    return cleaning.cut(subject, SUBJECT), cleaning.cut(body.strip(), _BODY)
