"""Letters: mails to the client, promised with the move that makes them and sent by the worker."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from bot import moves, parcels
from bot.desk import Desk
from bot.links import Sending, url_of
from bot.ports import Attachment, Claimed, Json, Mail, MailRefused, MailUnavailable, Unit
from bot.sending import NotYet
from messages.mails import Letter, payment_reminder_draft, word
from workflows.addressing import payers
from workflows.deal import ClientQuestion, Record, Version, record_of
from workflows.document import Document
from workflows.invoice import Invoice, find
from workflows.request import Request

PREFIX = "mail:"
_LINKED = ("document", "document_reminder", "answer")
"""The letters that lead to the client's page; the others say nothing of a link."""

Enclosure = tuple[str, str]
"""The hash of a stored file, and the name under which it goes out."""


def post(
    unit: Unit,
    request: Request,
    name: str,
    to: tuple[str, str],
    occasion: str,
    now: datetime,
    enclosures: Sequence[Enclosure] = (),
    **said: object,
) -> None:
    """Promise the letter ``name`` to the recipient ``to`` (name, e-mail), once for ``occasion``.

    ``said``: what the letter needs beside the request: ``version``, ``until`` (ISO), ``nth``,
    ``question`` (its id), ``invoices`` (their numbers), ``by_partner`` (those of them that another
    mail brings), ``again`` (they were sent before), ``subject``, ``body``. The link itself is never
    stored.
    """
    to_name, email = to
    unit.outbox.add(
        parcels.mail(
            request.ref,
            f"{name}:{occasion}:{email}",
            email,
            {"letter": name, "to_name": to_name, "enclosures": [*map(list, enclosures)], **said},
            now,
        )
    )


def deliver(desk: Desk, claimed: Claimed) -> None:
    """Send one letter. One that came to nothing meanwhile is dropped; one refused is told.

    Raises NotYet while the mail server is away; the card says so then.
    """
    payload = claimed.parcel.payload
    ref, name = str(payload["ref"]), str(payload["letter"])
    with desk.store.unit() as unit:
        request = unit.requests.get(ref)
        moot = request is None or is_moot(request, name, payload)
        mail = None if request is None or moot else _mail(desk, unit, request, claimed)
    if mail is None:
        return
    try:
        desk.mailer.send(mail)
    except MailRefused as refused:
        why = f"{mail.to}: {refused}"
        moves.by_frontdesk(desk, ref, "bounced", f"bounced:{claimed.parcel.key}", reason=why)
        return
    except MailUnavailable as away:
        raise NotYet(f"Mail: {away}") from None


def is_moot(request: Request, name: str, payload: Json) -> bool:
    """Whether what the letter says is not so any more: another version, an invoice paid or void."""
    record = record_of(request)
    if request.stage in ("cancelled", "rejected") and name != "answer":
        return True
    if name in ("document", "document_reminder"):
        return request.stage != "with_client" or payload["version"] != len(record.versions)
    if name == "payment_reminder":
        invoices = [find(record.invoices, number) for number in payload["invoices"]]
        return not any(each is not None and each.is_open for each in invoices)
    return name == "invoices" and not _asked_for(record, payload)


def letter_of(desk: Desk, unit: Unit, request: Request, payload: Json) -> Letter:
    """Return what a letter says, from the request as it is and what was promised."""
    record = record_of(request)
    owner = unit.people.get(request.owner or "")
    until, invoices = payload.get("until"), _asked_for(record, payload)
    numbers = {each.number for each in invoices}
    return Letter(
        company=desk.company.name,
        ref=request.ref,
        document=record.document or Document(),
        version=_version(record),
        to_name=str(payload.get("to_name", "")),
        assistant_name=owner.name if owner else desk.company.name,
        assistant_email=owner.email if owner else "",
        record=record,
        note=str(payload.get("note", "")),
        until=date.fromisoformat(until) if until else None,
        nth=int(payload.get("nth", 0)),
        question=_question(record, payload.get("question")),
        by_partner=tuple(each for each in payload.get("by_partner", ()) if each in numbers),
        invoices=invoices,
        subject=str(payload.get("subject", "")),
        body=str(payload.get("body", "")),
    )


def reminder_draft(desk: Desk, unit: Unit, request: Request, number: str) -> Json:
    """Return subject and body of a reminder of one invoice, for the assistant to edit."""
    record = record_of(request)
    invoice = find(record.invoices, number)
    if invoice is None or record.document is None:
        return {}
    today = desk.clock.now().astimezone(desk.company.zone).date()
    payload: Json = {
        "to_name": payers(request)[0][0] or record.document.contact_name,
        "invoices": [invoice.number],
        "nth": _lateness(invoice.due, today),
    }
    subject, body = payment_reminder_draft(letter_of(desk, unit, request, payload), today)
    return {"subject": subject, "body": body}


def _lateness(due: date, today: date) -> int:
    """Return 0 before and on the due day, then one more for each week."""
    late = (today - due).days
    return 0 if late <= 0 else 1 + late // 7


def _mail(desk: Desk, unit: Unit, request: Request, claimed: Claimed) -> Mail:
    payload = claimed.parcel.payload
    to = claimed.parcel.address.removeprefix(PREFIX)
    letter = letter_of(desk, unit, request, payload)
    version = letter.version
    if payload["letter"] in _LINKED and version.sent_step and to in version.sent_to:
        sending = Sending(request.ref, version.number, version.sent_step)
        letter = replace(letter, link=url_of(desk, sending, to))
    worded = word(str(payload["letter"]), letter)
    kept = {each.sha256 for each in letter.invoices}  # one PDF may be that of several
    gone = {each.sha256 for each in _named(letter.record, payload)} - kept
    files = [
        (unit.files.get(sha256), name)
        for sha256, name in payload["enclosures"]
        if sha256 not in gone
    ]
    if any(file is None for file, _ in files):
        raise LookupError("A mail is not sent without what it says is attached.")
    return Mail(
        key=claimed.parcel.key,
        to=to,
        to_name=letter.to_name,
        reply_to=letter.assistant_email,
        reply_to_name=letter.assistant_name,
        subject=worded.subject,
        text=worded.text,
        html=worded.html,
        attachments=tuple(
            Attachment(name=name, mime=file.mime, content=file.content)
            for file, name in files
            if file is not None
        ),
    )


def _named(record: Record, payload: Json) -> tuple[Invoice, ...]:
    """Return the invoices that a letter was promised about."""
    found = (find(record.invoices, number) for number in payload.get("invoices", ()))
    return tuple(each for each in found if each is not None)


def _asked_for(record: Record, payload: Json) -> tuple[Invoice, ...]:
    """Return those that it is about still; where it asks for money, without what is not owed.

    What was paid before it was sent for the first time goes out all the same, for the books.
    """
    named = _named(record, payload)
    if payload.get("letter") != "invoices":
        return named
    if payload.get("again"):
        return tuple(each for each in named if each.is_open)
    return tuple(each for each in named if not (each.void or each.written_off))


def _version(record: Record) -> Version:
    if record.version is None:
        raise LookupError("There is no letter before there is a document.")
    return record.version


def _question(record: Record, wanted: object) -> ClientQuestion | None:
    return next((each for each in record.questions if each.id == wanted), None)
