"""Payment follow-up: the sales assistant's, invoice by invoice.

"Take ownership of the payment follow-up process. Regularly communicate with the client to ensure
the timely processing of payments" (Deals Requiring SOW, step 5).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from workflows import usual
from workflows.deal import record_of, recorded
from workflows.definition import STAY, Deed, Given, Transition
from workflows.effects import Errand, Tell
from workflows.invoice import FollowUp, Invoice, Kind, find, outstanding, swap
from workflows.request import Request
from workflows.roles import Role, Seat
from workflows.usual import Apply
from workflows.wording import in_words


def open_invoices(request: Request) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return the choices of a form's ``invoice``: those whose money is awaited."""
    waiting = outstanding(record_of(request).invoices)
    return {
        "invoice": tuple(
            (each.number, f"{each.number}, {each.balance} open, due {in_words(each.due)}")
            for each in waiting
        )
    }


def _step(kind: Kind, request: Request, deed: Deed, **changes: object) -> Request:
    invoices = record_of(request).invoices
    invoice = find(invoices, str(deed.values["invoice"]))
    if invoice is None:
        return request
    step = FollowUp(
        kind=kind,
        by=deed.user,
        at=deed.at,
        text=str(deed.values.get("body", deed.reason)),
        subject=str(deed.values.get("subject", "")),
        until=deed.values.get("until"),
    )
    changed = replace(invoice.with_follow_up(step), **changes)  # type: ignore[arg-type]  # by name
    return recorded(request, invoices=swap(invoices, changed))


def _is_due(request: Request, given: Given) -> str | None:
    """A nudge comes only for what is still awaited, not paused, once a day, and not too often."""
    invoice = _chosen(request, given)
    if invoice is None or not invoice.is_chased(given.values["today"]):
        return "There is nothing to ask for now."
    if invoice.was_nudged_since(given.values["since"]):
        return "That was done today."
    again = invoice.paused_until is not None and invoice.nudges_since(invoice.paused_until) == 0
    if invoice.nudges < given.values["most"] or again:
        return None
    return "That was often enough."


def _is_long_due(request: Request, given: Given) -> str | None:
    invoice = _chosen(request, given)
    if invoice is None or not invoice.is_chased(given.values["today"]):
        return "There is nothing to ask for now."
    return "The head of sales knows already." if invoice.is_escalated else None


def _escalated(request: Request, deed: Deed) -> Request:
    return _step(Kind.OVERDUE, request, deed)


def _nudged(request: Request, deed: Deed) -> Request:
    return _step(Kind.NUDGE, request, deed)


def _is_chased(request: Request, given: Given) -> str | None:
    """The balance is read again before anything is sent: a paid invoice is never chased."""
    if given.offering:
        return None if _remindable(request) else "There is nothing to remind the client of."
    invoice = _chosen(request, given)
    if invoice is None:
        return "Please choose an invoice."
    return next(_against_reminding(request, invoice, given.values), None)


def _against_reminding(
    request: Request, invoice: Invoice, values: Mapping[str, Any]
) -> Iterator[str]:
    if invoice.sent_at is None:
        yield f"{invoice.number} has not been sent to the client yet."
    if not invoice.is_open:
        yield f"{invoice.number} is {invoice.status.value}; nobody is reminded of it."
    if invoice.disputed:
        yield f"{invoice.number} is in dispute. Please resolve that first."
    said = f"{values.get('subject', '')} {values.get('body', '')}"
    others = [each.number for each in record_of(request).invoices if each != invoice]
    if invoice.number not in said and any(number in said for number in others):
        yield f"The mail is about another invoice than {invoice.number}. Please choose that one."


def _is_awaited(request: Request, given: Given) -> str | None:
    if given.offering:
        return None if outstanding(record_of(request).invoices) else "Nothing is outstanding."
    invoice = _chosen(request, given)
    return None if invoice is not None and invoice.is_open else "This invoice is not open."


def _is_disputed(request: Request, given: Given) -> str | None:
    disputed = [each.number for each in record_of(request).invoices if each.disputed]
    wanted = given.values.get("invoice")
    if not disputed or (wanted is not None and wanted not in disputed):
        return "No invoice is in dispute."
    return None


def _remindable(request: Request) -> tuple[Invoice, ...]:
    """Return the invoices of which the client can be reminded: sent, open and undisputed."""
    waiting = outstanding(record_of(request).invoices)
    return tuple(each for each in waiting if each.sent_at is not None and not each.disputed)


