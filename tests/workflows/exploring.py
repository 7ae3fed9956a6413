"""Every kind of situation that a request can come to, found by letting everybody try everything."""

from collections.abc import Iterator
from dataclasses import replace

from tests.workflows.filling import Hand, filled
from tests.workflows.harborlight import EVERYBODY, FULL_HOUSE, LEO, NOW, OUTSIDE, PRIYA
from tests.workflows.walks import attempt, variants
from workflows.asset import AssetDetails, open_conflict, record_of
from workflows.deal import SowDetails, uninvoiced
from workflows.definition import Given, Transition, Workflow
from workflows.engine import Actor, Move, begin
from workflows.permission import available
from workflows.refusals import Guarded
from workflows.request import Request
from workflows.roles import Seat
from workflows.shelved import ShelfDetails

State = tuple[object, ...]

_LEADING_NOWHERE = frozenset({"make_private", "make_open"})
"""Who sees a request is told in tests of their own; one that is open goes everywhere."""


def explored(workflow: Workflow) -> dict[State, set[State]]:
    """Return every kind of situation that a request can come to, with those that follow it."""
    wishes = [_opened(each) for each in variants(workflow.details)]
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


def _opened(wish: object) -> object:
    return replace(wish, private=False) if isinstance(wish, SowDetails | AssetDetails) else wish


def _followers(workflow: Workflow, request: Request, wishes: list[object]) -> Iterator[Request]:
    for user in (*EVERYBODY, *OUTSIDE):
        for transition in _tried(workflow, request, user):
            for wish in wishes if transition.renews else wishes[:1]:
                is_theirs = request.owner == PRIYA and not isinstance(request.details, SowDetails)
                person = LEO if is_theirs else PRIYA
                hand = Hand(person=person, lane="", wish=wish)
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
        offered = available(workflow, request, user, FULL_HOUSE)
        return tuple(each for each in offered if each.name not in _LEADING_NOWHERE)
    return tuple(each for each in workflow.leaving(request.stage) if Seat.FRONTDESK in each.by)


def _situation(request: Request) -> State:
    lanes = frozenset(
        (vote.stage, vote.lane, vote.user) for vote in request.votes if vote.round == request.round
    )
    given = frozenset(request.assigned.items())
    gist = (request.stage, bool(request.questions), request.held)
    details = request.details
    if isinstance(details, AssetDetails):
        return (*gist, *_gist_of_an_asset(request), bool(given))
    if isinstance(details, ShelfDetails):
        return (*gist, bool(details.record.current), bool(details.record.warned), bool(given))
    own = _gist_of_a_deal(request) if isinstance(details, SowDetails) else (str(details),)
    return (*gist, own, request.owner, lanes, given)


def _gist_of_a_deal(request: Request) -> State:
    """Return what can lead another way; what only grows is told apart coarsely."""
    details: SowDetails = request.details
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


def _gist_of_an_asset(request: Request) -> State:
    """Return what can lead another way, whoever it was that said it."""
    record = record_of(request)
    answers = record.answers_now(request)
    newest = record.draft.number if record.draft else 0
    return (
        request.owner is not None,
        bool(record.draft and record.draft.sha256),
        frozenset((each.lane, each.approves, each.version == newest) for each in answers),
        bool(record.waivers),
        bool(open_conflict(request)),
        record.asked_again_at is not None,
        bool(record.feedback),
    )


def can_end(workflow: Workflow, ahead: dict[State, set[State]]) -> set[State]:
    ended = {each for each in ahead if workflow.stage(str(each[0])).final}
    while more := {each for each, next_ones in ahead.items() if next_ones & ended} - ended:
        ended |= more
    return ended
