"""What looks like the request that somebody is about to send, before they send it."""

from collections.abc import Sequence

from messages import rows
from messages.asset_facts import AssetFacts
from messages.buttons import Follow, ThisOne
from messages.facts import CardFacts
from messages.markup import parse, rich_text
from messages.message import Json
from messages.templates import about, render

TITLE = "Before you send it"
SUBMIT = "Send it all the same"
BACK = "Back"
_SHOWN = 5
"""Of assets, and of requests."""


def look_alikes(
    assets: Sequence[AssetFacts], requests: Sequence[CardFacts], draft: str
) -> list[Json]:
    """Return the blocks of a modal: assets that may do it already, then open requests for the like.

    ``draft`` keeps the form that was about to be sent.
    """
    blocks = _said("desk/look_alikes")
    if assets:
        blocks += _said("desk/look_alike_assets")
    for asset in assets[:_SHOWN]:
        blocks += _said("desk/asset_card", asset=asset)
        blocks.append(rows.row(rows.button("This one does it", ThisOne(asset.ref, draft))))
    if requests:
        blocks += _said("desk/look_alike_requests")
    for facts in requests[:_SHOWN]:
        ref = facts.request.ref
        blocks += _said("desk/look_alike_request", **about(facts))
        blocks.append(rows.row(rows.button("Wait for this one, too", Follow(ref, draft))))
    return blocks


def taken(asset: AssetFacts) -> list[Json]:
    """Return what the modal shows once ``asset`` was taken in place of a new request."""
    pressed = rows.row(rows.open_asset(asset.ref), rows.use_asset(asset.ref))
    return [*_said("desk/taken", asset=asset), pressed]


def followed(ref: str) -> list[Json]:
    """Return what the modal shows once somebody follows the request ``ref`` instead of asking."""
    return [*_said("desk/followed", ref=ref), rows.row(rows.details(ref))]


def _said(template: str, **facts: object) -> list[Json]:
    return rich_text(parse(render(template, **facts)))
