"""Who may use Frontdesk at all: active members of this workspace, known by id and team."""

from collections.abc import Collection, Mapping

from bot import parcels
from bot.desk import Desk, Gesture
from bot.errors import UnknownPerson
from bot.ports import Person, Unit
from workflows.roles import OUTSIDE


class NotKnownYet(UnknownPerson):
    """Frontdesk has not met you yet and is asking Slack about you. Please try again in a moment."""


def member(desk: Desk, unit: Unit, gesture: Gesture) -> Person:
    """Return the person behind ``gesture``.

    Raises :class:`UnknownPerson` for guests, bots, people who left and members of other teams
    (they can press buttons in shared channels), and :class:`NotKnownYet` for somebody new: what
    Slack knows of them is then fetched, once an hour at most, and their next gesture works.

    Only members of our own team are active. The gesture's team proves nothing: of a stranger it is
    ours in a command and their own in a click, and on Enterprise Grid a member has several.
    """
    if gesture.user in OUTSIDE:  # nobody's id in Slack: the record calls the client so, and us
        raise UnknownPerson
    person = unit.people.get(gesture.user)
    if person is None:
        now = desk.clock.now()
        unit.outbox.add(parcels.person(gesture.user, f"{now:%Y-%m-%dT%H}", now))
        unit.commit()
        desk.wake()
        raise NotKnownYet
    if not person.active:
        raise UnknownPerson
    return person


def is_member(desk: Desk, gesture: Gesture) -> bool:
    """Whether :func:`member` knows the person; of somebody new Slack is asked for the next time."""
    with desk.store.unit() as unit:
        try:
            member(desk, unit, gesture)
        except UnknownPerson:
            return False
    return True


def names(desk: Desk, users: Collection[str]) -> Mapping[str, str]:
    """Return the names of those among ``users`` (ids) whom Frontdesk has met."""
    if not users:
        return {}
    with desk.store.unit() as unit:
        found = [unit.people.get(user) for user in users]
    return {person.user: person.name for person in found if person is not None}
