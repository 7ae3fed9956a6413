"""What waits on me, what is mine, how one request stands: lists, status, page and Home tab."""

from bot import parcels
from bot.decisions import REFUSED
from bot.desk import Desk, Gesture
from bot.drafts import is_begun, label
from bot.errors import NotFound
from bot.facts import card_facts, visible
from bot.members import member
from bot.ports import Claimed, Json, Unit
from bot.promising import HOME
from messages import listing
from messages.facts import AdminFacts, CardFacts, DraftFacts
from messages.home import home
from messages.message import Message
from messages.page import page
from workflows.definition import Workflow
from workflows.office import deciders
from workflows.permission import available
from workflows.roles import Role

Facts = list[CardFacts]


def requests_of(desk: Desk, gesture: Gesture, workflow: Workflow | None) -> Message:
    """Return what waits on the person and what they asked for, in one list."""
    with desk.store.unit() as unit:
        person = member(desk, unit, gesture)
        waiting, mine = _both(desk, unit, person.user, workflow)
    return listing.listing(waiting, mine, workflow)


def status(desk: Desk, gesture: Gesture, ref: str) -> Message:
    """Return how one request stands. Raises NotFound for what is not theirs to see."""
    facts = _seen(desk, gesture, ref)
    with desk.store.unit() as unit:
        timeline = unit.requests.timeline(facts.request.ref)
    return listing.status(facts, tuple(entry for entry in timeline if entry.action != REFUSED))


def request_page(desk: Desk, gesture: Gesture, ref: str) -> Json:
    """Return the request's page as a modal: everything, with all that the person may do."""
    facts = _seen(desk, gesture, ref)
    with desk.store.unit() as unit:
        timeline = unit.requests.timeline(facts.request.ref)
        office = desk.office(unit, facts.workflow, gesture.user)
    buttons = available(facts.workflow, facts.request, gesture.user, office)
    return page(facts, tuple(entry for entry in timeline if entry.action != REFUSED), buttons)


def show_page(desk: Desk, gesture: Gesture, ref: str) -> None:
    """Open the request's page."""
    view = request_page(desk, gesture, ref)
    desk.slack.open_view(gesture.trigger_id, view, on_top=bool(gesture.view_id))


def redraw_page(desk: Desk, gesture: Gesture, ref: str) -> None:
    """Promise that the open page shows the request as it stands after the person's click."""
    with desk.store.unit() as unit:
        request = unit.requests.get(ref)
        version = request.version if request else 0
        unit.outbox.add(
            parcels.page(
                ref, gesture.view_id, gesture.user, gesture.team, version, desk.clock.now()
            )
        )
        unit.commit()
    desk.wake()


def update_page(desk: Desk, claimed: Claimed) -> None:
    """Redraw an open page for the person who looks at it."""
    what = claimed.parcel.payload
    gesture = Gesture(user=str(what["user"]), team=str(what["team"]), surface="modal")
    view = request_page(desk, gesture, str(what["ref"]))
    desk.slack.update_view(str(what["view"]), "", view)


def show_all(desk: Desk, gesture: Gesture) -> None:
    """Open a list of everything that concerns the person."""
    with desk.store.unit() as unit:
        person = member(desk, unit, gesture)
        waiting, mine = _both(desk, unit, person.user, None)
    view = listing.listing_page(waiting, mine)
    desk.slack.open_view(gesture.trigger_id, view, on_top=bool(gesture.view_id))


def open_home(desk: Desk, gesture: Gesture, occasion: str) -> None:
    """Remember that the person looks at their Home tab, and promise to draw it."""
    with desk.store.unit() as unit:
        unit.cards.ensure(HOME, "home", f"home:{gesture.user}")
        unit.outbox.add(parcels.home(gesture.user, occasion, desk.clock.now()))
        unit.commit()
    desk.wake()


def publish_home(desk: Desk, claimed: Claimed) -> None:
    """Draw somebody's Home tab from what is true now."""
    user = str(claimed.parcel.payload["user"])
    with desk.store.unit() as unit:
        waiting, mine = _both(desk, unit, user, None)
        drafts = tuple(unit.drafts.of(user))
        is_admin = user in unit.people.holders().get(Role.ADMIN, frozenset())
    kept = [
        DraftFacts(id=draft.id, label=label(desk, draft))
        for draft in drafts
        if is_begun(desk, draft)
    ]
    admin = AdminFacts(dead=len(desk.post_office.dead_letters())) if is_admin else None
    view = home(waiting, mine, kept, tuple(desk.workflows.values()), admin=admin)
    desk.slack.publish_home(user, view)


def _both(desk: Desk, unit: Unit, user: str, workflow: Workflow | None) -> tuple[Facts, Facts]:
    wanted = [each for each in desk.workflows.values() if workflow in (None, each)]
    stages = [
        (each.key, stage)
        for each in wanted
        for stage in each.open_stages
        if _may_wait_for(desk, unit, each, stage, user)
    ]
    waiting = [
        card_facts(desk, unit, request)
        for request in unit.requests.waiting(user, stages)
        if any(request.workflow == each.key for each in wanted)
        and user
        in deciders(
            desk.workflows[request.workflow],
            request,
            desk.office(unit, desk.workflows[request.workflow], user),
        )
    ]
    mine = unit.requests.asked_by(user, workflow.key if workflow else None)
    return waiting, [card_facts(desk, unit, request) for request in mine]


def _may_wait_for(desk: Desk, unit: Unit, workflow: Workflow, stage: str, user: str) -> bool:
    office = desk.office(unit, workflow, user)
    return any(
        isinstance(party, Role) and user in office.holding(party)
        for party in workflow.stage(stage).holders()
    )


def _seen(desk: Desk, gesture: Gesture, ref: str) -> CardFacts:
    with desk.store.unit() as unit:
        person = member(desk, unit, gesture)
        request = unit.requests.get(ref.upper())
        if request is None:
            raise NotFound
        workflow = desk.workflows[request.workflow]
        if not visible(workflow, request, person.user, desk.office(unit, workflow, person.user)):
            raise NotFound
        return card_facts(desk, unit, request)
