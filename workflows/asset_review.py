"""The three reviews of an asset's draft: lanes, what they said, and where they contradict."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Lane(StrEnum):
    """The three reviews of a draft (Sales Asset Requests, 4.C)."""

    PRE_SALES = "pre_sales"
    MARKETING = "marketing"
    SALES_MANAGER = "sales_manager"

    @property
    def label(self) -> str:
        """What the lane looks at, in words."""
        return _LOOKS_AT[self]


_LOOKS_AT = {
    Lane.PRE_SALES: "Pre-sales (technical accuracy)",
    Lane.MARKETING: "Marketing (brand consistency)",
    Lane.SALES_MANAGER: "Sales manager (sales narrative)",
}


class Topic(StrEnum):
    """What a conflict between reviews is about, and with it who resolves it."""

    NARRATIVE = "narrative"
    CONTENT = "content"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a lane said to a version: it approves, or ``text`` says what should change.

    ``round`` is the request's round in which it was said. ``checked`` are the points of the
    checklist that were ticked.
    """

    lane: Lane
    version: int
    round: int
    by: str
    at: datetime
    approves: bool
    text: str = ""
    checked: tuple[str, ...] = ()
    behalf: tuple[str, ...] = ()
    """In whose place they answered (user ids)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A lane that is not applicable, and why."""

    lane: Lane
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two reviews that contradict each other, with both texts, and what was decided."""

    lanes: tuple[Lane, Lane]
    texts: tuple[str, str]
    topic: Topic
    reason: str
    raised_by: str
    at: datetime
    upholds: str = ""
    decision: str = ""
    decided_by: str = ""
    decided_for: tuple[str, ...] = ()
    """In whose place they decided (user ids)."""
    decided_at: datetime | None = None
