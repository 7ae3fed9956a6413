"""Assets on the shelf, put there by hand or come of a request; Mia owns them."""

from dataclasses import replace
from datetime import date
from typing import Any

from tests.workflows.assets import FRONTDESK, kept
from tests.workflows.harborlight import HANA, MIA, NOW, OFFICE
from tests.workflows.journey import Journey
from workflows.engine import Move
from workflows.office import Office
from workflows.shelf import WORKFLOW
from workflows.shelved import ShelfDetails, ShelfRecord, ShelfVersion
from workflows.shelved import record_of as shelf_record

REVIEW_BY = date(2026, 9, 1)

BROCHURE = ShelfDetails(
    title="Brochure",
    whom_for="Banks",
    use_when="Before the first call",
    asset_type="brochure",
    industries=("Fintech",),
    review_by=REVIEW_BY,
    files=("F01",),
)


class Shelved(Journey):
    """An asset and what becomes of it on the shelf."""

    @property
    def record(self) -> ShelfRecord:
        """What has grown from it."""
        return shelf_record(self.request)

    @property
    def details(self) -> ShelfDetails:
        """What stands on it."""
        details: ShelfDetails = self.request.details
        return details

    def is_kept(self, number: int = 1, mark: str = "a") -> Move:
        """Let Frontdesk put its file into the library."""
        files = self.details.files
        return self.does(FRONTDESK, "asset_kept", version=version(number, mark), files=files)

    def is_replaced(self, number: int = 2, mark: str = "b", source: str = "AST-12") -> Move:
        """Let Frontdesk put there what came of another request."""
        fresh = version(number, mark, source)
        return self.does(FRONTDESK, "new_version", version=fresh, review_by=date(2027, 3, 1))


def version(number: int = 1, mark: str = "a", source: str = "") -> ShelfVersion:
    """Return a version whose file's hash is made of ``mark``."""
    return ShelfVersion(number=number, at=NOW, by=MIA, source=source, kept=kept(mark))


def handed_in(asker: str = MIA, office: Office = OFFICE, **details: Any) -> Shelved:
    """Return an asset that ``asker`` has just handed in."""
    return Shelved(WORKFLOW, asker, replace(BROCHURE, **details), office)


def on_the_shelf() -> Shelved:
    """Return an asset that Mia put there by hand, and Hana approved."""
    way = handed_in()
    way.is_kept()
    way.does(HANA, "approve")
    return way
