"""What people are told because an asset is not what it was: replaced, outdated, ownerless."""

from collections.abc import Sequence
from typing import Literal

from messages import rows
from messages.asset_facts import AssetFacts
from messages.message import Message
from messages.templates import render

Changed = Literal["replaced", "outdated", "withdrawn"]
_SHOWN = 40


def taker_told(asset: AssetFacts, what: Changed, reason: str) -> Message:
    """Return the message to whoever took the asset; with "Open" where there is a new version."""
    said = render("desk/taker_told", asset=asset, what=what, reason=reason)
    opens = what == "replaced" and asset.state == "current"
    return rows.message(said, *([rows.row(rows.open_asset(asset.ref))] if opens else []))


def ownerless(assets: Sequence[AssetFacts]) -> Message:
    """Return the message to the head of marketing: nobody answers for these assets any more."""
    said = render("desk/ownerless", count=len(assets), more=len(assets[_SHOWN:]))
    lines = (
        rows.beside(render("desk/ownerless_line", asset=asset), rows.details(asset.ref))
        for asset in assets[:_SHOWN]
    )
    return rows.message(said, *lines)
