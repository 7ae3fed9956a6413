"""What the pages say that prove a request's way: its certificate of completion, its timeline.

JSON values for the templates that print them, as in :mod:`messages.printed`. Every instant is in
UTC and says so.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from messages.filters import money, upper_first
from messages.message import Json
from messages.printed_words import day, instant, line, stamp, text
from workflows.deal import Outcome, Record, Signature, SowDetails, Version, outline
from workflows.definition import Workflow
from workflows.invoice import Invoice
from workflows.request import Request

Event = tuple[datetime, str, str, str, str]
"""When, what, who, IP address, browser; the last three may be ""."""


def certificate(
    details: SowDetails,
    *,
    company: str,
    ref: str,
    events: Sequence[Event],
    how: str,
    consent: str,
    sent_to: Sequence[str],
) -> Json:
    """Return what the certificate of completion says of the version that the client approved.

    The signer's address and browser are those of the event at the instant of the signature.
    Raises ValueError before the client's approval.
    """
    signature, document = details.record.signature, details.record.document
    if signature is None or document is None:
        raise ValueError(f"The client has not approved {ref} yet.")
    version = details.record.versions[signature.version - 1]
    return {
        "company": line(company),
        "number": line(ref),
        "version": version.number,
        "title": line(document.title),
        "client": line(document.client),
        "total": money(version.total),
        "sha256": version.sha256,
        "pages": version.pages,
        "signer": _signer(signature, events),
        "consent": text(consent),
        "how": line(how),
        "other_means": signature.other_means,
        "events": [_event(each) for each in events],
        "sent_to": [line(each) for each in sent_to],
        "issued_at": stamp(signature.at),
    }


def seal(name: str, size: int) -> Json:
    """Return what the certificate says of the seal that it and the document carry.

    ``name``: whose it is, or ""; ``size``: the bytes of the document as it was approved, with which
    its sealed copies begin.
    """
    return {"seal": line(name), "size": size}


def timeline(
    request: Request,
    workflow: Workflow,
    entries: Sequence[tuple[datetime, str]],
    people: Sequence[tuple[str, str]],
    names: Mapping[str, str],
    company: str,
    at: datetime,
) -> Json:
    """Return the whole story of a request.

    ``entries`` are told in words, ``people`` are (role, name). ``names``: user id -> name; an id
    that is not among them is printed as it is.
    """
    details = request.details
    if isinstance(details, SowDetails):
        document = details.record.document or outline(details)
        record, title, client = details.record, document.title, document.client
    else:
        record, title, client = Record(), workflow.title, company
    return {
        "company": line(company),
        "number": line(request.ref),
        "title": line(title),
        "client": line(client),
        "stage": workflow.stage(request.stage).label,
        "people": [{"role": upper_first(line(role)), "name": line(name)} for role, name in people],
        "versions": [_version(each, names) for each in record.versions],
        "invoices": [_stand(each) for each in record.invoices],
        "entries": [{"at": instant(when), "what": text(what)} for when, what in entries],
        "issued_at": stamp(at),
    }


def _signer(signature: Signature, events: Sequence[Event]) -> Json:
    signing = next((each for each in events if each[0] == signature.at), None)
    _at, _what, _who, ip, agent = signing or (signature.at, "", "", "", "")
    return {
        "name": line(signature.name),
        "title": line(signature.title),
        "email": line(signature.email),
        "at": instant(signature.at),
        "ip": line(ip),
        "agent": line(agent),
    }


def _event(event: Event) -> Json:
    at, what, who, ip, agent = event
    return {
        "at": instant(at),
        "what": line(what),
        "who": line(who),
        "ip": line(ip),
        "agent": line(agent),
    }


def _version(version: Version, names: Mapping[str, str]) -> Json:
    return {
        "number": version.number,
        "total": money(version.total),
        "by": line(names.get(version.by, version.by)),
        "at": instant(version.at),
        "sha256": version.sha256,
        "state": _state(version),
    }


def _state(version: Version) -> str:
    if version.outcome is not Outcome.OPEN:
        return version.outcome.value
    if version.sent_at is not None:
        return f"sent to the client on {instant(version.sent_at)}"
    return "not rendered" if version.trouble or not version.sha256 else "not sent"


def _stand(invoice: Invoice) -> Json:
    return {
        "number": line(invoice.number),
        "amount": money(invoice.amount),
        "due": day(invoice.due),
        "status": invoice.status.value,
        "balance": money(invoice.balance),
    }
