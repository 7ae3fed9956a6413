"""Everything that is said about somebody who is away."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, timedelta

from messages import absence, notice
from messages.card import card
from tests.messages.demo import LARGE, Said, facts, offered, sow
from tests.workflows.harborlight import ADAM, ANA, HUGO, NOW, RYAN
from workflows.delegation import Delegation
from workflows.engine import FALLBACK, FOR
from workflows.roles import Role

AWAY = Delegation(
    id="D1",
    user=RYAN,
    deputy=HUGO,
    begins=NOW,
    ends=NOW + timedelta(days=10),
    note="Lisbon, <!channel>",
    set_by=ADAM,
    set_at=NOW,
)
WISH = Delegation(id="D2", user=RYAN, deputy=HUGO, set_by=RYAN, set_at=NOW)


def everything_of_an_absence() -> Iterator[tuple[str, Said]]:
    """Yield every message about who stands in for whom, by the name of its golden file."""
    for reader, to in (("away", RYAN), ("deputy", HUGO), ("admin", ADAM)):
        yield f"away set {reader}", absence.set_up(AWAY, UTC, to=to)
        yield f"away wish {reader}", absence.set_up(WISH, UTC, to=to)
    for reader, to in (("away", RYAN), ("deputy", HUGO)):
        refs = ("SOW-1", "AST-4")
        yield f"away begins {reader}", absence.moved(AWAY, UTC, refs, 0, begins=True, to=to)
        yield f"away begins {reader} many", absence.moved(AWAY, UTC, refs, 12, begins=True, to=to)
        yield f"away ends {reader}", absence.moved(AWAY, UTC, refs, 0, begins=False, to=to)
    yield "away ends nothing", absence.moved(AWAY, UTC, (), 0, begins=False, to=HUGO)
    yield "away off", absence.ended_by_hand([HUGO, HUGO])
    yield "away off nothing", absence.nothing_to_end()
    vacation = ("Vacation <!here>", ":palm_tree:", date(2026, 12, 3))
    names = {HUGO: "Hugo Brandt", ADAM: "Adam Reyes"}
    large = facts(sow(LARGE))
    yield "seems away", absence.seems_away(large, RYAN, vacation, names)
    yield "seems away nobody", absence.seems_away(large, RYAN, ("", ":palm_tree:", None), {})
    entry = replace(sow(LARGE).moves[-1].entry, action="hand_on", actor="frontdesk")
    handed = replace(entry, detail={"given to": HUGO, "instead of": RYAN, "asked by": ANA})
    yield "log handed on", notice.log_line(large, handed)
    yield "notice handed on", notice.notice(large, "hand_on", handed)
    yield "offered decider", notice.offered(facts(sow(LARGE)), to=RYAN)
    yield "offered asker", notice.offered(facts(sow(LARGE)), to=ANA)
    yield "role empty", notice.role_empty(Role.EXECUTIVE, Role.HEAD_OF_SALES)
    yield from _in_place_of()


def _in_place_of() -> Iterator[tuple[str, Said]]:
    large = sow(LARGE)
    known = replace(
        facts(large),
        waiting_for=(HUGO,),
        standing={HUGO: (RYAN,)},
        away={RYAN: (HUGO, date(2026, 3, 12))},
    )
    yield "card deputy", card(known, offered(large, RYAN), reader="decider", to=HUGO)
    yield "card away", card(known, offered(large, RYAN), reader="decider", to=RYAN)
    yield "card asker away", card(known, (), reader="asker", to=ANA)
    yield "reminder deputy", notice.reminder(known, 2)
    entry = replace(large.moves[-1].entry, action="approve", actor=HUGO)
    for name, detail in (("deputy", {FOR: RYAN}), ("fallback", {FALLBACK: "executive"})):
        done = replace(entry, detail=detail)
        yield f"log {name}", notice.log_line(known, done)
        yield f"notice {name}", notice.notice(known, "approve", done)
