"""What a choice in a reminder can mean: it stands in a menu, no button means it."""

from dataclasses import dataclass

from messages.buttons.wire import Count, Name, means

PUT_OFF = "put_off"


@means(PUT_OFF)
@dataclass(frozen=True, slots=True)
class PutOff:
    """Be reminded later that ``ref`` waits, as it stood at ``step``; ``until`` says when."""

    ref: Name
    step: Count
    until: Name
