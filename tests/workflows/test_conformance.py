"""Every workflow there is, is sound; and every kind of defect is found on one that is not."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from tests.workflows.filling import Hand, filled
from tests.workflows.harborlight import EVERYBODY, FULL_HOUSE, NOW, OUTSIDE, PRIYA
from tests.workflows.throwaway import ERRAND, stand
from tests.workflows.walks import EVERY_WORKFLOW, attempt, variants
from workflows.conformance import defects, targets
from workflows.deal import SowDetails, uninvoiced
from workflows.definition import STAY, Given, Lane, Stage, Transition, Workflow
from workflows.engine import Actor, Move, begin
from workflows.permission import available
from workflows.refusals import Guarded
from workflows.request import Request
from workflows.roles import Role, Seat
from workflows.sow import WORKFLOW as SOW

STAND = stand()


def with_stage(workflow: Workflow, *added: Stage) -> Workflow:
    return replace(workflow, stages=(*workflow.stages, *added))


def with_transition(
    workflow: Workflow, name: str, target: str = "booked", **changes: object
) -> Workflow:
    added = Transition(
        name=name,
        label=name,
        done=name,
        source=("signature",),
        target=target,
        by=(Role.ADMIN,),
    )
    return replace(workflow, transitions=(*workflow.transitions, replace(added, **changes)))  # type: ignore[arg-type]


def changed(workflow: Workflow, name: str, change: Callable[[Stage], Stage]) -> Workflow:
    stages = tuple(change(each) if each.name == name else each for each in workflow.stages)
    return replace(workflow, stages=stages)


@pytest.mark.parametrize("workflow", EVERY_WORKFLOW, ids=lambda each: each.key)
def test_every_workflow_is_sound(workflow: Workflow) -> None:
    assert defects(workflow) == []


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (
            replace(STAND, start="nowhere"),
            "stand: there is no stage 'nowhere'.",
        ),
        (
            with_transition(STAND, "leave", target="nowhere"),
            "stand: there is no stage 'nowhere'.",
        ),
        (
            with_transition(STAND, "leave", source=("nowhere",)),
            "stand: there is no stage 'nowhere'.",
        ),
        (
            changed(STAND, "signature", lambda each: replace(each, skip_to="nowhere")),
            "stand: there is no stage 'nowhere'.",
        ),
        (
            with_transition(STAND, "sign"),
            "stand: two transitions are called 'sign'.",
        ),
        (
            with_stage(STAND, Stage(name="booked", label="Booked", final=True)),
            "stand: two stages are called 'booked'.",
        ),
        (
            changed(
                STAND, "review", lambda each: replace(each, lanes=(each.lanes[0], each.lanes[0]))
            ),
            "stand: two lanes of 'review' are called 'legal'.",
        ),
        (
            with_stage(STAND, Stage(name="attic", label="Attic", final=True)),
            "stand: nothing leads to the stage 'attic'.",
        ),
        (
            with_stage(
                with_transition(STAND, "store", target="attic"),
                Stage(name="attic", label="Attic", holder=Role.ADMIN),
            ),
            "stand: nothing leads out of the stage 'attic'.",
        ),
        (
            with_transition(STAND, "reopen", source=("booked",), target="review"),
            "stand: the final stage 'booked' can be left.",
        ),
        (
            changed(STAND, "signature", lambda each: replace(each, holder=None)),
            "stand: nobody has the ball in the stage 'signature'.",
        ),
        (
            changed(STAND, "signature", lambda each: replace(each, holder=Seat.DECIDER)),
            "stand: nobody has the ball in the stage 'signature'.",
        ),
        (
            changed(ERRAND, "head", lambda each: replace(each, skip_to=None)),
            "errand: the rule of 'head' names no stage to skip to.",
        ),
        (
            changed(ERRAND, "head", lambda each: replace(each, skip_to="arrived")),
            None,
        ),
        (
            changed(
                changed(ERRAND, "arrived", lambda each: replace(each, skip_to="between")),
                "between",
                lambda each: replace(each, skip_to="arrived"),
            ),
            "errand: skipping 'arrived' leads back to it.",
        ),
        (
            changed(STAND, "review", lambda each: replace(each, lanes=(), holder=Role.BILLING)),
            "stand: 'review' must have both lanes and a vote, or neither.",
        ),
        (
            changed(STAND, "signature", lambda each: replace(each, lanes=(Lane("x", Role.ADMIN),))),
            "stand: 'signature' must have both lanes and a vote, or neither.",
        ),
        (
            with_transition(STAND, "shout", target=STAY, vote=True, source=("review",)),
            "stand: the vote 'shout' leads nowhere.",
        ),
        (
            with_transition(STAND, "dream", by=()),
            "stand: nobody may 'dream'.",
        ),
        (
            with_transition(STAND, "complain", reason=True),
            "stand: 'complain' needs a reason but no form asks for it.",
        ),
    ],
)
def test_every_kind_of_defect_is_found(broken: Workflow, sentence: str | None) -> None:
    found = defects(broken)
    assert found == [] if sentence is None else sentence in found


def test_several_defects_are_all_reported() -> None:
    broken = with_transition(with_transition(STAND, "dream", by=()), "sigh", by=())
    assert defects(broken) == ["stand: nobody may 'dream'.", "stand: nobody may 'sigh'."]


def test_targets_are_where_one_can_go_and_not_where_one_stays() -> None:
    assert set(targets(ERRAND, "head")) == {"pool", "cancelled"}
    assert set(targets(ERRAND, "arrived")) == {"manager"}
    assert set(targets(ERRAND, "done")) == set()


@pytest.mark.parametrize("workflow", EVERY_WORKFLOW, ids=lambda each: each.key)
def test_no_stage_is_dead_when_real_people_try_everything(workflow: Workflow) -> None:
    ahead = _explored(workflow)
    resting = {*workflow.open_stages, *(stage.name for stage in workflow.stages if stage.final)}
    assert {state[0] for state in ahead} == resting
    assert _can_end(workflow, ahead) == set(ahead)


State = tuple[object, ...]


def _explored(workflow: Workflow) -> dict[State, set[State]]:
    """Return every kind of situation that a request can come to, with those that follow it."""
    wishes = variants(workflow.details)
    asker = next(each for each in EVERYBODY if each in FULL_HOUSE.holding(workflow.may_ask[0]))
    ahead: dict[State, set[State]] = {}
    waiting = [
        begin(workflow, "X-1", wish, Actor(asker), FULL_HOUSE, NOW).request for wish in wishes
    ]
    while waiting:
        request = waiting.pop()
        if _situation(request) in ahead:
            continue
        followers = list(_followers(workflow, request, wishes))
        ahead[_situation(request)] = {_situation(each) for each in followers}
        waiting.extend(followers)
    return ahead


def _followers(workflow: Workflow, request: Request, wishes: list[object]) -> Iterator[Request]:
    for user in (*EVERYBODY, *OUTSIDE):
        for transition in _tried(workflow, request, user):
            for wish in wishes if transition.renews else wishes[:1]:
                hand = Hand(person=PRIYA, lane="", wish=wish)
                values = filled(workflow, transition, request, hand)
                given = Given(reason="because", values=values)
                outcome = attempt(workflow, request, transition.name, user, given, FULL_HOUSE, NOW)
                if isinstance(outcome, Guarded) and (transition.renews or user == "frontdesk"):
                    continue  # what is allowed in principle, but not with these values
                assert isinstance(outcome, Move)
                yield outcome.request


def _tried(workflow: Workflow, request: Request, user: str) -> tuple[Transition, ...]:
    """Return what ``user`` is offered; Frontdesk, who needs no buttons, tries what it may."""
    if user != "frontdesk":
        return available(workflow, request, user, FULL_HOUSE)
    return tuple(each for each in workflow.leaving(request.stage) if Seat.FRONTDESK in each.by)


def _situation(request: Request) -> State:
    votes = frozenset(
        (vote.stage, vote.lane, vote.user) for vote in request.votes if vote.round == request.round
    )
    given = frozenset(request.assigned.items())
    asked = bool(request.questions)
    gist = _gist(request)
    return (request.stage, gist, request.owner, votes, given, asked, request.held)


def _gist(request: Request) -> State:
    """Return what of the details can lead another way; what only grows is told apart coarsely."""
    details = request.details
    if not isinstance(details, SowDetails):
        return (str(details),)
    record, invoices = details.record, details.record.invoices
    return (
        details.large_client,
        bool(record.approved),
        record.returned,
        bool(record.version and record.version.sha256),
        bool(record.version and record.version.trouble),
        record.version.by if record.version else "",
        uninvoiced(request).minor > 0,
        bool(invoices),
        any(each.is_open for each in invoices),
        any(each.payments for each in invoices),
        any(not each.sha256 for each in invoices),
        any(each.sent_at is None for each in invoices),
    )


def _can_end(workflow: Workflow, ahead: dict[State, set[State]]) -> set[State]:
    ended = {each for each in ahead if workflow.stage(str(each[0])).final}
    while more := {each for each, next_ones in ahead.items() if next_ones & ended} - ended:
        ended |= more
    return ended


def test_who_looks_after_what_waits_elsewhere_has_a_card_of_it() -> None:
    besides = {each.name: each.besides for each in SOW.stages if each.besides}
    assert besides == {
        "with_client": (Seat.OWNER,),
        "awaiting_payment": (Role.BILLING,),
        "on_hold": (Seat.OWNER,),
    }
