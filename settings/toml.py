"""TOML, written: values as one finds them in ``frontdesk.toml``, and whole tables of them."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def written(tables: Mapping[str, Any]) -> str:
    """Return a file that says what ``tables`` (by name, of values or of such tables) say."""
    return "\n".join(_tables(tables, ()))


def value_text(value: object) -> str:
    """Return a value as it stands behind ``=``, on one line."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case date() | time():
            return value.isoformat()
        case list() | tuple():
            return f"[{', '.join(map(value_text, value))}]"
        case dict():
            pairs = (f"{_key(key)} = {value_text(each)}" for key, each in value.items())
            return f"{{ {', '.join(pairs)} }}" if value else "{}"
        case _:
            return str(value)


def _tables(tables: Mapping[str, Any], home: tuple[str, ...]) -> Iterator[str]:
    for name, table in tables.items():
        here = (*home, name)
        inner = {key: each for key, each in table.items() if _holds_tables(here, each)}
        plain = {key: each for key, each in table.items() if key not in inner}
        if plain or not inner:
            lines = "".join(f"{_key(key)} = {value_text(each)}\n" for key, each in plain.items())
            yield f"[{'.'.join(map(_key, here))}]\n{lines}"
        yield from _tables(inner, here)


def _holds_tables(home: tuple[str, ...], value: object) -> bool:
    """Whether it is the table of a workflow: every other one is written on one line."""
    return home == ("workflows",) and isinstance(value, Mapping)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else value_text(name)
