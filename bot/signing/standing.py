"""How what was asked of the partner stands: changed by one hand at a time.

Two workers can be at the same envelope, where a lease has ended while the partner was slow. Each of
these reads what the other has kept, and keeps what follows, in one transaction.
"""

from bot.desk import Desk
from bot.ports import OVER, Envelope, Standing, Unit
from bot.unmoved import beside
from workflows.roles import Seat

SENT = "signing_sent"
"""The action under which it is on record that an envelope has left."""
_BACK = frozenset({Standing.ENDING, Standing.VOID})


def named(desk: Desk, key: str, envelope: str) -> str:
    """Keep the partner's name for an envelope, and return it; "" where it is not to be sent now.

    The first name that is kept stays: two hands at once send one envelope.
    """
    with desk.store.unit() as unit:
        row = unit.envelopes.get(key, to_change=True)
        if row is None or row.standing is not Standing.DRAFT:
            return ""
        if not row.envelope:
            unit.envelopes.put(row.called(envelope))
            unit.commit()
        return row.envelope or envelope


def left(desk: Desk, key: str) -> bool:
    """Keep that an envelope has left; return False where it was taken back meanwhile.

    Then it is to be taken back again, and that is kept. Another hand may have sent it, and more
    may have come of it: that stays.
    """
    with desk.store.unit() as unit:
        row, now = unit.envelopes.get(key, to_change=True), desk.clock.now()
        if row is None or row.standing not in _BACK | {Standing.DRAFT}:
            return True
        is_back = row.standing in _BACK
        unit.envelopes.put(row.now(Standing.ENDING if is_back else Standing.OPEN, now))
        if not is_back:
            _on_record(desk, unit, row)
        unit.commit()
    return not is_back


def ending(desk: Desk, key: str) -> str:
    """Keep that an envelope is not to be signed any more; return by which name to take it back.

    "": there is nothing to be taken back.
    """
    with desk.store.unit() as unit:
        row = unit.envelopes.get(key, to_change=True)
        if row is None or row.standing in OVER:
            return ""
        unit.envelopes.put(
            row.now(Standing.ENDING if row.envelope else Standing.VOID, desk.clock.now())
        )
        unit.commit()
    return row.envelope


def ended(desk: Desk, key: str, over: Standing) -> None:
    """Keep how it ended. A draft that was to be taken back has ended, too: it never leaves."""
    with desk.store.unit() as unit:
        row = unit.envelopes.get(key, to_change=True)
        if row is None:
            return
        if over is Standing.DRAFT and row.standing is Standing.ENDING:
            over = Standing.VOID
        if over in OVER and over is not row.standing:
            unit.envelopes.put(row.now(over, desk.clock.now()))
            unit.commit()


def _on_record(desk: Desk, unit: Unit, row: Envelope) -> None:
    request = unit.requests.get(row.ref)
    if request is None or desk.signatures is None:
        return
    detail = {"envelope": row.envelope, "document version": str(row.version)}
    surface, now = desk.signatures.name.lower(), desk.clock.now()
    unit.audit.append(beside(request, SENT, Seat.FRONTDESK.value, surface, now, detail))
