"""What a deal's CRM is told of requests: what became of them, and where their assets are.

It never holds up a request: the outbox carries it, and while the CRM is away it waits there.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.desk import Desk
from bot.parcels import entry_from_json
from bot.ports import Claimed, CrmRefused, CrmUnavailable
from bot.request_links import link_of
from bot.sending import InVain, NotYet
from bot.shelf.naming import permanent
from workflows.engine import SUBMIT
from workflows.privacy import is_private
from workflows.request import Request

WRITTEN_BACK: Mapping[str, str] = {
    SUBMIT: "was asked for",
    "accept": "was accepted",
    "reject": "was rejected",
    "decline": "was declined",
    "answer_from_shelf": "was answered with an asset from the shelf",
    "shelved": "was delivered",
    "send": "was sent to the client",
    "client_approve": "was approved by the client",
    "client_decline": "was declined by the client",
    "record_approval": "was approved by the client, by other means",
    "confirm": "is paid, confirmed and closed",
    "cancel": "was cancelled",
    "close_short": "is paid and closed, with less invoiced than was agreed",
}
"""What the CRM is told, by the transition after which it is told."""


def write_back(desk: Desk, claimed: Claimed) -> None:
    """Note on the request's deal, if it has one, what happened.

    Raises NotYet while the CRM is down, and InVain where it refuses that.
    """
    entry = entry_from_json(claimed.parcel.payload["entry"])
    said = WRITTEN_BACK.get(entry.action)
    with desk.store.unit() as unit:
        deal = _deal(unit.requests.get(entry.ref))
    if said and deal:
        text = f"{entry.ref} {said}\n{link_of(desk, entry.ref)}"
        _tell(desk, lambda: desk.crm.note(deal, f"{entry.ref}:{entry.version}", text, entry.at))


def link_deal(desk: Desk, claimed: Claimed) -> None:
    """Put the asset's permanent link on the request's deal. Raises as :func:`write_back` does."""
    what, ref = claimed.parcel.payload, str(claimed.parcel.payload["ref"])
    said = what.get("at")  # one of an older bot says nothing, and is as old as its promise
    at = datetime.fromisoformat(str(said)) if said else claimed.parcel.due
    with desk.store.unit() as unit:
        deal = _deal(unit.requests.get(ref))
        asset = unit.requests.get(str(what["asset"]))
    if deal and asset is not None:
        title = f"{asset.details.title} ({ref})"
        _tell(desk, lambda: desk.crm.link(deal, title, permanent(desk, asset), at))


def _deal(request: Request | None) -> str:
    """Return the request's deal, "" where there is none that may hear of it."""
    if request is None or is_private(request):
        return ""
    return str(getattr(request.details, "opportunity", ""))


def _tell(desk: Desk, tell: Callable[[], None]) -> None:
    name = desk.crm.name or "The CRM"
    try:
        tell()
    except CrmUnavailable as away:
        raise NotYet(f"{name} does not answer: {away}") from away
    except CrmRefused as refused:
        raise InVain(f"{name} refuses that: {refused}") from refused
