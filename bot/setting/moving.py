"""The settings as a whole: written as a file, taken from one, compared with the first one."""

from collections.abc import Sequence
from datetime import datetime

from bot import parcels
from bot.ports import Override, Source, Store, Unit
from bot.rulebook import Handbook
from bot.setting.changing import OPERATOR, Change, Changed, change, companies
from bot.setting.guarding import listeners
from bot.setting.holding import hold_at_once
from workflows.roles import Role

SURFACE = "command line"


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
            _bring_about(unit, handbook, changed, f"import:{version}", now)
            unit.commit()
    return changed.changes


def differing(store: Store) -> Sequence[Override]:
    """Return what is not as in the file."""
    with store.unit() as unit:
        return [each for each in unit.overrides.all() if each.source is not Source.FILE]


def _bring_about(
    unit: Unit, handbook: Handbook, changed: Changed, occasion: str, now: datetime
) -> None:
    """Put it on record, let it take effect, and promise to tell those who watch over it.

    Told are the admins and the auditors of before and of now: nobody is taken out unheard.
    """
    keys = {each.key for each in changed.changes}
    both = companies(handbook, changed)
    told = listeners(unit, OPERATOR, both, audited=True)
    for role in Role:
        if (key := f"roles.{role.value}") in keys:
            hold_at_once(unit, role, changed.before.get(key, ()), changed.company, now)
    told |= listeners(unit, OPERATOR, both, audited=True)
    unit.outbox.add(parcels.roles(occasion, now))
    unit.outbox.add(parcels.aside("reckon_all", occasion, "ranks:", {}, now))
    what = {"changes": [[each.key, each.before, each.after] for each in changed.changes]}
    for address in sorted(told):
        once = f"{occasion}:{address}"
        unit.outbox.add(parcels.aside("settings_imported", once, address, what, now))
    for each in changed.changes:
        unit.audit.append(each.entry(OPERATOR, SURFACE, now))
