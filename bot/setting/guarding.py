"""What no admin does by a form: leave nobody in charge, name strangers, favour oneself unseen."""

from collections.abc import Collection, Iterator

from bot.company import AUDIT_CHANNEL, EVERYONE, Company
from bot.desk import Desk, is_here, standing_in
from bot.identities import is_address, is_user, known
from bot.ports import Unit
from workflows.roles import Role


def directly(unit: Unit, identities: Collection[str]) -> frozenset[str]:
    """Return the active members whom the identities name by id, or by an address that is bound."""
    named = (known(unit, each) for each in identities if is_user(each) or is_address(each))
    return frozenset(user for users in named for user in users or () if is_here(unit, user))


def wrong_holders(
    desk: Desk, unit: Unit, role: Role, before: Collection[str], after: Collection[str]
) -> Iterator[str]:
    """Yield a sentence for everything that speaks against these holders of a role."""
    now = desk.clock.now()
    away = {each.user for each in unit.delegations.open(now) if each.holds_at(now)}
    was = frozenset(user for each in before for user in known(unit, each) or ())
    for each in after:
        if not (is_user(each) or is_address(each)) or each in before:
            continue
        for user in sorted((known(unit, each) or frozenset()) - was):
            if not is_here(unit, user):
                yield f"{_name(unit, user)} is no active member of this workspace, or a guest."
            elif user in away:
                yield f"{_name(unit, user)} is away now; name them when they are back."
    if role is Role.ADMIN and not _is_led(unit, before, after):
        yield "At least one admin has to stay who is named as a person. Name somebody else first."


def _is_led(unit: Unit, before: Collection[str], after: Collection[str]) -> bool:
    """Whether there will be an admin: somebody named, or who holds it by a group that stays."""
    if directly(unit, after):
        return True
    groups = {each for each in after if not is_address(each) and not is_user(each)}
    holders = unit.people.holders().get(Role.ADMIN, frozenset())
    return bool(groups & {*before} and holders - directly(unit, before))


def themselves(desk: Desk, unit: Unit, user: str, given: Collection[str]) -> tuple[str, ...]:
    """Return who of those to whom a role is ``given`` is ``user``, or stands in for them."""
    deputy = standing_in(desk, unit).get(user)
    own = {user} | ({deputy.user} if deputy else set())
    return tuple(sorted(own & {*given}))


def perhaps_themselves(
    unit: Unit, role: Role, before: Collection[str], after: Collection[str]
) -> tuple[str, ...]:
    """Return the new identities of which it is not known whom they name: it may be the admin.

    These are user groups, and addresses that are not bound. Whoever only asks decides nothing.
    """
    new = (each for each in after if each not in before and each != EVERYONE)
    return () if role is Role.REQUESTER else tuple(each for each in new if not known(unit, each))


def watched(unit: Unit, user: str) -> bool:
    """Whether an admin or auditor besides ``user`` hears what decides.

    A channel is nobody: perhaps we are not in it, or nobody reads it.
    """
    return bool(listeners(unit, user, (), audited=True))


def listeners(
    unit: Unit, user: str, companies: Collection[Company], *, audited: bool
) -> frozenset[str]:
    """Return where it is told what ``user`` changes: to the other admins.

    What is ``audited`` also to each auditor, and in the auditors' channels of the ``companies``,
    which are the one before the change and the one after it.
    """
    roles = (Role.ADMIN, Role.AUDITOR) if audited else (Role.ADMIN,)
    holders = unit.people.holders()
    people = frozenset().union(*(holders.get(role, frozenset()) for role in roles)) - {user}
    channels = {each.channels.get(AUDIT_CHANNEL) for each in companies} if audited else set()
    return frozenset(
        [*(f"user:{each}" for each in people), *(f"channel:{each}" for each in channels if each)]
    )


def _name(unit: Unit, user: str) -> str:
    person = unit.people.get(user)
    return person.name if person is not None else user
