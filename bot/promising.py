"""From what the engine promised to parcels in the outbox, inside the deciding transaction."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot import parcels
from bot.desk import Desk
from bot.ports import Card, Parcel, Unit
from workflows.ball import deciders, everybody, stuck, unheld
from workflows.consequences import arrival
from workflows.definition import Workflow
from workflows.effects import Errand, Escalate, Log, Offer, Redraw, Release, Remind, Summon, Tell
from workflows.engine import SUBMIT, Move
from workflows.office import Office
from workflows.privacy import is_private
from workflows.request import Request
from workflows.roles import OUTSIDE, Role, Seat

HOME = "home"
"""The ``ref`` under which opened Home tabs are remembered among the cards."""

LEADERS = (Role.EXECUTIVE, Role.HEAD_OF_SALES, Role.SALES_MANAGER)
"""Whose team is all of sales: their Home tab shows what is open of what sales asks for."""


def promise(desk: Desk, unit: Unit, workflow: Workflow, move: Move, office: Office) -> None:
    """Write everything that ``move`` promises into the outbox of ``unit``.

    What is new goes out before what is drawn anew, since a DM takes one message a second.
    """
    copies = () if move.before is None else unit.cards.of(move.request.ref)
    channel = "" if is_private(move.request) else _channel(desk, workflow, copies)
    is_new_here = move.before is None or is_private(move.before)
    if channel and is_new_here and all(card.kind != "channel" for card in copies):
        _card(unit, move.request, "channel", channel, 0, move.entry.at)
    for each in sorted(move.promises, key=lambda promised: isinstance(promised, Redraw)):
        match each:
            case Redraw():
                redraw(unit, move.request, copies, "", move.entry.at)
            case Log():
                if channel:
                    unit.outbox.add(parcels.log(move.entry, channel))
            case Tell() | Release():
                _tell(unit, workflow, move, office, each)
            case Errand():
                unit.outbox.add(_errand(move, each))
            case Summon() | Remind() | Offer() | Escalate():
                _await(desk, unit, workflow, move.request, office, each, move.entry.at)
    for user in move.entry.behalf:
        unit.outbox.add(parcels.notice(move.entry, move.entry.action, user))
    _tell_endpoints(desk, unit, move)
    _homes(unit, workflow, move, office, copies)


def _tell_endpoints(desk: Desk, unit: Unit, move: Move) -> None:
    """Promise the fact to every endpoint; whether it is theirs to hear is asked when it leaves."""
    for name in sorted(desk.webhooks.endpoints):
        unit.outbox.add(parcels.webhook(name, move.entry, move.entry.at))


def look_after(
    desk: Desk,
    unit: Unit,
    workflow: Workflow,
    request: Request,
    office: Office,
    now: datetime,
    *,
    occasion: str = "",
) -> None:
    """See to it that whoever has the ball now knows, and is reminded, though nothing moved.

    ``occasion`` names what made it somebody else's ball, so that every copy is drawn anew.
    """
    for each in arrival(workflow, request, office.policy):
        if isinstance(each, Summon | Remind):
            _await(desk, unit, workflow, request, office, each, now)
    if occasion:
        redraw(unit, request, unit.cards.of(request.ref), occasion, now)


def redraw(
    unit: Unit, request: Request, copies: Sequence[Card], occasion: str, now: datetime
) -> None:
    """Promise that every copy is drawn from what is true then, the newest first.

    An ``occasion`` draws it though it shows this version already: something around it changed.
    """
    for each in drawn_anew(request, copies, occasion, now):
        unit.outbox.add(each)


def drawn_anew(
    request: Request, copies: Sequence[Card], occasion: str, now: datetime
) -> Sequence[Parcel]:
    """Return what draws every copy as :func:`redraw` promises it."""
    newest_first = sorted(copies, key=lambda copy: -copy.step)
    return [
        parcels.card(
            request.ref, card.kind, card.address, card.step, request.version, now, occasion
        )
        for card in newest_first
    ]


def _await(
    desk: Desk,
    unit: Unit,
    workflow: Workflow,
    request: Request,
    office: Office,
    each: Summon | Remind | Offer | Escalate,
    now: datetime,
) -> None:
    calendar = desk.company.calendar
    match each:
        case Summon():
            _summon(unit, workflow, request, office, now)
        case Remind():
            for user in sorted(deciders(workflow, request, office)):
                due = calendar.after(now, each.after_hours, zone_of(desk, unit, user))
                unit.outbox.add(parcels.reminder(request.ref, request.step, each.nth, user, due))
        case Offer():
            due = due_at(desk, unit, workflow, request, office, now, each.after_hours)
            what = {"step": request.step, "hours": each.after_hours}
            unit.outbox.add(
                parcels.later("offer_stand_in", request.ref, str(request.step), what, due)
            )
        case Escalate():
            due = due_at(desk, unit, workflow, request, office, now, each.after_hours)
            promised = (request.ref, request.step, each.to.value, due, each.after_hours)
            unit.outbox.add(parcels.escalation(*promised))


def _summon(
    unit: Unit, workflow: Workflow, request: Request, office: Office, now: datetime
) -> None:
    """Give a card to everybody who has the ball; tell the admins when nobody can have it."""
    waiting = deciders(workflow, request, office)
    also = workflow.stage(request.stage).besides
    besides = [everybody(party, workflow, request, office) for party in also]
    for user in sorted(waiting.union(*besides) - OUTSIDE - {request.asker}):
        _card(unit, request, "decider", f"user:{user}", request.step, now)
    if waiting & OUTSIDE:
        return
    labels = tuple(role.label for role in stuck(workflow, request, office))
    holder = workflow.stage(request.stage).holder
    asked = {Seat.OWNER: request.owner, Seat.ASKER: request.asker}
    if isinstance(holder, Seat) and asked.get(holder) in office.gone:
        labels = (holder.label,)
    if labels:
        for admin in sorted(office.holding(Role.ADMIN)):
            unit.outbox.add(parcels.nobody_holds(request.ref, request.step, labels, admin, now))
    for role in unheld(workflow, request, office):
        _tell_of_empty_role(unit, role, office, now)


def _tell_of_empty_role(unit: Unit, role: Role, office: Office, now: datetime) -> None:
    """Tell the admins once, since somebody held the role last, that its work goes elsewhere."""
    changed = unit.people.changed(role)
    occasion = f"{role.value}:{changed.isoformat() if changed else 'never'}"
    what = {"role": role.value, "fallback": office.fallbacks.get(role, Role.ADMIN).value}
    for admin in sorted(office.holding(Role.ADMIN)):
        address = f"user:{admin}"
        unit.outbox.add(parcels.aside("role_empty", f"{occasion}:{admin}", address, what, now))


def _errand(move: Move, errand: Errand) -> Parcel:
    carried = errand.carries(move.request.details) if errand.carries else {}
    return parcels.errand(move.entry, errand.name, dict(carried))


def _tell(unit: Unit, workflow: Workflow, move: Move, office: Office, each: Tell | Release) -> None:
    """Promise a message to each; whoever asks gets a card that follows the request instead."""
    request, entry = move.request, move.entry
    if each == Tell(Seat.ASKER, SUBMIT):
        _card(unit, request, "asker", f"user:{request.asker}", 0, entry.at)
        return
    if isinstance(each, Tell):
        message, people = each.message, everybody(each.who, workflow, request, office)
    else:
        had = deciders(workflow, move.before or request, office)
        message, people = each.transition, had - deciders(workflow, request, office)
        people -= {request.asker}
    for user in sorted(people - {entry.actor} - OUTSIDE):
        unit.outbox.add(parcels.notice(entry, message, user))


def _channel(desk: Desk, workflow: Workflow, copies: Sequence[Card]) -> str:
    """Return where the request's thread is, else where the workflow's cards go now."""
    for card in copies:
        if card.kind == "channel":
            return card.address
    name = desk.company.channel(workflow.key)
    return f"channel:{name}" if name else ""


def _card(
    unit: Unit,
    request: Request,
    kind: str,
    address: str,
    step: int,
    now: datetime,
    occasion: str = "",
) -> None:
    unit.outbox.add(parcels.card(request.ref, kind, address, step, request.version, now, occasion))


def _homes(
    unit: Unit, workflow: Workflow, move: Move, office: Office, copies: Sequence[Card]
) -> None:
    concerned = deciders(workflow, move.request, office)
    concerned |= {move.request.asker, move.request.owner or "", move.entry.actor}
    concerned |= {*move.entry.behalf}
    concerned |= {user for role in LEADERS for user in office.holding(role)}
    concerned |= {card.address.removeprefix("user:") for card in copies}
    occasion = f"{move.request.ref}:{move.request.version}"
    for card in unit.cards.among(HOME, [f"home:{user}" for user in sorted(concerned)]):
        user = card.address.removeprefix("home:")
        unit.outbox.add(parcels.home(user, occasion, move.entry.at))


def due_at(
    desk: Desk,
    unit: Unit,
    workflow: Workflow,
    request: Request,
    office: Office,
    start: datetime,
    hours: int,
) -> datetime:
    """Return when everybody who has the ball has had so many working hours since ``start``.

    Each in their own zone; in the company's where nobody here has it.
    """
    waiting = deciders(workflow, request, office) - OUTSIDE
    zones = {zone_of(desk, unit, user) for user in waiting} or {desk.company.zone}
    return max(desk.company.calendar.after(start, hours, zone) for zone in zones)


def zone_of(desk: Desk, unit: Unit, user: str) -> ZoneInfo:
    """Return the person's own time zone, or the company's when Slack does not say."""
    person = unit.people.get(user)
    if person is None:
        return desk.company.zone
    try:
        return ZoneInfo(person.tz)
    except (ZoneInfoNotFoundError, ValueError):
        return desk.company.zone
