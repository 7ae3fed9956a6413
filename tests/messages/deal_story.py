"""One deal from the ask to the money, with everything that can happen to it on its way."""

from collections.abc import Iterator, Mapping
from copy import copy
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.workflows.harborlight import ANA, BEA, DIAN, RYAN
from tests.workflows.journey import Journey
from workflows.deal import SowDetails, record_of
from workflows.definition import Given
from workflows.document import Milestone, PriceLine
from workflows.drafting import prefill_document
from workflows.engine import Actor, act
from workflows.invoice import find
from workflows.money import Money
from workflows.returns import Returned, Way
from workflows.sow import WORKFLOW as SOW

CLIENT, FRONTDESK = "client", "frontdesk"
TROUBLE = "The template does not compile: line 12: unknown variable: fees"
TODAY = date(2026, 5, 4)
MIDNIGHT = datetime(2026, 5, 4, 4, tzinfo=UTC)
DEAL = SowDetails(
    client="Initech",
    client_type="10x",
    need="A portal in which their resellers order.",
    amount=Money.of(180_000, "USD"),
    contact_name="Jane Doe",
    contact_email="jane@initech.example",
    needed_by=date(2026, 3, 20),
    scope="Discovery, design and build of the portal.",
    deliverables=("Design", "Portal"),
    start=date(2026, 4, 1),
    payment_terms="30 days net",
)
FIRST = {
    "number": "INV-2026-014",
    "amount": Money.of(97_500, "USD"),
    "issued": date(2026, 3, 10),
    "due": date(2026, 4, 9),
    "label": "Instalment 1 of 2",
}
SECOND = FIRST | {"number": "INV-2026-015", "due": date(2026, 5, 29), "label": "Instalment 2 of 2"}
THIRD = FIRST | {
    "number": "INV-2026-016",
    "amount": Money.of(1_200, "USD"),
    "due": date(2026, 6, 8),
    "label": "Travel",
    "sure": True,
}
PAID = {"invoice": "INV-2026-014", "method": "bank transfer", "reference": "RF18 5390"}
ABOUT_FIRST = {"invoice": "INV-2026-014"}
NUDGE = ABOUT_FIRST | {"today": TODAY, "since": MIDNIGHT, "most": 8}
PAYER = {"contact_name": "Accounts payable", "contact_email": "ap@initech.example"}
SIGNED = {"name": "Jane Doe", "title": "Chief Operating Officer", "email": "jane@initech.example"}

Step = tuple[str, str, str, Mapping[str, Any]]
"""Who does what, with which reason and which values."""


def document(journey: Journey, fee: int, **changes: object) -> dict[str, Any]:
    """Return what the assistant hands in as the next version, for ``fee`` dollars."""
    line = PriceLine(text="Services for Initech", price=Money.of(fee, "USD"))
    return {**prefill_document(journey.request, TODAY), "prices": (line,), **changes}


def rendered(number: int) -> dict[str, Any]:
    """Return what the renderer says of a version that it made."""
    return {
        "version": number,
        "sha256": f"{number}a" * 32,
        "data_sha256": f"{number}b" * 32,
        "pages": 4,
        "template": "sow 0",
        "trouble": "",
    }


def filing(journey: Journey, number: str, mark: str) -> dict[str, Any]:
    """Return what Frontdesk says of the PDF of an invoice."""
    invoice = find(record_of(journey.request).invoices, number)
    assert invoice is not None
    return {"number": number, "at": invoice.at, "sha256": mark * 64}


def does(journey: Journey, *steps: Step) -> Journey:
    """Return a copy of ``journey`` after ``steps``, an hour from one to the next."""
    onward = copy(journey)
    onward.moves = list(journey.moves)
    for user, name, reason, values in steps:
        onward.now += timedelta(hours=1)
        told = ("invoice", "ways") if user == FRONTDESK else ()
        about = {each: values[each] for each in told if each in values}
        given = Given(reason=reason, values=values, evidence=about)
        moved = act(
            onward.workflow, onward.request, name, Actor(user), given, onward.office, onward.now
        )
        onward.moves.append(moved)
    return onward


def _told() -> dict[str, Journey]:
    told = dict(_drafting())
    told |= _with_client(told["send"])
    return told | dict(_money(told["kept"]))


def _drafting() -> Iterator[tuple[str, Journey]]:
    asked = Journey(SOW, ANA, DEAL)
    accepted = does(asked, (RYAN, "approve", "", {}), (DIAN, "accept", "", {}))
    first = does(accepted, (DIAN, "draft", "", document(accepted, 180_000)))
    yield "draft first", first
    failed = does(first, (FRONTDESK, "render_failed", TROUBLE, {"version": 1, "trouble": TROUBLE}))
    yield "render_failed", failed
    again = does(failed, (DIAN, "render_again", "", {}))
    yield "render_again", again
    ready = does(again, (FRONTDESK, "rendered", "", rendered(1)))
    yield "rendered", ready
    sending = {"contact_name": "Jane Doe", "contact_email": "jane@initech.example"}
    others = {"others": ("cfo@initech.example",), "note": "As discussed on Tuesday."}
    yield "send", does(ready, (DIAN, "send", "", sending | others))


