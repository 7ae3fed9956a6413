"""What was found on the shelf, a card for each asset."""

from collections.abc import Iterator, Mapping, Sequence

from messages import limits, rows
from messages.asset_facts import AssetFacts
from messages.buttons import FindMore, New
from messages.markup import Marked, parse, rich_text
from messages.message import Json, Message
from messages.templates import render

_LONGEST = 255
"""What fits into the button that goes on searching."""


def results(
    text: str,
    found: Sequence[AssetFacts],
    *,
    skip: int,
    more: bool,
    meant: str | None,
    filters: Mapping[str, str],
) -> Message:
    """Return what was found for ``text``, after the first ``skip``.

    ``text`` is all that was typed, the filters included: "More" searches for it again. ``meant`` is
    the nearest words for which there is something, where there was nothing for those; ``found`` is
    then what there is for them. Nothing found offers the request form.
    """
    heading = render(
        "desk/results",
        text=text,
        found=len(found),
        skip=skip,
        meant=meant or "",
        filters=tuple(filters.items()),
    )
    said, blocks = [heading], rich_text(parse(heading))
    for asset in found:
        card = render("desk/asset_card", asset=asset)
        said.append(card)
        blocks += [*rich_text(parse(card)), *rows.thumbnail(asset), _pressed(asset)]
    sought = _again(meant, filters) if meant else text
    blocks += _further(sought, skip + len(found), more=more, empty=not found)
    return limits.message(Marked("\n".join(said)), blocks, rows.rest())


def _pressed(asset: AssetFacts) -> Json:
    return rows.row(rows.open_asset(asset.ref), rows.use_asset(asset.ref))


def _again(meant: str, filters: Mapping[str, str]) -> str:
    return " ".join((meant, *(f'{name}:"{value}"' for name, value in filters.items())))


def _further(sought: str, skip: int, *, more: bool, empty: bool) -> Iterator[Json]:
    if empty:
        yield rows.row(rows.button("Ask for a new asset", New("sales_asset")))
    elif more and len(sought) <= _LONGEST:
        yield rows.row(rows.button("More", FindMore(sought, skip)))
    elif more:
        yield from rich_text(parse(render("desk/results_more")))
