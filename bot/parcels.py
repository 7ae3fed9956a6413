"""Parcels: how each promise is written into the outbox. What reads them is in the module named."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.desk import Gesture
from bot.ports import Draft, Json, Parcel
from workflows.engine import Entry
from workflows.request import Request

WEBHOOK = "webhook:"
"""How the addresses of others' endpoints begin."""


def entry_to_json(entry: Entry) -> Json:
    """Return an audit entry as JSON."""
    return asdict(entry) | {"at": entry.at.isoformat()}


def entry_from_json(found: Json) -> Entry:
    """Return the audit entry that :func:`entry_to_json` wrote."""
    values: dict[str, Any] = found | {"at": datetime.fromisoformat(found["at"])}
    return Entry(**values)


def card(
    ref: str,
    kind: str,
    address: str,
    step: int,
    version: int,
    now: datetime,
    occasion: str = "",
) -> Parcel:
    """A copy of the request's card, to be posted or redrawn (:mod:`bot.cards`)."""
    return Parcel(
        key=f"card:{ref}:{address}:{step}:{version}:{occasion}",
        kind="card",
        address=address,
        payload={"ref": ref, "kind": kind, "step": step, "anew": bool(occasion)},
        due=now,
    )


def notice(entry: Entry, name: str, user: str) -> Parcel:
    """A direct message about what happened (:mod:`bot.notices`)."""
    return Parcel(
        key=f"notice:{entry.ref}:{entry.version}:{name}:{user}",
        kind="notice",
        address=f"user:{user}",
        payload={"ref": entry.ref, "name": name, "entry": entry_to_json(entry)},
        due=entry.at,
    )


def log(entry: Entry, address: str) -> Parcel:
    """A line in the request's thread (:mod:`bot.notices`)."""
    return Parcel(
        key=f"log:{entry.ref}:{entry.version}:{address}",
        kind="log",
        address=address,
        payload={"ref": entry.ref, "entry": entry_to_json(entry)},
        due=entry.at,
    )


def errand(entry: Entry, name: str, payload: Json) -> Parcel:
    """Something to be done outside after a move, by the use case ``name``."""
    return Parcel(
        key=f"{name}:{entry.ref}:{entry.version}",
        kind=name,
        address=f"errand:{name}:{entry.ref}",
        payload={"ref": entry.ref, "entry": entry_to_json(entry), **payload},
        due=entry.at,
    )


def reminder(ref: str, step: int, nth: int, user: str, due: datetime) -> Parcel:
    """A reminder, dropped if the request has moved on by then (:mod:`bot.nudges`)."""
    return Parcel(
        key=f"remind:{ref}:{step}:{nth}:{user}",
        kind="remind",
        address=f"user:{user}",
        payload={"ref": ref, "step": step, "nth": nth, "user": user},
        due=due,
    )


def put_off(ref: str, step: int, times: int, user: str, due: datetime) -> Parcel:
    """The reminder for which the others were put off, the ``times``-th time (:mod:`bot.nudges`)."""
    return Parcel(
        key=f"remind:{ref}:{step}:snooze{times}:{user}",
        kind="remind",
        address=f"user:{user}",
        payload={"ref": ref, "step": step, "nth": 1, "user": user, "snooze": times},
        due=due,
    )


def escalation(ref: str, step: int, role: str, due: datetime, hours: int) -> Parcel:
    """An escalation to the holders of ``role`` as of then (:mod:`bot.nudges`)."""
    return Parcel(
        key=f"escalate:{ref}:{step}:{role}:{due:%Y%m%dT%H%M}",
        kind="escalate",
        address=f"request:{ref}",
        payload={"ref": ref, "step": step, "role": role, "hours": hours},
        due=due,
    )


def escalated(ref: str, step: int, role: str, user: str, now: datetime) -> Parcel:
    """One person's copy of an escalation (:mod:`bot.nudges`)."""
    return Parcel(
        key=f"escalated:{ref}:{step}:{role}:{user}",
        kind="escalated",
        address=f"user:{user}",
        payload={"ref": ref, "step": step, "role": role},
        due=now,
    )