def _with_client(sent: Journey) -> Iterator[tuple[str, Journey]]:
    to = {"contact_name": "Joe Doe", "contact_email": "joe@initech.example"}
    yield "send_again", does(sent, (DIAN, "send_again", "", to))
    reminded = does(sent, (FRONTDESK, "client_reminded", "", {"version": 1}))
    yield "client_reminded", reminded
    yield "bounced", does(sent, (FRONTDESK, "bounced", "jane@initech.example: no such user", {}))
    yield "expire", does(reminded, (FRONTDESK, "expire", "", {"version": 1}))
    yield from _through_a_partner(sent)
    yield "client_decline", does(sent, (CLIENT, "client_decline", "The budget was cut.", {}))
    by_mail = SIGNED | {"files": ("F09",)}
    yield "record_approval", does(sent, (DIAN, "record_approval", "By mail on Friday.", by_mail))
    asked = does(
        reminded, (CLIENT, "client_ask", "Who owns the\nsource code?", {"name": "Jane Doe"})
    )
    yield "client_ask", asked
    answered = does(asked, (DIAN, "answer_client", "You do, once it is paid.", {"question": "1"}))
    yield "answer_client", answered
    wanted = does(answered, (CLIENT, "client_request_changes", "Please add training.", {}))
    yield "client_request_changes", wanted
    milestones = (Milestone(title="Go live", on=date(2026, 9, 1)),)
    second = document(wanted, 195_000, milestones=milestones, notes="Ask for the logo.")
    drafted = does(wanted, (DIAN, "draft", "", second))
    yield "draft", drafted
    back = does(drafted, (RYAN, "request_document_changes", "Training is 10,000 at most.", {}))
    yield "request_document_changes", back
    shown = does(drafted, (FRONTDESK, "rendered", "", rendered(2)))
    approved = does(shown, (RYAN, "approve_document", "", {}))
    yield "approve_document", approved
    to = {"contact_name": "Jane Doe", "contact_email": "jane@initech.example"}
    signed = does(approved, (DIAN, "send", "", to), (CLIENT, "client_approve", "", SIGNED))
    yield "client_approve", signed
    papers = {
        "certificate_sha256": "c" * 64,
        "sealed_sha256": "5" * 64,
        "seal_root_sha256": "6" * 64,
    }
    yield "kept", does(signed, (FRONTDESK, "kept", "", papers))


def _through_a_partner(sent: Journey) -> Iterator[tuple[str, Journey]]:
    expired = "Envelope has expired."
    yield "signing_void", does(sent, (FRONTDESK, "signing_void", expired, {"version": 1}))
    yield "signed_late", does(sent, (FRONTDESK, "signed_late", "", {}))
    yield "declined_late", does(sent, (FRONTDESK, "declined_late", "Changes: net 60.", {}))


def _money(signed: Journey) -> Iterator[tuple[str, Journey]]:
    one = does(signed, (BEA, "record_invoice", "", FIRST))
    yield "record_invoice", one
    void = does(one, (BEA, "void_invoice", "Wrong number.", ABOUT_FIRST))
    yield "void_invoice", void
    trouble = "INV-2026-014: the file attached as the invoice is not a PDF."
    filed = filing(one, "INV-2026-014", "d")
    yield "invoice_failed", does(one, (FRONTDESK, "invoice_failed", trouble, filed))
    kept = does(one, (FRONTDESK, "invoice_kept", "", filed))
    yield "invoice_kept", kept
    held = does(kept, (ANA, "hold", "Their year-end freeze.", {}))
    yield "hold", held
    yield "resume", does(held, (ANA, "resume", "", {}))
    both = does(kept, (BEA, "record_invoice", "", SECOND))
    filed = filing(both, "INV-2026-015", "e")
    sent = does(both, (FRONTDESK, "invoice_kept", "", filed), (BEA, "send_invoices", "", {}))
    yield from _sent(kept, sent)
    further = does(sent, (BEA, "record_further_invoice", "", THIRD))
    yield "record_further_invoice", further
    wrong = {"invoice": "INV-2026-016"}
    void = does(further, (BEA, "void_further_invoice", "Travel was included.", wrong))
    yield "void_further_invoice", void
    filed = filing(further, "INV-2026-016", "f")
    prepared = does(further, (FRONTDESK, "invoice_kept", "", filed))
    yield "send_further_invoices", does(prepared, (BEA, "send_further_invoices", "", {}))
    rest = PAID | {"amount": Money.of(97_500, "USD"), "on": date(2026, 4, 8)}
    half = does(kept, (BEA, "send_invoices", "", {}), (BEA, "record_payment", "", rest))
    short = "The second half was never worked."
    yield "close_short", does(half, (BEA, "close_short", short, {}))
    yield from _awaited(sent)
    yield from _by_a_partner(one)


