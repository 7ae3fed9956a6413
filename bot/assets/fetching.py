"""A file that somebody handed in is fetched from Slack, looked into, and kept in the library."""

from collections.abc import Collection

from bot import parcels, waits
from bot.desk import Desk
from bot.errors import SlackRefused
from bot.ports import LibraryUnavailable, NotRendered
from bot.sending import NotYet
from workflows.asset_parts import Kept
from workflows.request import Request
from workflows.roles import Role

LARGEST = 100 * 1024 * 1024
"""Bytes of an asset's file."""


class NotTaken(Exception):
    """The file cannot be taken; the text says why, for whoever handed it in."""


def is_awaited(desk: Desk, request: Request, kept: str) -> bool:
    """Whether a file can come to the request by the transition ``kept``, as it stands now.

    What came to one that has ended meanwhile would be named by none, and never go.
    """
    return desk.workflows[request.workflow].possible(request.stage, kept) is not None


def fetch(desk: Desk, file: str, of: Collection[str]) -> Kept:
    """Keep a file that one of ``of`` uploaded to Slack, with a picture of its first page.

    Raises NotTaken, and NotYet while the library takes nothing: then the admins are told.
    """
    try:
        upload = desk.slack.download(file, of, largest=LARGEST)
        seen = desk.renderer.glimpse(upload.name, upload.content)
    except SlackRefused as refused:
        raise NotTaken(refused.sentence) from refused
    except NotRendered as failure:
        raise NotTaken(str(failure)) from failure
    try:
        sha256 = desk.library.keep(upload.content)
    except LibraryUnavailable as trouble:
        _tell(desk, str(trouble))
        raise NotYet(f"{waits.FOR_LIBRARY.saying}{trouble}") from trouble
    picture = ""
    if seen.picture:
        with desk.store.unit() as unit:
            picture = unit.files.put(f"{upload.name}.png", "image/png", seen.picture)
            unit.commit()
    return Kept(
        sha256=sha256,
        name=upload.name,
        mime=seen.mime,
        size=len(upload.content),
        pages=seen.pages,
        picture_sha256=picture,
    )


def text_of(desk: Desk, kept: Kept) -> str:
    """Return what can be searched of a kept file; "" when there is nothing in it to be read.

    Raises LibraryUnavailable.
    """
    try:
        return desk.renderer.glimpse(kept.name, desk.library.read(kept.sha256)).text
    except (NotRendered, KeyError):
        return ""


def _tell(desk: Desk, trouble: str) -> None:
    """Tell every admin, once a day, that the library takes nothing."""
    now = desk.clock.now()
    with desk.store.unit() as unit:
        for admin in sorted(unit.people.holders().get(Role.ADMIN, frozenset())):
            occasion = f"{now:%Y-%m-%d}:{admin}"
            what = {"trouble": trouble}
            unit.outbox.add(parcels.aside("library_trouble", occasion, f"user:{admin}", what, now))
        unit.commit()
    desk.wake()
