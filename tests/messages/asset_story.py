"""A request for an asset from the ask to the shelf and back, with everything that can happen."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

from tests.messages.deal_story import FRONTDESK, Step, does
from tests.workflows.harborlight import ANA, BEN, GRETA, HANA, HUGO, LEO, MIA, PRIYA, SOL
from tests.workflows.journey import Journey
from workflows.asset import AssetDetails
from workflows.asset_parts import Kept
from workflows.sales_asset import WORKFLOW as SALES_ASSET

ASKED = AssetDetails(
    requester_name="Ben Okafor",
    requester_role="Sales rep",
    asset_type="case_study",
    kind="new",
    purpose="For the proposal to Umbrella: they want to see a bank of their size.",
    deadline=date(2026, 3, 27),
    industry="Fintech",
    audience="CFO",
    language="English",
    goal="Win back fintech",
    opportunity="OPP-7",
    reuse="reusable",
)
DUE, LATER, LATEST = date(2026, 3, 25), date(2026, 4, 3), date(2026, 5, 4)
DECK = Kept(
    sha256="a1b2c3d4e5f6" + "0" * 52,
    name="Fintech case study v1.pptx",
    mime="application/vnd.openxmlformats-officedocument.presentationml.presentation",
    size=2_400_000,
    pages=8,
)
_FAILED = "The file was deleted in Slack before it could be read."
ACCEPT: Step = (
    SOL,
    "accept",
    "",
    {"owner": MIA, "due_on": DUE, "priority": "high", "contributors": (LEO,)},
)
_FIRST: Step = (
    MIA,
    "post_draft",
    "",
    {"note": "The figures on page 4 are from the audit.", "files": ("F11",)},
)
_KEPT: Step = (FRONTDESK, "draft_kept", "", {"file": "F11", "kept": DECK})
_SECOND: Step = (
    MIA,
    "post_draft",
    "",
    {
        "note": "Page 2 is new; the sources stand on the last page.",
        "link": "https://docs.harborlight.example/fintech-case-study-2",
        "touches": ("sales_manager",),
    },
)
_STORY: Step = (
    GRETA,
    "want_changes",
    "The story begins with us. Begin with their problem:\nthree ledgers, ten days to close.",
    {},
)
_BRAND: Step = (HANA, "want_changes", "The claim on page 2 must stay; it is the brand's.", {})
_TECHNICAL: Step = (PRIYA, "approve", "", {"remark": "The figures are right.", "points": ()})
_CONFLICT: Step = (
    MIA,
    "raise_conflict",
    "One wants page 2 gone, the other wants it to stay.",
    {"first": "marketing", "second": "sales_manager", "topic": "narrative"},
)
_DECIDED: Step = (
    HUGO,
    "resolve_conflict",
    "Their problem comes first; the claim moves to page 3.",
    {"upholds": "sales_manager"},
)
_DELIVERED: Step = (
    MIA,
    "deliver",
    "",
    {
        "title": "How Umbrella closes its books in a day",
        "whom_for": "CFOs of banks",
        "use_when": "They ask how long a close takes.",
        "asset_type": "case_study",
        "industries": ("Fintech",),
        "review_by": date(2026, 9, 21),
    },
)


def asset(*steps: Step) -> Journey:
    """Return Ben's request after ``steps``, an hour from one to the next."""
    return does(Journey(SALES_ASSET, BEN, ASKED), *steps)


def _triage() -> Iterator[tuple[str, Journey]]:
    asked = asset()
    until = {"until": LATEST}
    deferred = does(asked, (SOL, "defer", "After the quarter's end.", until))
    yield "defer", deferred
    yield "bring_back", does(deferred, (SOL, "bring_back", "", {}))
    yield "come_back", does(deferred, (FRONTDESK, "come_back", "", until))
    known = "SHELF-3 tells the same story, for a bank of their size."
    answered = (SOL, "answer_from_shelf", known, {"asset": "SHELF-3"})
    yield "answer_from_shelf", does(asked, answered)
    merged = (SOL, "merge", "Ana asked for the same last week.", {"twin": "AST-3"})
    yield "merge", does(asked, merged)
    accepted = asset(ACCEPT)
    yield "accept", accepted
    followed = does(accepted, (FRONTDESK, "join", "", {"followers": [[ANA, "AST-9"]]}))
    yield "join", followed
    yield "cancel followed", does(followed, (BEN, "cancel", "The deal is lost.", {}))
    early = does(asked, (FRONTDESK, "join", "", {"followers": [[ANA, "AST-9"]]}))
    yield "decline followed", does(early, (SOL, "decline", "We have one: SHELF-3.", {}))


