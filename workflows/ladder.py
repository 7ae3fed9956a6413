"""The ladder of a stage: what is done, one rung after the other, while nobody does anything.

Whoever has the ball is reminded, then reminded of who waits; they and those who asked are offered
to hand it to somebody else; the named role is told; at the end an admin is. Hours are working hours
of whoever has the ball.
"""

from collections.abc import Mapping

from workflows.definition import Escalation, Policy, Reminder, Stage
from workflows.effects import Escalate, Offer, Remind
from workflows.roles import Role, Seat

REMINDERS = (Reminder(after_hours=8, times=3),)
"""Where a stage says nothing."""

OFFER_AHEAD, ADMIN_AFTER = 4, 16
"""So many hours before the first escalation it is offered to hand it on, and after the last rung
the admins are told."""

RUNGS: Mapping[str, str] = {
    "remind": "the first reminder, and the time between two",
    "offer": "the offer to hand it to somebody else",
    "escalate": "word to the role that the stage names",
    "admin": "word to the admins, the end of the ladder",
}
"""What a company can set for a workflow, in working hours since the request came to its stage."""

Rung = Remind | Offer | Escalate


def rungs(stage: Stage, policy: Policy) -> tuple[Rung, ...]:
    """Return the ladder of ``stage``, lowest rung first; none where it is followed up otherwise."""
    if stage.final or not stage.holders() or stage.own_ladder or _is_outside(stage):
        return ()
    reminders, escalations = _reminders(stage, policy), _escalations(stage, policy)
    told: list[Rung] = [*reminders, *escalations]
    last = max(each.after_hours for each in told)
    first = min((each.after_hours for each in escalations), default=last + 2 * OFFER_AHEAD)
    offers = [
        Offer(stage.name, policy.ladder.get("offer", max(1, first - OFFER_AHEAD)))
        for holder in [stage.holder]
        if holder is not Seat.ASKER
    ]
    ladder: list[Rung] = [*reminders, *offers, *escalations]
    if all(each.to is not Role.ADMIN for each in escalations):
        last = max(each.after_hours for each in ladder)
        end = policy.ladder.get("admin", last + ADMIN_AFTER)
        ladder.append(Escalate(stage.name, max(end, last + 1), Role.ADMIN))
    return tuple(sorted(ladder, key=lambda each: each.after_hours))


def _is_outside(stage: Stage) -> bool:
    return stage.holder in (Seat.CLIENT, Seat.FRONTDESK)


def _reminders(stage: Stage, policy: Policy) -> list[Remind]:
    found = stage.reminders or REMINDERS
    hours = policy.ladder.get("remind")
    return [
        Remind(stage.name, (hours or each.after_hours) * nth, nth)
        for each in found
        for nth in range(1, each.times + 1)
    ]


def _escalations(stage: Stage, policy: Policy) -> list[Escalate]:
    """Return the escalations; where the first one's hour is set, the others keep their distance."""
    found: tuple[Escalation, ...] = stage.escalations
    if not found:
        return []
    first = min(each.after_hours for each in found)
    later = policy.ladder.get("escalate", first) - first
    return [Escalate(stage.name, each.after_hours + later, each.to) for each in found]
