"""The environment and ``.env`` as texts by name, and what is wrong with their names."""

import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from dotenv.parser import parse_stream

from settings.catalogue import SETTINGS
from settings.wording import Wrong, nearest

_OURS = "FRONTDESK_"
_SURELY_A_TYPO = 0.85

T = TypeVar("T")
Unset = TypeVar("Unset")


class Environment:
    """The text of every setting, and all problems and warnings met while reading them.

    A name in ``environ`` wins over the same name in ``file``, also when it is empty there. Empty
    means unset. A name that is no setting cannot be asked for (KeyError).
    """

    def __init__(self, environ: Mapping[str, str], file: Path) -> None:
        """Read ``file`` (``.env``) when it exists, and lay ``environ`` over it."""
        self.problems: list[str] = []
        self.warnings: list[str] = []
        written = self._read(file)
        self.problems += _unknown_names(environ, written)
        merged = {**written, **environ}
        self._texts = {each.name: merged.get(each.name, "").strip() for each in SETTINGS}
        self._defaults = {each.name: each.default for each in SETTINGS}

    def is_set(self, name: str) -> bool:
        """Whether the admin gave ``name`` a value."""
        return bool(self._texts[name])

    def text(self, name: str) -> str:
        """Return the text of ``name``: what was set, else its default."""
        return self._texts[name] or self._defaults[name]

    def read(self, name: str, parse: Callable[[str], T], unset: Unset) -> T | Unset:
        """Return what ``parse`` makes of ``name``; ``unset`` when there is nothing or it is wrong.

        What is wrong is remembered as a problem.
        """
        if not (text := self.text(name)):
            return unset
        try:
            return parse(text)
        except Wrong as wrong:
            self.problems.append(f"{name}: {wrong}")
            return unset

    def _read(self, file: Path) -> dict[str, str]:
        try:
            text = file.read_bytes().decode("utf-8-sig")
        except FileNotFoundError:
            return {}
        except OSError as error:
            self.problems.append(f"{file.name} cannot be read: {error.strerror}.")
            return {}
        except UnicodeDecodeError:
            self.problems.append(f"{file.name} cannot be read: it is not UTF-8 text.")
            return {}
        lines = list(parse_stream(io.StringIO(text)))
        self.problems += [
            f"{file.name}, line {line.original.line}: this is not of the form NAME=value."
            for line in lines
            if line.error or (line.key is not None and line.value is None)
        ]
        return {line.key: line.value or "" for line in lines if line.key is not None}


def _unknown_names(environ: Mapping[str, str], written: Mapping[str, str]) -> Iterator[str]:
    """Name what is surely meant for us and is no setting.

    That is every ``FRONTDESK_`` name, and in ``.env``, which others may share, every near miss.
    """
    known = [each.name for each in SETTINGS]
    by_rest = {name.removeprefix(_OURS): name for name in known}
    for name in sorted({*environ, *written} - set(known)):
        if name.startswith(_OURS):
            near = by_rest.get(nearest(name.removeprefix(_OURS), by_rest) or "")
            hint = f"did you mean {near}?" if near else "remove it, or see docs/settings.md."
            yield f"{name}: there is no such setting; {hint}"
        elif name in written and (near := nearest(name, known, likeness=_SURELY_A_TYPO)):
            yield f"{name}: there is no such setting; did you mean {near}?"
