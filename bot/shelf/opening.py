"""Opening an asset: a click is recorded and answered with a personal link of fifteen minutes."""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import BinaryIO

from bot.desk import Desk, Gesture
from bot.errors import NotFound, Problem, Unavailable
from bot.members import member
from bot.ports import LibraryUnavailable, Observation, Seen, Unit
from bot.shelf.facts import asset_facts
from bot.shelf.naming import PATH, by_ref
from messages.opening import opened
from messages.window import window
from workflows.request import Request
from workflows.shelf_life import HELD
from workflows.shelved import ShelfVersion, record_of

HOLDS = timedelta(minutes=15)


class NotOnTheShelf(Problem):
    """This asset is not on the shelf any more."""


class LinkOver(Problem):
    """This link is over; press Open in Slack again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a personal link leads to: a file, or the address of what is kept elsewhere."""

    name: str
    mime: str = ""
    size: int = 0
    file: BinaryIO | None = None
    """To be read and closed; None where there is a ``link``."""
    link: str = ""


def open_asset(desk: Desk, gesture: Gesture, ref: str, occasion: str) -> None:
    """Record who opens the asset, and show them a link that is theirs alone.

    Raises NotOnTheShelf, UnknownPerson.
    """
    now = desk.clock.now()
    with desk.store.unit() as unit:
        person = member(desk, unit, gesture)
        asset = _held(unit, ref)
        seen = Observation(
            key=f"open:{asset.ref}:{person.user}:{occasion}",
            what=Seen.OPENED,
            user=person.user,
            at=now,
            ref=asset.ref,
        )
        unit.observations.add(seen)
        facts = asset_facts(unit, asset)
        unit.commit()
    url = url_of(desk, asset.ref, person.user, now)
    view = window("Open", opened(facts, url, HOLDS.seconds // 60))
    desk.slack.open_view(gesture.trigger_id, view, on_top=bool(gesture.view_id))


def url_of(desk: Desk, ref: str, user: str, now: datetime) -> str:
    """Return the person's own link to the asset's current version, good for fifteen minutes."""
    said = {"a": ref, "u": user, "e": int((now + HOLDS).timestamp())}
    body = _packed(json.dumps(said, separators=(",", ":")).encode())
    return f"{desk.public_url}{PATH}{ref}?k={body}.{_packed(_signature(desk, body))}"


def follow(desk: Desk, ref: str, key: str) -> Opened:
    """Return the asset's current version for a personal link.

    Raises LinkOver for a link that is forged, over, for another asset, or of somebody who left;
    NotOnTheShelf; Unavailable while the library or the database is.
    """
    user = _user_of(desk, ref, key)
    with desk.store.unit() as unit:
        person = unit.people.get(user)
        if person is None or not person.active:
            raise LinkOver
        version = record_of(_held(unit, ref)).current
    if version is None:
        raise NotOnTheShelf
    return _content(desk, version)


def is_known(desk: Desk, ref: str) -> bool:
    """Whether there is an asset under this name, so that its permanent page can be shown."""
    with desk.store.unit() as unit:
        return by_ref(unit, ref.upper()) is not None


def _content(desk: Desk, version: ShelfVersion) -> Opened:
    if version.kept is None:
        return Opened(name=version.name, link=version.link)
    kept = version.kept
    try:
        file = desk.library.open(kept.sha256)
    except KeyError:
        file = _with_requests(desk, kept.sha256)
    except LibraryUnavailable as trouble:
        raise Unavailable from trouble
    return Opened(name=kept.name, mime=kept.mime, size=kept.size, file=file)


def _with_requests(desk: Desk, sha256: str) -> BinaryIO:
    """Return a file that is stored with the requests too; those are neither moved nor archived."""
    with desk.store.unit() as unit:
        file = unit.files.get(sha256)
    if file is None:
        raise Unavailable
    return BytesIO(file.content)


def _held(unit: Unit, ref: str) -> Request:
    asset = by_ref(unit, ref)
    if asset is None:
        raise NotFound
    if asset.stage not in HELD:
        raise NotOnTheShelf
    return asset


def _user_of(desk: Desk, ref: str, key: str) -> str:
    body, _, signature = key.partition(".")
    try:
        expected = _packed(_signature(desk, body))
        genuine = hmac.compare_digest(signature.encode(), expected.encode())
        said = json.loads(_unpacked(body)) if genuine else {}
    except ValueError:
        raise LinkOver from None
    if not genuine or str(said["a"]) != ref.upper():
        raise LinkOver
    if desk.clock.now() > datetime.fromtimestamp(int(said["e"]), UTC):
        raise LinkOver
    return str(said["u"])


def _signature(desk: Desk, body: str) -> bytes:
    key = hmac.digest(desk.link_key, b"assets' links", "sha256")
    return hmac.new(key, body.encode(), hashlib.sha256).digest()


def _packed(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _unpacked(text: str) -> bytes:
    return base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
