"""Everybody chooses how they are reached, in one form; what they choose holds at once."""

from collections.abc import Mapping
from datetime import time

from bot.attention.manners import manner_of, written
from bot.desk import Desk, Gesture
from bot.members import member
from bot.ports import Json, Unit
from bot.shelf.announcing import BY_MAIL
from modals.fields.choice import Choices
from modals.metadata import Metadata
from modals.notifications import HALF_HOURS, NOTIFICATIONS
from workflows.attention import Manner, Quiet, Topic, Wish

_TIMES = ("quiet_from", "quiet_until", "digest_at")
_YES = "yes"


def open_form(desk: Desk, gesture: Gesture) -> None:
    """Open the form, filled with what holds now; a line above it says the company's defaults."""
    with desk.store.unit() as unit:
        user = member(desk, unit, gesture).user
        manner = manner_of(desk, unit, user)
        by_mail = unit.preferences.get(user, BY_MAIL) == _YES
    state = NOTIFICATIONS.fill(_values(manner) | {BY_MAIL: by_mail})
    view = NOTIFICATIONS.view(
        state,
        Metadata(form=NOTIFICATIONS.key, workflow="", transition=""),
        note=_usual(desk.company.manner),
        choices=_choices(manner, desk.company.manner),
    )
    for block in view["blocks"]:
        block.pop("dispatch_action", None)  # no draft is kept of it: it is filled in already
    desk.slack.open_view(gesture.trigger_id, view, on_top=bool(gesture.view_id))


def keep(desk: Desk, gesture: Gesture, values: Json) -> Mapping[str, str]:
    """Keep what was handed in; return what is wrong, by block id: then nothing is kept.

    What waits for the end of quiet hours is looked at anew, so that it comes now if it may.
    """
    state, now = NOTIFICATIONS.read(values), desk.clock.now()
    with desk.store.unit() as unit:
        user = member(desk, unit, gesture).user
        offered = _choices(manner_of(desk, unit, user), desk.company.manner)
        checked = NOTIFICATIONS.check(state, today=now.date(), choices=offered)
        if checked.errors:
            return checked.errors
        if not unit.deliveries.first(gesture.key, now):
            return {}
        _put(unit, user, written(_manner(checked.values), desk.company.manner))
        _put(unit, user, {BY_MAIL: _YES if checked.values[BY_MAIL] else ""})
        unit.outbox.let_go(f"user:{user}", now)
        unit.commit()
    desk.wake()
    return {}


def _put(unit: Unit, user: str, chosen: Mapping[str, str]) -> None:
    for name, value in chosen.items():
        unit.preferences.put(user, name, value)


def _values(manner: Manner) -> dict[str, object]:
    """Return what the form shows of ``manner``, by field."""
    wishes = {each.value: manner.wish(each).value for each in Topic}
    return {
        **wishes,
        "quiet_from": f"{manner.quiet.begins:%H:%M}",
        "quiet_until": f"{manner.quiet.ends:%H:%M}",
        "quiet_days_off": manner.quiet.days_off,
        "urgent_passes": manner.urgent_passes,
        "digest_at": f"{manner.digest_at:%H:%M}",
        "most_pings": manner.most_pings,
    }


def _manner(values: Mapping[str, object]) -> Manner:
    """Return what the form says."""
    begins, ends, digest_at = (time.fromisoformat(str(values[name])) for name in _TIMES)
    return Manner(
        wishes={each: Wish(str(values[each])) for each in Topic if each.value in values},
        quiet=Quiet(begins, ends, days_off=bool(values["quiet_days_off"])),
        digest_at=digest_at,
        most_pings=int(str(values["most_pings"])),
        urgent_passes=bool(values["urgent_passes"]),
    )


def _choices(manner: Manner, usual: Manner) -> Choices:
    """Return the times that are offered: every half hour, and what holds beside those."""
    shown = [_values(manner), _values(usual)]
    held = {str(values[name]) for values in shown for name in _TIMES}
    offered = [(each, each) for each in sorted({*HALF_HOURS, *held})]
    return dict.fromkeys(_TIMES, offered)


def _usual(usual: Manner) -> str:
    quiet = usual.quiet
    night = f"quiet from {quiet.begins:%H:%M} until {quiet.ends:%H:%M}"
    parts = [night if quiet.begins != quiet.ends else "no quiet hours"]
    parts += ["days off quiet" if quiet.days_off else "days off like any day"]
    parts += [f"digest at {usual.digest_at:%H:%M}", f"{usual.most_pings} messages a day"]
    return f"Unless you choose otherwise: everything at once, {', '.join(parts)}."
