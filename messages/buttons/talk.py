"""What a button of a conversation can mean, beside those of every draft."""

from dataclasses import dataclass

from messages.buttons.wire import Count, Name, means


@means("pick:", "nth")
@dataclass(frozen=True, slots=True)
class Pick:
    """Mean the reading number ``nth`` (from 0) of what was said of ``field`` for ``draft``.

    As it stood when it was ``shown``: other words may have come since.
    """

    draft: Name
    shown: Name
    field: Name
    nth: Count


@means("submit")
@dataclass(frozen=True, slots=True)
class Submit:
    """Hand in the ``draft`` that was filled in by talking, as it stood when it was ``shown``."""

    draft: Name
    shown: Name


@means("discard")
@dataclass(frozen=True, slots=True)
class Discard:
    """Forget the ``draft`` that was filled in by talking."""

    draft: Name
