"""What a sales asset's record is made of: drafts, deliveries, justifications, feedback."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from workflows.asset_review import Lane


class Verdict(StrEnum):
    """What the requester says of the asset after using it."""

    HELPED = "helped"
    DID_NOT = "did not help"
    NOT_USED_YET = "not used yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file in the library."""

    sha256: str
    name: str
    mime: str
    size: int
    pages: int = 0
    picture_sha256: str = ""
    """Of the picture of page one, as a stored file; "" where none could be drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetDraft:
    """One version of the asset while it is developed: a file, or a link.

    ``file`` is Slack's id until the file is ``kept``. ``touches``: the lanes that the owner says
    it touches, beside those that asked for changes.
    """

    number: int
    by: str
    at: datetime
    note: str
    file: str = ""
    link: str = ""
    kept: Kept | None = None
    touches: tuple[Lane, ...] = ()
    helped_by: tuple[str, ...] = ()
    """Who owned the request and helped when it was posted."""

    @property
    def sha256(self) -> str:
        """The version's hash: of the file's bytes, or of the link's text; "" until it is kept."""
        if self.kept is not None:
            return self.kept.sha256
        return hashlib.sha256(self.link.encode()).hexdigest() if self.link else ""

    @property
    def name(self) -> str:
        """What people call it: the file's name, or the link."""
        return self.kept.name if self.kept else self.link


@dataclass(frozen=True, slots=True, kw_only=True)
class Justification:
    """Why the owner cannot keep the date ``before`` but ``until``; refused or not."""

    by: str
    at: datetime
    reason: str
    before: date
    until: date
    refused_by: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """Somebody whose own request ``ref`` was merged into this one."""

    user: str
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How the approved ``version`` stands on the shelf: nothing else than it can be delivered."""

    title: str
    whom_for: str
    use_when: str
    asset_type: str
    industries: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    review_by: date
    missing_tag: str = ""
    """A tag that no list has; whoever keeps the lists is asked to add it to ``missing_list``."""
    missing_list: str = "products"
    version: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What the requester said after the delivery: "Requester provides feedback" (4.E)."""

    by: str
    at: datetime
    verdict: Verdict
    word: str = ""
