"""Keeping promises: a parcel is delivered, and settled by what Slack answered."""

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from time import monotonic

from bot import parcels, waits
from bot.attention.reaching import PERSON, reaches_now, sounds
from bot.desk import Desk
from bot.errors import (
    RateLimited,
    SlackError,
    SlackLockedOut,
    SlackRefused,
    SlackStopped,
    SlackUnsure,
    Unavailable,
    ViewGone,
)
from bot.ports import Claimed, Count, Parcel, Span
from bot.ports.occasion import occasion
from bot.ports.post_office import EVERYBODY
from bot.ports.webhooks import NotTaken
from messages.message import Message
from workflows.refusals import Refusal
from workflows.roles import Role

log = logging.getLogger(__name__)

Deliver = Callable[[Desk, Claimed], None]
LONGEST_BACKOFF = 900.0
MOST_ATTEMPTS = 12
MOST_WAITS = 110
"""About a day: what waits for a mail server or a card is not given up as soon as what fails."""
MOST_REFUSALS = 4
"""A quarter of a minute: what an endpoint says it does not want does not keep the rest from it.

It has to say so twice in a row: what it says while it comes back counts for nothing."""
LOCKED_OUT_PAUSE = 60.0


class Needless(Exception):
    """What was promised is there already, or nobody is to have it: nothing was sent."""


class NotYet(Exception):
    """What this parcel builds on has not been delivered; it is tried again later."""


class InVain(Exception):
    """What was promised is refused, and waiting does not help: it is given up at once, aloud."""


def post_once(
    desk: Desk, claimed: Claimed, message: Message, channel: str = "", thread_ts: str = ""
) -> str:
    """Post ``message`` to the parcel's address and return its ``ts``.

    After an attempt of unknown outcome Slack's history is asked first, and the message is posted
    only when it is not there.
    """
    where = channel or channel_of(desk, claimed.parcel.address)
    found = already_posted(desk, claimed, where, thread_ts)
    return found or post(desk, claimed, message, where, thread_ts)


def already_posted(desk: Desk, claimed: Claimed, channel: str, thread_ts: str = "") -> str | None:
    """Return the ``ts`` of what an attempt of unknown outcome has posted, as it was worded then."""
    if claimed.unsure_since is None:
        return None
    key = opaque(claimed.parcel.key)
    ts = desk.slack.posted(channel, key, claimed.unsure_since, thread_ts)
    if ts:
        _pinged(desk, claimed)
    return ts


def post(desk: Desk, claimed: Claimed, message: Message, channel: str, thread_ts: str = "") -> str:
    """Post ``message`` under the parcel's key, whatever is there already; return its ``ts``.

    What else the parcel needs may be refused for now: then it is looked for, and not posted again.
    """
    ts = desk.slack.post(channel, message, opaque(claimed.parcel.key), thread_ts)
    desk.post_office.posted(claimed)
    _pinged(desk, claimed)
    return ts


def _pinged(desk: Desk, claimed: Claimed) -> None:
    if claimed.parcel.address.startswith(PERSON) and sounds(claimed.parcel):
        desk.post_office.pinged(claimed, desk.clock.now())


def channel_of(desk: Desk, address: str) -> str:
    """Return the Slack channel id of ``user:U1`` or ``channel:name``."""
    kind, _, name = address.partition(":")
    if kind == "user":
        return desk.slack.open_dm(name)
    found = desk.slack.channel(name)
    if found is None:
        raise SlackRefused("channel_not_found", f"There is no channel {name!r}, or it is private.")
    return found


