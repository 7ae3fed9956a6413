"""From what the engine promised to parcels in the outbox, inside the deciding transaction."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot import parcels
from bot.desk import Desk
from bot.ports import Unit
from workflows.definition import Workflow
from workflows.effects import Escalate, Log, Promise, Redraw, Remind, Summon, Tell
from workflows.engine import SUBMIT, Move
from workflows.office import Office, deciders, everybody, stuck
from workflows.request import Request
from workflows.roles import Role, Seat

HOME = "home"
"""The ``ref`` under which opened Home tabs are remembered among the cards."""


def promise(desk: Desk, unit: Unit, workflow: Workflow, move: Move, office: Office) -> None:
    """Write everything that ``move`` promises into the outbox of ``unit``."""
    channel = desk.company.channel(workflow.key)
    if move.entry.action == SUBMIT and channel is not None:
        _card(unit, move.request, "channel", f"channel:{channel}", 0, move.entry.at)
    for each in move.promises:
        _one(desk, unit, workflow, move, office, each)
    _homes(unit, workflow, move, office)


def summon(unit: Unit, workflow: Workflow, request: Request, office: Office, now: datetime) -> None:
    """Give a card to everybody who has the ball; tell the admins when nobody can have it."""
    waiting = deciders(workflow, request, office)
    for user in sorted(waiting - {request.asker}):
        _card(unit, request, "decider", f"user:{user}", request.step, now)
    labels = tuple(role.label for role in stuck(workflow, request, office))
    if waiting and not any(_is_here(unit, user) for user in waiting):
        labels = tuple(party.label for party in workflow.stage(request.stage).holders())
    if labels:
        for admin in sorted(office.holding(Role.ADMIN)):
            unit.outbox.add(parcels.nobody_holds(request.ref, request.step, labels, admin, now))


def _is_here(unit: Unit, user: str) -> bool:
    person = unit.people.get(user)
    return person is not None and person.active


def _one(
    desk: Desk, unit: Unit, workflow: Workflow, move: Move, office: Office, each: Promise
) -> None:
    request, entry = move.request, move.entry
    match each:
        case Redraw():
            for card in unit.cards.of(request.ref):
                _card(unit, request, card.kind, card.address, card.step, entry.at)
        case Log():
            for channel in filter(None, [desk.company.channel(workflow.key)]):
                unit.outbox.add(parcels.log(entry, f"channel:{channel}"))
        case Tell():
            _tell(unit, workflow, move, office, each)
        case Summon():
            summon(unit, workflow, request, office, entry.at)
        case Remind():
            _remind(desk, unit, workflow, move, office, each)
        case Escalate():
            due = desk.company.calendar.after(entry.at, each.after_hours, desk.company.zone)
            unit.outbox.add(parcels.escalation(request.ref, request.step, each.to.value, due))


def _tell(unit: Unit, workflow: Workflow, move: Move, office: Office, each: Tell) -> None:
    """Promise a message to each; whoever asks gets a card that follows the request instead."""
    if each == Tell(Seat.ASKER, SUBMIT):
        _card(unit, move.request, "asker", f"user:{move.request.asker}", 0, move.entry.at)
        return
    for user in sorted(everybody(each.who, workflow, move.request, office) - {move.entry.actor}):
        unit.outbox.add(parcels.notice(move.entry, each.message, user))


def _remind(
    desk: Desk, unit: Unit, workflow: Workflow, move: Move, office: Office, each: Remind
) -> None:
    for user in sorted(deciders(workflow, move.request, office)):
        zone = zone_of(desk, unit, user)
        due = desk.company.calendar.after(move.entry.at, each.after_hours, zone)
        unit.outbox.add(parcels.reminder(move.request.ref, move.request.step, each.nth, user, due))


def _card(unit: Unit, request: Request, kind: str, address: str, step: int, now: datetime) -> None:
    unit.outbox.add(parcels.card(request.ref, kind, address, step, request.version, now))


def _homes(unit: Unit, workflow: Workflow, move: Move, office: Office) -> None:
    concerned = deciders(workflow, move.request, office)
    concerned |= {move.request.asker, move.request.owner or "", move.entry.actor}
    concerned |= {card.address.removeprefix("user:") for card in unit.cards.of(move.request.ref)}
    for card in unit.cards.of(HOME):
        user = card.address.removeprefix("home:")
        if user in concerned:
            occasion = f"{move.request.ref}:{move.request.version}"
            unit.outbox.add(parcels.home(user, occasion, move.entry.at))


def zone_of(desk: Desk, unit: Unit, user: str) -> ZoneInfo:
    """Return the person's own time zone, or the company's when Slack does not say."""
    person = unit.people.get(user)
    if person is None:
        return desk.company.zone
    try:
        return ZoneInfo(person.tz)
    except (ZoneInfoNotFoundError, ValueError):
        return desk.company.zone
