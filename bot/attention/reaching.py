"""Whether a parcel reaches its reader now: asked in one place, before it is delivered.

No use case knows of it. A parcel that is not to disturb anybody now waits, is carried by another
one, or is settled; none of that is an attempt.
"""

from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from bot import parcels
from bot.attention.kinds import BY_TIME, KINDS, PRESSING_NEWS, URGENT, WHOLE
from bot.attention.manners import manner_of
from bot.desk import Desk
from bot.ports import Claimed, Parcel, Unit
from bot.promising import zone_of
from workflows.attention import Combine, Deliver, Drop, Gather, Reader, Topic, Verdict, Wait
from workflows.ball import deciders
from workflows.request import Request
from workflows.roles import Seat

PERSON = "user:"
ANSWER_TIME = timedelta(minutes=15)
"""So long after a gesture what comes of it is still its answer: a document takes a while."""
_INSTANT = timedelta(microseconds=1)


def reaches_now(desk: Desk, claimed: Claimed) -> bool:
    """Whether the parcel is to be delivered now; if not, it has been settled or put off.

    What may have been posted already is never put off: it has to be found out first. Raises
    Unavailable; nothing was sent then.
    """
    if not claimed.parcel.address.startswith(PERSON) or claimed.unsure_since is not None:
        return True
    if KINDS[claimed.parcel.kind] is Topic.ANSWERS:
        return True
    reader, verdict = heard(desk, claimed.parcel)
    match verdict:
        case Deliver():
            return True
        case Wait(until):
            desk.post_office.put_off(claimed, until)
        case Gather(at) if claimed.parcel.kind in WHOLE:
            desk.post_office.put_off(claimed, at)
        case Gather(at):
            _gather(desk, claimed, reader, at)
        case Combine():
            desk.post_office.gather(claimed, _pile(claimed, reader))
            desk.wake()
        case Drop():
            desk.post_office.drop(claimed)
    return False


def sounds(parcel: Parcel) -> bool:
    """Whether a message for a person counts as one of those that reach them today."""
    return KINDS[parcel.kind] is not Topic.ANSWERS


def heard(desk: Desk, parcel: Parcel) -> tuple[Reader, Verdict]:
    """Return the reader of a parcel, and when it reaches them, as things stand now."""
    user = parcel.address.removeprefix(PERSON)
    with desk.store.unit() as unit:
        reader = Reader(
            manner=manner_of(desk, unit, user),
            calendar=desk.company.calendar,
            zone=zone_of(desk, unit, user),
            now=desk.clock.now(),
        )
        reader = replace(reader, pings=unit.outbox.pings(parcel.address, reader.today))
        verdict = _verdict(desk, unit, parcel, reader)
        may_answer = verdict != Deliver() and parcel.kind not in BY_TIME
        if may_answer and _answers(unit, parcel, user):
            verdict = Deliver()
    return reader, verdict


def _verdict(desk: Desk, unit: Unit, parcel: Parcel, reader: Reader) -> Verdict:
    request = unit.requests.get(str(parcel.payload.get("ref", "")))
    if parcel.kind == "card" and request is not None:
        if _stands_there(unit, parcel):
            return Deliver()
        if parcel.payload["kind"] == "decider" and parcel.payload["step"] != request.step:
            return Drop()
    if parcel.kind == "remind" and _is_put_off(unit, parcel, reader):
        return Drop()
    if parcel.kind in WHOLE and _is_digest_time(parcel.due, reader):
        return Deliver()
    return reader.hears(topic_of(desk, unit, parcel, request), urgent=parcel.kind in URGENT)


def topic_of(desk: Desk, unit: Unit, parcel: Parcel, request: Request | None) -> Topic:
    """Return what the parcel, which is about ``request`` if anything, is about for its reader."""
    topic, user = KINDS[parcel.kind], parcel.address.removeprefix(PERSON)
    if parcel.kind == "quarterly" and not parcel.key.endswith(parcel.address):
        return Topic.ANSWERS  # they asked for it
    if topic is not None:
        return topic
    if request is None or parcel.payload.get("name") in PRESSING_NEWS:
        return Topic.DUTIES
    workflow = desk.workflows[request.workflow]
    if user in deciders(workflow, request, desk.office(unit, workflow, user)):
        return Topic.DECISIONS
    if parcel.kind == "card" and parcel.payload["kind"] == "asker":
        return Topic.DUTIES  # the one copy of their own request, which follows it from then on
    return Topic.MINE if request.asker == user else Topic.FOLLOWED


def _stands_there(unit: Unit, parcel: Parcel) -> bool:
    """Whether the copy is posted, so that it is only drawn anew: nothing sounds then."""
    about = parcel.payload
    copies = unit.cards.among(str(about["ref"]), [parcel.address])
    return any(
        each.ts and (each.kind, each.step) == (about["kind"], about["step"]) for each in copies
    )


def _is_put_off(unit: Unit, parcel: Parcel, reader: Reader) -> bool:
    """Whether the reader has put off being reminded, so that another reminder stands for this."""
    what = parcel.payload
    snooze = unit.snoozes.get(str(what["ref"]), int(what["step"]), str(what["user"]))
    if "snooze" in what:
        return snooze is None or snooze.times != int(what["snooze"])
    return snooze is not None and snooze.until > reader.now


def _answers(unit: Unit, parcel: Parcel, user: str) -> bool:
    """Whether it comes of what the reader did themselves: nobody else acted on the request since.

    What Frontdesk does of itself in consequence counts as theirs for :data:`ANSWER_TIME`.
    """
    ref = parcel.payload.get("ref")
    entries = unit.requests.timeline(str(ref)) if ref else ()
    for entry in reversed(entries):
        if entry.at <= parcel.due and entry.actor != Seat.FRONTDESK:
            return entry.actor == user and parcel.due - entry.at <= ANSWER_TIME
    return False


def _is_digest_time(due: datetime, reader: Reader) -> bool:
    return due == reader.manner.digest(due - _INSTANT, reader.zone, reader.calendar)


def _gather(desk: Desk, claimed: Claimed, reader: Reader, at: datetime) -> None:
    """Let the next digest that has not been begun carry the parcel: one a day."""
    user = claimed.parcel.address.removeprefix(PERSON)
    while not desk.post_office.gather(claimed, digest_of(user, at, reader.zone)):
        at = reader.manner.digest(at, reader.zone, reader.calendar)


def digest_of(user: str, at: datetime, zone: tzinfo) -> Parcel:
    """The digest of one person and day, where they are (:mod:`bot.digests`)."""
    day = at.astimezone(zone).date()
    return parcels.aside("digest", f"{user}:{day}", f"{PERSON}{user}", {}, at)


def _pile(claimed: Claimed, reader: Reader) -> Parcel:
    """One more thing for the message of the day that says how much waits."""
    day = reader.now.astimezone(reader.zone).date()
    occasion, what = f"{day}:{claimed.id}", {"day": day.isoformat()}
    return parcels.aside("pile", occasion, claimed.parcel.address, what, reader.now)
