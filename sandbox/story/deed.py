"""What somebody has just done, and what it set in motion."""

from dataclasses import dataclass

from sandbox.gestures.commands import CommandDone
from sandbox.gestures.pressing import Pressed
from sandbox.gestures.shortcuts import Done as ShortcutDone


@dataclass(frozen=True)
class Deed:
    """A gesture which began at a message timestamp; `done` is None where no app was told."""

    begun: str
    done: CommandDone | Pressed | ShortcutDone | None = None
