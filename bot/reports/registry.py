"""Every report by its key: the modules of :mod:`bot.reports.kinds` that define ``REPORT``."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from bot.reports import kinds
from bot.reports.report import AnyReport, Report


@cache
def find_reports() -> Mapping[str, AnyReport]:
    """Return the reports by key, in the order of their names."""
    modules = (
        import_module(f"{kinds.__name__}.{found.name}") for found in iter_modules(kinds.__path__)
    )
    values = (getattr(module, "REPORT", None) for module in modules)
    found = sorted(
        (each for each in values if isinstance(each, Report)), key=lambda each: each.name
    )
    return MappingProxyType({each.key: each for each in found})
