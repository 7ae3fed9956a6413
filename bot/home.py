"""The Home tab: drawn from what is true now, and never an older drawing over a newer one.

What its reader looks for is remembered with the person, not in the view: the tab is drawn by the
worker whenever something changes, and Slack tells nobody what a Home tab shows.
"""

from contextlib import suppress
from dataclasses import dataclass, replace

from bot import parcels
from bot.desk import Desk, Gesture
from bot.drafts import goes_on, label
from bot.errors import SlackRefused, UnknownPerson, ViewGone
from bot.home_lists import lists_of
from bot.members import NotKnownYet, member
from bot.overview import askable
from bot.ports import Card, Claimed, Json, Unit
from bot.promising import HOME, zone_of
from bot.reports import on_home
from messages.facts import AdminFacts, DraftFacts
from messages.home import HomeFacts, home, home_without
from workflows.roles import Role

_TRIES = 3
"""How often a tab is drawn in one go, where others draw it at the same time."""


def open_home(desk: Desk, gesture: Gesture, occasion: str) -> None:
    """Promise to draw the person's Home tab; remember of members that they look at it."""
    with desk.store.unit() as unit:
        with suppress(UnknownPerson):
            member(desk, unit, gesture)
            unit.cards.ensure(HOME, "home", f"home:{gesture.user}")
        unit.outbox.add(parcels.home(gesture.user, occasion, desk.clock.now()))
        unit.commit()
    desk.wake()


def publish(desk: Desk, claimed: Claimed) -> None:
    """Draw somebody's Home tab from what is true now.

    Slack is told on which drawing this one stands: the one before, read before anything that is
    drawn. When another was faster, what is true is read again. Where nobody has said that they
    were, their word was lost on its way, and the tab is drawn over whatever is there. A
    picture of it may have been deleted: then the tab comes without any.
    """
    user = str(claimed.parcel.payload["user"])
    seen: str | None = None
    pictured = True
    for last in range(_TRIES - 1, -1, -1):
        drawn = drawing(desk, user, pictured=pictured)
        stands_on = "" if drawn.stands_on == seen else drawn.stands_on
        try:
            shown = desk.slack.publish_home(user, drawn.view, stands_on)
        except ViewGone:
            if not last:
                raise
            seen = drawn.stands_on
        except SlackRefused:
            if not (last and pictured):
                raise
            pictured = False
        else:
            _remember(desk, drawn.card, shown)
            return


def _remember(desk: Desk, card: Card | None, shown: str) -> None:
    if card is not None:
        with desk.store.unit() as unit:
            unit.cards.posted(card.id, card.channel, shown, card.shown)
            unit.commit()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing, and the hash of the one before, "" where none is known."""

    view: Json
    stands_on: str
    card: Card | None


def drawing(desk: Desk, user: str, *, pictured: bool = True) -> Drawing:
    """Return how somebody's tab looks now; ``pictured``: with the pictures of reports.

    Nobody but a member whose tab was remembered sees more than a sentence there.
    """
    with desk.store.unit() as unit:
        card = next(iter(unit.cards.among(HOME, [f"home:{user}"])), None)
        refusal = _shut(unit, user, card)
        facts = None if refusal else _facts(desk, unit, user)
        pictures = on_home.pictures(desk, unit, user) if facts and pictured else ()
        is_admin = user in unit.people.holders().get(Role.ADMIN, frozenset())
    stands_on = card.ts if card else ""
    if facts is None:
        return Drawing(home_without(str(refusal)), stands_on, card)
    facts = replace(facts, pictures=pictures)
    if is_admin:
        facts = replace(facts, admin=AdminFacts(dead=len(desk.post_office.dead_letters())))
    return Drawing(home(facts), stands_on, card)


def _shut(unit: Unit, user: str, card: Card | None) -> UnknownPerson | None:
    """Return why the person sees no facts on their Home tab, if so."""
    person = unit.people.get(user)
    if person is not None and not person.active:
        return UnknownPerson()
    return NotKnownYet() if person is None or card is None else None


def _facts(desk: Desk, unit: Unit, user: str) -> HomeFacts:
    zone = zone_of(desk, unit, user)
    drafts = [each for each in unit.drafts.of(user) if goes_on(desk, unit, each)]
    return replace(
        lists_of(desk, unit, user),
        drafts=[DraftFacts(id=each.id, label=label(desk, each, zone)) for each in drafts],
        askable=askable(desk, unit, user),
    )