def nobody_holds(ref: str, step: int, roles: tuple[str, ...], user: str, now: datetime) -> Parcel:
    """Tells an admin that a request waits for a role nobody holds (:mod:`bot.nudges`)."""
    return Parcel(
        key=f"nobody:{ref}:{step}:{','.join(roles)}:{user}",
        kind="nobody",
        address=f"user:{user}",
        payload={"ref": ref, "step": step, "roles": list(roles)},
        due=now,
    )


def dead_letter(parcel_id: int, parcel: Parcel, error: str, user: str, now: datetime) -> Parcel:
    """Tells an admin that something could not be delivered (:mod:`bot.nudges`)."""
    return Parcel(
        key=f"dead:{parcel_id}:{user}:{now:%Y%m%dT%H%M%S}",
        kind="dead_letter",
        address=f"user:{user}",
        payload={"id": parcel_id, "to": parcel.address, "what": parcel.kind, "error": error},
        due=now,
    )


def view(draft_id: str, view_id: str, at: str, now: datetime) -> Parcel:
    """An open modal whose fields changed with what was typed (:mod:`bot.drafts`)."""
    return Parcel(
        key=f"view:{view_id}:{at}",
        kind="view",
        address=f"view:{view_id}",
        payload={"draft": draft_id},
        due=now,
    )


def page(request: Request, view_id: str, reader: Gesture, now: datetime) -> Parcel:
    """The open page of a request, to be redrawn for its reader (:mod:`bot.overview`)."""
    return Parcel(
        key=f"page:{view_id}:{request.version}",
        kind="page",
        address=f"view:{view_id}",
        payload={
            "ref": request.ref,
            "view": view_id,
            "user": reader.user,
            "team": reader.team,
        },
        due=now,
    )


def draft_kept(draft_id: str, at: str, user: str, now: datetime) -> Parcel:
    """Offers the draft of a closed form again (:mod:`bot.drafts`)."""
    return Parcel(
        key=f"kept:{draft_id}:{at}",
        kind="draft_kept",
        address=f"user:{user}",
        payload={"draft": draft_id},
        due=now,
    )


def read_scope(draft_id: str, file: str, user: str, occasion: str, now: datetime) -> Parcel:
    """A file whose text becomes the scope of a draft (:mod:`bot.scopes`)."""
    return Parcel(
        key=f"scope:{draft_id}:{file}:{occasion}",
        kind="read_scope",
        address=f"user:{user}",
        payload={"draft": draft_id, "file": file, "user": user},
        due=now,
    )


def home(user: str, occasion: str, now: datetime) -> Parcel:
    """The person's Home tab (:mod:`bot.overview`)."""
    return Parcel(
        key=f"home:{user}:{occasion}",
        kind="home",
        address=f"home:{user}",
        payload={"user": user},
        due=now,
    )


def person(user: str, occasion: str, now: datetime) -> Parcel:
    """What Slack says of somebody, to be fetched (:mod:`bot.roles`)."""
    return Parcel(
        key=f"person:{user}:{occasion}",
        kind="person",
        address=f"person:{user}",
        payload={"user": user},
        due=now,
    )


def roles(occasion: str, now: datetime) -> Parcel:
    """Who holds what, to be resolved anew (:mod:`bot.roles`)."""
    return Parcel(key=f"roles:{occasion}", kind="roles", address="roles:", payload={}, due=now)


def not_opened(occasion: str, user: str, sentence: str, button: Json, now: datetime) -> Parcel:
    """What somebody is told whose gesture opened nothing and had no place for an answer.

    ``button``: the ``action_id`` and ``value`` of what opens it after all (:mod:`bot.notices`).
    """
    return Parcel(
        key=f"not_opened:{user}:{occasion}",
        kind="not_opened",
        address=f"user:{user}",
        payload={"sentence": sentence, "button": button},
        due=now,
    )


def mail(ref: str, occasion: str, email: str, payload: Json, now: datetime) -> Parcel:
    """A letter to somebody outside (:mod:`bot.letters`)."""
    return Parcel(
        key=f"mail:{ref}:{occasion}",
        kind="mail",
        address=f"mail:{email}",
        payload={"ref": ref, **payload},
        due=now,
    )


def share(ref: str, address: str, sha256: str, name: str, said: str, now: datetime) -> Parcel:
    """A stored file for a channel's thread, or for somebody's DM (:mod:`bot.sharing`)."""
    return Parcel(
        key=f"share:{ref}:{address}:{sha256}:{name}",
        kind="share",
        address=address,
        payload={"ref": ref, "sha256": sha256, "name": name, "said": said},
        due=now,
    )


