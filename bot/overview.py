"""What waits on me, what is mine, how one request stands: lists, status, page and Home tab."""

from contextlib import suppress

from bot import parcels
from bot.concerns import concerns
from bot.desk import Desk, Gesture
from bot.drafts import goes_on, label
from bot.errors import SlackRefused, UnknownPerson
from bot.evidence.exporting import EXPORTERS
from bot.facts import card_facts, request_for
from bot.members import NotKnownYet, member
from bot.ports import Claimed, Json, Unit
from bot.promising import HOME, zone_of
from bot.recorded import REFUSED
from bot.reports import on_home
from messages import listing
from messages.facts import AdminFacts, CardFacts, DraftFacts
from messages.home import home, home_without, with_pictures
from messages.message import Message
from messages.page import page
from messages.problem import problem
from workflows.definition import Workflow
from workflows.engine import Entry
from workflows.permission import available, may_ask
from workflows.refusals import Refusal
from workflows.roles import Role


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
        facts = card_facts(desk, unit, request_for(desk, unit, gesture, ref)[1])
        timeline = _timeline(unit, facts)
    return listing.status(facts, timeline)


def request_page(desk: Desk, gesture: Gesture, ref: str) -> Json:
    """Return the request's page as a modal: everything, with all that the person may do."""
    with desk.store.unit() as unit:
        facts = card_facts(desk, unit, request_for(desk, unit, gesture, ref)[1])
        timeline = _timeline(unit, facts)
        office = desk.office(unit, facts.workflow, gesture.user)
        buttons = available(facts.workflow, facts.request, gesture.user, office)
        exports = any(gesture.user in office.holding(role) for role in EXPORTERS)
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


def open_home(desk: Desk, gesture: Gesture, occasion: str) -> None:
    """Promise to draw the person's Home tab; remember of members that they look at it."""
    with desk.store.unit() as unit:
        with suppress(UnknownPerson):
            member(desk, unit, gesture)
            unit.cards.ensure(HOME, "home", f"home:{gesture.user}")
        unit.outbox.add(parcels.home(gesture.user, occasion, desk.clock.now()))
        unit.commit()
    desk.wake()


def publish_home(desk: Desk, claimed: Claimed) -> None:
    """Draw somebody's Home tab from what is true now.

    Nobody but a member whose tab was remembered sees more than a sentence there.
    """
    user = str(claimed.parcel.payload["user"])
    with desk.store.unit() as unit:
        refusal = _shut(unit, user)
    if refusal:
        desk.slack.publish_home(user, home_without(str(refusal)))
        return
    try:
        desk.slack.publish_home(user, _home(desk, user))
    except SlackRefused:  # one of the pictures may have been deleted: the tab comes without any
        desk.slack.publish_home(user, _home(desk, user, pictured=False))


def _shut(unit: Unit, user: str) -> UnknownPerson | None:
    """Return why the person sees no facts on their Home tab, if so."""
    person = unit.people.get(user)
    if person is not None and not person.active:
        return UnknownPerson()
    if person is None or not unit.cards.among(HOME, [f"home:{user}"]):
        return NotKnownYet()
    return None


def _home(desk: Desk, user: str, *, pictured: bool = True) -> Json:
    with desk.store.unit() as unit:
        found = concerns(desk, unit, user, None)
        drafts = [each for each in unit.drafts.of(user) if goes_on(desk, unit, each)]
        zone = zone_of(desk, unit, user)
        workflows = askable(desk, unit, user)
        is_admin = user in unit.people.holders().get(Role.ADMIN, frozenset())
        seen = on_home.pictures(desk, unit, user) if pictured else ()
    tab = home(
        found.waiting,
        found.mine,
        [DraftFacts(id=each.id, label=label(desk, each, zone)) for each in drafts],
        workflows,
        more_waiting=found.more_waiting,
        more_mine=found.more_mine,
        admin=AdminFacts(dead=len(desk.post_office.dead_letters())) if is_admin else None,
    )
    return with_pictures(tab, seen)


def askable(desk: Desk, unit: Unit, user: str) -> tuple[Workflow, ...]:
    """Return what the person may ask for."""
    return tuple(
        each
        for each in desk.workflows.values()
        if may_ask(each, user, desk.office(unit, each, user))
    )


def _timeline(unit: Unit, facts: CardFacts) -> tuple[Entry, ...]:
    entries = unit.requests.timeline(facts.request.ref)
    return tuple(entry for entry in entries if entry.action != REFUSED)
