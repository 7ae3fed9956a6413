"""A request on its way, told in the words of the business: ``journey.does(RYAN, "approve")``."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.workflows.harborlight import NOW, OFFICE
from workflows.ball import deciders, stuck
from workflows.definition import Given, Workflow
from workflows.engine import Actor, Move, act, begin
from workflows.office import Office
from workflows.permission import available
from workflows.refusals import Refusal
from workflows.request import Finding, Request
from workflows.roles import Role


class Journey:
    """One request from its beginning; every gesture happens a minute after the one before."""

    def __init__(
        self, workflow: Workflow, asker: str, details: object, office: Office = OFFICE
    ) -> None:
        self.workflow = workflow
        self.office = office
        self.now = NOW.astimezone(UTC)
        actor = Actor(asker, "command")
        self.moves = [begin(workflow, f"{workflow.prefix}-1", details, actor, office, self.now)]

    @property
    def request(self) -> Request:
        """The request as it stands."""
        return self.moves[-1].request

    @property
    def stage(self) -> str:
        """Where it stands."""
        return self.request.stage

    def does(self, user: str, name: str, reason: str = "", /, **values: Any) -> Move:
        """Let ``user`` do ``name``; it must succeed."""
        self.now += timedelta(minutes=1)
        move = self._act(user, name, reason, values, self.now)
        self.moves.append(move)
        return move

    def refuses(self, user: str, name: str, reason: str = "", /, **values: Any) -> Refusal:
        """Return why ``user`` may not do ``name``; it must fail."""
        with pytest.raises(Refusal) as refusal:
            self._act(user, name, reason, values, self.now)
        return refusal.value

    def offers(self, user: str) -> set[str]:
        """Return the names of the buttons that ``user`` is shown."""
        return {each.name for each in available(self.workflow, self.request, user, self.office)}

    def waits_for(self) -> set[str]:
        """Return who has the ball."""
        return set(deciders(self.workflow, self.request, self.office))

    def lacks(self) -> tuple[Role, ...]:
        """Return the roles without whom it is stuck."""
        return stuck(self.workflow, self.request, self.office)

    def finding(self, rule: str) -> Finding:
        """Return what ``rule`` found last."""
        return next(each for each in self.request.findings if each.rule == rule)

    def _act(
        self, user: str, name: str, reason: str, values: dict[str, Any], now: datetime
    ) -> Move:
        given = Given(reason=reason, values=values)
        return act(self.workflow, self.request, name, Actor(user), given, self.office, now)
