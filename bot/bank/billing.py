"""Who works with bank statements: Billing, and who stands in for it. Nobody else sees a row."""

from bot.desk import Desk, Gesture
from bot.members import member
from bot.ports import Unit
from workflows.refusals import NotAllowed
from workflows.roles import Role

WORKFLOW = "sow"


def billing(desk: Desk, unit: Unit, gesture: Gesture) -> str:
    """Return who it is, by user id. Raises NotAllowed for those who are not Billing."""
    user = member(desk, unit, gesture).user
    if not is_billing(desk, unit, user):
        raise NotAllowed("Bank statements are for Billing: ask them to look for your payment.")
    return user


def is_billing(desk: Desk, unit: Unit, user: str) -> bool:
    """Whether somebody does Billing's work now: holds the role, or stands in for who does."""
    office = desk.office(unit, desk.workflows[WORKFLOW], user)
    people = office.filling(Role.BILLING)
    return user in people | {office.deputies[each].user for each in people & {*office.deputies}}
