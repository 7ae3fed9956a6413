"""Transitions that most workflows share, so that the same word means the same thing everywhere."""

from collections.abc import Callable
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any

from workflows.definition import (
    BACK,
    STAY,
    Deed,
    Given,
    Guard,
    Stage,
    Style,
    Transition,
    Weighty,
)
from workflows.effects import Errand, Tell
from workflows.request import Question, Request
from workflows.roles import Role, Seat
from workflows.verdict import Verdict

Apply = Callable[[Request, Deed], Request]
"""What a transition writes into the request."""


def approve(
    source: str,
    target: str,
    *,
    name: str = "approve",
    guard: Guard | None = None,
    apply: Apply | None = None,
    weighty: Weighty | None = None,
) -> Transition:
    """A decider approves; the request moves on once every lane of ``source`` is satisfied."""
    return Transition(
        name=name,
        label="Approve",
        done="approved",
        source=(source,),
        target=target,
        by=(Seat.DECIDER,),
        vote=True,
        verdict=Verdict.APPROVE,
        guard=guard,
        apply=apply,
        weighty=weighty,
        style=Style.PRIMARY,
    )


def reject(source: tuple[str, ...], target: str = "rejected") -> Transition:
    """A decider ends the request, with a reason."""
    return Transition(
        name="reject",
        label="Reject",
        done="rejected",
        source=source,
        target=target,
        by=(Seat.DECIDER,),
        verdict=Verdict.REJECT,
        reason=True,
        form="rejection",
        style=Style.DANGER,
    )


def request_changes(
    source: tuple[str, ...], target: str = "changes_requested", *, name: str = "request_changes"
) -> Transition:
    """A decider sends the request back to the one who wrote it; the same request goes on."""
    return Transition(
        name=name,
        label="Request changes",
        done="sent back for changes",
        source=source,
        target=target,
        by=(Seat.DECIDER,),
        verdict=Verdict.CHANGES,
        reason=True,
        form="changes",
    )


def resubmit(
    form: str, target: str, source: str = "changes_requested", guard: Guard | None = None
) -> Transition:
    """The asker edits the request and hands it in again; a new round begins."""
    return Transition(
        name="resubmit",
        label="Edit and resubmit",
        done="resubmitted",
        source=(source,),
        target=target,
        by=(Seat.ASKER,),
        form=form,
        guard=guard,
        renews=True,
        apply=rewritten,
        prefill=as_it_is,
        style=Style.PRIMARY,
    )


def cancel(
    source: tuple[str, ...], target: str = "cancelled", *, guard: Guard | None = None
) -> Transition:
    """The asker, the owner, or an admin withdraws the request."""
    return Transition(
        name="cancel",
        label="Cancel request",
        done="cancelled",
        source=source,
        target=target,
        by=(Seat.ASKER, Seat.OWNER, Role.ADMIN),
        guard=guard,
        reason=True,
        form="cancellation",
        on_card=False,
    )


def noted(
    name: str,
    label: str,
    done: str,
    source: tuple[str, ...],
    *effects: Tell | Errand,
    guard: Guard | None = None,
    apply: Apply | None = None,
    logged: bool = True,
) -> Transition:
    """Frontdesk itself notes what came of a promise; the request stays, and nobody can press it."""
    return Transition(
        name=name,
        label=label,
        done=done,
        source=source,
        target=STAY,
        by=(Seat.FRONTDESK,),
        guard=guard,
        apply=apply,
        on_card=False,
        tell_asker=False,
        logged=logged,
        effects=effects,
    )


def hold(source: tuple[str, ...], *, guard: Guard | None = None) -> Transition:
    """Whoever asked or owns it lets the request rest; nobody is reminded meanwhile."""
    return Transition(
        name="hold",
        label="Put on hold",
        done="put on hold",
        source=source,
        target="on_hold",
        by=(Seat.ASKER, Seat.OWNER, Role.ADMIN),
        guard=guard,
        reason=True,
        form="reason",
        apply=_held,
        on_card=False,
    )


def resume(*effects: Tell | Errand) -> Transition:
    """The request goes on where it was put on hold."""
    return Transition(
        name="resume",
        label="Go on",
        done="taken off hold",
        source=("on_hold",),
        target=BACK,
        by=(Seat.ASKER, Seat.OWNER, Role.ADMIN),
        style=Style.PRIMARY,
        effects=effects,
    )


