"""Dates on which nobody works: public holidays of countries and regions, and the company's own."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays

from settings.wording import Wrong, meant, shown

_PART = re.compile(r"[A-Z0-9]{1,3}")
_FORM = re.compile(rf"(?P<country>[A-Z]{{2}})(-(?P<part>{_PART.pattern}))?")
_EXAMPLES = 'right are codes such as "US" or, with a region, "DE-BE"'
_YEARS_KEPT = 256
_ENGLISH = "en_US"
_IN_LIEU = re.compile(r"observed|substitute|day off|holiday$", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Region:
    """A country (ISO 3166-1), or a part of it (ISO 3166-2), with holidays that are known."""

    country: str
    part: str | None = None


@dataclass(frozen=True, slots=True)
class DaysOff:
    """A container of dates; holidays are computed when a date of their year is first asked for."""

    regions: tuple[Region, ...]
    own: frozenset[date]

    def __contains__(self, day: object) -> bool:
        """Whether ``day`` is a holiday in any of the regions, or one of the company's own."""
        if not isinstance(day, date):
            return False
        return day in self.own or any(day in _public(each, day.year) for each in self.regions)

    def named(self, since: date) -> Mapping[str, tuple[date, ...]]:
        """Return the public holidays by name, in lower case, with their next dates."""
        found: dict[str, set[date]] = {}
        for each in self.regions:
            for name, day in _next_ones(each, since).items():
                found.setdefault(name, set()).add(day)
        return {name: tuple(sorted(days)) for name, days in found.items()}


def region(value: object) -> Region:
    """Return the region that a code such as ``US`` or ``DE-BE`` names."""
    if not isinstance(value, str) or (found := _FORM.fullmatch(value)) is None:
        raise Wrong(f"{shown(value)} is not a country; {_EXAMPLES}.")
    country, part = found["country"], found["part"]
    try:
        known = holidays.country_holidays(country).subdivisions
    except NotImplementedError:
        raise Wrong(f"no holidays are known for {shown(country)}; {_EXAMPLES}.") from None
    parts = [each for each in known if _PART.fullmatch(each)]
    if part is not None and part not in parts:
        raise Wrong(f"{country} has no region {shown(part)}; {meant(part, parts)}")
    return Region(country, part)


@lru_cache(maxsize=_YEARS_KEPT)
def _next_ones(where: Region, since: date) -> Mapping[str, date]:
    """Return the holidays of a region by name; of several days the first from ``since`` on."""
    days = [each for year in (since.year, since.year + 1) for each in _names(where, year)]
    return {name: day for day, name in sorted(days, reverse=True) if day >= since}


@lru_cache(maxsize=_YEARS_KEPT)
def _names(where: Region, year: int) -> tuple[tuple[date, str], ...]:
    """Return days and names, English ones where there are any; days in lieu have none."""
    known = holidays.country_holidays(where.country).supported_languages
    language = _ENGLISH if _ENGLISH in known else None
    found = holidays.country_holidays(
        where.country, subdiv=where.part, years=year, language=language
    )
    return tuple((day, name) for day in found for name in _names_of(found.get_list(day)))


def _names_of(said: list[str]) -> Iterator[str]:
    for each in said:
        if not _IN_LIEU.search(each):
            yield _ASIDE.sub("", each).strip().lower()


@lru_cache(maxsize=_YEARS_KEPT)
def _public(where: Region, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(where.country, subdiv=where.part, years=year))
