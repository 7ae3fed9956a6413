"""What an open modal remembers: both halves of its ``private_metadata``."""

import json
from dataclasses import asdict, dataclass, fields

from workflows.refusals import Refusal

_SHAPE = 1
"""Raised when the fields of :class:`Metadata` change; modals of an older shape are refused."""
_LONGEST = 3000
"""docs.slack.dev/surfaces/modals"""


class NotOurs(Refusal):
    """This form is from another version of Frontdesk. Please close it and open it again."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """Which form this is, for what, and under which draft it is saved.

    ``ref`` and ``step`` say which request it was opened over and how that stood then, ``seen`` how
    many open questions it had; a form for a new request has none of them.
    """

    form: str
    workflow: str
    transition: str
    ref: str | None = None
    step: int = 0
    seen: int = 0
    draft: str = ""

    def encode(self) -> str:
        """Return the ``private_metadata``. Raises ValueError beyond Slack's 3,000 characters."""
        text = json.dumps({"shape": _SHAPE} | asdict(self), separators=(",", ":"))
        if len(text) > _LONGEST:
            raise ValueError(f"The metadata of the form {self.form!r} is too long for Slack.")
        return text

    @classmethod
    def decode(cls, text: str) -> "Metadata":
        """Return what :meth:`encode` wrote. Raises :class:`NotOurs` for anything else."""
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            raise NotOurs from None
        names = {field.name for field in fields(cls)}
        if not isinstance(found, dict) or found.keys() != names | {"shape"}:
            raise NotOurs
        shape = found.pop("shape")
        ref, step = found["ref"], found["step"]
        counts, rest = (step, found["seen"]), names - {"ref", "step", "seen"}
        words = [found[name] for name in rest] + ([] if ref is None else [ref])
        sound = all(isinstance(word, str) for word in words)
        sound = sound and all(type(count) is int and count >= 0 for count in counts)
        if shape != _SHAPE or type(shape) is not int or not sound:
            raise NotOurs
        return cls(**found)
