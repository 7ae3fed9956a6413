"""What stands on the shelf is entered into the index, and taken out when it leaves it."""

from bot.assets.fetching import text_of
from bot.desk import Desk
from bot.keeping import OTHER
from bot.ports import Claimed, Indexed, Kind, LibraryUnavailable
from bot.sending import NotYet
from messages.filters import words
from workflows.request import Request
from workflows.shelf_life import HELD
from workflows.shelved import record_of

_UNREAD = "not read"
"""What stands in the place of the version whose file could not be read yet."""


def index(desk: Desk, claimed: Claimed) -> None:
    """Enter the asset as it is now. Its file is read again only for a version that is new.

    Raises NotYet while the library is not available; the asset is found by what is said of it.
    """
    ref = str(claimed.parcel.payload["ref"])
    with desk.store.unit() as unit:
        asset = unit.requests.get(ref)
        before = unit.index.get(ref)
    if asset is None or asset.stage not in HELD:
        with desk.store.unit() as unit:
            unit.index.drop(ref)
            unit.commit()
        return
    try:
        _enter(desk, asset, _text(desk, asset, before))
    except LibraryUnavailable as trouble:
        _enter(desk, asset, _said(asset, _UNREAD))
        raise NotYet(f"The library: {trouble}") from trouble


def _enter(desk: Desk, asset: Request, text: str) -> None:
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
    version = record_of(asset).current
    mark = f"version {version.number}" if version else "no version"
    said = _said(asset, mark)
    if before is not None and before.text.startswith(f"{mark}\n"):
        return said + before.text.split("\n", 3)[-1]
    kept = version.kept if version else None
    return said + (text_of(desk, kept) if kept else "")


def _said(asset: Request, mark: str) -> str:
    return f"{mark}\n{asset.details.whom_for}\n{asset.details.use_when}\n"
