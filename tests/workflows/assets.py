"""An asset on its way from triage to feedback, and everybody's usual next steps; Leo makes it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Self

from tests.workflows.harborlight import ANA, GRETA, LEO, MIA, OFFICE, PRIYA, SOL
from tests.workflows.journey import Journey
from workflows.asset import AssetDetails, AssetRecord
from workflows.asset import record_of as asset_record
from workflows.asset_parts import AssetDraft, Kept
from workflows.asset_review import Answer
from workflows.effects import Errand, Tell
from workflows.engine import Move
from workflows.office import Office
from workflows.refusals import Guarded
from workflows.sales_asset import WORKFLOW

FRONTDESK = "frontdesk"
DUE = date(2026, 3, 20)
REVIEW_BY = date(2026, 9, 1)

WANTED = AssetDetails(
    requester_name="Ana Silva",
    requester_role="Sales rep",
    asset_type="case_study",
    kind="new",
    purpose="A demo at Brightwater",
    deadline=date(2026, 4, 1),
    industry="Fintech",
    audience="CFO",
    language="en",
)

FINAL: dict[str, Any] = {
    "title": "How Brightwater grew",
    "whom_for": "CFOs of banks",
    "use_when": "They ask who else did it",
    "asset_type": "case_study",
    "industries": ("Fintech",),
    "review_by": REVIEW_BY,
}
"""What the owner hands in to deliver."""


def kept(mark: str = "a") -> Kept:
    """Return a file in the library whose hash is made of ``mark``."""
    return Kept(sha256=mark * 64, name=f"deck-{mark}.pdf", mime="application/pdf", size=9)


class Asset(Journey):
    """A request for an asset."""

    @property
    def record(self) -> AssetRecord:
        """What has grown from the request."""
        return asset_record(self.request)

    @property
    def draft(self) -> AssetDraft:
        """The newest version."""
        assert self.record.draft is not None
        return self.record.draft

    def said(self) -> list[tuple[str, int, bool]]:
        """Return what the lanes have said in this round: lane, version, whether they approve."""
        return [_gist(each) for each in self.record.answers_now(self.request)]

    def is_accepted(self, owner: str = LEO, **more: Any) -> Self:
        """Let triage accept it; it is due on the twentieth of March."""
        self.does(SOL, "accept", **{"owner": owner, "due_on": DUE} | more)
        return self

    def drafts(self, *touches: str, by: str = "", mark: str = "a") -> Move:
        """Let the owner, or ``by``, post a file as the next version, and Frontdesk fetch it."""
        move = self.posts(*touches, by=by, mark=mark)
        self.does(FRONTDESK, "draft_kept", file=f"F{mark}", kept=kept(mark))
        return move

    def posts(self, *touches: str, by: str = "", mark: str = "a") -> Move:
        """Let the owner, or ``by``, post a file as the next version; nobody has fetched it yet."""
        user = by or self.request.owner or LEO
        return self.does(user, "post_draft", files=(f"F{mark}",), touches=touches, note="Look")

    def is_approved(self) -> Self:
        """Let the three reviews approve."""
        for user in (PRIYA, MIA, GRETA):
            self.does(user, "approve")
        return self

    def is_delivered(self, **more: Any) -> Self:
        """Let the owner deliver it."""
        self.does(self.request.owner or LEO, "deliver", **FINAL | more)
        return self

    def is_shelved(self, asset: str = "SHELF-3") -> Move:
        """Let Frontdesk put it on the shelf."""
        assert self.record.delivery is not None
        return self.does(FRONTDESK, "shelved", of=self.record.delivery.at, asset=asset)

    def misses(self, due: date = DUE, today: date | None = None) -> Move:
        """Let Frontdesk see, on the day after unless another is named, that ``due`` is over."""
        return self.does(FRONTDESK, "missed", due_on=due, today=today or due + timedelta(days=1))

    def may_miss(self, due: date = DUE, today: date | None = None) -> bool:
        """Say whether Frontdesk could escalate; nothing is done."""
        before = (self.now, len(self.moves))
        try:
            self.misses(due, today)
        except Guarded:
            return False
        self.now = before[0]
        del self.moves[before[1] :]
        return True


def _gist(answer: Answer) -> tuple[str, int, bool]:
    return answer.lane.value, answer.version, answer.approves


def wanted(asker: str = ANA, office: Office = OFFICE, **details: Any) -> Asset:
    """Return a request for an asset that ``asker`` has just made."""
    return Asset(WORKFLOW, asker, replace(WANTED, **details), office)


def in_review(owner: str = LEO, office: Office = OFFICE, **more: Any) -> Asset:
    """Return an asset whose first version is with the three reviews."""
    way = wanted(office=office).is_accepted(owner, **more)
    way.drafts()
    return way


def sent_back() -> Asset:
    """Return an asset that marketing approved, and to which the two others want changes."""
    way = in_review()
    way.does(PRIYA, "want_changes", "The throughput is wrong")
    way.does(MIA, "approve")
    way.does(GRETA, "want_changes", "Begin with the client")
    return way


def approved() -> Asset:
    """Return an asset whose first version all three have approved."""
    return in_review().is_approved()


def awaiting_feedback() -> Asset:
    """Return an asset that was delivered and stands on the shelf."""
    way = approved().is_delivered()
    way.is_shelved()
    return way


def told(move: Move) -> set[tuple[str, str]]:
    """Return who is told what."""
    return {(each.who.value, each.message) for each in move.promises if isinstance(each, Tell)}


def errands(move: Move) -> set[str]:
    """Return what is to be done outside, but for what follows everything."""
    after_each = set(WORKFLOW.after_each)
    names = [each for each in move.promises if isinstance(each, Errand) and each not in after_each]
    return {each.name for each in names}
