"""An asset on the shelf, with everything that can happen to it there."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from tests.messages.asset_story import DECK
from tests.messages.deal_story import FRONTDESK, Step, does
from tests.workflows.harborlight import ADAM, ANA, HANA, LEO, MIA
from tests.workflows.journey import Journey
from workflows.shelf import WORKFLOW as SHELF
from workflows.shelved import ShelfDetails, ShelfVersion

REVIEW_BY, NEXT_REVIEW = date(2026, 9, 21), date(2027, 3, 20)
HANDED_IN = ShelfDetails(
    title="How Umbrella closes its books in a day",
    whom_for="CFOs of banks",
    use_when="They ask how long a close takes.",
    asset_type="case_study",
    industries=("Fintech", "Banking"),
    audiences=("CFO",),
    languages=("English",),
    products=("Ledger",),
    review_by=REVIEW_BY,
    files=("F21",),
)
_AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
_FIRST = ShelfVersion(number=1, at=_AT, by=MIA, kept=DECK)
_SECOND = ShelfVersion(
    number=2,
    at=_AT.replace(hour=12),
    by=MIA,
    source="AST-12",
    link="https://docs.harborlight.example/fintech-case-study-2",
)
_TROUBLE = "The file is larger than 200 MB. Please hand it in as a link."
_KEPT: Step = (FRONTDESK, "asset_kept", "", {"version": _FIRST, "files": HANDED_IN.files})
_APPROVED: Step = (HANA, "approve", "", {})
_ANEW = {"title": HANDED_IN.title, "files": (), "link": _SECOND.link}


def shelved(*steps: Step, details: ShelfDetails = HANDED_IN) -> Journey:
    """Return the asset that Mia handed in, after ``steps``."""
    return does(Journey(SHELF, MIA, details), *steps)


def _approval() -> Iterator[tuple[str, Journey]]:
    yield "submit", shelved()
    kept = shelved(_KEPT)
    yield "asset_kept", kept
    yield "approve", does(kept, _APPROVED)
    failed = shelved((FRONTDESK, "keeping_failed", _TROUBLE, {"files": HANDED_IN.files}))
    yield "keeping_failed", failed
    yield "resubmit", does(failed, (MIA, "resubmit", "", _ANEW))
    wanted = "Please name the bank's size."
    yield "request_changes", does(kept, (HANA, "request_changes", wanted, {}))
    asked = does(kept, (HANA, "ask", "May we name them?", {}))
    yield "ask", asked
    yield "answer", does(asked, (MIA, "answer", "Yes, they signed the release.", {}))
    yield "reject", does(kept, (HANA, "reject", "They are no client any more.", {}))
    yield "cancel", does(kept, (MIA, "cancel", "There is a newer one.", {}))
    yield "hand_on", does(kept, ("frontdesk", "hand_on", "", {"person": LEO, "lane": ""}))
    yield "reassign", does(kept, (ADAM, "reassign", "Hana is away.", {"person": LEO, "lane": ""}))


def _life() -> Iterator[tuple[str, Journey]]:
    current = shelved(_KEPT, _APPROVED)
    yield "renew", does(current, (MIA, "renew", "", {"review_by": NEXT_REVIEW}))
    yield "refresh", does(current, (MIA, "refresh", "", {}))
    old = "The prices on page 5 are those of last year."
    yield "mark_outdated", does(current, (MIA, "mark_outdated", old, {}))
    yield "report_outdated", does(current, (ANA, "report_outdated", old, {}))
    fresh = {"version": _SECOND, "review_by": NEXT_REVIEW}
    yield "new_version", does(current, (FRONTDESK, "new_version", "", fresh))
    yield "withdraw", does(current, (HANA, "withdraw", "They asked us to.", {}))
    yield "retag", does(current, (MIA, "retag", "", {"products": ("Ledger", "Close")}))
    learning = "CFOs ask for the size of the team first."
    yield "log_learning", does(current, (HANA, "log_learning", learning, {}))
    yield "hand_over", does(current, (MIA, "hand_over", "I change teams.", {"owner": HANA}))
    current.now = datetime(2026, 8, 22, 8, tzinfo=UTC)
    due = {"review_by": REVIEW_BY, "days": 30}
    yield "review_due", does(current, (FRONTDESK, "review_due", "", due))
    current.now = datetime(2026, 9, 22, 8, tzinfo=UTC)
    yield "expire", does(current, (FRONTDESK, "expire", "", {"review_by": REVIEW_BY}))
    yield "from a request", shelved(details=replace(HANDED_IN, source="AST-12"))


STORY: Mapping[str, Journey] = dict((*_approval(), *_life()))
"""The asset just after each transition."""
