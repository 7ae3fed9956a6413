"""What a decider can say of what is put before them."""

from enum import StrEnum


class Verdict(StrEnum):
    """Which answer of a decider a transition records."""

    APPROVE = "approve"
    REJECT = "reject"
    CHANGES = "changes"

    @property
    def label(self) -> str:
        """What it is called in a sentence: "your approval"."""
        return _CALLED[self]


_CALLED = {
    Verdict.APPROVE: "approval",
    Verdict.REJECT: "rejection",
    Verdict.CHANGES: "request for changes",
}