def ask(source: tuple[str, ...]) -> Transition:
    """A decider asks the requester something; the request stays where it is."""
    return Transition(
        name="ask",
        label="Ask",
        done="asked a question about",
        source=source,
        target=STAY,
        by=(Seat.DECIDER,),
        reason=True,
        form="question",
        apply=_asked,
        tell_asker=True,
    )


def answer(source: tuple[str, ...]) -> Transition:
    """The asker answers the questions they saw; the deciders are told.

    ``seen``, of the values given, says how many there were; one asked meanwhile stays open.
    """
    return Transition(
        name="answer",
        label="Answer",
        done="answered the question about",
        source=source,
        target=STAY,
        by=(Seat.ASKER,),
        guard=_has_questions,
        reason=True,
        form="answer",
        apply=_answered,
        effects=(Tell(Seat.DECIDER, "answer"),),
        style=Style.PRIMARY,
    )


_OWNED = (Seat.OWNER, Seat.CLIENT)
"""Where the owner has the ball, or sees to it that the client has it: there the owner changes."""


def hand_on(stages: tuple[Stage, ...]) -> Transition:
    """Frontdesk gives the stage of somebody who seems to be away to another, as it was asked to.

    Nobody can press it: to whom, and who may ask for it, is decided with the offer.
    """
    return replace(
        reassign(stages),
        name="hand_on",
        label="Handed on",
        done="handed to somebody else",
        by=(Seat.FRONTDESK,),
        reason=False,
        form=None,
    )


def reassign(
    stages: tuple[Stage, ...],
    makers: Callable[[Request], frozenset[str]] = lambda _request: frozenset(),
) -> Transition:
    """An admin gives the current stage (or the ownership) to somebody else, with a reason.

    Not where the asker has the ball: only they can do what those stages wait for. Not on their own
    request, nor where their own work is decided on (``makers``): that would be choosing who does.
    """
    by_name = {stage.name: stage for stage in stages if stage.holder is not Seat.ASKER}

    def fits(request: Request, given: Given) -> str | None:
        lane = given.values.get("lane")
        if lane and all(each.name != lane for each in by_name[request.stage].lanes):
            return "The request has moved on and waits for somebody else now; please look again."
        to_asker = given.values.get("person") == request.asker
        if to_asker and by_name[request.stage].holder not in _OWNED:
            return "Nobody decides their own request, so it cannot be given to the one who asked."
        return None

    def barred(request: Request) -> frozenset[str]:
        stage = by_name.get(request.stage)
        return makers(request) if stage and stage.lanes else frozenset()

    def reassigned(request: Request, deed: Deed) -> Request:
        person = str(deed.values["person"])
        stage = by_name[request.stage]
        if stage.holder in _OWNED:
            return replace(request, owner=person)
        lane = str(deed.values.get("lane") or (stage.lanes[0].name if stage.lanes else ""))
        return replace(request, assigned={**request.assigned, lane: person})

    return Transition(
        name="reassign",
        label="Reassign",
        done="reassigned",
        source=tuple(by_name),
        target=STAY,
        by=(Role.ADMIN,),
        guard=fits,
        barred=barred,
        reason=True,
        form="reassign",
        apply=reassigned,
        restarts=True,
        on_card=False,
    )


def rewritten(request: Request, deed: Deed) -> Request:
    """Return ``request`` with the details that the form gave."""
    known = {field.name for field in fields(request.details)}
    details = {name: value for name, value in deed.values.items() if name in known}
    return replace(request, details=replace(request.details, **details))


def as_it_is(request: Request, _today: date) -> dict[str, Any]:
    """Return the details as they stand, for a form that edits them."""
    return asdict(request.details)


def _held(request: Request, _deed: Deed) -> Request:
    return replace(request, held=request.stage)


def _asked(request: Request, deed: Deed) -> Request:
    question = Question(deed.user, deed.reason, deed.at)
    return replace(request, questions=(*request.questions, question))


def _answered(request: Request, deed: Deed) -> Request:
    seen = int(deed.values.get("seen", len(request.questions)))
    return replace(request, questions=request.questions[seen:])


def _has_questions(request: Request, _given: Given) -> str | None:
    return None if request.questions else "There is no open question on this request."
