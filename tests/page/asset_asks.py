"""What the company asks for, decides and is told in the story of five sales assets."""

from collections.abc import Mapping
from datetime import date

from bot.ports import Deal
from tests.journeys.triage import at
from workflows.money import Money

Answers = Mapping[str, str]

GLOBEX = Deal(
    ref="D-1042",
    name="Forecasting pilot",
    account="Globex",
    amount=Money(18_000_000, "USD"),
    close_on=date(2027, 2, 12),
    stage="negotiation",
    updated_at=at("2027-01-04"),
)
INITECH = Deal(
    ref="D-7",
    name="Rollout",
    account="Initech",
    amount=Money(2_000_000, "USD"),
    close_on=date(2027, 4, 30),
    updated_at=at("2027-01-04"),
)
HOSPITAL = "Hospital logistics case study"
SHELVED = {
    "Title": HOSPITAL,
    "Which kind of asset?": "Case study",
    "When should colleagues use it?": "When a hospital asks who else we work for.",
    "For whom is it?": "Heads of logistics in hospitals",
    "Review it by": "2027-06-01",
}
ASKS = (
    (
        "ana",
        "Deck",
        "Forecasting for the Globex board.",
        "2027-02-05",
        "Globex – Forecasting pilot",
    ),
    ("ben", "One-pager", "Rollout plan at Initech.", "2027-01-22", "Initech – Rollout"),
    ("ben", "Deck", "Forecasting slides for a spring fair.", "2027-03-01", ""),
    ("ana", "Video", "Compliance teaser on LinkedIn.", "2027-02-10", ""),
    ("leo", "Case study", "Logistics reference for a hospital.", "2027-03-10", ""),
)
"""Who asks for what, for what, until when, and for which deal."""
LIKE = {ASKS[2][2]: "AST-1 Deck", ASKS[4][2]: HOSPITAL}
"""What each asker is shown that is there already, by the purpose of the ask."""
RANKED = ("AST-1", "AST-2", "AST-4", "AST-3", "AST-5")
MIA: Answers = {"Who owns it?": "Mia Tanaka", "Due on": "2027-02-01"}
LEO: Answers = {"Who owns it?": "Leo Martin", "Due on": "2027-01-20"}
TWIN: Answers = {"Into which request?": "AST-1", "Why?": "Both show the forecasts."}
ASSET: Answers = {"Which asset does it?": HOSPITAL, "A word to the requester": "See page two."}
DECISIONS = (
    ("AST-1", "Accept and assign", "Accept", MIA),
    ("AST-2", "Accept and assign", "Accept", LEO),
    ("AST-3", "Merge", "Merge", TWIN),
    ("AST-4", "Decline", "Decline", {"Why is it declined?": "Legal does not want this one."}),
    ("AST-5", "Answer from the shelf", "Answer", ASSET),
)
"""About which request which button is pressed, and how the form is handed in."""
TOLD = {
    "ana": "Legal does not want this one.",
    "ben": "You will get what comes of AST-1",
    "leo": "answered AST-5 from the shelf with SHELF-1",
    "mia": "@Ben Okafor gets what comes of AST-1",
}
CALLED = "Forecasting for boards"
DELIVERED = {
    "Title": CALLED,
    "When should colleagues use it?": "Before a budget round.",
    "For whom is it?": "Boards and their finance teams",
    "Review it by": "2027-07-01",
}
QUARTER = (
    "Asked for: 5, answered from the shelf: 1 (20 % of what was needed)",
    "Delivered: 1, in 5.0 days",
    "1 helped, 0 did not",
    "sales: 0 of 4 (0 %)",
    "1 kept, 1 missed (50 % kept)",
    "They asked for a pilot.",
    f"SHELF-1, {HOSPITAL}: outdated",
)
SIZE = """async source => {
    const picture = new Image(); picture.src = source; await picture.decode();
    return [picture.naturalWidth, picture.naturalHeight];
}"""
