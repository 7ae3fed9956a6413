"""The workflows there are: every module of this package that defines ``WORKFLOW``."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

import workflows
from workflows.definition import Workflow


def find_workflows() -> Mapping[str, Workflow]:
    """Return every workflow by key, in the order of their module names."""
    modules = (
        import_module(f"workflows.{found.name}") for found in iter_modules(workflows.__path__)
    )
    found = (getattr(module, "WORKFLOW", None) for module in modules)
    return MappingProxyType({each.key: each for each in found if isinstance(each, Workflow)})
