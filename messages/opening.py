"""The private answer to "Open": a personal link to an asset's current version."""

from messages import rows
from messages.asset_facts import AssetFacts
from messages.message import Message
from messages.templates import render


def opened(asset: AssetFacts, url: str, minutes: int) -> Message:
    """Return the answer with the link ``url``, which works for so many ``minutes``."""
    said = render("desk/opened", asset=asset, url=url, minutes=minutes)
    return rows.message(said, rows.row(rows.use_asset(asset.ref)))
