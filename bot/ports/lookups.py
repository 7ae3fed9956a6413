"""Looking requests up: by where they stand, whom they concern, their client, and their words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from workflows.request import Request


class By(StrEnum):
    """What a request is filed under; the values are stored."""

    STAGE = "s"
    ASKER = "a"
    OWNER = "o"
    NAMED = "n"
    """Who was given its stage, has voted on it, or sits in a seat of its own workflow."""
    CLIENT = "c"
    """A word of the client's name."""
    WORD = "w"
    """A word of what is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """One thing that a request can be filed under; with ``begins``, the beginning of a word."""

    by: By
    value: str
    begins: bool = False


Clues = tuple[Clue, ...]
"""Any of these; a beginning stands alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which requests of a workflow are looked for: what fits all of ``clues``; without any: all.

    ``is_open``: only those that have not ended, or only those that have; None: both. Without
    ``private`` no private request is come by: none is read, whatever is looked for.
    """

    workflow: str
    is_open: bool | None = None
    clues: tuple[Clues, ...] = ()
    private: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a request stands among those that are found, the newest first.

    ``at``: when it was asked or, once it has ended, when it ended; in microseconds since 1970.
    """

    at: int
    ref: str


class Lookups(Protocol):
    """What requests are filed under; it follows whatever is stored of them."""

    def find(
        self, wanted: Sequence[Wanted], after: Spot | None = None, limit: int = 20
    ) -> Sequence[tuple[Spot, Request]]:
        """Return a page of those that fit any of ``wanted``, newest first: those after ``after``.

        Each with where it stands. Whether somebody may see them is not asked here.
        """

    def fold(self, text: str) -> Sequence[str]:
        """Return the words of ``text`` as they are filed, without those that say nothing."""

    def is_whole(self) -> bool:
        """Whether everything is filed, as was remembered by :meth:`whole`."""

    def whole(self) -> None:
        """Remember that everything is filed: what is stored from now on is filed with it."""

    def file_next(self, after_ref: str = "", limit: int = 200) -> tuple[int, str]:
        """File what an earlier release filed not at all or otherwise, of the ``limit`` that follow.

        Returns how many they were, and the last that was looked at; "" when none follow.
        """
