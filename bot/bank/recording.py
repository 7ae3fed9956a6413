"""A row is recorded as a payment: by the engine, as every decision, and settled with it.

Both are one transaction, so that nobody records it a second time.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace

from bot import moves
from bot.bank.matching import Open, reference_of
from bot.bank.owed import of_request
from bot.bank.showing import redraw_after
from bot.decisions import put_on_record
from bot.desk import Desk, Gesture
from bot.errors import NotFound, Problem, Stale, TooLate
from bot.facts import request_for
from bot.ports import BankRow, RowState, Unit
from messages.buttons import BankRows
from messages.markup import escape
from workflows.definition import Given
from workflows.engine import Actor
from workflows.refusals import NotAllowed, OwnRequest, Refusal

NAME = "record_payment"
METHOD = "bank transfer"
_TRIES = 5

Window = tuple[str, BankRows]
"""The open window in which somebody pressed, "" for none, and what it showed."""


class RowGone(Problem):
    """This row is not kept any more."""


class Settled(Problem):
    """Somebody was faster: the row waits no more."""


class Otherwise(Problem):
    """The invoice is not as it was shown. This is how it stands now; please look once more."""


def given_of(row: BankRow, owed: Open, *, sure: bool) -> Given:
    """Return what the form of a payment would have given; ``sure``: somebody has looked twice."""
    values = {
        "invoice": owed.invoice.number,
        "amount": row.amount,
        "on": row.on,
        "method": METHOD,
        "reference": reference_of(row),
        "sure": sure,
    }
    return Given(values=values, evidence=evidence_of(row))


def evidence_of(row: BankRow) -> dict[str, str]:
    """Return in which bytes and on which line the row stands; the record does not say who paid."""
    return {"statement": row.sha256, "line": str(row.line), "bank": row.bank}


def row_of(unit: Unit, row_id: int) -> BankRow:
    """Return the row. Raises RowGone."""
    row = unit.bank.row(row_id)
    if row is None:
        raise RowGone
    return row


def settled_by(row: BankRow) -> Settled:
    """Return who was faster, and what they did with the row."""
    match row.state:
        case RowState.RECORDED:
            said = f"recorded this on {escape(row.invoice)} of {row.ref} already"
        case RowState.DISMISSED:
            said = "dismissed this already"
        case _:
            said = "brought this back already"
    return Settled(f"<@{row.by}> has {said}; nothing was changed.")


def invoice_in(owed: Sequence[Open], number: str) -> Open | None:
    """Return the one with this number, or None."""
    found = (each for each in owed if each.invoice.number == number)
    return next((each for each in found), None)


@contextmanager
def shown_anew(desk: Desk, gesture: Gesture, window: Window) -> Iterator[None]:
    """Show ``window`` as it is now, where what somebody does is refused: it may rest on what was.

    Raises what it is left with.
    """
    try:
        yield
    except Refusal:
        show_anew(desk, gesture, window)
        raise


def show_anew(desk: Desk, gesture: Gesture, window: Window) -> None:
    """Promise to show ``window`` as it is then, if there is one."""
    if window[0]:
        with desk.store.unit() as unit:
            redraw_after(desk, unit, gesture, *window)
            unit.commit()
        desk.wake()


def record(
    desk: Desk, gesture: Gesture, row: BankRow, owed: Open, given: Given, window: Window
) -> None:
    """Record what was ``given`` on ``owed`` as it was shown, and settle the row.

    Raises Settled, Otherwise where the balance is another one, and what a decision raises.
    """
    ref = owed.request.ref
    for _ in range(_TRIES):
        with suppress(Stale):
            try:
                return _recorded(desk, gesture, row, owed, given, window)
            except (NotAllowed, OwnRequest, NotFound) as refusal:
                put_on_record(desk, gesture, ref, NAME, refusal)
                raise
    raise TooLate


def _recorded(
    desk: Desk,
    gesture: Gesture,
    row: BankRow,
    shown: Open,
    given: Given,
    window: Window,
) -> None:
    number = shown.invoice.number
    with desk.store.unit() as unit:
        if (now := row_of(unit, row.id)).state is not RowState.WAITING:
            raise settled_by(now)
        standing = request_for(desk, unit, gesture, shown.request.ref)
        owed = invoice_in(of_request(standing[1]), number)
        if owed is None or owed.invoice.balance != shown.invoice.balance:
            raise Otherwise
        move = moves.do(desk, unit, standing, NAME, Actor(gesture.user, gesture.surface), given)
        settled = replace(
            row,
            state=RowState.RECORDED,
            ref=move.request.ref,
            invoice=number,
            by=gesture.user,
            settled_at=desk.clock.now(),
        )
        if not unit.bank.settle(settled, RowState.WAITING):
            raise settled_by(row_of(unit, row.id))
        if gesture.key:
            unit.deliveries.first(gesture.key, desk.clock.now())
        if window[0]:
            redraw_after(desk, unit, gesture, *window)
        unit.commit()
    desk.wake()
