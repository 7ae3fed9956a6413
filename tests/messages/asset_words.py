"""Everything that is said of assets beside their notices: cards, lists, searches, reports."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from messages import look_alikes, misuse, notice, page, shelf_news
from messages.announcement import announcement, answered, delivered
from messages.asset_facts import AssetFacts
from messages.card import card
from messages.message import Json, Message
from messages.minutes import Minute, minutes
from messages.misuse import Misuse
from messages.opening import opened
from messages.outside import outside_offer
from messages.owner_brief import owner_brief
from messages.quarterly import quarterly
from messages.ranking import why
from messages.search import results
from messages.suggestion import tag_suggested
from messages.templates import about
from messages.triage import TriageGroup, TriageRow, triage_list, triage_page
from tests.messages import shelf_story
from tests.messages.asset_facts import BROCHURE, DECK, LEARNING, NO_QUARTER, QUARTER, STUDY
from tests.messages.asset_story import STORY
from tests.messages.deal_words import URL
from tests.messages.demo import Said, facts, offered
from tests.workflows.harborlight import ANA, BEN, GRETA, HANA, HUGO, MIA, SOL
from tests.workflows.journey import Journey
from workflows.priority import Criterion, Part, Standing

GUIDELINES = (("Brand guidelines", URL), ("Case study template", URL))
BECAUSE = "needed in 9 days; Umbrella is worth 90,000.00 USD; serves \u201cWin back fintech\u201d"
PARTS = (
    Part(Criterion.DEAL_VALUE, 22, 25, "Umbrella is worth 90,000.00 USD"),
    Part(Criterion.DEAL_URGENCY, 12, 20, "Umbrella closes in 24 days, stage proposal"),
    Part(Criterion.DEADLINE, 17, 20, "needed in 9 days"),
    Part(Criterion.REUSE, 0, 15, "one-off"),
    Part(Criterion.GOALS, 10, 20, "serves \u201cWin back fintech\u201d"),
)
POSTED = Misuse(
    user=BEN,
    asset_ref="SHELF-1",
    title="Master deck",
    what="outdated",
    channel="C0SALES",
    at=datetime(2026, 3, 5, 10, tzinfo=UTC),
    times=1,
)
_STAGES = (
    *("accept", "join", "defer", "merge", "answer_from_shelf", "justify", "missed"),
    *("post_draft first", "approve", "want_changes last", "raise_conflict", "resolve_conflict"),
    *("post_draft", "waive_pre_sales", "approve last", "deliver", "shelved", "add_word"),
)
_TOLD = (
    *(("decline followed", "decline", ANA), ("cancel followed", "cancel", ANA)),
    *(("cancel followed", "cancel", MIA), ("at_risk", "at_risk", MIA), ("at_risk", "at_risk", BEN)),
    *(("missed", "missed", who) for who in (HUGO, MIA, BEN, ANA)),
    *(("justify", "justify", who) for who in (BEN, HANA, ANA)),
    *(("refuse_justification", "refuse_justification", who) for who in (MIA, BEN, ANA)),
    *((name, "review_done", MIA) for name in ("want_changes last", "conclude", "approve last")),
    *(("resolve_conflict", "resolve_conflict", who) for who in (MIA, GRETA)),
    *(("accept", "helping", "U0LEO"), ("name_contributors", "helping", "U0LEO")),
)
"""What is told to several people, or by another template than its transition's."""


def everything_of_an_asset() -> Iterator[tuple[str, Said]]:
    """Yield every message and view, by the name of its golden file."""
    for name in _STAGES:
        known = facts(STORY[name])
        yield f"card asset {name}", card(known, offered(STORY[name], MIA), reader="decider", to=MIA)
    for name in ("approve", "report_outdated", "keeping_failed", "from a request"):
        journey = shelf_story.STORY[name]
        yield f"card shelf {name}", card(facts(journey), offered(journey, MIA), reader="decider")
    for name in ("add_word", "missed"):
        entries = [move.entry for move in STORY[name].moves]
        yield f"page asset {name}", page.page(facts(STORY[name]), entries, ())
    for name, told, to in _TOLD:
        journey = STORY[name]
        entry, buttons = journey.moves[-1].entry, offered(journey, to)
        said = notice.notice(facts(journey), told, entry, buttons, to=to)
        who = to.removeprefix("U0").lower()
        yield f"notice asset {name} {told} to {who}", said
    yield from _triage()
    yield from _shelf()
    yield from _governance()


def row(journey: Journey, number: int | None = None, because: str = BECAUSE) -> TriageRow:
    """A row of the triage list as Sol sees it."""
    return TriageRow(
        facts=facts(journey),
        score=61,
        because=because,
        buttons=offered(journey, SOL)[:5],
        number=number,
    )


def groups(count: int, many: int) -> list[TriageGroup]:
    """Every group of the list with ``count`` rows of ``many``, in no order."""
    asked, late = STORY["come_back"], STORY["missed"]
    return [
        TriageGroup(
            standing=standing,
            rows=[
                row(late if standing in ("overdue", "at_risk") else asked, number)
                for number in range(1, count + 1)
            ],
            count=many,
        )
        for standing in (Standing.WAITING, Standing.NEW, Standing.AT_RISK, Standing.OVERDUE)
    ]


