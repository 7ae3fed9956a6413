"""The window in which Billing sees what came in, and what it may pay: made anew for each reader."""

from collections.abc import Sequence
from uuid import uuid4

from bot import parcels
from bot.bank.billing import billing, is_billing
from bot.bank.matching import Open, judged, named, proposal
from bot.bank.owed import owed_to
from bot.desk import Desk, Gesture
from bot.ports import BankRow, Claimed, Json, RowState, Unit
from messages import bank
from messages.bank import PAGE, OwedFacts, PageFacts, RowFacts
from messages.buttons import BankRows
from messages.buttons.wire import NotOurs

KIND = "bank_page"
_DEEPEST = 100_000
_FIRST = BankRows()


def open_rows(desk: Desk, gesture: Gesture, meant: BankRows = _FIRST) -> None:
    """Show rows, in the window in which somebody pressed if there is one.

    Raises NotAllowed for those who are not Billing.
    """
    state = state_of(meant.state)
    with desk.store.unit() as unit:
        user = billing(desk, unit, gesture)
        if gesture.view_id:
            redraw_after(desk, unit, gesture, gesture.view_id, meant)
            unit.commit()
            desk.wake()
            return
        view = _view(desk, unit, user, state, meant.skip)
    desk.slack.open_view(gesture.trigger_id, view)


def redraw(
    desk: Desk, unit: Unit, user: str, window: str, meant: BankRows, *, occasion: str
) -> None:
    """Promise to show rows in somebody's open ``window`` as they are then; once an ``occasion``."""
    what, now = {"user": user, "state": meant.state, "skip": meant.skip}, desk.clock.now()
    unit.outbox.add(parcels.aside(KIND, f"{window}:{occasion}", f"view:{window}", what, now))


def redraw_after(desk: Desk, unit: Unit, gesture: Gesture, window: str, meant: BankRows) -> None:
    """Promise the same after a gesture, however often its form was handed in and refused before."""
    redraw(desk, unit, gesture.user, window, meant, occasion=uuid4().hex)


def deliver(desk: Desk, claimed: Claimed) -> None:
    """Show rows in an open window, to somebody who is still Billing."""
    what, window = claimed.parcel.payload, claimed.parcel.address.removeprefix("view:")
    user, state = str(what["user"]), state_of(str(what["state"]))
    with desk.store.unit() as unit:
        if not is_billing(desk, unit, user):
            return
        view = _view(desk, unit, user, state, int(what["skip"]))
    desk.slack.update_view(window, "", view)


def state_of(said: str) -> RowState:
    """Return what a button says of a row. Raises NotOurs."""
    if said not in (RowState.WAITING, RowState.DISMISSED):
        raise NotOurs
    return RowState(said)


def _view(desk: Desk, unit: Unit, user: str, state: RowState, skip: int) -> Json:
    counts = {each: unit.bank.count(each) for each in (RowState.WAITING, RowState.DISMISSED)}
    last_page = max(0, counts[state] - 1) // PAGE * PAGE
    skip = min(skip, last_page, _DEEPEST)
    owed = owed_to(desk, unit, user)
    facts = PageFacts(
        state=state.value,
        skip=skip,
        shown=[_facts(row, owed) for row in unit.bank.rows(state, PAGE, skip)],
        waiting=counts[RowState.WAITING],
        dismissed=counts[RowState.DISMISSED],
    )
    return bank.page(facts)


def _facts(row: BankRow, owed: Sequence[Open]) -> RowFacts:
    found, names = proposal(row, owed), named(row, owed)
    return RowFacts(
        id=row.id,
        on=row.on,
        amount=row.amount,
        payer=row.payer,
        reference=row.reference,
        bank=row.bank,
        owed=None if found is None else owed_facts(row, found.owed),
        several=tuple(f"{each.invoice.number} ({each.request.ref})" for each in names)
        if found is None
        else (),
    )


def owed_facts(row: BankRow, owed: Open) -> OwedFacts:
    """Return what is said of an invoice that a row may pay."""
    fits = judged(row, owed)
    return OwedFacts(
        ref=owed.request.ref,
        client=owed.client,
        number=owed.invoice.number,
        balance=owed.invoice.balance,
        fit=fits.fit.value,
        doubts=fits.doubts,
    )
