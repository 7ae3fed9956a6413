"""The file, with what was changed since laid over it: checked as the file itself is checked."""

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from bot.company import Company
from bot.errors import UnfitSettings
from bot.ports import Override, Source
from settings.company import company_of, parse, unknown_approvals
from settings.flat import Values, flat, known, meant, nested, place
from settings.sentences import Steps, problems
from settings.tables import File
from settings.toml import value_text, written
from settings.wording import Wrong


@dataclass(frozen=True, slots=True)
class TomlHandbook:
    """:class:`bot.rulebook.Handbook` over what ``frontdesk.toml`` said when it was read."""

    first: Values
    workflows: AbstractSet[str]

    @classmethod
    def of(cls, tables: Mapping[str, Any], workflows: AbstractSet[str]) -> "TomlHandbook":
        """Return the handbook of a file that says this."""
        return cls(flat(tables), workflows)

    def values(self, overrides: Iterable[Override]) -> Values:
        """Return what every setting says now, by key; without those that say nothing."""
        found = dict(self.first)
        for each in overrides:
            match each.source:
                case Source.GIVEN:
                    found[each.key] = each.value
                case Source.NOTHING:
                    found.pop(each.key, None)
                case Source.FILE:
                    pass
        return {key: found[key] for key in sorted(found, key=place)}

    @property
    def keys(self) -> Collection[str]:
        """Every setting that is known here, in the order of the documentation."""
        return known(self.workflows)

    def in_full(self, values: Values) -> Values:
        """Return them with what is usual where they say nothing."""
        usual = {key: each for key, each in known(self.workflows).items() if each is not None}
        found = usual | dict(values)
        for key, each in usual.items():
            if isinstance(each, Mapping) and isinstance(found[key], Mapping):
                found[key] = {**each, **found[key]}
        return {key: found[key] for key in sorted(found, key=place)}

    def company(self, values: Values) -> Company:
        """Return the company that these values describe. Raises UnfitSettings."""
        company = company_of(self._checked(values))
        if strangers := list(unknown_approvals(company)):
            raise UnfitSettings(*((_key_of(where), said) for where, said in strangers))
        return company

    def read(self, text: str) -> Values:
        """Return the values in a text like ``frontdesk.toml``. Raises UnfitSettings."""
        try:
            tables = parse(text)
        except Wrong as wrong:
            raise UnfitSettings(("", f"it {wrong}")) from None
        self._file(tables)
        values = flat(tables)
        self.company(values)
        return values

    def differences(self, before: Values, after: Values) -> list[str]:
        """Return the keys of what ``after`` says otherwise; how it is written does not count."""
        names = [*before, *(key for key in after if key not in before)]
        try:
            one, other = (self._meant(values, names) for values in (before, after))
        except UnfitSettings:  # of two of which one is wrong, what is written is compared
            one, other = before, after
        changed = [key for key in names if one.get(key) != other.get(key)]
        return sorted(changed, key=place)

    def text(self, values: Values, key: str) -> str:
        """Return a value as it stands in the file; "" where there is none."""
        return value_text(values[key]) if key in values else ""

    def written(self, values: Values) -> str:
        """Return a file that says this."""
        return written(nested(values))

    def _meant(self, values: Values, names: Iterable[str]) -> Mapping[str, Any]:
        """Return what the values stand for, with what is usual for those that are not there."""
        tables = nested(values)
        for key in names:
            home = key.split(".")[:-1]
            if home[:1] == ["workflows"]:
                tables.setdefault("workflows", {}).setdefault(home[1], {})
        file = self._file(tables)
        return {key: meant(file, key) for key in names}

    def _checked(self, values: Values) -> File:
        return self._file(nested(values))

    def _file(self, tables: Mapping[str, Any]) -> File:
        try:
            return File.model_validate(tables, context=self.workflows)
        except ValidationError as error:
            found = [(_key(steps), _said(steps, said)) for steps, said in problems(error)]
        raise UnfitSettings(*found)


def _key(steps: Steps) -> str:
    names = [step for step in steps if isinstance(step, str)]
    return ".".join(names[: 3 if names[:1] == ["workflows"] else 2])


def _said(steps: Steps, sentence: str) -> str:
    """Return the sentence with what tells its place beyond the key."""
    names = [step for step in steps if isinstance(step, str)]
    inner = names[3 if names[:1] == ["workflows"] else 2 :]
    entries = [f"entry {step + 1}" for step in steps if isinstance(step, int)]
    where = ", ".join([*inner, *entries])
    said = f"{where}: {sentence}" if where else sentence
    return said[:1].upper() + said[1:]


def _key_of(where: str) -> str:
    """Return the key in a place such as ``[workflows.sow.approvals] boss``."""
    return where.partition("]")[0].removeprefix("[")