def _triage() -> Iterator[tuple[str, Said]]:
    yield "triage weekly", triage_list(groups(2, 2), weekly=True, learnings=[LEARNING], outside=3)
    full = triage_list(groups(7, 1000), weekly=True, learnings=[LEARNING] * 7, outside=1)
    yield "triage full", full
    yield "triage on demand", triage_list(groups(1, 1), weekly=False, learnings=[], outside=0)
    yield "triage empty", triage_list([], weekly=True, learnings=[], outside=0)
    waiting = TriageGroup(standing=Standing.WAITING, rows=groups(20, 1000)[0].rows, count=1000)
    yield "triage page", triage_page(waiting, 20, 45)
    yield "triage page empty", triage_page(replace(waiting, rows=[]), 1000, 1000)
    headline = str(about(facts(STORY["accept"]))["headline"])
    decided = Minute(ref="AST-1", headline=headline, done="accepted", actor=SOL, reason="")
    merged = replace(decided, ref="AST-2", done="merged into AST-1", reason="The same bank.")
    yield "minutes", minutes([decided, merged])
    yield "minutes of nothing", minutes([])
    yield "why", why("AST-1", headline, 4, 1200, 61, PARTS)
    yield "why of one that does not wait", why("AST-1", headline, None, 12, 61, PARTS)


def _shelf() -> Iterator[tuple[str, Said]]:
    yield "announcement new", announcement(STUDY, is_new=True)
    yield "announcement version", announcement(replace(STUDY, owner=""), is_new=False)
    yield "delivered to asker", delivered(STUDY, "AST-12", "asker")
    yield "delivered to follower", delivered(STUDY, "AST-12", "follower")
    yield "answered", answered(STUDY, "AST-7", SOL, "It is a bank of their size.")
    yield "opened", opened(STUDY, URL, 15)
    yield "opened outdated", opened(DECK, URL, 15)
    searched = {"industry": "Fintech"}
    typed = "close books industry:Fintech"
    found = results(typed, [STUDY, DECK], skip=0, more=True, meant=None, filters=searched)
    yield "results", found
    yield "results meant", sought("fintehc", [STUDY], meant="fintech")
    yield "results nothing", sought('C++ "', [])
    yield "results nothing meant", sought("fintehc", [], meant="fintech")
    yield "results newest", sought("", [BROCHURE])
    yield "results at the end", sought("deck", [], skip=20)
    yield "results of too many words", sought("deck " * 60, [DECK], more=True)
    alike = look_alikes.look_alikes([STUDY], [facts(STORY["justify"])], "D1")
    yield "look-alikes", modal(look_alikes.TITLE, alike)
    yield "taken", modal("Taken", look_alikes.taken(STUDY))
    yield "followed", modal("Followed", look_alikes.followed("AST-3"))
    accepted = STORY["accept"]
    yield "owner brief", owner_brief(facts(accepted), GUIDELINES, offered(accepted, MIA))


def sought(
    text: str,
    found: list[AssetFacts],
    *,
    skip: int = 0,
    more: bool = False,
    meant: str | None = None,
) -> Message:
    """Return what was found for ``text`` without any filter."""
    return results(text, found, skip=skip, more=more, meant=meant, filters={})


def _governance() -> Iterator[tuple[str, Said]]:
    yield "misused outdated", misuse.misused(None, "outdated", "SHELF-1", "C0SALES")
    yield "misused withdrawn", misuse.misused(STUDY, "withdrawn", "SHELF-2", "C0SALES")
    yield "misused unapproved", misuse.misused(None, "unapproved", "AST-12", "C0SALES")
    yield "misused replaced", misuse.misused(STUDY, "replaced", "SHELF-3", "C0SALES")
    again = replace(POSTED, user=ANA, what="unapproved", times=3)
    yield "misuses", misuse.misuses([POSTED, again])
    yield "misuses none", misuse.misuses([])
    for what in ("outdated", "withdrawn", "unapproved", "replaced"):
        yield f"misuse alert {what}", misuse.misuse_alert(replace(POSTED, what=what, times=2))
    yield "taker replaced", shelf_news.taker_told(STUDY, "replaced", "")
    yield "taker outdated", shelf_news.taker_told(DECK, "outdated", "The prices are old.")
    yield "taker withdrawn", shelf_news.taker_told(DECK, "withdrawn", "They asked us to.")
    yield "ownerless", shelf_news.ownerless([BROCHURE])
    yield "ownerless many", shelf_news.ownerless([BROCHURE] * 45)
    yield "outside offer", outside_offer("Does anybody have a deck for banks?", "D1")
    yield "tag suggested", tag_suggested("K1", "Insurance", "industry", MIA)
    yield "quarterly", quarterly(QUARTER)
    yield "quarterly nothing", quarterly(NO_QUARTER)


def modal(title: str, blocks: list[Json]) -> Json:
    """Return a modal of ``blocks``."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": title, "emoji": False},
        "close": {"type": "plain_text", "text": "Close", "emoji": False},
        "blocks": blocks,
    }
