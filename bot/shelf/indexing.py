"""What stands on the shelf is entered into the index, and taken out when it leaves it."""

from bot.assets.fetching import text_of
from bot.desk import Desk
from bot.keeping import OTHER
from bot.ports import Claimed, Indexed, Kind
from messages.filters import words
from workflows.request import Request
from workflows.shelf_life import HELD
from workflows.shelved import record_of


def index(desk: Desk, claimed: Claimed) -> None:
    """Enter the asset as it is now. Its file is read again only for a version that is new."""
    ref = str(claimed.parcel.payload["ref"])
    with desk.store.unit() as unit:
        asset = unit.requests.get(ref)
        before = unit.index.get(ref)
    if asset is None or asset.stage not in HELD:
        with desk.store.unit() as unit:
            unit.index.drop(ref)
            unit.commit()
        return
    text = _text(desk, asset, before)
    with desk.store.unit() as unit:
        unit.index.put(indexed(asset, text))
        unit.commit()


def indexed(asset: Request, text: str) -> Indexed:
    """Return the asset as it is found."""
    details, version = asset.details, record_of(asset).current
    kind = "" if details.asset_type == OTHER else words(details.asset_type)
    return Indexed(
        ref=asset.ref,
        kind=Kind.ASSET,
        title=details.title,
        text=text,
        tags={
            "type": tuple(filter(None, (kind,))),
            "industry": details.industries,
            "audience": details.audiences,
            "language": details.languages,
            "product": details.products,
        },
        is_current=asset.stage == "current",
        on=(version.at if version else asset.created_at).date(),
    )


def _text(desk: Desk, asset: Request, before: Indexed | None) -> str:
    """Return what can be searched beside title and tags; the first line names the version."""
    details, version = asset.details, record_of(asset).current
    mark = f"version {version.number}" if version else "no version"
    said = f"{mark}\n{details.whom_for}\n{details.use_when}\n"
    if before is not None and before.text.startswith(f"{mark}\n"):
        return said + before.text.split("\n", 3)[-1]
    kept = version.kept if version else None
    return said + (text_of(desk, kept) if kept else "")
