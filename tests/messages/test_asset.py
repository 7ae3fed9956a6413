"""What is said of assets: to whom, with which buttons, and that it all fits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from messages import look_alikes, misuse, notice, shelf_news
from messages.announcement import announcement, answered, delivered
from messages.asset_occasions import answers_at, reviewed, stands
from messages.buttons import (
    AddTag,
    Button,
    Details,
    FindMore,
    Follow,
    New,
    Open,
    Report,
    Resume,
    StartRefresh,
    ThisOne,
    Use,
    decode,
)
from messages.card import card
from messages.filters import nth, share, web
from messages.message import Json, Message
from messages.opening import opened
from messages.outside import outside_offer
from messages.owner_brief import owner_brief
from messages.quarterly import quarterly
from messages.search import results
from messages.suggestion import tag_suggested
from sandbox.blocks.validation import block_problems
from tests.messages.asset_facts import BROCHURE, DECK, NO_QUARTER, QUARTER, STUDY
from tests.messages.asset_story import STORY
from tests.messages.deal_words import URL
from tests.messages.demo import facts, offered
from tests.workflows.harborlight import BEN, GRETA, HANA, LEO, MIA, SOL
from workflows.asset_review import Lane


def pressed(blocks: Sequence[Json]) -> list[Any]:
    """What the buttons mean, also those beside a line."""
    found = [each.get("elements", []) for each in blocks if each["type"] == "actions"]
    found += [[each["accessory"]] for each in blocks if "accessory" in each]
    return [
        decode(each["action_id"], each["value"]) for row in found for each in row if "value" in each
    ]


def told(name: str, message: str, to: str) -> Message:
    """What ``to`` is told by ``message`` of what happened last in the story at ``name``."""
    journey = STORY[name]
    return notice.notice(facts(journey), message, journey.moves[-1].entry, (), to=to)


def test_the_owner_gets_one_list_with_every_text_whole() -> None:
    said = told("want_changes last", "review_done", MIA).text
    assert "The reviews of version 1 of AST-1" in said
    assert said.count("Begin with their problem:\nthree ledgers, ten days to close.") == 1
    assert said.count("The claim on page 2 must stay") == 1
    assert "Approved by pre-sales (<@U0PRIYA>: The figures are right.)." in said


def test_a_list_that_is_sent_late_is_still_that_of_its_version() -> None:
    asked = STORY["want_changes last"]
    later = facts(STORY["approve last"])
    said = notice.notice(later, "review_done", asked.moves[-1].entry).text
    assert "The reviews of version 1 of AST-1" in said
    assert "The claim on page 2 must stay" in said
    assert "Approved by pre-sales (<@U0PRIYA>: The figures are right.)." in said


def test_approvals_that_still_count_say_of_which_version_they_are() -> None:
    request = STORY["approve last"].request
    found = reviewed(request, STORY["approve last"].now)
    assert (found.version, found.asking) == (2, ())
    assert [(each.lane, each.version) for each in found.approving] == [
        (Lane.PRE_SALES, 1),
        (Lane.MARKETING, 2),
        (Lane.SALES_MANAGER, 2),
    ]


def test_an_answer_that_is_carried_on_was_given_once() -> None:
    journey = STORY["post_draft"]
    said = next(each for each in STORY["approve"].moves if each.entry.action == "approve").entry.at
    assert [each.version for each in answers_at(journey.request, said)] == [1]


def test_before_the_first_version_no_review_stands_anywhere() -> None:
    assert stands(STORY["accept"].request) == ()
    waiting = {each.lane: bool(each.answers) for each in stands(STORY["post_draft"].request)}
    assert waiting == {Lane.PRE_SALES: True, Lane.MARKETING: False, Lane.SALES_MANAGER: False}


def test_nobody_who_asked_for_changes_is_said_to_have_approved() -> None:
    drawn = card(facts(STORY["want_changes"]), (), reader="channel").text
    assert "Marketing: asked for changes to version 1 (<@U0HANA>)" in drawn
    assert "Sales manager: waiting" in drawn
    assert "Approved so far" not in drawn


def test_whoever_decides_a_conflict_sees_both_texts_whole() -> None:
    drawn = card(facts(STORY["raise_conflict"]), (), reader="decider").text
    first = drawn.index("Marketing (brand consistency):\nThe claim on page 2 must stay")
    second = drawn.index("Sales manager (sales narrative):\nThe story begins with us.")
    assert first < second
    assert "One wants page 2 gone, the other wants it to stay." in drawn


@pytest.mark.parametrize(
    ("name", "to", "waits"),
    [
        ("justify", HANA, False),
        ("justify", MIA, True),
        ("accept", LEO, False),
        ("want_changes", GRETA, True),
        ("want_changes", HANA, False),
        ("raise_conflict", MIA, False),
    ],
)
def test_a_card_waits_for_nobody_but_those_who_have_the_ball(
    name: str,
    to: str,
    waits: bool,  # noqa: FBT001 - the column of a table
) -> None:
    buttons = offered(STORY[name], to)
    drawn = card(facts(STORY[name]), buttons, reader="decider", to=to)
    assert ("This waits for you." in drawn.text) is waits


def test_each_reader_of_a_missed_date_is_told_what_it_means_for_them() -> None:
    said = {to: told("missed", "missed", to).text for to in ("U0HUGO", MIA, BEN, "U0ANA")}
    assert all("<@U0MIA>" in each and "Wed 25 Mar 2026" in each for each in said.values())
    assert "Please see with <@U0MIA>" in said["U0HUGO"]
    assert "justify a later date" in said[MIA]
    assert "You need not do anything" in said[BEN]
    assert "because AST-9 was merged into it" in said["U0ANA"]


def test_a_refused_date_names_the_one_that_counts_again() -> None:
    assert (
        "It is due on Wed 25 Mar 2026 again."
        in told("refuse_justification", "refuse_justification", BEN).text
    )


def test_an_announcement_offers_to_open_to_use_and_to_report() -> None:
    assert pressed(announcement(STUDY, is_new=True).blocks) == [
        Open("SHELF-3"),
        Use("SHELF-3"),
        Report("SHELF-3"),
    ]
    assert announcement(STUDY, is_new=True).text.startswith("New on the shelf: How Umbrella")
    assert announcement(STUDY, is_new=False).text.startswith("New version: How Umbrella")


def test_who_asked_and_who_follows_are_told_differently() -> None:
    asker, follower = (delivered(STUDY, "AST-12", reader) for reader in ("asker", "follower"))
    assert asker.text.startswith("What you asked for is there: AST-12")
    assert follower.text.startswith("The request that you follow, AST-12, is done")
    assert pressed(asker.blocks) == pressed(follower.blocks) == [Open("SHELF-3"), Use("SHELF-3")]
    by_hand = answered(STUDY, "AST-7", SOL, "")
    assert by_hand.text.startswith("<@U0SOL> answered AST-7 from the shelf with SHELF-3")


def test_a_search_goes_on_where_it_ended() -> None:
    found = results("deck", [STUDY, DECK], skip=10, more=True, meant=None, filters={})
    assert pressed(found.blocks)[-1] == FindMore("deck", 12)
    corrected = results("dekc", [DECK], skip=0, more=True, meant="deck", filters={})
    assert pressed(corrected.blocks)[-1] == FindMore("deck", 1)
    long = results("deck " * 60, [DECK], skip=0, more=True, meant=None, filters={})
    assert pressed(long.blocks) == [Open("SHELF-1"), Use("SHELF-1")]
    assert "search for fewer words" in str(long.blocks)


def test_what_is_outdated_is_said_to_be() -> None:
    found = results("deck", [STUDY, DECK], skip=0, more=False, meant=None, filters={})
    assert found.text.count("Outdated: please do not send it out.") == 1
    assert "Outdated" not in announcement(STUDY, is_new=True).text
    assert "It is outdated" in opened(DECK, URL, 15).text
    assert "It is outdated" not in opened(STUDY, URL, 15).text


def test_nothing_found_offers_to_ask_for_it() -> None:
    nothing = results("C++", [], skip=0, more=False, meant=None, filters={})
    assert pressed(nothing.blocks) == [New("sales_asset")]


def test_twenty_results_fit() -> None:
    found = results("a", [STUDY] * 20, skip=0, more=True, meant=None, filters={"type": "deck"})
    assert block_problems(list(found.blocks), "message") == []
    assert pressed(found.blocks)[-1] == FindMore("a", 20)


def test_look_alikes_close_the_ask_or_join_it() -> None:
    blocks = look_alikes.look_alikes([STUDY] * 9, [facts(STORY["accept"])] * 9, "D1")
    assert pressed(blocks) == [ThisOne("SHELF-3", "D1")] * 5 + [Follow("AST-1", "D1")] * 5
    assert len(look_alikes.TITLE) <= 24
    assert len(look_alikes.SUBMIT) <= 24
    assert pressed(look_alikes.taken(STUDY)) == [Open("SHELF-3"), Use("SHELF-3")]
    assert pressed(look_alikes.followed("AST-3")) == [Details("AST-3")]


def test_the_owner_begins_with_the_brief_and_the_guidelines() -> None:
    journey = STORY["accept"]
    said = owner_brief(facts(journey), [("Brand", URL)], offered(journey, MIA))
    assert "you have until Wed 25 Mar 2026" in said.text
    assert f"Brand: <{URL}|{URL}>" in said.text
    step = journey.request.step
    assert Button("post_draft", "AST-1", step) in pressed(said.blocks)


def test_a_poster_may_open_only_what_is_current() -> None:
    current = misuse.misused(STUDY, "replaced", "SHELF-3", "C0SALES")
    assert pressed(current.blocks) == [Open("SHELF-3")]
    for asset in (DECK, None):
        said = misuse.misused(asset, "outdated", "SHELF-1", "C0SALES")
        assert pressed(said.blocks) == []
        assert "There is no current version now." in said.text


def test_who_took_an_asset_may_open_its_new_version() -> None:
    assert pressed(shelf_news.taker_told(STUDY, "replaced", "").blocks) == [Open("SHELF-3")]
    assert pressed(shelf_news.taker_told(DECK, "outdated", "Old.").blocks) == []
    assert pressed(shelf_news.taker_told(STUDY, "withdrawn", "").blocks) == []


def test_assets_without_an_owner_can_be_handed_over_from_their_pages() -> None:
    said = shelf_news.ownerless([BROCHURE] * 45)
    assert pressed(said.blocks) == [Details("SHELF-9")] * 40
    assert block_problems(list(said.blocks), "message") == []
    assert "5 more are not" in said.text


def test_other_offers_have_one_button() -> None:
    assert pressed(outside_offer("A deck?", "D1").blocks) == [Resume("D1")]
    assert pressed(tag_suggested("K1", "Insurance", "industry", MIA).blocks) == [AddTag("K1")]


def test_refreshes_are_offered_only_where_something_is_due() -> None:
    assert pressed(quarterly(QUARTER).blocks) == [StartRefresh("Q1 2026")]
    assert pressed(quarterly(NO_QUARTER).blocks) == []
    assert "nobody asked for an asset" in quarterly(NO_QUARTER).text
    busy = replace(NO_QUARTER, outside=(("Sales", 2, 2),))
    assert "Sales: 2 of 2 (100 %)" in quarterly(busy).text


def test_shares_and_places_are_in_words() -> None:
    assert [share(*pair) for pair in ((1, 4), (0, 9), (3, 0), (2, 3))] == [
        *("25 %", "0 %", "0 %", "67 %")
    ]
    assert [nth(each) for each in (1, 2, 3, 4, 11, 12, 13, 21, 102, 113)] == [
        *("1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd", "113th")
    ]


def test_a_link_that_somebody_gave_shows_where_it_leads() -> None:
    assert web("https://a.example/x|y") == "<https://a.example/x%7Cy|https://a.example/x%7Cy>"
    assert web("https://a.example/?a=1&b=2").count("a=1&amp;b=2") == 2
    assert web("javascript:alert(1)") == "javascript:alert(1)"
    assert web("https://a.example/\u202emoc") == "<https://a.example/moc|https://a.example/moc>"


def test_a_file_that_waits_for_the_library_is_on_the_card() -> None:
    known = facts(STORY["post_draft"])
    waits = replace(known, stuck_file_since=datetime(2026, 3, 2, 16, tzinfo=UTC))
    said = "Waiting for the library since <!date^1772467200^"
    assert said in card(waits, (), reader="channel").text
    assert "Waiting for the library" not in card(known, (), reader="channel").text
