"""Waits that a request's cards speak of: for the mail server, and for the CRM.

The cards are drawn anew when a wait begins and when it ends, and that is promised in the
transaction that settles the parcel: what is drawn afterwards finds it as it is.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.desk import Desk
from bot.ports import Claimed, Parcel, Unit
from bot.promising import drawn_anew

FOR_MAIL = ("mail",)
FOR_CRM = ("write_back", "link_deal")
_SHOWN = frozenset((*FOR_MAIL, *FOR_CRM))


def since(unit: Unit, kinds: Collection[str], ref: str) -> datetime | None:
    """Return since when (UTC) a parcel of these kinds about the request has failed, or None."""
    found = [unit.outbox.stuck(f"{kind}:{ref}:") for kind in kinds]
    return min(filter(None, found), default=None)


def begun(desk: Desk, claimed: Claimed) -> Sequence[Parcel]:
    """Return what is promised with the failure of a parcel, in whose place it is tried again."""
    return () if claimed.error else _drawn_anew(desk, claimed, "waits")


def ended(desk: Desk, claimed: Claimed) -> Sequence[Parcel]:
    """Return what is promised with the end of a parcel, whether it is delivered or given up."""
    return _drawn_anew(desk, claimed, "waited") if claimed.error else ()


def _drawn_anew(desk: Desk, claimed: Claimed, what: str) -> Sequence[Parcel]:
    if claimed.parcel.kind not in _SHOWN:
        return ()
    with desk.store.unit() as unit:
        request = unit.requests.get(str(claimed.parcel.payload["ref"]))
        if request is None:
            return ()
        occasion = f"{what}:{claimed.id}:{claimed.attempts}"
        return drawn_anew(request, unit.cards.of(request.ref), occasion, desk.clock.now())
