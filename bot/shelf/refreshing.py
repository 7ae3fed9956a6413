"""A refresh: an asset whose review is due is asked for anew, as an update of itself."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

from bot import moves, parcels, windows
from bot.desk import Desk, Gesture
from bot.errors import Stale
from bot.members import member
from bot.parcels import entry_from_json
from bot.ports import Claimed, Unit
from messages.problem import problem
from workflows.asset import AssetDetails
from workflows.definition import Workflow
from workflows.engine import Actor
from workflows.refusals import NotAllowed
from workflows.request import Request
from workflows.roles import Role
from workflows.shelf_life import HELD
from workflows.shelved import record_of

WORKFLOW = "sales_asset"
SHELF = "shelf"
SOON = timedelta(days=90)
"""What is to be reviewed within a quarter is due in its review."""

_WORKING_DAYS = 20
"""In so many working days a refresh is wanted."""


def start_refresh(desk: Desk, claimed: Claimed) -> None:
    """Ask for the refresh of one asset, for whoever pressed the button on it."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        asset = unit.requests.get(entry.ref)
        if asset is None:
            return
        ask(desk, unit, asset, entry.actor)
        unit.commit()
    desk.wake()


def start_all(desk: Desk, gesture: Gesture, period: str) -> None:
    """Promise to ask for a refresh of every asset whose review is due, once a period.

    Raises NotAllowed for those who do not own the shelf.
    """
    with desk.store.unit() as unit:
        person = member(desk, unit, gesture)
        holders = unit.people.holders()
        if person.user not in holders.get(Role.HEAD_OF_MARKETING, frozenset()):
            raise NotAllowed("The head of marketing starts the refresh of the quarter.")
        now, what = desk.clock.now(), {"user": person.user, "period": period}
        unit.outbox.add(parcels.aside("refresh_all", period, "refreshes:", what, now))
        unit.commit()
    desk.wake()
    said = "Each asset whose review is due is asked for anew; triage sees them in a moment."
    windows.show(desk, gesture, problem(said))


def refresh_all(desk: Desk, claimed: Claimed) -> None:
    """Promise the refresh of every asset whose review is due."""
    what = claimed.parcel.payload
    found, now = due(desk), desk.clock.now()
    with desk.store.unit() as unit:
        for asset in found:
            about = {"ref": asset.ref, **what}
            occasion, address = f"{what['period']}:{asset.ref}", f"refresh:{asset.ref}"
            unit.outbox.add(parcels.aside("refresh", occasion, address, about, now))
        unit.commit()
    desk.wake()


def refresh_one(desk: Desk, claimed: Claimed) -> None:
    """Ask for the refresh of one of the assets of a quarterly review."""
    what = claimed.parcel.payload
    with desk.store.unit() as unit:
        asset = unit.requests.get(str(what["ref"]))
        if asset is None or asset.stage not in HELD:
            return
        ask(desk, unit, asset, str(what["user"]))
        unit.commit()
    desk.wake()


def ask(desk: Desk, unit: Unit, asset: Request, user: str) -> str:
    """Ask for an update of the asset in the transaction ``unit``; return the request's reference.

    While one such request for its current version is under way it is that one.
    """
    workflow = desk.workflows[WORKFLOW]
    source = _source(unit, asset, workflow)
    known = unit.requests.from_view(source)
    if known is not None:
        return known
    person = unit.people.get(user)
    office = desk.office(unit, workflow, user)
    details = _update(desk, asset, person.name if person else "")
    actor = Actor(user, "refresh")
    try:
        return moves.make(desk, unit, workflow, details, actor, office, source).ref
    except Stale:
        return unit.requests.from_view(source) or ""


def _source(unit: Unit, asset: Request, workflow: Workflow) -> str:
    """Return what the refresh is known by: another one after each that came to an end."""
    version = len(record_of(asset).versions)
    sources = (f"refresh:{asset.ref}:{version}:{nth}" for nth in count(1))
    return next(each for each in sources if not _has_ended(unit, workflow, each))


def _has_ended(unit: Unit, workflow: Workflow, source: str) -> bool:
    known = unit.requests.from_view(source)
    request = unit.requests.get(known) if known else None
    return request is not None and workflow.stage(request.stage).final


def due(desk: Desk) -> list[Request]:
    """Return the assets that are outdated or to be reviewed within a quarter, by their date."""
    until = _today(desk) + SOON
    found = [
        each for each in held(desk) if each.stage == "outdated" or each.details.review_by <= until
    ]
    return sorted(found, key=lambda each: (each.details.review_by, each.ref))


def held(desk: Desk) -> Iterator[Request]:
    """Yield every asset on the shelf, a page a transaction: nobody waits for the whole of it."""
    after = ""
    while True:
        with desk.store.unit() as unit:
            page = unit.requests.at_stage(SHELF, HELD, after)
        if not page:
            return
        after = page[-1].ref
        yield from page


def _update(desk: Desk, asset: Request, name: str) -> AssetDetails:
    details = asset.details
    calendar = desk.company.calendar
    return AssetDetails(
        requester_name=name,
        requester_role="Marketing",
        asset_type=details.asset_type,
        asset_type_other="another kind" if details.asset_type == "other" else "",
        kind="update",
        existing_asset=asset.ref,
        purpose=f"Refresh of “{details.title}”, to be reviewed by {details.review_by.isoformat()}.",
        deadline=calendar.business_day(_today(desk), _WORKING_DAYS),
        industry=next(iter(details.industries), ""),
        audience=next(iter(details.audiences), ""),
        language=next(iter(details.languages), ""),
        reuse="reusable",
    )


def _today(desk: Desk) -> date:
    return desk.clock.now().astimezone(desk.company.zone).date()