def _remindable_ones(request: Request) -> Mapping[str, tuple[tuple[str, str], ...]]:
    numbers = {each.number for each in _remindable(request)}
    offered = open_invoices(request)["invoice"]
    return {"invoice": tuple(each for each in offered if each[0] in numbers)}


def _first_remindable(request: Request, _today: date) -> Mapping[str, Any]:
    found = _remindable(request)
    return {"invoice": found[0].number} if found else {}


def _chosen(request: Request, given: Given) -> Invoice | None:
    return find(record_of(request).invoices, str(given.values.get("invoice", "")))


def _disputed_ones(request: Request) -> Mapping[str, tuple[tuple[str, str], ...]]:
    return {
        "invoice": tuple(
            (each.number, str(each)) for each in record_of(request).invoices if each.disputed
        )
    }


def first_open(request: Request, _today: date) -> Mapping[str, Any]:
    """Return the invoice that a form begins with: the one that is due first."""
    waiting = outstanding(record_of(request).invoices)
    return {"invoice": waiting[0].number} if waiting else {}


def _first_disputed(request: Request, _today: date) -> Mapping[str, Any]:
    found = [each.number for each in record_of(request).invoices if each.disputed]
    return {"invoice": found[0]} if found else {}


def _reminded(request: Request, deed: Deed) -> Request:
    return _step(Kind.REMINDER, request, deed)


def _talked(request: Request, deed: Deed) -> Request:
    return _step(Kind.NOTE, request, deed)


def _promised(request: Request, deed: Deed) -> Request:
    """Nobody is asked on the very day that was promised: the bank may need it."""
    after = deed.values["until"] + timedelta(days=1)
    return _step(Kind.PROMISE, request, deed, paused_until=after)


def _snoozed(request: Request, deed: Deed) -> Request:
    return _step(Kind.SNOOZE, request, deed, paused_until=deed.values["until"])


def _disputed(request: Request, deed: Deed) -> Request:
    return _step(Kind.DISPUTE, request, deed, disputed=True)


def _resolved(request: Request, deed: Deed) -> Request:
    return _step(Kind.RESOLVED, request, deed, disputed=False)


_AWAITED = ("awaiting_payment",)


def _step_of(name: str, label: str, done: str, form: str, apply: Apply) -> Transition:
    """The sales assistant says what she did about an invoice, or lets it rest."""
    return Transition(
        name=name,
        label=label,
        done=done,
        source=_AWAITED,
        target=STAY,
        by=(Seat.OWNER,),
        guard=_is_awaited,
        reason=form == _NOTE,
        form=form,
        prefill=first_open,
        choices=open_invoices,
        apply=apply,
        tell_asker=False,
    )


_NOTE = "payment_note"
_WAIT = (Errand("await_payment"),)

TRANSITIONS = (
    usual.noted(
        "nudged",
        "Payment is awaited",
        "looked at for its payment",
        _AWAITED,
        Errand("nudge_owner"),
        guard=_is_due,
        apply=_nudged,
    ),
    usual.noted(
        "overdue",
        "Overdue",
        "found long overdue",
        _AWAITED,
        Tell(Role.HEAD_OF_SALES, "overdue"),
        guard=_is_long_due,
        apply=_escalated,
    ),
    replace(
        _step_of(
            "remind_client",
            "Send a reminder to the client",
            "brought to the client's mind",
            "client_reminder",
            _reminded,
        ),
        guard=_is_chased,
        prefill=_first_remindable,
        choices=_remindable_ones,
        effects=(Errand("mail_payment_reminder"),),
    ),
    _step_of("talked", "I talked to them", "talked about with the client", _NOTE, _talked),
    replace(
        _step_of(
            "promised",
            "They promised a date",
            "promised to be paid",
            "payment_promise",
            _promised,
        ),
        effects=_WAIT,
    ),
    replace(
        _step_of("dispute", "Dispute", "disputed by the client", _NOTE, _disputed),
        tell_asker=True,
        effects=(Tell(Role.HEAD_OF_SALES, "dispute"),),
    ),
    replace(
        _step_of(
            "resolve_dispute", "Dispute resolved", "settled with the client", _NOTE, _resolved
        ),
        by=(Seat.OWNER, Role.HEAD_OF_SALES),
        guard=_is_disputed,
        prefill=_first_disputed,
        choices=_disputed_ones,
        tell_asker=True,
        effects=_WAIT,
    ),
    replace(
        _step_of("snooze", "Snooze", "put off", "payment_snooze", _snoozed),
        logged=False,
        effects=_WAIT,
    ),
)
