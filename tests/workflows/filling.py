"""What a form that is filled in well gives: for every transition there is, at any request."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Any

from tests.workflows.filling_assets import of_an_asset, of_the_shelf
from workflows.asset import AssetDetails
from workflows.deal import Record, SowDetails, uninvoiced
from workflows.definition import Transition, Workflow
from workflows.document import Deliverable, PriceLine
from workflows.invoice import Invoice
from workflows.money import Money
from workflows.request import Request
from workflows.returns import Returned, Way
from workflows.shelved import ShelfDetails

DAY = date(2026, 3, 20)
SINCE = datetime(2100, 1, 1, tzinfo=UTC)
GROWN = "record"
"""The part of the details that no form asks for."""


@dataclass(frozen=True, kw_only=True)
class Hand:
    """What there is to write down: somebody, one of the stage's lanes, and what is wished for."""

    person: str
    lane: str
    wish: Any


def asked(wish: object) -> dict[str, Any]:
    """Return the answers of the form with which ``wish`` is asked for."""
    return {each.name: getattr(wish, each.name) for each in fields(wish) if each.name != GROWN}  # type: ignore[arg-type]


def filled(
    workflow: Workflow, transition: Transition | None, request: Request, hand: Hand
) -> dict[str, Any]:
    """Return what the transition's form would give."""
    if transition is not None and transition.form == workflow.key:
        return asked(hand.wish)
    answers: dict[str, Any] = {"person": hand.person, "lane": hand.lane, "owner": hand.person}
    answers |= {"due_on": DAY}
    if isinstance(request.details, SowDetails) and transition is not None:
        return answers | _of_a_deal(transition.name, request, hand)
    if isinstance(request.details, AssetDetails) and transition is not None:
        return answers | of_an_asset(transition.name, request, hand.person)
    if isinstance(request.details, ShelfDetails) and transition is not None:
        return answers | of_the_shelf(transition.name, request)
    answers |= {"files": getattr(request.details, "files", ())}
    return answers | {"sha256": "a" * 64, "version": 1, "required": ("title",)}


def _of_a_deal(name: str, request: Request, hand: Hand) -> dict[str, Any]:
    record = request.details.record
    if name == "draft":
        return _document(request.details, hand)
    if name in ("record_invoice", "record_further_invoice"):
        return _invoice(request, hand, f"INV-{request.version}")
    signed = {"name": "Cora", "title": "Director", "email": "cora@brightwater.example"}
    version = {"version": len(record.versions), "sha256": "b" * 64, "pages": 3}
    questions = {"question": str(record.open_questions[0].id) if record.open_questions else "0"}
    sending = {
        "contact_name": "Cora",
        "contact_email": "cora@brightwater.example",
        "files": ("F01",),
    }
    return signed | version | questions | sending | _about_money(name, record, hand)


def _document(details: SowDetails, hand: Hand) -> dict[str, Any]:
    """Return a document for the wish's amount; which terms it has depends on the person."""
    return {
        "title": "Services",
        "client": details.client,
        "contact_name": details.contact_name,
        "contact_email": details.contact_email,
        "scope": "All of it",
        "deliverables": (Deliverable(title="A plan"),),
        "prices": (PriceLine(text="Services", price=hand.wish.amount),),
        "payment_terms": "30 days net" if hand.person < "U0G" else "90 days net",
        "end": None if hand.person < "U0M" else DAY,
    }


def _invoice(request: Request, hand: Hand, number: str) -> dict[str, Any]:
    """Return an invoice over next to nothing or over all that is left, depending on the person."""
    left = uninvoiced(request)
    amount = left if hand.person > "U0M" and left.minor > 0 else Money(2, left.currency)
    return {"number": number, "amount": amount, "issued": DAY, "due": DAY, "sure": True}


def _about_money(name: str, record: Record, hand: Hand) -> dict[str, Any]:
    fits: Mapping[str, Callable[[Invoice], bool]] = {
        "invoice_kept": lambda each: not each.sha256,
        "invoice_failed": lambda each: not each.sha256,
        "void_invoice": _can_be_voided,
        "void_further_invoice": _can_be_voided,
        "record_payment": lambda each: each.is_open and each.sent_at is not None,
        "payment_heard": _is_theirs,
        "payment_heard_beside": _is_theirs,
        "void_heard": _is_theirs,
        "void_heard_beside": _is_theirs,
        "write_off_heard": lambda each: _is_theirs(each) and each.is_open,
        "write_off_heard_beside": lambda each: _is_theirs(each) and each.is_open,
        "balance_differs": _is_theirs,
        "payment_doubted": _is_theirs,
        "money_returned": _is_theirs,
        "remind_client": lambda each: (
            each.is_open and not each.disputed and each.sent_at is not None
        ),
        "resolve_dispute": lambda each: each.disputed,
    }
    fitting = [each for each in record.invoices if fits.get(name, _is_open)(each)]
    chosen = (*fitting, *record.invoices)[:1]
    taken = [f"{each.number}#{p.id}" for each in record.invoices for p in each.reversible()]
    number = chosen[0].number if chosen else "INV-0"
    said = {"invoice": number, "number": number, "at": chosen[0].at if chosen else SINCE}
    due = {"today": DAY, "since": SINCE, "most": 8, "until": DAY, "on": DAY, "sure": True}
    theirs = "in_1" if name == "invoice_kept" else chosen[0].partner_id if chosen else ""
    said |= {"partner": "Stripe" if theirs else "", "partner_id": theirs}
    paid = _received(chosen[0].balance, hand) if chosen else Money(1, "USD")
    back: dict[str, Any] = {"payment": taken[0] if taken else "INV-0#1"}
    back |= {"returned": (Returned(way=Way.REFUNDED, amount=paid),)}
    return said | due | back | {"amount": paid, "method": "card", "reference": ""}


def _received(balance: Money, hand: Hand) -> Money:
    """Return the whole balance or next to nothing, depending on the person."""
    is_all = hand.person > "U0M" and balance.minor > 0
    return balance if is_all else Money(1 if hand.person < "U0G" else 2, balance.currency)


def _can_be_voided(invoice: Invoice) -> bool:
    return invoice.is_unsent and not invoice.payments


def _is_theirs(invoice: Invoice) -> bool:
    return bool(invoice.partner_id) and not invoice.void


def _is_open(invoice: Invoice) -> bool:
    return invoice.is_open
