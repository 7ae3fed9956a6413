"""Who stands in for whom: said by oneself, by an admin or by a manager, and ended again."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from bot import parcels
from bot.desk import Desk, Gesture, is_here
from bot.errors import Problem
from bot.members import member
from bot.ports import Json, Unit
from bot.ports.entitlement import STAND_IN, STAND_IN_ENDED
from bot.promising import zone_of
from bot.unmoved import did
from messages.absence import ended_by_hand, nothing_to_end
from messages.message import Message
from modals.absence import AWAY, AWAY_FOR
from modals.form import Form
from modals.metadata import Metadata
from workflows.delegation import Delegation, makes_a_circle, whole_days
from workflows.engine import Entry
from workflows.refusals import NotAllowed
from workflows.roles import Role

MANAGERS = (Role.ADMIN, Role.SALES_MANAGER, Role.HEAD_OF_SALES, Role.HEAD_OF_MARKETING)
"""Who may say it for somebody else."""

_LONGEST = 366
"""Days that somebody can be away: beyond that the role is somebody else's."""

_FORMS: Mapping[str, Form] = {each.key: each for each in (AWAY, AWAY_FOR)}


class AlreadyEnded(Problem):
    """This has been ended already. Nothing was changed."""


def open_form(desk: Desk, gesture: Gesture, user: str = "") -> None:
    """Open the form: for oneself, or for ``user``; a manager can choose who is away."""
    with desk.store.unit() as unit:
        member(desk, unit, gesture)
        form = AWAY_FOR if _manages(unit, gesture.user) else AWAY
    state = form.fill({"person": user or gesture.user}) if form is AWAY_FOR else {}
    metadata = Metadata(form=form.key, workflow=next(iter(desk.workflows)), transition="")
    view = form.view(state, metadata)
    desk.slack.open_view(gesture.trigger_id, view, on_top=bool(gesture.view_id))


def hand_in(desk: Desk, gesture: Gesture, key: str, values: Json) -> Mapping[str, str]:
    """Take the form; return what is wrong, by block id: then nothing was saved.

    Raises NotAllowed for somebody else's absence, but for managers.
    """
    form = _FORMS[key]
    state = form.read(values)
    with desk.store.unit() as unit:
        member(desk, unit, gesture)
        user = str(state.get("person") or gesture.user) if form is AWAY_FOR else gesture.user
        if user != gesture.user and not _manages(unit, gesture.user):
            raise NotAllowed("Only admins and managers say who stands in for somebody else.")
        now, zone = desk.clock.now(), zone_of(desk, unit, user)
        checked = form.check(state, today=now.astimezone(zone).date())
        if checked.errors:
            return form.errors_by_block(checked.errors, state)
        wanted = _wanted(desk, unit, gesture, user, checked.values)
        first, last = checked.values["first_day"], checked.values["last_day"]
        if wrong := dict(_wrong(unit, wanted, first, last, now)):
            return form.errors_by_block(wrong, state)
        if unit.deliveries.first(gesture.key, now):
            _begin(unit, gesture, wanted, now)
        unit.commit()
    desk.wake()
    return {}


def end_own(desk: Desk, gesture: Gesture) -> Message:
    """End all that the person set up for themselves, or was set up for them; say what that was."""
    now = desk.clock.now()
    with desk.store.unit() as unit:
        person = member(desk, unit, gesture)
        mine = [each for each in unit.delegations.open(now) if each.user == person.user]
        for each in mine:
            _end(unit, gesture, each, now)
        unit.commit()
    desk.wake()
    return ended_by_hand([each.deputy for each in mine]) if mine else nothing_to_end()


def end_one(desk: Desk, gesture: Gesture, delegation_id: str) -> None:
    """End one: whoever is away, whoever stands in, and managers may. Raises AlreadyEnded."""
    now = desk.clock.now()
    with desk.store.unit() as unit:
        person = member(desk, unit, gesture)
        found = unit.delegations.get(delegation_id)
        if found is None:
            raise AlreadyEnded
        if person.user not in (found.user, found.deputy) and not _manages(unit, person.user):
            raise NotAllowed
        if found.ended_at is not None or (found.ends is not None and found.ends <= now):
            raise AlreadyEnded
        _end(unit, gesture, found, now)
        unit.commit()
    desk.wake()


