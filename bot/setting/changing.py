"""A change of settings: checked as the file is, laid over it, and put on record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.company import Company
from bot.errors import UnfitSettings
from bot.ports import Override, Source, Unit
from bot.rulebook import Handbook, Values
from bot.unmoved import beside
from workflows.engine import Entry
from workflows.roles import Seat

ACTION = "change_setting"
"""The action under which it enters the audit: ``setting``, ``before``, ``after``."""

OPERATOR = Seat.FRONTDESK.value
"""Under whom what is done at the command line is on record: who it was only the machine knows."""

NOT_SET = "not set"


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one setting: its values as they stand in the file, "" for none.

    ``is_back``: it is as in the file again.
    """

    key: str
    before: str
    after: str
    is_back: bool

    def entry(self, by: str, surface: str, now: datetime) -> Entry:
        """Return the audit's entry of it."""
        detail = {
            "setting": self.key,
            "before": self.before or NOT_SET,
            "after": self.after or NOT_SET,
        }
        if self.is_back:
            detail["as"] = "in the file"
        return beside(None, ACTION, by, surface, now, detail)


@dataclass(frozen=True, slots=True)
class Changed:
    """The settings before and after, what changed of them, and the company that they describe."""

    before: Values
    after: Values
    changes: Sequence[Change]
    company: Company


def companies(handbook: Handbook, changed: Changed) -> tuple[Company, ...]:
    """Return the company before and after; the latter alone where what was did not fit together."""
    try:
        return handbook.company(changed.before), changed.company
    except UnfitSettings:
        return (changed.company,)


def planned(
    handbook: Handbook, overrides: Sequence[Override], wanted: Mapping[str, Any]
) -> Changed:
    """Return what it would change to set ``wanted``, by key; None: to no value.

    Raises :class:`bot.errors.UnfitSettings` with a sentence for everything that is wrong.
    """
    before = handbook.values(overrides)
    given = {key: value for key, value in wanted.items() if value is not None}
    after = {key: value for key, value in before.items() if key not in wanted} | given
    company = handbook.company(after)
    from_file = set(handbook.differences(handbook.first, after))
    changes = [
        Change(key, handbook.text(before, key), handbook.text(after, key), key not in from_file)
        for key in handbook.differences(before, after)
    ]
    return Changed(before, after, changes, company)


def change(
    unit: Unit,
    handbook: Handbook,
    wanted: Mapping[str, Any],
    *,
    version: int,
    by: str,
    now: datetime,
) -> Changed:
    """Set ``wanted`` from the next transaction on, in every process; record it yourself.

    ``version`` is this unit's turn at the settings. What is as in the file is taken from there
    again, also when the file is edited later. Raises UnfitSettings.
    """
    changed = planned(handbook, unit.overrides.all(), wanted)
    for each in changed.changes:
        value = None if each.is_back else changed.after.get(each.key)
        source = Source.NOTHING if value is None else Source.GIVEN
        unit.overrides.put(
            Override(
                key=each.key,
                source=Source.FILE if each.is_back else source,
                value=value,
                version=version,
                by=by,
                at=now,
            )
        )
    return changed
