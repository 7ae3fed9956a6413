"""What the client's documents say, as JSON values for the templates that print them.

A template adds nothing up and spells nothing out: amounts and days are finished texts here. What
people wrote keeps its line breaks and loses its control characters; what is not known is "" or [].
"""

from datetime import datetime

from messages.filters import money, upper_first
from messages.message import Json
from messages.printed_words import day, fee, line, quantity, stamp, text
from workflows.document import Document
from workflows.invoice import Invoice


def sow(
    document: Document,
    *,
    company: str,
    ref: str,
    version: int,
    prepared_by: str,
    at: datetime,
    draft: bool,
) -> Json:
    """Return what a Statement of Work says. Its date is the day of ``at`` in the zone of ``at``."""
    return {
        "company": line(company),
        "number": line(ref),
        "version": version,
        "title": line(document.title),
        **_client(document),
        "contact_email": line(document.contact_email),
        "prepared_by": line(prepared_by),
        "date": day(at.date()),
        "valid_until": "",
        "background": text(document.background),
        "scope": text(document.scope),
        **_lists(document),
        "total": money(document.total),
        "fee": upper_first(fee(document)),
        "start": day(document.start),
        "end": day(document.end),
        "payment_terms": text(document.payment_terms),
        "draft": draft,
        "issued_at": stamp(at),
        "paper": "a4",
    }


def invoice(invoice: Invoice, document: Document, *, company: str, ref: str) -> Json:
    """Return what an invoice says, without bank details.

    One for the whole total lists the document's price lines; an instalment is one line.
    """
    whole = invoice.amount == document.total
    lines = (
        [{"text": line(each.text), "amount": money(each.amount)} for each in document.prices]
        if whole
        else [{"text": instalment(invoice, document), "amount": money(invoice.amount)}]
    )
    return {
        "company": line(company),
        "number": line(invoice.number),
        "request": line(ref),
        **_client(document),
        "date": day(invoice.issued),
        "due": day(invoice.due),
        "label": line(invoice.label),
        "amount": money(invoice.amount),
        "lines": lines,
        "payment_terms": text(document.payment_terms),
        "issued_at": stamp(invoice.at),
    }


def instalment(invoice: Invoice, document: Document) -> str:
    """Return the one line of an invoice that is not over the whole total."""
    return ": ".join(filter(None, (line(invoice.label), line(document.title))))


def _client(document: Document) -> Json:
    return {
        "client": line(document.client),
        "client_address": text(document.client_address),
        "contact_name": line(document.contact_name),
    }


def _lists(document: Document) -> Json:
    return {
        "deliverables": [
            {
                "title": line(each.title),
                "description": text(each.description),
                "acceptance": text(each.acceptance),
                "due": day(each.due),
            }
            for each in document.deliverables
        ],
        "milestones": [
            {"title": line(each.title), "on": day(each.on), "note": text(each.note)}
            for each in document.milestones
        ],
        "prices": [
            {
                "text": line(each.text),
                "quantity": quantity(each.quantity),
                "unit_price": money(each.price),
                "amount": money(each.amount),
            }
            for each in document.prices
        ],
        "assumptions": [text(each) for each in document.assumptions if text(each)],
    }
