"""Nobody waits in vain: reminders, escalations, and word to the admins when something is stuck."""

from collections.abc import Callable
from datetime import datetime

from bot import facts, parcels
from bot.desk import Desk
from bot.ports import Claimed, Json, Unit
from bot.promising import due_at, redraw
from bot.sending import post_once
from messages import notice
from messages.facts import CardFacts
from messages.message import Message
from workflows.ball import acting_for, deciders
from workflows.privacy import is_private
from workflows.request import Request
from workflows.roles import OUTSIDE, Role


def remind(desk: Desk, claimed: Claimed) -> None:
    """Remind somebody who still has the ball; drop it when the request moved on."""
    user, nth = str(claimed.parcel.payload["user"]), int(claimed.parcel.payload["nth"])

    def still(unit: Unit, request: Request) -> bool:
        workflow = desk.workflows[request.workflow]
        return user in deciders(workflow, request, desk.office(unit, workflow, user))

    _if_waiting(desk, claimed, lambda found: notice.reminder(found, nth), still)


def escalate(desk: Desk, claimed: Claimed) -> None:
    """Write to everybody who holds the role now, or stands in, unless the request moved on.

    Whoever has the ball by now may work later in the day: then their hours are awaited.
    """
    payload = claimed.parcel.payload
    ref, step, role = str(payload["ref"]), int(payload["step"]), Role(payload["role"])
    with desk.store.unit() as unit:
        request = unit.requests.get(ref)
        if request is None or request.step != step:
            return
        now = desk.clock.now()
        if (later := _later(desk, unit, request, payload, now)) is not None:
            promised = (ref, step, role.value, later, int(payload["hours"]))
            unit.outbox.add(parcels.escalation(*promised))
            unit.commit()
            return
        workflow = desk.workflows[request.workflow]
        office = desk.office(unit, workflow)
        holding = office.filling(role) or office.holding(Role.ADMIN)
        told = acting_for(holding, workflow, request, office) - OUTSIDE
        if is_private(request):
            told = frozenset(each for each in told if facts.may_see(desk, unit, request, each))
            told |= {request.asker}  # who can hand it on, or make it open
        for user in sorted(told):
            unit.outbox.add(parcels.escalated(ref, step, role.value, user, now))
        redraw(unit, request, unit.cards.of(ref), f"escalated:{step}:{role.value}", now)
        unit.commit()
    desk.wake()


def _later(
    desk: Desk, unit: Unit, request: Request, payload: Json, now: datetime
) -> datetime | None:
    """Return when the hours have passed for those who have the ball now, if they have not yet."""
    workflow = desk.workflows[request.workflow]
    if "hours" not in payload:  # promised by an earlier release
        return None
    office, hours = desk.office(unit, workflow), int(payload["hours"])
    due = due_at(desk, unit, workflow, request, office, request.since, hours)
    return due if due > now else None


def offer_stand_in(desk: Desk, claimed: Claimed) -> None:
    """Offer whoever has the ball, and whoever asked, to hand it on; unless it moved on."""
    payload = claimed.parcel.payload
    ref, step = str(payload["ref"]), int(payload["step"])
    with desk.store.unit() as unit:
        request = unit.requests.get(ref)
        if request is None or request.step != step:
            return
        now = desk.clock.now()
        if (due := _later(desk, unit, request, payload, now)) is not None:
            unit.outbox.add(
                parcels.later("offer_stand_in", ref, f"{step}:{due:%Y%m%dT%H%M}", payload, due)
            )
        else:
            workflow = desk.workflows[request.workflow]
            office = desk.office(unit, workflow)
            for user in sorted((deciders(workflow, request, office) | {request.asker}) - OUTSIDE):
                occasion, what = str(step), {"step": step}
                unit.outbox.add(parcels.word("offered", ref, occasion, user, what, now))
        unit.commit()
    desk.wake()


def offered(desk: Desk, claimed: Claimed) -> None:
    """Tell one person that what waits can be handed on, and how."""
    user = claimed.parcel.address.removeprefix("user:")
    _if_waiting(desk, claimed, lambda found: notice.offered(found, to=user))


def escalated(desk: Desk, claimed: Claimed) -> None:
    """Tell one person that a request has waited too long."""
    named = str(claimed.parcel.payload.get("role", ""))
    role = Role(named).label if named else ""

    def worded(found: CardFacts) -> Message:
        return notice.escalation(found, "" if is_private(found.request) else role)

    _if_waiting(desk, claimed, worded)


def nobody(desk: Desk, claimed: Claimed) -> None:
    """Tell an admin that a request waits for a role that nobody can fill."""
    roles = tuple(str(role) for role in claimed.parcel.payload["roles"])
    _if_waiting(desk, claimed, lambda found: notice.nobody_holds(found, roles))


def role_empty(desk: Desk, claimed: Claimed) -> None:
    """Tell an admin who does the work of a role that nobody holds, unless somebody holds it now."""
    role = Role(claimed.parcel.payload["role"])
    with desk.store.unit() as unit:
        if unit.people.holders().get(role):
            return
    post_once(desk, claimed, notice.role_empty(role, Role(claimed.parcel.payload["fallback"])))


def dead_letter(desk: Desk, claimed: Claimed) -> None:
    """Tell an admin that something could not be delivered, with a button to send it again."""
    what = claimed.parcel.payload
    post_once(
        desk,
        claimed,
        notice.dead_letter(int(what["id"]), str(what["to"]), str(what["what"]), str(what["error"])),
    )


def _if_waiting(
    desk: Desk,
    claimed: Claimed,
    worded: Callable[[CardFacts], Message],
    still: Callable[[Unit, Request], bool] = lambda _unit, _request: True,
) -> None:
    payload = claimed.parcel.payload
    with desk.store.unit() as unit:
        request = unit.requests.get(str(payload["ref"]))
        if request is None or request.step != int(payload["step"]) or not still(unit, request):
            return
        if not facts.may_see(desk, unit, request, claimed.parcel.address):
            return
        message = worded(facts.card_facts(desk, unit, request, claimed.parcel.address))
    post_once(desk, claimed, message)
