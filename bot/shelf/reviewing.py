"""Review dates: the owner is reminded 30, 7 and 0 days before, and then the asset is outdated."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot import moves, parcels
from bot.desk import Desk
from bot.ports import Claimed, Unit
from bot.sending import post_once
from bot.shelf.facts import asset_facts
from bot.shelf.refreshing import held
from messages.shelf_news import ownerless
from workflows.request import Request
from workflows.roles import Role
from workflows.shelf_life import WARNINGS
from workflows.standing import due_end

WORKFLOW = "shelf"
_DAY = timedelta(days=1)


def await_review(desk: Desk, claimed: Claimed) -> None:
    """Promise the reminders before an asset's review date, and the look at it after that day."""
    with desk.store.unit() as unit:
        asset = unit.requests.get(str(claimed.parcel.payload["ref"]))
        if asset is not None:
            await_review_of(desk, unit, asset)
            unit.commit()
    desk.wake()


def await_review_of(desk: Desk, unit: Unit, asset: Request) -> None:
    """Promise them in the transaction ``unit``. Those of an earlier date come to nothing."""
    calendar, zone = desk.company.calendar, desk.company.zone
    by = asset.details.review_by
    occasion, what = by.isoformat(), {"review_by": by.isoformat()}
    for days in WARNINGS:
        wanted = by - timedelta(days=days)
        day = min(calendar.business_day(wanted, 0), calendar.business_day(by + _DAY, -1))
        at = calendar.morning(day, zone)
        if at >= desk.clock.now():
            reminder = what | {"days": days}
            unit.outbox.add(
                parcels.later("review_due", asset.ref, f"{occasion}:{days}", reminder, at)
            )
    over = due_end(by, zone)
    unit.outbox.add(parcels.later("review_over", asset.ref, occasion, what, over))


def remind(desk: Desk, claimed: Claimed) -> None:
    """Remind the owner of the review date, on record."""
    what = claimed.parcel.payload
    moves.by_frontdesk(
        desk,
        str(what["ref"]),
        "review_due",
        claimed.parcel.key,
        review_by=_day(what["review_by"]),
        days=int(what["days"]),
    )


def expire(desk: Desk, claimed: Claimed) -> None:
    """Mark an asset as outdated whose review date has passed."""
    what = claimed.parcel.payload
    by = _day(what["review_by"])
    moves.by_frontdesk(desk, str(what["ref"]), "expire", claimed.parcel.key, review_by=by)


def find_ownerless(desk: Desk, now: datetime) -> None:
    """Tell the head of marketing, once a week, which assets belong to nobody who is here."""
    if next(_ownerless(desk), None) is None:
        return
    monday = _monday(now.astimezone(desk.company.zone).date())
    with desk.store.unit() as unit:
        holders = unit.people.holders()
        heads = holders.get(Role.HEAD_OF_MARKETING) or holders.get(Role.ADMIN, frozenset())
        for user in sorted(heads):
            occasion = f"{monday.isoformat()}:{user}"
            unit.outbox.add(parcels.aside("ownerless", occasion, f"user:{user}", {}, now))
        unit.commit()
    desk.wake()


def tell_ownerless(desk: Desk, claimed: Claimed) -> None:
    """Say which assets need another owner."""
    found = list(_ownerless(desk))
    with desk.store.unit() as unit:
        shown = [asset_facts(unit, each) for each in found]
    if shown:
        post_once(desk, claimed, ownerless(shown))


def _ownerless(desk: Desk) -> Iterator[Request]:
    gone: dict[str, bool] = {}
    for asset in held(desk):
        owner = asset.owner or ""
        if owner not in gone:
            with desk.store.unit() as unit:
                person = unit.people.get(owner)
            gone[owner] = person is None or not person.active
        if gone[owner]:
            yield asset


def _day(text: object) -> date:
    return date.fromisoformat(str(text))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
