"""An ask outside of the official channel: nothing is processed, and the form is offered kindly.

"Requests made outside official channel → not processed" (Sales Asset Requests, 6).
"""

from uuid import uuid4

from bot import parcels
from bot.asking import is_ask, understood
from bot.desk import Desk, Gesture
from bot.drafts import later
from bot.errors import UnknownPerson
from bot.keeping import OTHER, lines, options
from bot.members import is_member, member, names
from bot.ports import Claimed, Draft, Json, Observation, Seen, Unit
from bot.promising import zone_of
from bot.sending import post_once
from bot.watching import WORKFLOW, is_watched
from messages.outside import outside_offer
from messages.quoting import mentioned, quoted
from workflows.engine import SUBMIT
from workflows.refusals import NotAllowed
from workflows.roles import Role

_BY_HAND = "forwarded"
_LONGEST = 3000
"""Characters of an ask that go into its form."""

FORWARDERS = (Role.MARKETING, Role.TRIAGE, Role.HEAD_OF_MARKETING)
"""Who is asked for assets, and passes the form on to whoever asked."""


def offer(desk: Desk, claimed: Claimed) -> None:
    """Count an ask in a watched channel, and offer its author the form, once a day at most.

    What has been deleted meanwhile, or is none any more, was not asked.
    """
    what = claimed.parcel.payload
    channel, ts = str(what["channel"]), str(what["ts"])
    gesture = Gesture(user=str(what["user"]), team=str(what["team"]), surface="event")
    if not is_watched(desk, channel) or not is_member(desk, gesture):
        return
    link = desk.slack.permalink(channel, ts)
    said = desk.slack.text_of(channel, ts, str(what.get("thread", ""))) if link else None
    if said and is_ask(said):
        text = quoted(said, names(desk, mentioned(said)))[:_LONGEST]
        _offer(desk, gesture, text, link, channel)


def offer_for(desk: Desk, gesture: Gesture, author: str, text: str, link: str) -> str:
    """Offer the form to the author of a message that was sent to somebody else.

    For a marketer who got an ask in a DM. Returns what to say to them. Raises UnknownPerson,
    and NotAllowed for whoever is not asked for assets.
    """
    with desk.store.unit() as unit:
        me = member(desk, unit, gesture)
        holders = unit.people.holders()
        if not any(me.user in holders.get(role, frozenset()) for role in FORWARDERS):
            raise NotAllowed("Those who get asks can pass the form on: marketing and triage.")
        person = unit.people.get(author)
    if person is None or not person.active or author == gesture.user:
        return "The form can be offered to a colleague here who wrote the message."
    theirs = Gesture(user=author, team=gesture.team, surface="message")
    if _offer(desk, theirs, text, link, _BY_HAND, by=gesture.user):
        return f"{person.name} gets the form in a direct message, filled in with what they wrote."
    return f"{person.name} has got the form already, and is not asked more than once a day."


def _offer(desk: Desk, gesture: Gesture, text: str, link: str, place: str, *, by: str = "") -> bool:
    now = desk.clock.now()
    with desk.store.unit() as unit:
        try:
            person = member(desk, unit, gesture)
        except UnknownPerson:
            return False
        seen = Observation(
            key=f"outside:{link.partition('?')[0]}",
            what=Seen.ASKED_OUTSIDE,
            user=person.user,
            at=now,
            about=place,
        )
        today = now.astimezone(zone_of(desk, unit, person.user)).date()
        once = f"offered:{person.user}:{today.isoformat()}"
        is_first = unit.observations.add(seen)
        offers = is_first and unit.deliveries.first(once, now)
        if offers:
            draft = _draft(desk, unit, person.user, person.name, text, link)
            unit.drafts.save(draft)
            payload = {"draft": draft.id, "text": text[:300], "by": by}
            address = f"user:{person.user}"
            unit.outbox.add(parcels.aside("outside_offer", once, address, payload, now))
        unit.commit()
    if offers:
        desk.wake()
    return offers


def deliver(desk: Desk, claimed: Claimed) -> None:
    """Offer the form, filled in with what was written."""
    what = claimed.parcel.payload
    post_once(desk, claimed, outside_offer(str(what["text"]), str(what["draft"]), str(what["by"])))


def _draft(desk: Desk, unit: Unit, user: str, name: str, text: str, link: str) -> Draft:
    """Return a draft of the form with what the message says of the asset."""
    guess = understood(text, lines(unit, "industries"))
    whole = f"{text}\n\n{link}".strip()
    state: Json = {"requester_name": name, "kind": "new", "purpose": whole}
    if guess.asset_type in {value for value, _ in options(unit, "asset_types")} - {OTHER}:
        state["asset_type"] = guess.asset_type
    if guess.industry:
        state["industry"] = guess.industry
    now = desk.clock.now()
    return Draft(
        id=uuid4().hex,
        user=user,
        form=WORKFLOW,
        workflow=WORKFLOW,
        transition=SUBMIT,
        state=state,
        full={"purpose": whole},
        at=later(None, now),
        resumable=True,
    )