def opaque(key: str) -> str:
    """Return the key under which a message is recognised; it tells a reader nothing."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def keep(desk: Desk, claimed: Claimed, deliver: Mapping[str, Deliver]) -> None:
    """Deliver one parcel, unless its reader is not to be disturbed now, and settle it.

    Raises Unavailable only when not even that could be stored; the lease brings it back then.
    """
    parcel, begun = claimed.parcel, monotonic()
    about = {"parcel": str(claimed.id), "kind": parcel.kind}
    with occasion(claimed.unsure_since, **about, ref=str(parcel.payload.get("ref", ""))):
        outcome, seconds = _keep(desk, claimed, deliver), monotonic() - begun
        desk.meter.count(Count.DELIVERIES, kind=parcel.kind, outcome=outcome)
        desk.meter.took(Span.DELIVERY, seconds, outcome=outcome)
        log.debug("A parcel was delivered: %s", outcome, extra={"seconds": round(seconds, 3)})


def _keep(desk: Desk, claimed: Claimed, deliver: Mapping[str, Deliver]) -> str:
    """Return what came of it, for the meter."""
    begun = False
    try:
        if not reaches_now(desk, claimed):
            return "put_off"
        begun = True
        return _deliver(desk, claimed, deliver[claimed.parcel.kind])
    except SlackError as error:
        return _settle(desk, claimed, error)
    except NotYet as waiting:
        return _retry(desk, claimed, str(waiting), _backoff(claimed), unsure=False, most=MOST_WAITS)
    except Unavailable as gone:
        return _postpone(desk, claimed, str(gone), unsure=begun)
    except Exception as error:
        desk.meter.count(Count.ERRORS, where="parcel", kind="unexpected")
        log.exception("A parcel of kind %s failed.", claimed.parcel.kind)
        return _retry(desk, claimed, repr(error)[:200], _backoff(claimed), unsure=begun)


def _postpone(desk: Desk, claimed: Claimed, why: str, *, unsure: bool) -> str:
    """Have the parcel again soon, if the database is back already; else its lease brings it back.

    ``unsure``: what was said to Slack before the database was gone may have been done.
    """
    log.warning("The database is not available; a parcel is tried again.")
    try:
        return _retry(desk, claimed, why, _backoff(claimed), unsure=unsure, counted=False)
    except Unavailable:
        return "unsettled"


def _deliver(desk: Desk, claimed: Claimed, deliver: Deliver) -> str:
    try:
        deliver(desk, claimed)
    except Needless:
        desk.post_office.done(claimed, paced=False)
        return "dropped"
    except InVain as why:
        return _give_up(desk, claimed, str(why))
    except NotTaken as why:  # until then nothing overtakes it: the endpoint takes facts in order
        again = why.refused and claimed.error == str(why)
        most = MOST_REFUSALS if again else MOST_WAITS
        return _retry(desk, claimed, str(why), _backoff(claimed), unsure=True, most=most)
    except Refusal as refused:
        log.info("A parcel of kind %s has no object any more: %s", claimed.parcel.kind, refused)
        _done(desk, claimed)
        return "dropped"
    _done(desk, claimed)
    return "sent"


def _done(desk: Desk, claimed: Claimed) -> None:
    paced = not claimed.parcel.address.startswith(parcels.WEBHOOK)
    desk.post_office.done(claimed, paced=paced, then=waits.ended(desk, claimed))


def _settle(desk: Desk, claimed: Claimed, error: SlackError) -> str:
    post_office, said = desk.post_office, str(error)
    match error:
        case RateLimited():
            post_office.hold(claimed.parcel.address, error.retry_after)
            return _retry(desk, claimed, said, 0, unsure=False, counted=False)
        case SlackStopped():
            return _retry(desk, claimed, said, 0, unsure=False, counted=False)
        case SlackLockedOut():
            log.error("Slack does not accept our token (%s); everything waits.", error.code)
            post_office.hold(EVERYBODY, LOCKED_OUT_PAUSE)
            return _retry(desk, claimed, said, 0, unsure=False, counted=False)
        case ViewGone():
            post_office.done(claimed)
            return "dropped"
        case SlackUnsure():
            seconds = max(desk.settle, _backoff(claimed))
            counted = not error.is_down
            return _retry(desk, claimed, said, seconds, unsure=True, counted=counted)
        case _:
            return _give_up(desk, claimed, said)


def _backoff(claimed: Claimed) -> float:
    return min(LONGEST_BACKOFF, 2.0 ** min(claimed.attempts, 20))


def _retry(
    desk: Desk,
    claimed: Claimed,
    error: str,
    seconds: float,
    *,
    unsure: bool,
    most: int = MOST_ATTEMPTS,
    counted: bool = True,
) -> str:
    if counted and claimed.attempts >= most:
        return _give_up(desk, claimed, error)
    then = waits.changed(desk, claimed, error)
    desk.post_office.again(claimed, seconds, error, unsure=unsure, counted=counted, then=then)
    return "unsure" if unsure else "again"


def _give_up(desk: Desk, claimed: Claimed, error: str) -> str:
    letters = [*_letters(desk, claimed, error), *waits.ended(desk, claimed)]
    desk.post_office.dead(claimed, error, letters)
    desk.wake()
    return "dead"


def give_up_carried(desk: Desk, claimed: Claimed, error: str) -> None:
    """Give up on what another parcel carries, and on nothing else of it.

    The admins are told and can send it again, as with any other parcel.
    """
    desk.post_office.cast_out(claimed, error, _letters(desk, claimed, error))
    desk.wake()


def _letters(desk: Desk, claimed: Claimed, error: str) -> Sequence[Parcel]:
    """Return what tells the admins that a parcel was given up."""
    log.error("Gave up on a parcel of kind %s: %s", claimed.parcel.kind, error)
    parcel, now = claimed.parcel, desk.clock.now()
    return [
        parcels.dead_letter(claimed.id, parcel, error, admin, now) for admin in _told(desk, parcel)
    ]


def _told(desk: Desk, parcel: Parcel) -> Sequence[str]:
    """Return who is told that a parcel was given up."""
    if parcel.kind in ("dead_letter", "home"):
        return ()
    with desk.store.unit() as unit:
        return sorted(unit.people.holders().get(Role.ADMIN, frozenset()))
