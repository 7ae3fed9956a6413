"""Waits that a request's cards speak of: for mail, the CRM, the library, a seal, or a partner.

The cards are drawn anew when a wait begins, becomes another one, and ends, and that is promised in
the transaction that settles the parcel: what is drawn afterwards finds it as it is.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from bot.desk import Desk
from bot.ports import Claimed, Parcel, Unit
from bot.promising import drawn_anew


class Wait(NamedTuple):
    """A wait for somebody: parcels of these kinds fail, and why begins with ``saying``."""

    kinds: tuple[str, ...]
    saying: str = ""


AT_PARTNER = "Invoices: "
"""So begins why something waits for the partner that makes the invoices."""

FOR_MAIL = Wait(("mail",), "Mail: ")
FOR_CRM = Wait(("write_back", "link_deal"))
FOR_LIBRARY = Wait(("keep_draft", "keep_asset"), "The library: ")
FOR_SIGNING = Wait(("send_document", "await_client"))
FOR_TAKING_BACK = Wait(("withdraw_signing",))
FOR_SEAL = Wait(("certify", "keep_evidence"), "The seal: ")
FOR_BILLING = Wait(
    (
        *("prepare_invoice", "mail_by_partner", "mail_invoices_again", "tell_partner"),
        *("payment_due", "payment_overdue", "mail"),
    ),
    AT_PARTNER,
)
_ALL = (FOR_MAIL, FOR_CRM, FOR_LIBRARY, FOR_SIGNING, FOR_TAKING_BACK, FOR_SEAL, FOR_BILLING)


def since(unit: Unit, wait: Wait, ref: str) -> datetime | None:
    """Return since when (UTC) something about the request has waited so, or None."""
    found = [unit.outbox.stuck(f"{kind}:{ref}:", wait.saying) for kind in wait.kinds]
    return min(filter(None, found), default=None)


def changed(desk: Desk, claimed: Claimed, error: str) -> Sequence[Parcel]:
    """Return what is promised with a failure of a parcel, after which it is tried again.

    It may wait for another one now than after the failure before.
    """
    is_other = _shown(claimed, error) != _shown(claimed, claimed.error)
    return _drawn_anew(desk, claimed) if is_other else ()


def ended(desk: Desk, claimed: Claimed) -> Sequence[Parcel]:
    """Return what is promised with the end of a parcel, whether it is delivered or given up."""
    return _drawn_anew(desk, claimed) if _shown(claimed, claimed.error) else ()


def _shown(claimed: Claimed, error: str) -> Sequence[Wait]:
    """Return the waits of which the cards speak for a parcel that has failed so."""
    of_its_kind = [each for each in _ALL if claimed.parcel.kind in each.kinds]
    return [each for each in of_its_kind if error and error.startswith(each.saying)]


def _drawn_anew(desk: Desk, claimed: Claimed) -> Sequence[Parcel]:
    with desk.store.unit() as unit:
        request = unit.requests.get(str(claimed.parcel.payload["ref"]))
        if request is None:
            return ()
        # The token is of this attempt alone: the number of one comes again when it is sent again.
        occasion = f"waits:{claimed.id}:{claimed.token}"
        return drawn_anew(request, unit.cards.of(request.ref), occasion, desk.clock.now())
