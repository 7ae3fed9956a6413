"""What somebody who writes to Frontdesk can want of it: something new, an answer, an end of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ask:
    """A new request: of the workflow with this key, in these words out of all that was said."""

    workflow: str
    text: str


@dataclass(frozen=True, slots=True)
class New:
    """New requests, in the order in which they were asked for. ``another``: it says so itself."""

    asks: tuple[Ask, ...]
    another: bool = False


@dataclass(frozen=True, slots=True)
class Cancel:
    """Forget what was begun."""


@dataclass(frozen=True, slots=True)
class Send:
    """Hand in what was begun: said in words, which is shown the button."""


@dataclass(frozen=True, slots=True)
class Where:
    """How far a request is: by its number ``ref``, else what was said of it in ``words``."""

    ref: str
    words: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits on whoever asks."""


@dataclass(frozen=True, slots=True)
class Mine:
    """What whoever asks has asked for."""


@dataclass(frozen=True, slots=True)
class Find:
    """What there is on the shelf like ``words``."""

    words: str


@dataclass(frozen=True, slots=True)
class WhoDecides:
    """Who decides about the amount in ``words``."""

    words: str


@dataclass(frozen=True, slots=True)
class Decide:
    """Decide about the request ``ref``: said in words, which is shown the buttons."""

    ref: str


@dataclass(frozen=True, slots=True)
class Why:
    """Why the request ``ref`` stands where it does in triage."""

    ref: str


@dataclass(frozen=True, slots=True)
class Help:
    """What can be asked."""


@dataclass(frozen=True, slots=True)
class Hello:
    """Who answers here."""


@dataclass(frozen=True, slots=True)
class Courtesy:
    """A thank you or a good bye: nothing is wanted."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Nothing that is known here."""


Wish = (
    New
    | Cancel
    | Send
    | Where
    | Waiting
    | Mine
    | Find
    | WhoDecides
    | Decide
    | Why
    | Help
    | Hello
    | Courtesy
    | Unclear
)
"""Anything that a message can want."""
