"""Assets on Harborlight's shelf, and a quarter with them."""

from dataclasses import replace
from datetime import date

from messages.asset_facts import AssetFacts, Learning
from messages.quarterly import QuarterFacts
from tests.workflows.harborlight import HANA, MIA

STUDY = AssetFacts(
    ref="SHELF-3",
    title="How Umbrella closes its books in a day",
    whom_for="CFOs of banks",
    use_when="They ask how long a close takes.",
    tags=("case study", "Fintech", "CFO", "English"),
    state="current",
    version=2,
    name="Fintech case study v2.pptx",
    owner=MIA,
    review_by=date(2026, 9, 21),
    on=date(2026, 3, 5),
    opened=31,
    deals=4,
    won=2,
    source="AST-12",
)
DECK = replace(
    STUDY,
    ref="SHELF-1",
    title="Master deck",
    whom_for="Whoever does not know us",
    use_when="It is the first meeting.",
    tags=("deck",),
    state="outdated",
    version=7,
    name="Master deck.pdf",
    review_by=date(2026, 2, 27),
    deals=1,
    won=0,
    source="",
)
BROCHURE = replace(
    DECK, ref="SHELF-9", title="Brochure", tags=(), state="current", owner="", deals=0
)
LEARNING = Learning(
    asset_ref="SHELF-3",
    title=STUDY.title,
    text="CFOs ask for the size of the team first.",
    by=HANA,
)
QUARTER = QuarterFacts(
    title="How sales assets went",
    period="Q1 2026",
    by_type=(("case_study", 14), ("deck", 9), ("one_pager", 5), ("brochure", 3), ("video", 1)),
    delivered=21,
    median_days=9.5,
    kept=17,
    missed=4,
    reuse=6,
    needed=36,
    asked=32,
    outside=(("Enterprise", 4, 19), ("Mid-market", 3, 12), ("Delivery", 0, 7)),
    helped=11,
    did_not=2,
    not_used=5,
    words=("Their CFO quoted page 3 back to me.", "Too long for a first meeting."),
    learnings=(LEARNING,),
    due=(DECK, BROCHURE),
    due_count=2,
)
NO_QUARTER = replace(
    QUARTER,
    by_type=(),
    delivered=0,
    median_days=None,
    kept=0,
    missed=0,
    reuse=0,
    asked=0,
    outside=(),
    helped=0,
    did_not=0,
    not_used=0,
    words=(),
    learnings=(),
    due=(),
    due_count=0,
)
