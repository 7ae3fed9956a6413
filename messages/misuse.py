"""Assets that were posted though they should not be: a word to who did it, and to the manager.

"Using outdated/unapproved assets: escalated to Sales Manager" (Sales Asset Requests, 6).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from messages import rows
from messages.asset_facts import AssetFacts
from messages.message import Message
from messages.templates import render

What = Literal["outdated", "withdrawn", "unapproved", "replaced"]
_SHOWN = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Misuse:
    """Who (a user id) posted what in which channel (an id), at which instant (UTC).

    ``what`` was wrong with it; ``times`` counts what this person has posted so, this one included.
    """

    user: str
    asset_ref: str
    title: str
    what: What
    channel: str
    at: datetime
    times: int


def misused(asset: AssetFacts | None, what: What, ref: str, channel: str) -> Message:
    """Return the word to whoever posted ``ref`` in ``channel`` (an id), which others do not see.

    ``asset`` is what they may share instead, with "Open" where it is current; None: there is none.
    """
    instead = asset if asset is not None and asset.state == "current" else None
    said = render("desk/misused", asset=instead, what=what, ref=ref, channel=channel)
    return rows.message(said, *([rows.row(rows.open_asset(instead.ref))] if instead else []))


def misuses(listed: Sequence[Misuse]) -> Message:
    """Return the week's list for the sales manager."""
    shown, more = tuple(listed[:_SHOWN]), len(listed[_SHOWN:])
    return rows.message(render("desk/misuses", shown=shown, more=more))


def misuse_alert(row: Misuse) -> Message:
    """Return the message to the sales manager about somebody who did so again."""
    return rows.message(render("desk/misuse_alert", row=row))