def standing_deputy(unit: Unit, user: str, now: datetime) -> str:
    """Return whom ``user`` wants asked first whenever they are away, or ""."""
    wishes = [each for each in unit.delegations.open(now) if each.user == user and each.is_standing]
    here = [each.deputy for each in wishes if is_here(unit, each.deputy)]
    return here[-1] if here else ""


def _manages(unit: Unit, user: str) -> bool:
    holders = unit.people.holders()
    return any(user in holders.get(role, frozenset()) for role in MANAGERS)


def _wanted(
    desk: Desk, unit: Unit, gesture: Gesture, user: str, values: Mapping[str, object]
) -> Delegation:
    first, last = values["first_day"], values["last_day"]
    begins, ends = None, None
    if isinstance(first, date) and isinstance(last, date):
        begins, ends = whole_days(first, last, zone_of(desk, unit, user))
    return Delegation(
        id=gesture.key,
        user=user,
        deputy=str(values["deputy"]),
        begins=begins,
        ends=ends,
        note=str(values["note"] or ""),
        set_by=gesture.user,
        set_at=desk.clock.now(),
    )


def _wrong(
    unit: Unit, wanted: Delegation, first: object, last: object, now: datetime
) -> Iterator[tuple[str, str]]:
    """Yield a sentence for each field that cannot be taken as it is."""
    others = unit.delegations.open(now)
    if wanted.deputy == wanted.user:
        yield "deputy", "Nobody stands in for themselves. Please choose somebody else."
    elif wanted.deputy == wanted.set_by:
        yield (
            "deputy",
            "You cannot name yourself for somebody else; another manager or admin can.",
        )
    elif not is_here(unit, wanted.deputy):
        yield "deputy", "Only members of this workspace can act here. Please choose somebody else."
    elif makes_a_circle(wanted, others):
        yield "deputy", "That goes round in a circle: on some of these days they are away, too."
    if not is_here(unit, wanted.user):
        yield "person", "They are not a member of this workspace any more."
    if (first is None) != (last is None):
        missing = "first_day" if first is None else "last_day"
        yield missing, "Please give both days, or neither."
    elif isinstance(first, date) and isinstance(last, date) and (last - first).days > _LONGEST:
        yield "last_day", "That is more than a year. Please choose an earlier day."
    if any(each.user == wanted.user and wanted.overlap(each) for each in others):
        yield (
            "first_day",
            "Somebody stands in on some of these days already. End that first: /requests away off",
        )


def _begin(unit: Unit, gesture: Gesture, wanted: Delegation, now: datetime) -> None:
    for each in unit.delegations.open(now):
        if wanted.is_standing and each.is_standing and each.user == wanted.user:
            unit.delegations.end(each.id, gesture.user, now)
    unit.delegations.add(wanted)
    detail = {"user": wanted.user, "deputy": wanted.deputy, "note": wanted.note}
    if wanted.begins is not None and wanted.ends is not None:
        detail |= {"from": wanted.begins.isoformat(), "until": wanted.ends.isoformat()}
        for kind, due in (("away_begins", wanted.begins), ("away_ends", wanted.ends)):
            what = {"delegation": wanted.id}
            unit.outbox.add(parcels.aside(kind, wanted.id, f"away:{wanted.user}", what, due))
    for user in sorted({wanted.user, wanted.deputy, wanted.set_by}):
        what = {"delegation": wanted.id}
        unit.outbox.add(parcels.aside("away_set", f"{wanted.id}:{user}", f"user:{user}", what, now))
    unit.audit.append(_on_record(gesture, STAND_IN, detail, now))


def _end(unit: Unit, gesture: Gesture, found: Delegation, now: datetime) -> None:
    if not unit.delegations.end(found.id, gesture.user, now):
        return
    what = {"delegation": found.id}
    address = f"away:{found.user}"
    unit.outbox.add(parcels.aside("away_ended", found.id, address, what, now))
    detail = {"user": found.user, "deputy": found.deputy}
    unit.audit.append(_on_record(gesture, STAND_IN_ENDED, detail, now))


def _on_record(gesture: Gesture, action: str, detail: Mapping[str, str], now: datetime) -> Entry:
    return did(gesture, action, now, {name: value for name, value in detail.items() if value})
