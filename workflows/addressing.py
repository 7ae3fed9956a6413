"""Whom the client's mails go to: about the document, and about the money."""

from workflows.deal import Version, record_of
from workflows.request import Request


def recipients(request: Request, version: Version) -> tuple[tuple[str, str], ...]:
    """Return name and address of everybody to whom the version went; the contact comes first."""
    document = record_of(request).document
    names = {document.contact_email: document.contact_name} if document else {}
    sent_to = version.sent_to or tuple(names)
    if version.sent_to and version.contact_name:
        names[version.sent_to[0]] = version.contact_name
    return tuple((names.get(email, ""), email) for email in sent_to)


def payers(request: Request) -> tuple[tuple[str, str], ...]:
    """Return name and address of everybody who is written to about money; who pays comes first.

    There is somebody as soon as there is a document.
    """
    record = record_of(request)
    known = recipients(request, record.version) if record.version else (("", ""),)
    if not record.payer_email:
        return known
    others = (each for each in known[1:] if each[1] != record.payer_email)
    return ((record.payer_name, record.payer_email), *others)
