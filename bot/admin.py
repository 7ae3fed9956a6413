"""What only an admin of Frontdesk does: send again what could not be delivered."""

from bot.desk import Desk, Gesture
from bot.errors import Problem
from bot.members import member
from bot.unmoved import did
from workflows.refusals import NotAllowed
from workflows.roles import Role


class NothingToReplay(Problem):
    """This has been sent again already."""


def replay(desk: Desk, gesture: Gesture, parcel_id: int) -> None:
    """Make a dead letter due again, and put that on record.

    Raises NotAllowed for anybody but an admin, NothingToReplay when it is not dead any more:
    then nothing is put on record either.
    """
    with desk.store.unit() as unit:
        person = member(desk, unit, gesture)
        if person.user not in unit.people.holders().get(Role.ADMIN, frozenset()):
            raise NotAllowed
        if not unit.outbox.replay(parcel_id):
            raise NothingToReplay
        detail = {"parcel": str(parcel_id)}
        unit.audit.append(did(gesture, "replay", desk.clock.now(), detail))
        unit.commit()
    desk.wake()
