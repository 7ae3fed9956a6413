"""What a message may need to know of assets on the shelf; whoever sends one collects it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

State = Literal["current", "outdated", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetFacts:
    """An asset as it stands on the shelf.

    ``tags`` are their values alone, ``name`` is what the current version's file is called, or its
    link, ``owner`` a user id, ``on`` the day of its version. ``opened`` counts openings, ``deals``
    the deals in which somebody uses it, ``won`` those of them that were won. ``source``: the
    request that it came of, or "". ``picture`` is the id of Slack's file that shows its first
    page, "" where there is none.
    """

    ref: str
    title: str
    whom_for: str
    use_when: str
    tags: Sequence[str]
    state: State
    version: int
    name: str
    owner: str
    review_by: date
    on: date
    opened: int
    deals: int
    won: int
    source: str
    picture: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """What marketing, by user id, learned about an asset."""

    asset_ref: str
    title: str
    text: str
    by: str
