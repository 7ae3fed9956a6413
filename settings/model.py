"""Which language model reads along, if any."""

import re
from dataclasses import dataclass

from settings.wording import Wrong, shown

_NAME = re.compile(r"[a-z][a-z0-9_/-]*:[^\s:]\S*")
_SECONDS = re.compile(r"\d{1,2}(?:\.\d{1,3})?")
_LEAST, _MOST = 1.0, 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelChoice:
    """A language model by name, and the seconds that it has for each message."""

    name: str
    seconds: float


def model_name(text: str) -> str:
    """Return the name of a model with its provider."""
    if not _NAME.fullmatch(text):
        raise Wrong(f"{shown(text)} names no model; right is PROVIDER:MODEL, as openai:gpt-5-mini.")
    return text


def model_seconds(text: str) -> float:
    """Return how long a model has for an answer."""
    if not _SECONDS.fullmatch(text) or not _LEAST <= float(text) <= _MOST:
        raise Wrong(f"{shown(text)} is no time to wait; right are 1 to 10 seconds.")
    return float(text)
