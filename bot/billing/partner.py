"""The partner that makes the invoices: how it is asked, and which of ours is which there."""

import hmac
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from bot.desk import Desk
from bot.ports import Billing, BillingRefused, BillingUnavailable, PartnerInvoice
from bot.sending import InVain, NotYet
from bot.waits import AT_PARTNER
from workflows.deal import Record, record_of
from workflows.invoice import Invoice
from workflows.request import Request

T = TypeVar("T")


@contextmanager
def answered(partner: Billing) -> Iterator[None]:
    """Raise NotYet while the partner is away, and InVain where it refuses what is asked."""
    try:
        with present(partner):
            yield
    except BillingRefused as refused:
        raise InVain(f"{partner.name} refuses that: {refused}") from refused


@contextmanager
def present(partner: Billing) -> Iterator[None]:
    """Raise NotYet while the partner is away; BillingRefused goes through."""
    try:
        yield
    except BillingUnavailable as away:
        raise NotYet(f"{AT_PARTNER}{partner.name} does not answer: {away}") from None


def of_each(partner: Billing, things: Iterable[T], ask: Callable[[T], object]) -> None:
    """Ask the partner something about each of ``things``.

    Raises NotYet while it is away, and InVain where it refuses one, after all the others.
    """
    refused: BillingRefused | None = None
    with answered(partner):
        for each in things:
            try:
                ask(each)
            except BillingRefused as why:
                refused = refused or why
        if refused is not None:
            raise refused


def readdress(desk: Desk, request: Request) -> None:
    """Give the partner the address that was corrected here. Raises as :func:`of_each`."""
    partner, record = desk.billing, record_of(request)
    if partner is not None:
        theirs = [each for each in record.invoices if each.partner_id and each.is_open]
        of_each(partner, theirs, lambda each: readdress_one(partner, record, each))


def readdress_one(partner: Billing, record: Record, invoice: Invoice) -> None:
    """Give the partner the address of one invoice that was corrected here, if it was."""
    if record.payer_email:
        partner.readdress(invoice.partner_id, record.payer_email)


def is_wanted(request: Request) -> bool:
    """Whether the invoices of a request are still to be made, and to be paid."""
    return request.stage != "cancelled"


def recorded(record: Record, row: PartnerInvoice) -> Invoice | None:
    """Return the invoice on record that ``row`` was asked for, or None where it is there no more.

    Until its document is filed it is known by when it was recorded, with its number.
    """
    for each in record.invoices:
        if each.at == row.at and (each.partner_id or each.number) in (row.invoice, row.number):
            return each
    return None


def key_of(desk: Desk, what: str) -> str:
    """Return the key for the partner: no other Frontdesk with the same account makes it."""
    return hmac.digest(desk.link_key, f"invoice\0{what}".encode(), "sha256").hex()[:32]
