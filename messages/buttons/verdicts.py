"""What a button can mean that offers to record what somebody wrote below a card."""

from dataclasses import dataclass
from typing import Annotated

from messages.buttons.wire import Count, Name, NotOurs, means

RECORD = "record:"
JUST_TALKING = "just_talking"
LONGEST_WORDS = 1000
"""Characters. Where they are too many for a button once they are escaped, they are left out."""


def _words(value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_WORDS:
        raise NotOurs
    return value


Words = Annotated[str, _words]
"""What somebody wrote, as the reason of what it records; "" where it says none."""


@means(RECORD, "action", in_value=False)
@dataclass(frozen=True, slots=True)
class Record:
    """Do the transition ``action`` to ``ref``, as it stood at ``step`` when its presser wrote that.

    ``said`` names the message, as it was worded then.
    """

    action: Name
    ref: Name
    step: Count
    said: Name
    words: Words = ""


@means(JUST_TALKING)
@dataclass(frozen=True, slots=True)
class JustTalking:
    """It was no decision: take the offer away."""
