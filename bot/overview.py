"""What waits on me, what is mine, how one request stands: lists, status, page and Home tab."""

from bot.concerns import concerns
from bot.desk import Desk, Gesture
from bot.evidence.exporting import may_export
from bot.facts import card_facts, request_for
from bot.members import member
from bot.ports import Claimed, Json, Unit
from bot.recorded import REFUSED
from messages import listing
from messages.facts import CardFacts
from messages.message import Message
from messages.page import page
from messages.problem import problem
from workflows.definition import Workflow
from workflows.engine import Entry
from workflows.permission import available, may_ask
from workflows.refusals import Refusal


def requests_of(desk: Desk, gesture: Gesture, workflow: Workflow | None) -> Message:
    """Return what waits on the person and what they asked for, in one list."""
    with desk.store.unit() as unit:
        person = member(desk, unit, gesture)
        found = concerns(desk, unit, person.user, workflow)
    return listing.listing(
        found.waiting,
        found.mine,
        workflow,
        more_waiting=found.more_waiting,
        more_mine=found.more_mine,
    )


def status(desk: Desk, gesture: Gesture, ref: str) -> Message:
    """Return how one request stands. Raises NotFound for what is not theirs to see."""
    with desk.store.unit() as unit:
        request = request_for(desk, unit, gesture, ref)[1]
        facts = card_facts(desk, unit, request, f"user:{gesture.user}")
        timeline = _timeline(unit, facts)
    return listing.status(facts, timeline)


def request_page(desk: Desk, gesture: Gesture, ref: str) -> Json:
    """Return the request's page as a modal: everything, with all that the person may do."""
    with desk.store.unit() as unit:
        workflow, request, office = request_for(desk, unit, gesture, ref)
        facts = card_facts(desk, unit, request, f"user:{gesture.user}")
        timeline = _timeline(unit, facts)
        buttons = available(workflow, request, gesture.user, office)
        exports = may_export(desk, request, office, gesture.user)
    return page(facts, timeline, buttons, export=exports)


def show_page(desk: Desk, gesture: Gesture, ref: str) -> None:
    """Open the request's page."""
    view = request_page(desk, gesture, ref)
    desk.slack.open_view(gesture.trigger_id, view, on_top=bool(gesture.view_id))


def update_page(desk: Desk, claimed: Claimed) -> None:
    """Redraw an open page for the person who looks at it, or say why they see it no more."""
    what = claimed.parcel.payload
    gesture = Gesture(user=str(what["user"]), team=str(what["team"]), surface="modal")
    try:
        view = request_page(desk, gesture, str(what["ref"]))
    except Refusal as refusal:
        view = problem(str(refusal))
    desk.slack.update_view(str(what["view"]), "", view)


def show_all(desk: Desk, gesture: Gesture) -> None:
    """Open a list of everything that concerns the person."""
    with desk.store.unit() as unit:
        person = member(desk, unit, gesture)
        found = concerns(desk, unit, person.user, None)
    view = listing.listing_page(
        found.waiting, found.mine, more_waiting=found.more_waiting, more_mine=found.more_mine
    )
    desk.slack.open_view(gesture.trigger_id, view, on_top=bool(gesture.view_id))


def askable(desk: Desk, unit: Unit, user: str) -> tuple[Workflow, ...]:
    """Return what the person may ask for."""
    offices = desk.offices(unit, desk.workflows.values(), user)
    return tuple(each for key, each in desk.workflows.items() if may_ask(each, user, offices[key]))


def _timeline(unit: Unit, facts: CardFacts) -> tuple[Entry, ...]:
    entries = unit.requests.timeline(facts.request.ref)
    return tuple(entry for entry in entries if entry.action != REFUSED)
