"""The settings one by one, ``workflows.sow.thresholds`` say, and back to the tables of a file."""

from collections.abc import Collection, Mapping
from typing import Any

from settings.tables import SHARED_CHANNELS, TABLES, File
from workflows.roles import Role

Values = Mapping[str, Any]
"""By key of a setting, its value as TOML has it. What has no value is not there."""

_WORKFLOWS = "workflows"


def flat(tables: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the tables of a file say, by the keys of the settings."""
    found: dict[str, Any] = {}
    for name, table in tables.items():
        inner = table.items() if name == _WORKFLOWS else [("", table)]
        for key, entries in inner:
            home = f"{name}.{key}" if key else name
            found |= {f"{home}.{each}": value for each, value in entries.items()}
    return found


def nested(values: Values) -> dict[str, Any]:
    """Return the tables that say what :func:`flat` would read of them."""
    tables: dict[str, Any] = {}
    for key, value in values.items():
        *home, name = key.split(".")
        table = tables
        for each in home:
            table = table.setdefault(each, {})
        table[name] = value
    return tables


def known(workflows: Collection[str]) -> dict[str, Any]:
    """Return every setting with its value where a file says nothing, as TOML has it, or None."""
    found: dict[str, Any] = {f"channels.{key}": None for key in [*workflows, *SHARED_CHANNELS]}
    found |= {f"roles.{role}": None for role in Role}
    for home, table in TABLES.items():
        _, _, workflow = home.partition(".")
        if not workflow or workflow in workflows:
            usual = table.model_construct().model_dump()
            found |= {f"{home}.{name}": usual.get(name) for name in table.model_fields}
    return {key: found[key] for key in sorted(found, key=place)}


def meant(file: File, key: str) -> object:
    """Return what ``file`` makes of the setting; None where it says nothing of it."""
    found: Any = file
    for step in key.split("."):
        found = found.get(step) if isinstance(found, Mapping) else getattr(found, step, None)
    return found


def place(key: str) -> tuple[int, str, str]:
    """Return where a setting stands among the others, to sort by: as the documentation has it."""
    home, _, name = key.rpartition(".")
    tables = [*File.model_fields]
    first = home.partition(".")[0]
    known = TABLES.get(home)
    nth = [*known.model_fields].index(name) if known and name in known.model_fields else 99
    return tables.index(first) if first in tables else len(tables), home, f"{nth:02}{name}"
