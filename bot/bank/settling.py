"""What Billing does with a row: record it on an invoice, dismiss it, or bring it back.

One click is one payment, and what is unusual needs a second look.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.bank.billing import billing
from bot.bank.matching import Open, judged, ordered
from bot.bank.owed import of_request, owed_to
from bot.bank.recording import (
    Otherwise,
    evidence_of,
    given_of,
    invoice_in,
    record,
    row_of,
    settled_by,
    show_anew,
    shown_anew,
)
from bot.bank.showing import redraw_after, state_of
from bot.desk import Desk, Gesture
from bot.errors import Problem
from bot.facts import request_for
from bot.ports import BankRow, Json, RowState, Unit
from bot.unmoved import did
from messages.buttons import BankRows, ChooseInvoice, ConfirmRow, SettleRow
from modals.bank import CHOICE
from modals.fields.choice import Choices
from modals.fitting import cut
from modals.metadata import Metadata, NotOurs

_OFFERED = 100
_LONGEST_VALUE = 150
_CLIENT = 25


class NothingOwed(Problem):
    """No open invoice is in this currency, so there is nothing to record it on."""


def confirm(desk: Desk, gesture: Gesture, meant: ConfirmRow) -> None:
    """Record a row on the invoice that it names; where that is unusual, ask once more by a form.

    Raises Settled, Otherwise where the invoice has changed since it was shown, and the refusals
    of a decision.
    """
    window = (gesture.view_id, BankRows(skip=meant.skip))
    with shown_anew(desk, gesture, window):
        with desk.store.unit() as unit:
            billing(desk, unit, gesture)
            row = row_of(unit, meant.row)
            owed = _owed(desk, unit, gesture, meant.ref, meant.invoice)
        if row.state is not RowState.WAITING:
            raise settled_by(row)
        if owed is None or owed.invoice.balance.minor != meant.balance:
            raise Otherwise
        if not judged(row, owed).doubts:
            return record(desk, gesture, row, owed, given_of(row, owed, sure=False), window)
    return open_choice(desk, gesture, ChooseInvoice(row=row.id, skip=meant.skip), _value(owed))


def open_choice(desk: Desk, gesture: Gesture, meant: ChooseInvoice, chosen: str = "") -> None:
    """Ask on which invoice a row is recorded. Raises Settled and NothingOwed."""
    window = (gesture.view_id, BankRows(skip=meant.skip))
    with shown_anew(desk, gesture, window), desk.store.unit() as unit:
        user = billing(desk, unit, gesture)
        row = _waiting(unit, meant.row)
        owed = ordered(row, owed_to(desk, unit, user))
        if not owed:
            raise NothingOwed
    found = next((each for each in owed if _value(each) == chosen), None)
    doubts = judged(row, found).doubts if found else ()
    lines = (f"{row.amount} on {row.on:%d %b %Y}", row.payer, row.reference, *doubts)
    metadata = Metadata(
        form=CHOICE.key,
        workflow="",
        transition=str(row.id),
        ref=gesture.view_id or None,
        step=meant.skip,
    )
    view = CHOICE.view(
        CHOICE.fill({"invoice": chosen}),
        metadata,
        note="\n".join(each for each in lines if each),
        choices=_choices(owed),
    )
    for block in view["blocks"]:
        block.pop("dispatch_action", None)  # no draft is kept of it
    desk.slack.open_view(gesture.trigger_id, view, on_top=bool(gesture.view_id))


def choose(desk: Desk, gesture: Gesture, metadata: Metadata, values: Json) -> Mapping[str, str]:
    """Record a row on the invoice that was chosen; return what is wrong, by block id.

    Raises Settled and the refusals of a decision.
    """
    if not metadata.transition.isdecimal():
        raise NotOurs
    answers = CHOICE.check(CHOICE.read(values), today=desk.clock.now().date())
    if answers.errors:
        return answers.errors
    chosen, typed = str(answers.values["invoice"] or ""), str(answers.values["number"] or "")
    if bool(chosen) == bool(typed.strip()):
        return {"number": "Please choose an invoice, or give the number of another one."}
    window = (metadata.ref or "", BankRows(skip=metadata.step))
    with shown_anew(desk, gesture, window):
        with desk.store.unit() as unit:
            user = billing(desk, unit, gesture)
            row = row_of(unit, int(metadata.transition))
            if row.state is not RowState.WAITING:
                if unit.deliveries.first(gesture.key, desk.clock.now()):
                    raise settled_by(row)
                return {}  # Slack hands the form in twice: this is the copy
            owed = ordered(row, owed_to(desk, unit, user))
        found = _found(owed, chosen, typed.strip())
        if len(found) == 1:
            given = given_of(row, found[0], sure=bool(answers.values["sure"]))
            record(desk, gesture, row, found[0], given, window)
            return {}
    show_anew(desk, gesture, window)
    said = "No such invoice is open in this currency." if not found else "There are several."
    return {"number" if typed.strip() else "invoice": f"{said} Please choose another one."}


def settle(desk: Desk, gesture: Gesture, meant: SettleRow) -> None:
    """Dismiss a row, or bring it back: nobody looks for its invoice, or somebody does again.

    Raises Settled where it was not so any more.
    """
    state, now = state_of(meant.state), desk.clock.now()
    is_dismissed = state is RowState.DISMISSED
    before = RowState.WAITING if is_dismissed else RowState.DISMISSED
    window = (gesture.view_id, BankRows(before.value, meant.skip))
    with shown_anew(desk, gesture, window), desk.store.unit() as unit:
        user = billing(desk, unit, gesture)
        row = row_of(unit, meant.row)
        if not unit.bank.settle(replace(row, state=state, by=user, settled_at=now), before):
            raise settled_by(row_of(unit, row.id))
        action = "dismiss_bank_row" if is_dismissed else "bring_back_bank_row"
        unit.audit.append(did(gesture, action, now, evidence_of(row)))
        if gesture.view_id:
            redraw_after(desk, unit, gesture, *window)
        unit.commit()
    desk.wake()


def _waiting(unit: Unit, row_id: int) -> BankRow:
    row = row_of(unit, row_id)
    if row.state is not RowState.WAITING:
        raise settled_by(row)
    return row


def _owed(desk: Desk, unit: Unit, gesture: Gesture, ref: str, number: str) -> Open | None:
    return invoice_in(of_request(request_for(desk, unit, gesture, ref)[1]), number)


def _found(owed: Sequence[Open], chosen: str, number: str) -> Sequence[Open]:
    if number:
        return [each for each in owed if number.casefold() == each.invoice.number.casefold()]
    return [each for each in owed if _value(each) == chosen]


def _value(owed: Open) -> str:
    return f"{owed.request.ref}:{owed.invoice.number}"


def _choices(owed: Sequence[Open]) -> Choices:
    fitting = [each for each in owed if len(_value(each)) <= _LONGEST_VALUE]
    return {"invoice": [(_value(each), _label(each)) for each in fitting[:_OFFERED]]}


def _label(owed: Open) -> str:
    invoice = owed.invoice
    client, number = cut(owed.client, _CLIENT), cut(invoice.number, _CLIENT)
    return f"{number}, {client}: {invoice.balance} open"
