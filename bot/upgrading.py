"""What an earlier release left, brought to where it goes on now.

It is done by the bot and not by a migration, as it goes on record: the audit has to tell of every
change of a request, and its key is the bot's alone.
"""

from dataclasses import replace

from bot.desk import Desk
from bot.errors import Stale
from bot.ports import Unit
from bot.promising import look_after
from bot.triage.ranking import WORKFLOW, indexed, reckon
from workflows.engine import Entry
from workflows.request import Request
from workflows.roles import Seat
from workflows.standing import RANKED

UPGRADE = "moved_by_an_upgrade"
"""The action in the audit; its step stays, so buttons that were posted before go on working."""

_PAGE = 100
FILED_AT_ONCE = 300
"""Requests that are looked at, and filed if they are not, in one transaction."""
_ASKED_OF_ASKER, _RETURNED = "changes_requested", "returned"
"""In the first release the requester had the ball in ``changes_requested``; the owner has it now,
and then there was none. What has no owner there waits for its requester."""


def bring_up(desk: Desk) -> int:
    """Bring open requests for assets up to this release; return how many there were.

    Those that nobody has ranked get their rank, and stand where whoever asks for the same finds
    them; their cards are drawn anew. Does nothing a second time. Raises Unavailable.
    """
    count, after = 0, ""
    while True:
        with desk.store.unit() as unit:
            page = unit.requests.at_stage(WORKFLOW, RANKED, after, _PAGE)
            behind = [each for each in page if _is_misplaced(each) or not unit.ranks.get(each.ref)]
        for request in behind:
            count += _bring_up(desk, request)
        if len(page) < _PAGE:
            return count
        after = page[-1].ref


def file_all(desk: Desk) -> int:
    """File what an earlier release stored, so that it is found; return how many there were.

    Does nothing a second time, and remembers that: it looks at every request. Raises Unavailable.
    """
    count, after = 0, ""
    while True:
        with desk.store.unit() as unit:
            if unit.lookups.is_whole():
                return count
            new, after = unit.lookups.file_next(after, FILED_AT_ONCE)
            if not after:
                unit.lookups.whole()
            if new or not after:
                unit.commit()
        count += new


def _is_misplaced(request: Request) -> bool:
    return request.stage == _ASKED_OF_ASKER and request.owner is None


def _bring_up(desk: Desk, request: Request) -> bool:
    """Bring one request up; another process, or a person, may be faster."""
    workflow, now = desk.workflows[WORKFLOW], desk.clock.now()
    try:
        with desk.store.unit() as unit:
            if _is_misplaced(request):
                request = _moved(desk, unit, request)
            reckon(desk, unit, [request.ref])
            unit.index.put(indexed(request))
            office = desk.office(unit, workflow)
            look_after(desk, unit, workflow, request, office, now, occasion=UPGRADE)
            unit.commit()
    except Stale:
        return False
    desk.wake()
    return True


def _moved(desk: Desk, unit: Unit, before: Request) -> Request:
    after = replace(before, stage=_RETURNED, version=before.version + 1)
    unit.requests.save(after)
    unit.audit.append(
        Entry(
            at=desk.clock.now(),
            actor=Seat.FRONTDESK.value,
            action=UPGRADE,
            ref=after.ref,
            before=before.stage,
            after=after.stage,
            version=after.version,
            surface="frontdesk",
        )
    )
    return after
