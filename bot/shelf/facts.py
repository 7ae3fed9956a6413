"""What is said of an asset wherever it is shown: what it is, for whom, and how much it is used."""

from typing import get_args

from bot.keeping import TAGGED
from bot.ports import Seen, Unit
from messages.asset_facts import AssetFacts, State
from messages.filters import words
from workflows.request import Request
from workflows.shelved import record_of


def asset_facts(unit: Unit, asset: Request) -> AssetFacts:
    """Return the facts of an asset as they are now."""
    details, version = asset.details, record_of(asset).current
    use = unit.observations.usage([asset.ref])[asset.ref]
    known = unit.known_deals.several(use.deals)
    won = [ref for ref, each in known.items() if each.deal is not None and each.deal.stage == "won"]
    return AssetFacts(
        ref=asset.ref,
        title=details.title,
        whom_for=details.whom_for,
        use_when=details.use_when,
        tags=tags_of(asset),
        state=_state(asset.stage),
        version=version.number if version else 0,
        name=version.name if version else "",
        owner=asset.owner or "",
        review_by=details.review_by,
        on=(version.at if version else asset.created_at).date(),
        opened=use.people,
        deals=len(use.deals),
        won=len(won),
        source=details.source,
        picture=use.pictures.get(version.number, "") if version else "",
    )


def _state(stage: str) -> State:
    return next((each for each in get_args(State) if each == stage), "current")


def tags_of(asset: Request) -> tuple[str, ...]:
    """Return all tags of an asset, in words."""
    found: list[str] = []
    for tag in TAGGED:
        value = getattr(asset.details, tag)
        found += [words(value)] if isinstance(value, str) else value
    return tuple(filter(None, found))


def takers(unit: Unit, asset: str) -> frozenset[str]:
    """Return everybody who took the asset: opened it, or uses it in a deal."""
    seen = unit.observations.of(asset, Seen.OPENED, Seen.USED, Seen.REUSED)
    return frozenset(each.user for each in seen)
