"""Where two reviews contradict each other, a head decides, with both texts side by side.

"Head of Sales/Marketing: oversees process and resolves conflicts" (Sales Asset Requests, 5).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from workflows.asset import open_conflict, record_of, recorded
from workflows.asset_review import Conflict, Lane, Topic
from workflows.definition import Deed, Given, Policy, Rule, Transition
from workflows.effects import Tell
from workflows.request import Finding, Request
from workflows.reviewing import JUDGES
from workflows.roles import Seat


def _is_narrative(request: Request, _policy: Policy) -> Finding:
    conflict = open_conflict(request)
    applies = conflict is not None and conflict.topic is Topic.NARRATIVE
    what = "the sales narrative" if applies else "brand or technical content"
    return Finding("narrative", applies, f"the reviews contradict each other about {what}")


NARRATIVE = Rule("narrative", _is_narrative)


def answered_lanes(request: Request) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return the choices of a conflict: the lanes that have said something to this version."""
    lanes = [
        (
            each.lane.value,
            f"{each.lane.label}: {'approves' if each.approves else 'asks for changes'}",
        )
        for each in record_of(request).answers_now(request)
    ]
    return {"first": lanes, "second": lanes}


def _are_two(request: Request, given: Given) -> str | None:
    said = {each.lane.value for each in record_of(request).answers_now(request)}
    if len(said) < 2:  # noqa: PLR2004 - a conflict has two sides
        return "Only one review has said something, so there is no conflict."
    if given.offering:
        return None
    first, second = given.values.get("first"), given.values.get("second")
    if first == second:
        return "A conflict is between two reviews; please choose two."
    return None if {first, second} <= said else "That review has not said anything to this version."


def _raised(request: Request, deed: Deed) -> Request:
    lanes = (Lane(str(deed.values["first"])), Lane(str(deed.values["second"])))
    conflict = Conflict(
        lanes=lanes,
        texts=(_text(request, lanes[0]), _text(request, lanes[1])),
        topic=Topic(str(deed.values["topic"])),
        reason=deed.reason,
        raised_by=deed.user,
        at=deed.at,
    )
    return recorded(request, conflicts=(*record_of(request).conflicts, conflict))


def _text(request: Request, lane: Lane) -> str:
    said = [each for each in record_of(request).answers_now(request) if each.lane is lane]
    return said[-1].text or "approves it as it is" if said else ""


def both_sides(request: Request) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return the choices of a resolution: the two lanes, or neither."""
    conflict = open_conflict(request)
    sides = [(lane.value, lane.label) for lane in conflict.lanes] if conflict else []
    return {"upholds": [*sides, ("neither", "Neither: as I say below")]}


def _resolved(request: Request, deed: Deed) -> Request:
    *earlier, conflict = record_of(request).conflicts
    decided = replace(
        conflict,
        upholds=str(deed.values.get("upholds", "")),
        decision=deed.reason,
        decided_by=deed.user,
        decided_for=deed.behalf,
        decided_at=deed.at,
    )
    return recorded(request, conflicts=(*earlier, decided))


TRANSITIONS = (
    Transition(
        name="raise_conflict",
        label="Reviews contradict",
        done="put before a head",
        source=("changes_requested",),
        target="conflict_narrative",
        by=(Seat.OWNER, *JUDGES),
        guard=_are_two,
        choices=answered_lanes,
        reason=True,
        form="conflict",
        apply=_raised,
        tell_asker=False,
    ),
    Transition(
        name="resolve_conflict",
        label="Decide",
        done="decided",
        source=("conflict_narrative", "conflict_content"),
        target="changes_requested",
        by=(Seat.DECIDER,),
        choices=both_sides,
        reason=True,
        form="resolution",
        apply=_resolved,
        tell_asker=False,
        effects=(
            Tell(Seat.OWNER, "resolve_conflict"),
            *(Tell(role, "resolve_conflict") for role in JUDGES),
        ),
    ),
)
