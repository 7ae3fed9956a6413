"""What is known of an asset on the shelf: its versions, its tags, and until when it is good."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime

from workflows.asset_parts import Kept
from workflows.request import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfVersion:
    """One approved version: a file in the library, or a link. It never changes.

    ``source`` is the request that it came of, "" for one that was put there by hand.
    """

    number: int
    at: datetime
    by: str
    source: str = ""
    kept: Kept | None = None
    link: str = ""

    @property
    def name(self) -> str:
        """What people call it: the file's name, or the link."""
        return self.kept.name if self.kept else self.link


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfRecord:
    """What grew on the shelf. ``warned`` are the days before the review date that were said."""

    versions: tuple[ShelfVersion, ...] = ()
    warned: tuple[int, ...] = ()
    reported: tuple[str, ...] = ()
    """Who reported the current version as outdated."""
    trouble: str = ""
    """Why the file that was handed in could not be kept."""

    @property
    def current(self) -> ShelfVersion | None:
        """The newest version, or None while its file is being fetched."""
        return self.versions[-1] if self.versions else None

    def since(self, before: "ShelfRecord") -> list[str]:
        """Return a line for each thing that was not so ``before``, for the audit."""
        return list(_news(before, self))


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfDetails:
    """An asset as it stands on the shelf, with its tags (Sales Asset Requests, 4.D).

    ``files`` and ``link`` are what was handed in by hand; ``source`` is the request that it came
    of, and whose reviews approved it.
    """

    title: str
    whom_for: str
    use_when: str
    asset_type: str
    industries: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    review_by: date
    files: tuple[str, ...] = ()
    link: str = ""
    source: str = ""
    record: ShelfRecord = field(default_factory=ShelfRecord)


TAGS = ("asset_type", "industries", "audiences", "languages", "products")
"""The fields that are tags; their values come from controlled lists."""

SAID = ("title", "whom_for", "use_when", *TAGS)
"""What can be said of an asset without making another version of it."""


def record_of(request: Request) -> ShelfRecord:
    """Return what has grown from the asset so far."""
    record: ShelfRecord = request.details.record
    return record


def recorded(request: Request, **parts: object) -> Request:
    """Return the asset with some parts of its record replaced."""
    record = replace(record_of(request), **parts)  # type: ignore[arg-type]  # fields by name
    return replace(request, details=replace(request.details, record=record))


def described(request: Request, **said: object) -> Request:
    """Return the asset with some of its own fields replaced; names it does not know are left."""
    known = {each.name for each in fields(ShelfDetails)}
    given = {name: value for name, value in said.items() if name in known}
    return replace(request, details=replace(request.details, **given))


def with_version(request: Request, version: ShelfVersion) -> Request:
    """Return the asset with another version, which is the current one from now on."""
    versions = (*record_of(request).versions, version)
    return recorded(request, versions=versions, warned=(), reported=())


def _news(before: ShelfRecord, after: ShelfRecord) -> Iterator[str]:
    for version in after.versions[len(before.versions) :]:
        mark = version.kept.sha256 if version.kept else version.link
        yield f"version {version.number}: {version.name} ({mark})"
    if after.trouble and after.trouble != before.trouble:
        yield f"could not be kept: {after.trouble}"
