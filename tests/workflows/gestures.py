"""What happened on a walk: every gesture, who made it, and what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from workflows.definition import Given, Transition, Workflow
from workflows.engine import Move
from workflows.office import Office
from workflows.refusals import Refusal
from workflows.request import Request


@dataclass(frozen=True, kw_only=True)
class Step:
    """One gesture: who tried what to which request in which office, and what came of it."""

    workflow: Workflow
    before: Request
    office: Office
    user: str
    name: str
    given: Given
    now: datetime
    outcome: Move | Refusal

    @property
    def transition(self) -> Transition:
        """What was done. Only for a gesture that was accepted."""
        found = self.workflow.transition(self.name)
        assert found is not None
        return found


class Walk:
    """A request's way: its first move, then every gesture in order."""

    def __init__(self, workflow: Workflow, first: Move, steps: tuple[Step, ...]) -> None:
        self.workflow = workflow
        self.first = first
        self.steps = steps

    def __repr__(self) -> str:
        """Tell the way as a story, for the report of a failure."""
        told = [f"{self.first.entry.actor} asks -> {self.first.request.stage}"]
        for step in self.steps:
            done = step.outcome
            end = done.request.stage if isinstance(done, Move) else type(done).__name__
            told.append(f"{step.user} {step.name} {step.given.values.get('person', '')} -> {end}")
        return "\n".join([self.workflow.key, *told])

    def accepted(self) -> Iterator[tuple[Step, Move]]:
        """Yield the gestures that moved the request, with their moves."""
        for step in self.steps:
            if isinstance(step.outcome, Move):
                yield step, step.outcome

    def states(self) -> Iterator[tuple[Request, Office]]:
        """Yield the request after every gesture, and the office as it was then."""
        for step in self.steps:
            after = step.outcome.request if isinstance(step.outcome, Move) else step.before
            yield after, step.office

    def situations(self) -> Iterator[tuple[Request, Office]]:
        """Yield the same, but once where nothing changed."""
        known: tuple[Request, Office] | None = None
        for request, office in self.states():
            if known is None or request is not known[0] or office is not known[1]:
                yield request, office
            known = request, office
