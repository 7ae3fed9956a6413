"""The forms there are: every :class:`Form` that a module of this package defines."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

import modals
from modals.form import Form


def find_forms() -> Mapping[str, Form]:
    """Return every form by key, in the order of their module names.

    Raises ValueError when two different forms have the same key.
    """
    forms: dict[str, Form] = {}
    for found in iter_modules(modals.__path__):
        for value in vars(import_module(f"modals.{found.name}")).values():
            if isinstance(value, Form) and forms.setdefault(value.key, value) is not value:
                raise ValueError(f"Two forms have the key {value.key!r}.")
    return MappingProxyType(forms)
