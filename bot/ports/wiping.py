"""Finding somebody's names and addresses in what is kept, and taking them out."""

import re
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

GONE = "(erased)"
"""What a reader sees where something was erased."""


class Wiper:
    """Finds any of ``words``, whole, whatever their case."""

    def __init__(self, words: Sequence[str]) -> None:
        each = "|".join(re.escape(word) for word in words)
        self._found = re.compile(rf"(?<!\w)(?:{each})(?!\w)", re.IGNORECASE) if each else None

    def finds(self, text: str) -> bool:
        """Whether one of the words is in it."""
        return self._found is not None and self._found.search(text) is not None

    def wiped(self, value: Any) -> Any:  # noqa: ANN401 - any JSON value, any workflow's details
        """Return a JSON value, or frozen details, with ``GONE`` in the place of the words."""
        if isinstance(value, str):
            return self._found.sub(GONE, value) if self._found and self.finds(value) else value
        if isinstance(value, dict):
            return {name: self.wiped(each) for name, each in value.items()}
        if isinstance(value, list | tuple):
            return type(value)(self.wiped(each) for each in value)
        if is_dataclass(value) and not isinstance(value, type):
            found = {each.name: getattr(value, each.name) for each in fields(value) if each.init}
            clean = {name: self.wiped(each) for name, each in found.items()}
            return value if clean == found else replace(value, **clean)
        return value
