"""What a button about somebody's absence can mean."""

from dataclasses import dataclass

from messages.buttons.wire import Count, Name, means


@means("away")
@dataclass(frozen=True, slots=True)
class Away:
    """Say who stands in while one is away."""


@means("end_away")
@dataclass(frozen=True, slots=True)
class EndAway:
    """End the delegation with this id."""

    delegation: Name


@means("hand_on:", "person")
@dataclass(frozen=True, slots=True)
class HandOn:
    """Hand the request ``ref``, as its reader saw it at ``step``, to the person with this id."""

    ref: Name
    step: Count
    person: Name
