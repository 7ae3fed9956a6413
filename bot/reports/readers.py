"""Who may read reports: by role, for each workflow; decided here for pictures and for sheets."""

from collections.abc import Collection

from bot import report
from bot.desk import Desk
from bot.ports import Unit
from bot.reports.report import AnyReport
from bot.triage import agenda
from workflows.definition import Workflow
from workflows.roles import Role

SOW, ASSETS, SHELF = "sow", "sales_asset", "shelf"

_READERS = {SOW: report.READERS, ASSETS: agenda.READERS, SHELF: agenda.READERS}

_MANAGERS = (
    *(Role.SALES_MANAGER, Role.HEAD_OF_SALES, Role.HEAD_OF_MARKETING),
    *(Role.EXECUTIVE, Role.AUDITOR, Role.ADMIN),
)

_MONEY = (
    *(Role.SALES_ASSISTANT, Role.BILLING, Role.HEAD_OF_SALES),
    *(Role.EXECUTIVE, Role.AUDITOR, Role.ADMIN),
)
"""Who sees the amounts of every Statement of Work."""


def usual(workflow: str) -> Collection[Role]:
    """Return who reads how requests went: of a workflow without readers, admins and auditors."""
    return _READERS.get(workflow, (Role.AUDITOR, Role.ADMIN))


def managers(_workflow: str) -> Collection[Role]:
    """Return who reads what single people did."""
    return _MANAGERS


def money(workflow: str) -> Collection[Role]:
    """Return who reads amounts."""
    return _MONEY if workflow == SOW else ()


def shelf(workflow: str) -> Collection[Role]:
    """Return who reads how the shelf is used."""
    return usual(workflow) if workflow == SHELF else ()


def roles_of(desk: Desk, unit: Unit, user: str) -> frozenset[Role]:
    """Return what the person holds now; nothing, for whoever is no active member."""
    person = unit.people.get(user)
    if person is None or not person.active:
        return frozenset()
    office = desk.office(unit, next(iter(desk.workflows.values())), user)
    return frozenset(role for role in Role if user in office.holding(role))


def readable(desk: Desk, report: AnyReport, roles: frozenset[Role]) -> tuple[Workflow, ...]:
    """Return of which workflows a report can be read by whoever has these ``roles``."""
    every = desk.workflows.values()
    return tuple(each for each in every if not roles.isdisjoint(report.readers(each.key)))