def later(kind: str, ref: str, occasion: str, payload: Json, due: datetime) -> Parcel:
    """Something about a request for which the time comes at ``due``: looked at anew then."""
    return Parcel(
        key=f"{kind}:{ref}:{occasion}",
        kind=kind,
        address=f"later:{ref}",
        payload={"ref": ref, **payload},
        due=due,
    )


def word(kind: str, ref: str, occasion: str, user: str, payload: Json, now: datetime) -> Parcel:
    """A direct message of its own kind about a request."""
    return Parcel(
        key=f"{kind}:{ref}:{occasion}:{user}",
        kind=kind,
        address=f"user:{user}",
        payload={"ref": ref, **payload},
        due=now,
    )


def post(kind: str, occasion: str, channel: str, payload: Json, now: datetime) -> Parcel:
    """A message of its own kind in a channel."""
    return Parcel(
        key=f"{kind}:{occasion}",
        kind=kind,
        address=f"channel:{channel}",
        payload=payload,
        due=now,
    )


def aside(kind: str, occasion: str, address: str, payload: Json, due: datetime) -> Parcel:
    """Something of its own kind that is about no single request."""
    return Parcel(key=f"{kind}:{occasion}", kind=kind, address=address, payload=payload, due=due)


def talk(draft: Draft, *, anew: bool = False, note: str = "") -> Parcel:
    """The card of a form that is filled in by talking, as it is now (:mod:`bot.conversation`).

    ``anew``: below what was said last, else in its place; ``note``: what just went wrong, if so.
    """
    old = str(draft.talk.get("ts", "")) if anew else ""
    what = {"draft": draft.id, "place": draft.place, "old": old, "note": note}
    what |= {"workflow": draft.workflow}
    occasion = f"{draft.id}:{draft.at.isoformat()}"
    return aside("talk", occasion, conversation(draft.place, draft.user), what, draft.at)


def talk_end(draft: Draft, ref: str = "", said: str = "") -> Parcel:
    """What stands in the place of such a card: that it was sent as ``ref``, or discarded.

    ``said``: the place where that was said, where it is another one; it is answered there, too.
    """
    old, place = ("", said) if said else (str(draft.talk.get("ts", "")), draft.place)
    what = {"ref": ref, "place": place, "old": old, "workflow": draft.workflow}
    occasion = f"{draft.id}:{said}" if said else draft.id
    return aside("talk_end", occasion, conversation(place, draft.user), what, draft.at)


def talk_moved(draft: Draft) -> Parcel:
    """What stands in the place of such a card in a channel: that it goes on in the DM."""
    old = str(draft.talk.get("ts", ""))
    what = {"moved": True, "place": draft.place, "old": old, "workflow": draft.workflow, "ref": ""}
    occasion = f"{draft.id}:moved:{draft.at.isoformat()}"
    return aside("talk_end", occasion, conversation(draft.place, draft.user), what, draft.at)


def in_dm(user: str) -> str:
    """Return the place of a conversation in the person's DM, before anything stands there."""
    return f"user:{user}/"


def offer_over(place: str, user: str, now: datetime) -> Parcel:
    """An offer in a DM that was taken, or was not wanted (:mod:`bot.verdicts`)."""
    return aside("offer_over", place, conversation(place, user), {"place": place}, now)


def webhook(name: str, entry: Entry, now: datetime, again: str = "") -> Parcel:
    """A fact for the endpoint ``name`` (:mod:`bot.webhooks`); ``again`` names a further telling."""
    fact = f"{entry.ref}:{entry.version}:{entry.action}"
    what = {"ref": entry.ref, "version": entry.version, "action": entry.action, "to": name}
    occasion = f"{name}:{fact}:{again}" if again else f"{name}:{fact}"
    return aside("webhook", occasion, f"{WEBHOOK}{name}", what, now)


def conversation(place: str, user: str) -> str:
    """Return the address of all that one person and Frontdesk say to each other in one channel.

    ``place`` is ``channel/thread_ts``; what has one address is delivered in its order.
    """
    return f"talk:{place.partition('/')[0]}:{user}"
