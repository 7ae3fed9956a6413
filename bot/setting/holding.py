"""Who holds a role from this very change on, as far as is known without asking Slack."""

from collections.abc import Collection
from datetime import datetime

from bot import grants
from bot.company import Company
from bot.identities import known
from bot.ports import Unit
from workflows.roles import Role


def hold_at_once(
    unit: Unit, role: Role, before: Collection[str], company: Company, now: datetime
) -> None:
    """Make those the holders whom the ``company`` names, in this transaction.

    ``before``: the identities until now. Whoever was not named by one of them in person holds the
    role by a group; where there is still a group they keep it until Slack has said who is in it.
    What Slack was asked before, by the old names, is not stored any more.
    """
    unit.people.is_latest(unit.people.turn())
    holders = unit.people.holders()
    given = {each: dict.fromkeys(users, "") for each, users in holders.items()}
    named = {each: known(unit, each) for each in company.roles.get(role, ())}
    users = {user: name for name, found in named.items() for user in found or ()}
    if None in named.values():
        in_person = frozenset(user for each in before for user in known(unit, each) or ())
        users = dict.fromkeys(holders.get(role, frozenset()) - in_person, "") | users
    given[role] = users
    grants.hold(unit, now, given)
