"""What a move promises: who is told, summoned, reminded, overtaken. Data; nothing is sent here."""

from workflows.definition import Policy, Transition, Workflow
from workflows.effects import Log, Promise, Redraw, Release, Summon, Tell
from workflows.ladder import rungs
from workflows.request import Request
from workflows.roles import Seat


def consequences(
    workflow: Workflow,
    transition: Transition,
    before: Request,
    after: Request,
    actor: str,
    policy: Policy,
) -> tuple[Promise, ...]:
    """Return what follows ``transition``, which took the request from ``before`` to ``after``."""
    promises: list[Promise] = [Redraw()]
    if transition.logged:
        promises.append(Log(transition.name))
    voted_only = transition.vote and after.step == before.step
    if voted_only:
        return tuple(promises)
    if transition.tell_asker and actor != after.asker:
        promises.append(Tell(Seat.ASKER, transition.name))
    if workflow.stage(after.stage).final or transition.restarts:
        promises.append(Release(transition.name))
    promises.extend(transition.effects)
    if after.step != before.step:
        promises.extend(arrival(workflow, after, policy))
    return tuple(promises)


def arrival(workflow: Workflow, request: Request, policy: Policy) -> list[Promise]:
    """Return what entering a stage promises: its holders are summoned, and its ladder begins."""
    stage = workflow.stage(request.stage)
    if stage.final or not stage.holders():
        return []
    return [Summon(stage.name), *rungs(stage, policy)]