def _dates() -> Iterator[tuple[str, Journey]]:
    accepted = asset(ACCEPT, (FRONTDESK, "join", "", {"followers": [[ANA, "AST-9"]]}))
    started = does(accepted, (MIA, "start", "", {}))
    yield "start", started
    started.now = datetime(2026, 3, 19, 8, tzinfo=UTC)
    risky = does(started, (FRONTDESK, "at_risk", "", {"due_on": DUE}))
    yield "at_risk", risky
    reason = "Umbrella's press office answers on Thursday, not before."
    justified = does(risky, (MIA, "justify", reason, {"until": LATER}))
    yield "justify", justified
    refusal = "The proposal goes out on the 26th. Do it without the quote."
    refused = does(justified, (HANA, "refuse_justification", refusal, {}))
    yield "refuse_justification", refused
    refused.now = datetime(2026, 3, 26, 8, tzinfo=UTC)
    late = {"due_on": DUE, "today": date(2026, 3, 26)}
    yield "missed", does(refused, (FRONTDESK, "missed", "", late))
    people = {"people": (LEO, PRIYA)}
    yield "name_contributors", does(accepted, (MIA, "name_contributors", "", people))
    yield "hand_over", does(accepted, (MIA, "hand_over", "I am on leave.", {"owner": HANA}))


def _reviews() -> Iterator[tuple[str, Journey]]:
    first = asset(ACCEPT, _FIRST)
    yield "post_draft first", first
    yield "draft_failed", does(first, (FRONTDESK, "draft_failed", _FAILED, {"file": "F11"}))
    kept = does(first, _KEPT)
    yield "draft_kept", kept
    one = does(kept, _TECHNICAL)
    yield "approve", one
    two = does(one, _BRAND)
    yield "want_changes", two
    three = does(two, _STORY)
    yield "want_changes last", three
    raised = does(three, _CONFLICT)
    yield "raise_conflict", raised
    decided = does(raised, _DECIDED)
    yield "resolve_conflict", decided
    second = does(decided, _SECOND)
    yield "post_draft", second
    objected = {"lane": "pre_sales"}
    again = does(second, (PRIYA, "object", "Page 2 has new figures.", objected))
    yield "object", again
    waived = does(kept, _BRAND, _STORY)
    needless = "There is nothing technical in it."
    waived = does(waived, (MIA, "waive_pre_sales", needless, {}))
    yield "waive_pre_sales", waived
    yield "conclude", does(waived, (FRONTDESK, "conclude", "", {}))
    yield from _shelf(second)


def _shelf(second: Journey) -> Iterator[tuple[str, Journey]]:
    approved = does(second, (HANA, "approve", "", {}), (GRETA, "approve", "", {"remark": "Yes."}))
    yield "approve last", approved
    delivered = does(approved, _DELIVERED)
    yield "deliver", delivered
    this = {"of": delivered.now, "asset": "SHELF-3"}
    failed = "The library's disk is full."
    yield "shelving_failed", does(delivered, (FRONTDESK, "shelving_failed", failed, this))
    shelved = does(delivered, (FRONTDESK, "shelved", "", this))
    yield "shelved", shelved
    said = does(shelved, (BEN, "not_used_yet", "", {}))
    yield "not_used_yet", said
    said.now = datetime(2026, 3, 16, 20, tzinfo=UTC)
    asked = does(said, (FRONTDESK, "ask_again", "", {}))
    yield "ask_again", asked
    yield "did_not_help", does(asked, (BEN, "did_not_help", "", {}))
    helped = does(asked, (BEN, "helped", "", {}))
    yield "helped", helped
    word = {"word": "Their CFO quoted page 3 back to me."}
    yield "add_word", does(helped, (BEN, "add_word", "", word))
    yield "close_unanswered", does(asked, (FRONTDESK, "close_unanswered", "", {}))


STORY: Mapping[str, Journey] = dict((*_triage(), *_dates(), *_reviews()))
"""The request just after each step, by its name and, where it is taken more than once, a word."""