def _sent(kept: Journey, sent: Journey) -> Iterator[tuple[str, Journey]]:
    yield "send_invoices", sent
    for name, before in (("readdress_invoices", kept), ("send_invoices_again", sent)):
        yield name, does(before, (BEA, name, "", PAYER))


def _by_a_partner(one: Journey) -> Iterator[tuple[str, Journey]]:
    theirs = {"partner": "Stripe", "partner_id": "in_1", "page": "https://pay.example/i/1"}
    kept = does(one, (FRONTDESK, "invoice_kept", "", filing(one, "INV-2026-014", "d") | theirs))
    about = ABOUT_FIRST | {"partner_id": "in_1"}
    part = about | {"amount": Money.of(57_500, "USD"), "on": TODAY}
    part |= {"method": "card", "reference": "inpay_1"}
    yield "payment_heard_beside", does(kept, (FRONTDESK, "payment_heard_beside", "", part))
    yield "void_heard_beside", does(kept, (FRONTDESK, "void_heard_beside", "", about))
    yield "write_off_heard_beside", does(kept, (FRONTDESK, "write_off_heard_beside", "", about))
    held = does(kept, (BEA, "send_invoices", "", {}), (ANA, "hold", "A freeze.", {}))
    whole = part | {"amount": Money.of(97_500, "USD")}
    on_hold = does(held, (FRONTDESK, "payment_heard_beside", "", whole), (ANA, "resume", "", {}))
    yield "settled_meanwhile", does(on_hold, (FRONTDESK, "settled_meanwhile", "", {}))
    sent = does(kept, (BEA, "send_invoices", "", {}))
    yield "send_invoices by a partner", sent
    partly = does(sent, (FRONTDESK, "payment_heard", "", part))
    yield "payment_heard", partly
    yield "void_heard", does(sent, (FRONTDESK, "void_heard", "", about))
    yield "write_off_heard", does(partly, (FRONTDESK, "write_off_heard", "", about))
    yield "payment_doubted", does(partly, (FRONTDESK, "payment_doubted", "", about))
    yield "balance_differs", does(partly, (FRONTDESK, "balance_differs", "", about))
    back = Returned(way=Way.REFUNDED, amount=Money.of(500, "USD"))
    disputed = Returned(way=Way.DISPUTED, amount=Money.of(300, "USD"), until=date(2026, 5, 20))
    both = about | {"returned": (disputed, back)}
    both |= {"ways": "disputed and refunded"}
    gone = does(partly, (FRONTDESK, "money_returned", "", both))
    yield "money_returned", gone
    none = about | {"returned": (), "ways": ""}
    yield "money_returned nothing", does(gone, (FRONTDESK, "money_returned", "", none))


def _awaited(sent: Journey) -> Iterator[tuple[str, Journey]]:
    part = PAID | {"amount": Money.of(57_500, "USD"), "on": date(2026, 4, 20)}
    partly = does(sent, (BEA, "record_payment", "", part))
    yield "record_payment", partly
    partly.now = datetime(2026, 5, 4, 7, tzinfo=UTC)
    yield "overdue", does(partly, (FRONTDESK, "overdue", "", NUDGE))
    mail = ABOUT_FIRST | {"subject": "Your invoice INV-2026-014", "body": "Dear Jane,\n\n..."}
    promise = ABOUT_FIRST | {"until": date(2026, 5, 11)}
    steps: tuple[Step, ...] = (
        (FRONTDESK, "nudged", "", NUDGE),
        (DIAN, "remind_client", "", mail),
        (DIAN, "talked", "Their books are closed until Monday.", ABOUT_FIRST),
        (DIAN, "promised", "", promise),
        (DIAN, "snooze", "", promise),
        (DIAN, "dispute", "They count training twice.", ABOUT_FIRST),
    )
    way = partly
    for step in steps:
        way = does(way, step)
        yield step[1], way
    yield "write_off", does(way, (BEA, "write_off", "Settled by Legal.", ABOUT_FIRST))
    settled = does(way, (DIAN, "resolve_dispute", "It was a reading error.", ABOUT_FIRST))
    yield "resolve_dispute", settled
    yield from _paid(settled)


def _paid(settled: Journey) -> Iterator[tuple[str, Journey]]:
    rest = PAID | {"amount": Money.of(40_000, "USD"), "reference": "RF19", "on": TODAY}
    other = rest | {"invoice": "INV-2026-015", "amount": Money.of(97_500, "USD")}
    other |= {"reference": "RF20"}
    one = does(settled, (BEA, "record_payment", "", rest))
    yield "record_payment in full", one
    paid = does(one, (BEA, "record_payment", "", other))
    yield "record_payment last", paid
    wrong = {"payment": "INV-2026-015#1"}
    yield "reverse_payment", does(paid, (BEA, "reverse_payment", "Another client's.", wrong))
    yield "confirm", does(paid, (BEA, "confirm", "", {}))


STORY: Mapping[str, Journey] = _told()
"""The deal just after each step, by its name and, where it is taken more than once, a word more."""
