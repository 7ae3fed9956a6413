"""Delivery and feedback: an approved version goes on the shelf; its requester says if it helped.

"Completed asset delivered to requester by due date. Final copy stored in Repository with proper
tags" (Sales Asset Requests, 4.D). "Requester provides feedback on usefulness" (4.E).
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

from workflows.asset import record_of, recorded
from workflows.asset_parts import Delivery, Feedback, Verdict
from workflows.definition import STAY, Deed, Given, Policy, Rule, Style, Transition
from workflows.developing import is_kept
from workflows.effects import Errand, Tell
from workflows.request import Finding, Request
from workflows.roles import Seat
from workflows.usual import noted

SHELF_LIFE = timedelta(days=180)
"""So long after its delivery an asset is reviewed, unless its owner says otherwise."""


def _approved_version(request: Request, _given: Given) -> str | None:
    return None if is_kept(request) else "There is no approved version with a hash."


def _delivered(request: Request, deed: Deed) -> Request:
    draft = record_of(request).draft
    known = {each.name for each in fields(Delivery)}
    given = {name: value for name, value in deed.values.items() if name in known}
    delivery = Delivery(
        **given,
        version=draft.number if draft else 0,
        by=deed.user,
        at=deed.at,
    )
    return recorded(request, delivery=delivery)


def _as_asked(request: Request, today: date) -> Mapping[str, Any]:
    """Return a delivery as far as the request, or an earlier attempt, already says it."""
    details, earlier = request.details, record_of(request).delivery
    if earlier is not None:
        return {each.name: getattr(earlier, each.name) for each in fields(Delivery)}
    return {
        "whom_for": details.audience,
        "use_when": details.purpose[:300],
        "asset_type": details.asset_type,
        "industries": (details.industry,) if details.industry else (),
        "audiences": (details.audience,) if details.audience else (),
        "languages": (details.language,) if details.language else (),
        "review_by": today + SHELF_LIFE,
    }


def _is_this(request: Request, given: Given) -> str | None:
    delivery = record_of(request).delivery
    if delivery is None or delivery.at != given.values.get("of"):
        return "It has been delivered anew meanwhile."
    return None


def _shelved(request: Request, deed: Deed) -> Request:
    return recorded(
        request,
        shelved_as=str(deed.values["asset"]),
        delivered_at=deed.at,
    )


def _awaits_word(request: Request, _policy: Policy) -> Finding:
    record = record_of(request)
    asked = record.asked_again_at
    said = [each for each in record.feedback if asked is not None and each.at >= asked]
    because = "the requester has said how useful it was" if said else "feedback is awaited"
    return Finding("feedback_awaited", not said, because)


FEEDBACK_AWAITED = Rule("feedback_awaited", _awaits_word)


def _saying(verdict: Verdict, name: str, label: str, done: str) -> Transition:
    def said(request: Request, deed: Deed) -> Request:
        feedback = Feedback(by=deed.user, at=deed.at, verdict=verdict)
        return recorded(request, feedback=(*record_of(request).feedback, feedback))

    def is_new(request: Request, _given: Given) -> str | None:
        record = record_of(request)
        last = record.feedback[-1] if record.feedback else None
        if last is None or last.verdict is not verdict:
            return None
        asked = record.asked_again_at
        return None if asked is not None and last.at < asked else "You have said so; thank you."

    return Transition(
        name=name,
        label=label,
        done=done,
        guard=is_new,
        source=("feedback",),
        target="feedback",
        by=(Seat.ASKER,),
        apply=said,
        effects=(Tell(Seat.OWNER, name),),
    )


def _has_feedback(request: Request, _given: Given) -> str | None:
    return None if record_of(request).feedback else "Please say first whether it helped."


def _worded(request: Request, deed: Deed) -> Request:
    *earlier, last = record_of(request).feedback
    return recorded(
        request, feedback=(*earlier, replace(last, word=str(deed.values.get("word", ""))))
    )


def _not_asked_again(request: Request, _given: Given) -> str | None:
    return "That was asked." if record_of(request).asked_again_at else None


def _asked_again(request: Request, deed: Deed) -> Request:
    return recorded(request, asked_again_at=deed.at)


TRANSITIONS = (
    Transition(
        name="deliver",
        label="Deliver",
        done="delivered",
        source=("approved",),
        target="delivered",
        by=(Seat.OWNER,),
        guard=_approved_version,
        form="delivery",
        prefill=_as_asked,
        apply=_delivered,
        tell_asker=False,
        effects=(Errand("shelve"),),
        style=Style.PRIMARY,
    ),
    Transition(
        name="shelved",
        label="On the shelf",
        done="put on the shelf",
        source=("delivered",),
        target="announced",
        by=(Seat.FRONTDESK,),
        guard=_is_this,
        apply=_shelved,
        on_card=False,
        tell_asker=False,
        effects=(Errand("announce"), Errand("await_feedback"), Errand("write_back")),
    ),
    Transition(
        name="shelving_failed",
        label="Could not be shelved",
        done="sent back, because it could not be put on the shelf",
        source=("delivered",),
        target="approved",
        by=(Seat.FRONTDESK,),
        guard=_is_this,
        reason=True,
        form="changes",
        on_card=False,
        tell_asker=False,
        effects=(Tell(Seat.OWNER, "shelving_failed"),),
    ),
    _saying(Verdict.HELPED, "helped", "It helped", "found helpful"),
    _saying(Verdict.DID_NOT, "did_not_help", "It did not", "found of no help"),
    _saying(Verdict.NOT_USED_YET, "not_used_yet", "Not used yet", "not used yet"),
    Transition(
        name="add_word",
        label="Add a word",
        done="given a word of feedback",
        source=("feedback", "closed"),
        target=STAY,
        by=(Seat.ASKER,),
        guard=_has_feedback,
        form="feedback_word",
        anytime=True,
        apply=_worded,
        effects=(Tell(Seat.OWNER, "add_word"),),
    ),
    noted(
        "ask_again",
        "Asked again",
        "asked about again",
        ("feedback",),
        Tell(Seat.ASKER, "ask_again"),
        guard=_not_asked_again,
        apply=_asked_again,
        logged=False,
    ),
    Transition(
        name="close_unanswered",
        label="Closed",
        done="closed without a last word",
        source=("feedback",),
        target="closed",
        by=(Seat.FRONTDESK,),
        on_card=False,
        tell_asker=False,
    ),
)
