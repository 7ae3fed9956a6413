"""The settings as a whole: written as a file, taken from one, compared with the first one."""

from collections.abc import Sequence
from datetime import datetime

from bot import parcels
from bot.ports import Override, Source, Store, Unit
from bot.rulebook import Handbook
from bot.setting.changing import Change, Changed, change
from bot.setting.holding import hold_at_once
from workflows.roles import Role, Seat

OPERATOR = Seat.FRONTDESK.value
SURFACE = "command line"
"""Under what the operator's changes stand on record: who they are only the machine knows."""


def exported(store: Store, handbook: Handbook) -> str:
    """Return the settings as they are now, as a file. No secret is among them."""
    with store.unit() as unit:
        values = handbook.values(unit.overrides.all())
    handbook.company(values)
    return handbook.written(values)


def imported(
    store: Store, handbook: Handbook, text: str, now: datetime, *, rehearsed: bool
) -> Sequence[Change]:
    """Make the settings what the file ``text`` says, all or none; return what that changes.

    What it does not name becomes unset. ``rehearsed``: say what would be done, and do nothing.
    Raises :class:`bot.errors.UnfitSettings` with everything that is wrong with the file.
    """
    after = handbook.read(text)
    with store.unit() as unit:
        version = unit.overrides.turn()
        before = handbook.values(unit.overrides.all())
        wanted = dict.fromkeys(before) | dict(after)
        changed = change(unit, handbook, wanted, version=version, by=OPERATOR, now=now)
        if changed.changes and not rehearsed:
            _bring_about(unit, changed, f"import:{version}", now)
            unit.commit()
    return changed.changes


def differing(store: Store) -> Sequence[Override]:
    """Return what is not as in the file."""
    with store.unit() as unit:
        return [each for each in unit.overrides.all() if each.source is not Source.FILE]


def _bring_about(unit: Unit, changed: Changed, occasion: str, now: datetime) -> None:
    keys = {each.key for each in changed.changes}
    for role in Role:
        if (key := f"roles.{role.value}") in keys:
            hold_at_once(unit, role, changed.before.get(key, ()), changed.company, now)
    unit.outbox.add(parcels.roles(occasion, now))
    unit.outbox.add(parcels.aside("reckon_all", occasion, "ranks:", {}, now))
    for each in changed.changes:
        unit.audit.append(each.entry(OPERATOR, SURFACE, now))
