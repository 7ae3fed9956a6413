"""What no admin does by a form: leave nobody in charge, name strangers, favour oneself unseen."""

from collections.abc import Collection, Iterator

from bot import audit_head
from bot.desk import Desk, Gesture, is_here, standing_in
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


def listeners(desk: Desk, unit: Unit, gesture: Gesture, *, audited: bool) -> list[str]:
    """Return where a change is told: to the other admins, and what is ``audited`` to auditors."""
    admins = unit.people.holders().get(Role.ADMIN, frozenset()) - {gesture.user}
    found = [f"user:{user}" for user in sorted(admins)]
    if audited:
        found += audit_head.addresses(desk.company, unit)
    return [each for each in dict.fromkeys(found) if each != f"user:{gesture.user}"]


def _name(unit: Unit, user: str) -> str:
    person = unit.people.get(user)
    return person.name if person is not None else user
