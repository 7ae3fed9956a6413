"""Somebody who has the ball puts off being reminded; the escalation stands."""

from datetime import datetime, timedelta, tzinfo

from bot import facts, parcels
from bot.cards import GONE
from bot.desk import Desk, Gesture
from bot.errors import Problem, SlackRefused
from bot.ports import Claimed, Snooze, Unit
from bot.promising import zone_of
from bot.sending import post_once
from bot.unmoved import beside
from messages.buttons import NotOurs, PutOff
from messages.notice import snoozed
from workflows.ball import deciders
from workflows.engine import Entry
from workflows.putting_off import Later
from workflows.request import Request

ACTION = "remind_later"
"""What is on record of it."""

_TWICE = timedelta(minutes=1)
"""Two presses within so long, for the same time, are one."""


class NotYours(Problem):
    """This does not wait for you any more, so you are not reminded of it again."""


class Over(Problem):
    """That time is over for today. Please choose another one."""


class OftenEnough(Problem):
    """The reminders of this request have been put off often enough. Please decide it, or ask."""


class BeyondEscalation(Problem):
    """By then it has gone further up. Please choose an earlier time."""


def put_off(desk: Desk, gesture: Gesture, asked: PutOff, channel: str, ts: str) -> None:
    """Put off the person's reminders of a request, and say so where they did.

    ``channel`` and ``ts`` name the message with the menu. Raises a Problem where the request does
    not wait for them, where that time is over, or lies behind the escalation, whose time stands,
    and when they have put it off as often as the company allows.
    """
    if asked.until not in {each.value for each in Later}:
        raise NotOurs
    now = desk.clock.now()
    with desk.store.unit() as unit:
        workflow, request, office = facts.request_for(desk, unit, gesture, asked.ref)
        if request.step != asked.step or gesture.user not in deciders(workflow, request, office):
            raise NotYours
        zone = zone_of(desk, unit, gesture.user)
        until = Later(asked.until).after(now, zone, desk.company.calendar)
        if until is None:
            raise Over
        before = unit.snoozes.get(request.ref, request.step, gesture.user)
        if before is not None and abs(before.until - until) < _TWICE:
            return
        _allowed(desk, unit, request, before, until, zone)
        times = before.times + 1 if before else 1
        snooze = Snooze(
            ref=request.ref, step=request.step, user=gesture.user, times=times, until=until
        )
        unit.snoozes.put(snooze)
        unit.outbox.add(parcels.put_off(request.ref, request.step, times, gesture.user, until))
        what = {"step": request.step, "until": until.isoformat(), "channel": channel, "ts": ts}
        occasion = f"{request.step}:{times}"
        unit.outbox.add(parcels.word("snoozed", request.ref, occasion, gesture.user, what, now))
        unit.audit.append(_on_record(request, gesture, now, snooze))
        unit.commit()
    desk.wake()


def tell(desk: Desk, claimed: Claimed) -> None:
    """Say until when it is put off: in the place of the reminder, or below a card."""
    what, address = claimed.parcel.payload, claimed.parcel.address
    channel, ts = str(what["channel"]), str(what["ts"])
    with desk.store.unit() as unit:
        request = unit.requests.get(str(what["ref"]))
        if request is None or request.step != what["step"]:
            return
        copies = unit.cards.among(request.ref, [address])
        known = facts.card_facts(desk, unit, request, address)
    message = snoozed(known, datetime.fromisoformat(str(what["until"])))
    if any((each.channel, each.ts) == (channel, ts) for each in copies):
        post_once(desk, claimed, message)
        return
    try:
        desk.slack.update(channel, ts, message)
    except SlackRefused as refused:
        if refused.code not in GONE:
            raise


def _allowed(
    desk: Desk,
    unit: Unit,
    request: Request,
    before: Snooze | None,
    until: datetime,
    zone: tzinfo,
) -> None:
    """Raise a Problem when it was put off too often, or would be beyond the escalation."""
    if (before.times if before else 0) >= desk.company.most_snoozes:
        raise OftenEnough
    known = facts.card_facts(desk, unit, request, "")
    if known.escalates_at is not None and until >= known.escalates_at:
        at = f"{known.escalates_at.astimezone(zone):%A %d %B at %H:%M}"
        raise BeyondEscalation(
            f"The {known.escalates_to} is told on {at}, so please choose an earlier time."
        )


def _on_record(request: Request, gesture: Gesture, now: datetime, snooze: Snooze) -> Entry:
    detail = {"until": snooze.until.isoformat(), "times": str(snooze.times)}
    return beside(request, ACTION, gesture.user, gesture.surface, now, detail)
