"""An asset that is there: said to the sales channel, and to those who waited for it."""

from typing import Literal

from messages import rows
from messages.asset_facts import AssetFacts
from messages.buttons import Report
from messages.message import Json, Message
from messages.templates import render

Waiting = Literal["asker", "follower"]


def announcement(asset: AssetFacts, *, is_new: bool) -> Message:
    """Return the news for the sales channel: what it is, for whom, and when to use it.

    ``is_new`` is false for another version of what was there already.
    """
    said = render("desk/announcement", asset=asset, is_new=is_new)
    report = rows.button("Report as outdated", Report(asset.ref))
    return rows.message(said, *rows.picture(asset), rows.row(*_pressed(asset.ref), report))


def delivered(asset: AssetFacts, ref: str, reader: Waiting, *below: Json) -> Message:
    """Return the message to somebody who asked for it by the request ``ref``, or follows that.

    ``below``: the row of buttons with which they say whether it helped.
    """
    said = render("desk/delivered", asset=asset, ref=ref, reader=reader)
    return rows.message(said, rows.row(*_pressed(asset.ref)), *below)


def answered(asset: AssetFacts, ref: str, by: str, reason: str) -> Message:
    """Return the message that ``by`` (a user id) answered the request ``ref`` from the shelf."""
    said = render("desk/answered", asset=asset, ref=ref, by=by, reason=reason)
    return rows.message(said, rows.row(*_pressed(asset.ref), rows.details(ref)))


def _pressed(ref: str) -> tuple[Json, Json]:
    return rows.open_asset(ref), rows.use_asset(ref)
