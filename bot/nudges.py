"""Nobody waits in vain: reminders, escalations, and word to the admins when something is stuck."""

from collections.abc import Callable

from bot import facts, parcels
from bot.desk import Desk
from bot.ports import Claimed, Unit
from bot.promising import redraw
from bot.sending import post_once
from messages import notice
from messages.facts import CardFacts
from messages.message import Message
from workflows.ball import deciders
from workflows.request import Request
from workflows.roles import Role


def remind(desk: Desk, claimed: Claimed) -> None:
    """Remind somebody who still has the ball; drop it when the request moved on."""
    user, nth = str(claimed.parcel.payload["user"]), int(claimed.parcel.payload["nth"])

    def still(unit: Unit, request: Request) -> bool:
        workflow = desk.workflows[request.workflow]
        return user in deciders(workflow, request, desk.office(unit, workflow, user))

    _if_waiting(desk, claimed, lambda found: notice.reminder(found, nth), still)


def escalate(desk: Desk, claimed: Claimed) -> None:
    """Write to everybody who holds the role now, unless the request moved on."""
    payload = claimed.parcel.payload
    ref, step, role = str(payload["ref"]), int(payload["step"]), Role(payload["role"])
    with desk.store.unit() as unit:
        request = unit.requests.get(ref)
        if request is None or request.step != step:
            return
        holders = unit.people.holders()
        now = desk.clock.now()
        for user in sorted(holders.get(role) or holders.get(Role.ADMIN, frozenset())):
            unit.outbox.add(parcels.escalated(ref, step, role.value, user, now))
        redraw(unit, request, unit.cards.of(ref), f"escalated:{step}:{role.value}", now)
        unit.commit()
    desk.wake()


def escalated(desk: Desk, claimed: Claimed) -> None:
    """Tell one person that a request has waited too long."""
    _if_waiting(desk, claimed, notice.escalation)


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
        message = worded(facts.card_facts(desk, unit, request))
    post_once(desk, claimed, message)
