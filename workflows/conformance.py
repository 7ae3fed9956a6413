"""What every workflow must satisfy: checked for each one that exists, by the tests and at start."""

from collections import Counter
from collections.abc import Iterable, Iterator

from workflows.definition import BACK, STAY, Policy, Workflow
from workflows.effects import Escalate
from workflows.ladder import rungs
from workflows.roles import Role, Seat


def defects(workflow: Workflow) -> list[str]:
    """Return a sentence for every defect of ``workflow``; an empty list when it is sound."""
    return [
        *_unknown_stages(workflow),
        *_double_names(workflow),
        *_dead_stages(workflow),
        *_endless(workflow),
        *_nobody(workflow),
        *_without_end(workflow),
    ]


def targets(workflow: Workflow, stage: str) -> Iterator[str]:
    """Yield every stage that a request can go to from ``stage``, through skipped ones too."""
    for transition in workflow.leaving(stage):
        if transition.target == BACK:
            holding = (each for each in workflow.transitions if each.target == stage)
            yield from (source for each in holding for source in each.source)
        elif transition.target != STAY:
            yield transition.target
    if (skipped := workflow.stage(stage).skip_to) is not None:
        yield skipped


def _unknown_stages(workflow: Workflow) -> Iterator[str]:
    known = {stage.name for stage in workflow.stages}
    named = {workflow.start} | {stage.skip_to for stage in workflow.stages if stage.skip_to}
    for transition in workflow.transitions:
        named |= {*transition.source, transition.target} - {STAY, BACK}
    for name in sorted(named - known):
        yield f"{workflow.key}: there is no stage {name!r}."


def _double_names(workflow: Workflow) -> Iterator[str]:
    for name in _doubles(transition.name for transition in workflow.transitions):
        yield f"{workflow.key}: two transitions are called {name!r}."
    for name in _doubles(stage.name for stage in workflow.stages):
        yield f"{workflow.key}: two stages are called {name!r}."
    for stage in workflow.stages:
        for name in _doubles(lane.name for lane in stage.lanes):
            yield f"{workflow.key}: two lanes of {stage.name!r} are called {name!r}."


def _doubles(names: Iterable[str]) -> list[str]:
    return sorted(name for name, count in Counter(names).items() if count > 1)


def _dead_stages(workflow: Workflow) -> Iterator[str]:
    known = {stage.name for stage in workflow.stages}
    reached, ahead = set[str](), [workflow.start]
    while ahead:
        name = ahead.pop()
        if name in known and name not in reached:
            reached.add(name)
            ahead.extend(targets(workflow, name))
    for stage in workflow.stages:
        if stage.name not in reached:
            yield f"{workflow.key}: nothing leads to the stage {stage.name!r}."
        leaves = any(each.target != STAY for each in workflow.leaving(stage.name))
        if not stage.final and not leaves and stage.skip_to is None:
            yield f"{workflow.key}: nothing leads out of the stage {stage.name!r}."
        if stage.final and leaves:
            yield f"{workflow.key}: the final stage {stage.name!r} can be left."


def _endless(workflow: Workflow) -> Iterator[str]:
    """Yield what would keep a request, or the engine itself, going round for ever."""
    skips = {stage.name: stage.skip_to for stage in workflow.stages if stage.skip_to is not None}
    for start, first in skips.items():
        path = [first]
        while path[-1] in skips and path.count(path[-1]) == 1:
            path.append(skips[path[-1]])
        if start in path:
            yield f"{workflow.key}: skipping {start!r} leads back to it."
    for transition in workflow.transitions:
        if transition.vote and transition.target == STAY:
            yield f"{workflow.key}: the vote {transition.name!r} leads nowhere."


def _without_end(workflow: Workflow) -> Iterator[str]:
    """Yield the stages in which a person could let a request wait and no admin ever heard of it."""
    for name in workflow.open_stages:
        stage = workflow.stage(name)
        if stage.own_ladder or stage.holder in (Seat.CLIENT, Seat.FRONTDESK):
            continue
        ends = [each for each in rungs(stage, Policy()) if isinstance(each, Escalate)]
        if stage.holders() and not any(each.to is Role.ADMIN for each in ends):
            yield f"{workflow.key}: the ladder of the stage {name!r} does not end with the admins."


def _nobody(workflow: Workflow) -> Iterator[str]:
    for name in workflow.open_stages:
        stage = workflow.stage(name)
        if not stage.holders() or stage.holder is Seat.DECIDER:
            yield f"{workflow.key}: nobody has the ball in the stage {name!r}."
        if stage.only_if is not None and stage.skip_to is None:
            yield f"{workflow.key}: the rule of {name!r} names no stage to skip to."
        votes = any(each.vote for each in workflow.leaving(name))
        if bool(stage.lanes) != votes:
            yield f"{workflow.key}: {name!r} must have both lanes and a vote, or neither."
    for transition in workflow.transitions:
        if not transition.by:
            yield f"{workflow.key}: nobody may {transition.name!r}."
        if transition.reason and transition.form is None:
            yield f"{workflow.key}: {transition.name!r} needs a reason but no form asks for it."
