"""What waits is listed: for any company, any deputies, whoever has left."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from bot.concerns import concerns
from bot.desk import Desk, is_here
from bot.ports import Person, Unit
from tests.bot.open_desk import NOW, open_desk
from tests.workflows.walks import variants
from workflows.ball import deciders
from workflows.delegation import Delegation
from workflows.engine import Actor, begin
from workflows.office import Office
from workflows.request import Request, Vote
from workflows.roles import OUTSIDE, Role

PEOPLE = tuple(f"U0{name}" for name in ("ANA", "BEN", "DIAN", "RYAN", "HUGO", "GUS", "ADAM"))
COMPANIES = 20


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("concerns")
    with open_desk(folder) as opened:
        yield opened


def _people(unit: Unit, dice: Random) -> None:
    for user in PEOPLE:
        is_active = user == "U0ADAM" or dice.random() < 0.8
        unit.people.put(Person(user=user, team="T1", name=user.title(), active=is_active))
    for role in Role:
        unit.people.hold(role, frozenset(dice.sample(PEOPLE, dice.choice((0, 1, 1, 2, 3)))))
    unit.people.hold(Role.ADMIN, frozenset({"U0ADAM"}))


def _deputies(unit: Unit, dice: Random) -> None:
    for user in dice.sample(PEOPLE, dice.randint(0, 4)):
        unit.delegations.add(
            Delegation(
                id=user,
                user=user,
                deputy=dice.choice([each for each in PEOPLE if each != user]),
                begins=NOW - timedelta(days=dice.randint(-1, 2)),
                ends=NOW + timedelta(days=dice.randint(0, 2), hours=1),
                set_by=user,
                set_at=NOW,
            )
        )


def _requests(desk: Desk, unit: Unit, dice: Random) -> list[Request]:
    made: list[Request] = []
    for workflow in desk.workflows.values():
        details = variants(workflow.details)[0]
        everybody = Office(holders={role: frozenset(PEOPLE) for role in Role})
        for stage in workflow.open_stages:
            asker = dice.choice(PEOPLE)
            ref = unit.requests.next_ref(workflow.key, workflow.prefix)
            fresh = begin(workflow, ref, details, Actor(asker), everybody, NOW).request
            lanes = [lane.name for lane in workflow.stage(stage).lanes] or [""]
            given = {dice.choice(lanes): dice.choice([each for each in PEOPLE if each != asker])}
            voter = dice.choice([each for each in PEOPLE if each != asker])
            vote = Vote(stage, lanes[0], voter, fresh.round, NOW)
            made.append(
                replace(
                    fresh,
                    stage=stage,
                    owner=dice.choice([*PEOPLE, None]),
                    assigned=given if dice.random() < 0.3 else {},
                    votes=(vote,) if lanes[0] and dice.random() < 0.5 else (),
                )
            )
            unit.requests.add(made[-1], "")
    return made


@pytest.mark.parametrize("seed", range(COMPANIES))
def test_nothing_waits_that_is_not_listed(desk: Desk, seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - nothing is a secret here
    with desk.store.unit() as unit:  # never committed: every company begins anew
        _people(unit, dice)
        _deputies(unit, dice)
        requests = _requests(desk, unit, dice)
        waits_for = {
            each.ref: deciders(workflow, each, desk.office(unit, workflow))
            for each in requests
            for workflow in [desk.workflows[each.workflow]]
        }
        listed = {
            user: {facts.request.ref for facts in concerns(desk, unit, user, None).waiting}
            for user in PEOPLE
        }
        for user in PEOPLE:
            assert listed[user] == {ref for ref, people in waits_for.items() if user in people}
        reached = frozenset().union(*listed.values())
        for ref, people in waits_for.items():
            if any(is_here(unit, user) for user in people - OUTSIDE):
                assert ref in reached
