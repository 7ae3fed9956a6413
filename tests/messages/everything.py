"""Everything that is ever said, by name.

``python -m tests.messages.everything`` renews the golden files. Look at the difference before you
keep it: it is what people will read.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from messages import digest, found, home, listing, notice, page, requests_help
from messages.audit_head import audit_head
from messages.buttons import FindRequests, Older
from messages.card import card
from messages.facts import AdminFacts, CardFacts, DraftFacts
from messages.message import Message
from messages.problem import problem
from messages.ticket import ticket_begun, ticket_sent
from messages.unfurl import unfurl, unfurl_asset
from tests.messages.absence_words import everything_of_an_absence
from tests.messages.asset_words import everything_of_an_asset
from tests.messages.bank_words import everything_of_the_bank
from tests.messages.deal_words import everything_of_a_deal
from tests.messages.demo import AFTER, LARGE, Said, asset, facts, offered, sow
from tests.messages.report_words import everything_of_reports
from tests.messages.setting_words import everything_of_the_settings
from tests.messages.talk_words import everything_of_a_conversation
from tests.workflows.harborlight import ADAM, ANA, DIAN, HUGO, MIA, RYAN, SOL
from workflows.roles import Role
from workflows.sales_asset import WORKFLOW as SALES_ASSET
from workflows.sow import WORKFLOW as SOW

GOLDEN = Path(__file__).parent / "golden"


def everything() -> Iterator[tuple[str, Said]]:
    """Yield every message and view of all workflows, by the name of its golden file."""
    yield from _cards()
    yield from _deeds()
    yield from _nudges()
    yield from _views()
    yield from _gathered()
    yield from _answers()
    yield from everything_of_an_absence()
    yield from everything_of_a_deal()
    yield from everything_of_an_asset()
    yield from everything_of_reports()
    yield from everything_of_the_bank()
    yield from everything_of_a_conversation()
    yield from everything_of_the_settings()


def golden(said: Said) -> str:
    """Return ``said`` as it stands in its golden file."""
    value = {"text": said.text, "blocks": said.blocks} if isinstance(said, Message) else said
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def file_of(name: str) -> Path:
    """Return the golden file called ``name``."""
    return GOLDEN / f"{name.replace(' ', '-')}.json"


def _cards() -> Iterator[tuple[str, Said]]:
    large, small, deck = sow(LARGE), sow(), AFTER["sales_asset accept"]
    yield "card sow executive", card(facts(large), offered(large, RYAN), reader="decider")
    yield "card sow assistant", card(facts(small), offered(small, DIAN), reader="decider")
    yield "card sow asker", card(facts(large), offered(large, ANA), reader="asker")
    yield "card sow channel", card(facts(large), (), reader="channel")
    yield "card asset triage", card(facts(asset()), offered(asset(), SOL), reader="decider")
    yield "card asset owner", card(facts(deck), offered(deck, MIA), reader="decider")
    for name in ("sow approve", "sow reject", "sow cancel", "sow ask"):
        yield f"card after {name}", card(facts(AFTER[name]), (), reader="decider")
    template = AFTER["template checked"]
    yield "card template", card(facts(template), offered(template, HUGO), reader="decider")
    yield "card private", card(facts(AFTER["sow make_private"]), (), reader="asker")
    back = AFTER["sow request_changes"]
    yield "card sow back", card(facts(back), offered(back, ANA), reader="asker")


def _deeds() -> Iterator[tuple[str, Said]]:
    for name, journey in AFTER.items():
        entry, reader = journey.moves[-1].entry, journey.request.asker
        buttons = offered(journey, RYAN if entry.action == "answer" else reader)
        yield f"notice {name}", notice.notice(facts(journey), entry.action, entry, buttons)
        yield f"log {name}", notice.log_line(facts(journey), entry)


def _nudges() -> Iterator[tuple[str, Said]]:
    large = facts(sow(LARGE))
    yield "reminder first", notice.reminder(large, 1)
    yield "reminder second", notice.reminder(large, 2)
    yield "snoozed", notice.snoozed(large, datetime(2026, 3, 3, 9, tzinfo=UTC))
    yield "escalation", notice.escalation(large, "head of sales")
    yield "nobody holds", notice.nobody_holds(large, ["executive"])
    yield "owner left", notice.nobody_holds(large, ["owner"])
    yield "requester left", notice.nobody_holds(large, ["requester"])
    approve = SOW.transition("approve")
    yield "stale approved", notice.stale(facts(AFTER["sow approve"]), approve)
    yield "stale rejected", notice.stale(facts(AFTER["sow reject"]), approve)
    yield "stale unknown", notice.stale(large, None)
    dead = ("user:" + RYAN, "card", "channel_not_found: there is no such channel")
    yield "dead letter", notice.dead_letter(12, *dead)
    yield "audit head", audit_head(1234, "5a" * 32, large.request.since)
    yield "draft kept", notice.draft_kept("Statement of Work, 02 Mar 09:00 (Globex)", "D1")
    yield "ticket sent", ticket_sent("crm", "OPP-1042", "SOW-7")
    lacking = ("Amount", "Needed by")
    yield "ticket begun", ticket_begun("crm", "OPP-1042", "Statement of Work", lacking, "D1")
    yield "unfurl", unfurl(large)
    yield "unfurl owned", unfurl(facts(AFTER["sales_asset accept"]))
    yield "unfurl ended", unfurl(facts(AFTER["sow reject"]))
    yield "unfurl asset", unfurl_asset("SHELF-3", "Pricing <b>2027</b>", 2, "On the shelf, current")
    yield "greeting", notice.greeting([SALES_ASSET, SOW])


def _views() -> Iterator[tuple[str, Said]]:
    for name, user in (("sow answer", RYAN), ("sow reject", ANA), ("sales_asset accept", ADAM)):
        journey = AFTER[name]
        entries = [move.entry for move in journey.moves]
        yield f"page {name}", page.page(facts(journey), entries, offered(journey, user))
    waiting, mine = [facts(sow(LARGE)), facts(asset())], [facts(AFTER["sow request_changes"])]
    draft = DraftFacts(id="D1", label="Statement of Work, 02 Mar 09:00 (Globex)")
    yield from _homes(waiting, mine, draft)
    yield "list page", listing.listing_page(waiting, mine)
    yield "problem", problem("SOW-1 was approved by <@U0RYAN>. Nothing was changed.")


def _homes(
    waiting: list[CardFacts], mine: list[CardFacts], draft: DraftFacts
) -> Iterator[tuple[str, Said]]:
    both, ended = [SALES_ASSET, SOW], [facts(AFTER["sow reject"])]
    due = datetime(2026, 3, 3, 14, tzinfo=UTC)
    waiting = [replace(each, next_at=due, next_is="a reminder") for each in waiting]
    able = [offered(sow(LARGE), RYAN), ()]
    full = home.HomeFacts(
        to=RYAN,
        waiting=home.Listed(requests=waiting, more=True),
        buttons=able,
        mine=home.Listed(requests=mine),
        team=home.Listed(requests=mine, more=True),
        closed=home.Listed(requests=ended),
        drafts=[draft] * 7,
        askable=both,
    )
    sought = home.Sought(
        said="Statement of Work, client Globex",
        found=home.Listed(requests=mine),
        older=Older(1_772_000_000_000_000, "SOW-3"),
        later=True,
    )
    nothing = home.Sought(said="“xyzzy”", found=home.Listed(), older=None, later=False)
    empty = home.HomeFacts(to=ANA, waiting=home.Listed(), askable=both)
    yield "home", home.home(full)
    yield "home sought", home.home(replace(full, sought=sought))
    yield "home sought nothing", home.home(replace(empty, sought=nothing))
    yield "home empty", home.home(empty)
    yield "home admin", home.home(replace(empty, team=home.Listed(), admin=AdminFacts(dead=2)))


def _gathered() -> Iterator[tuple[str, Said]]:
    told: list[digest.News] = []
    for name in ("sow accept", "sow reject", "sales_asset accept"):
        journey = AFTER[name]
        said = notice.notice(
            facts(journey), journey.moves[-1].entry.action, journey.moves[-1].entry
        )
        told.append(digest.News(ref=journey.request.ref, said=said.text, count=len(told) + 1))
    yield "digest", digest.digest(told)
    yield "digest of one", digest.digest(told[:1])
    yield "digest long", digest.digest(told * 9)
    waiting = [facts(sow(LARGE)), facts(asset())]
    yield "pile", digest.pile(waiting, 2)
    yield "pile long", digest.pile(waiting * 6, 40)
    yield "pile empty", digest.pile([], 0)


def _answers() -> Iterator[tuple[str, Said]]:
    waiting, mine = [facts(sow(LARGE))], [facts(AFTER["sales_asset decline"])]
    yield "list", listing.listing(waiting, mine, None)
    yield "list long", listing.listing(waiting * 12, [], SOW)
    yield "list empty", listing.listing([], [], SALES_ASSET)
    journey = AFTER["sow answer"]
    entries = [move.entry for move in journey.moves]
    yield "status", listing.status(facts(journey), entries)
    yield "help", listing.help_text(SOW)
    both = [SALES_ASSET, SOW]
    again = FindRequests("waiting globex", "", 1_772_000_000_000_000, "SOW-3")
    yield (
        "found",
        found.found("waiting globex", waiting + mine, both, to=RYAN, more=again, later=False),
    )
    yield "found nothing", found.found("<!channel> *x*", [], both, to=ANA, more=None, later=False)
    yield "found no more", found.found("globex", [], [SOW], to=ANA, more=None, later=True)
    yield "no status", found.no_status(SOW, "globex")
    yield "no status asked", found.no_status(SOW, "")
    acting = [(Role.EXECUTIVE, [SOW, SALES_ASSET])]
    yield "requests help", requests_help.requests_help(both, acting, [SOW])
    yield "requests help nobody", requests_help.requests_help([], [], [])
    yield "unknown subcommand", listing.unknown_subcommand(SOW, "stauts 7", "status")
    yield "unknown and far", listing.unknown_subcommand(SALES_ASSET, "<!channel> *now*", None)


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for old in GOLDEN.glob("*.json"):
        old.unlink()
    for name, said in everything():
        file_of(name).write_text(golden(said), encoding="utf-8")
