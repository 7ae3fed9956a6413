"""Drafts and the three reviews: one list of changes a version, and only what is concerned again."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from sandbox import Card
from tests.journeys.assets import (
    accept,
    approve_draft,
    ask_for_asset,
    asset_record,
    asset_thread,
    hand_in,
    is_whole,
    pdf,
    under_way,
    want_changes,
)
from tests.journeys.deals import MONDAY, fill_in, form, page_form, told
from tests.journeys.house import House, decide
from workflows.asset_review import Lane
from workflows.roles import Role

LANES = ("priya", "hana", "greta")
LIST = "What should change, all of it"
LINK = "https://drive.example/initech-deck"
GUIDE = "https://brand.harborlight.example/guide"


def lists(house: House) -> list[Card]:
    """The lists of changes that Mia got, oldest first."""
    return house.person("mia").dm_with_bot().cards(LIST)


def offered(house: House, handle: str) -> list[str]:
    """The buttons of the latest card of the request that somebody has."""
    cards = house.person(handle).dm_with_bot().cards("AST-1: ")
    return cards[-1].buttons if cards else []


def files(house: House, handle: str) -> list[str]:
    """The names of the files that the bot handed to somebody."""
    return [name for each in house.person(handle).dm_with_bot().messages for name in each.files]


async def guidelines_kept(house: House) -> None:
    """Let an admin keep a guideline."""
    adam = house.person("adam")
    modal = await (await adam.command("/asset", "lists", channel="sales")).modal_opened()
    await fill_in(house, modal, guidelines=f"Brand guide | {GUIDE}")


async def test_a_draft_reaches_those_who_review_it_and_has_its_hash(small_house: House) -> None:
    house = small_house
    await guidelines_kept(house)
    await under_way(house)
    mia = house.person("mia")
    [task] = mia.dm_with_bot().cards("Yours: AST-1")
    assert "you have until Wed 20 Jan 2027" in task.text
    assert "For the proposal to Initech." in task.text
    assert f"Brand guide: {GUIDE}" in task.text

    first = pdf("Initech, a case")
    await hand_in(house, "mia", await mia.upload("initech.pdf", first), note="The first version.")

    for handle in LANES:
        assert files(house, handle) == ["initech.pdf"]
        assert "The first version." in told(house, handle)
    assert [name for each in asset_thread(house) for name in each.files] == ["initech.pdf"]
    [kept] = asset_record(house).drafts
    assert kept.sha256 == hashlib.sha256(first).hexdigest()
    assert house.frontdesk.desk.library.read(kept.sha256) == first
    modal = await form(house, house.person("priya"), "Approve")
    await modal.fill(points=modal.options("Your checklist")[:1])
    refused = await modal.submit()
    assert refused.errors == {"Your checklist": "Please tick every point, or ask for changes."}
    assert asset_record(house).answers == ()
    is_whole(house)


async def test_the_owner_gets_one_list_and_a_new_version_goes_to_two_reviews(house: House) -> None:
    await under_way(house)
    await hand_in(house, "mia", link=LINK)
    await approve_draft(house, "priya", "Please keep the figure on page two.")
    await want_changes(house, "hana", "The logo is the old one.")
    assert lists(house) == []
    assert "The logo is the old one." not in told(house, "mia")
    await want_changes(house, "greta", "Begin with their problem.")

    [one] = lists(house)
    assert "The reviews of version 1" in one.text
    assert "Marketing (brand consistency), @Hana Kim:\nThe logo is the old one." in one.text
    assert "Sales manager (sales narrative), @Greta Vance:\nBegin with their problem." in one.text
    assert "Please keep the figure on page two." in one.text
    assert house.request("AST-1").stage == "changes_requested"

    file = await house.person("mia").upload("second.pdf", pdf("Initech, once more"))
    await hand_in(house, "mia", file)
    assert [files(house, each) for each in LANES] == [["second.pdf"]] * 3
    assert "Approve" not in offered(house, "priya")
    await approve_draft(house, "hana")
    assert house.request("AST-1").stage == "in_review"
    await approve_draft(house, "greta")

    assert house.request("AST-1").stage == "approved"
    assert len(lists(house)) == 1
    [done] = house.person("mia").dm_with_bot().cards("All reviews approved version 2")
    assert "pre-sales (@Priya Nair, version 1: Please keep the figure" in done.text
    assert "Deliver" in done.buttons
    of_link, of_file = (each.sha256 for each in asset_record(house).drafts)
    assert of_link == hashlib.sha256(LINK.encode()).hexdigest()
    assert of_file == hashlib.sha256(pdf("Initech, once more")).hexdigest()
    is_whole(house)


@pytest.mark.prove
async def test_a_review_that_is_touched_or_objects_looks_again(small_house: House) -> None:
    house = small_house
    await under_way(house)
    await hand_in(house, "mia", link=LINK)
    await approve_draft(house, "priya")
    await approve_draft(house, "hana")
    await want_changes(house, "greta", "Begin with their problem.")

    await hand_in(house, "mia", link=LINK + "/2", touches=[Lane.MARKETING.value])
    assert ["Approve" in offered(house, each) for each in LANES] == [False, True, True]
    assert "Pre-sales: approved version 1" in told(house, "hana")

    modal = await page_form(house, house.person("priya"), "AST-1", "Review it again")
    [choice] = modal.options("Which review does it touch?")
    assert choice == "Pre-sales (technical accuracy), approved version 1"
    why = "The beginning names a feature that we do not have."
    await fill_in(house, modal, lane=Lane.PRE_SALES.value, reason=why)
    [objection] = house.person("mia").dm_with_bot().cards("to be reviewed again")
    assert objection.text.startswith("@Priya Nair wants version 2")
    assert why in objection.text
    await approve_draft(house, "hana")
    await approve_draft(house, "greta")
    assert house.request("AST-1").stage == "in_review"
    await want_changes(house, "priya", "Leave the feature out.")

    assert len(lists(house)) == 2
    assert "Leave the feature out." in lists(house)[-1].text
    assert "Begin with their problem." not in lists(house)[-1].text
    await hand_in(house, "mia", link=LINK + "/3")
    await approve_draft(house, "priya")
    request = house.request("AST-1")
    assert request.stage == "approved"
    assert [each.version for each in asset_record(house).answers_now(request)] == [2, 2, 3]
    assert "object" in house.audited("AST-1")


async def test_what_takes_the_place_of_an_approved_version_is_looked_at_by_everybody(
    small_house: House,
) -> None:
    house = small_house
    await under_way(house)
    await hand_in(house, "mia", link=LINK)
    for handle in LANES:
        await approve_draft(house, handle)

    modal = await form(house, house.person("mia"), "Post a draft")
    await fill_in(house, modal, link=LINK + "/2", note="A typo.", touches=[Lane.MARKETING.value])
    for handle in LANES:
        assert house.request("AST-1").stage == "in_review"
        await approve_draft(house, handle)
    assert house.request("AST-1").stage == "approved"


async def test_nobody_reviews_their_own_work(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    await ask_for_asset(house.person("ben"))
    await house.quiet()
    card = await house.person("sol").dm_with_bot().wait_for(text="AST-1")
    mia, priya = house.person("mia").id, house.person("priya").id
    await decide(card, "Accept and assign", owner=mia, contributors=[priya], due_on="2027-01-20")
    await house.quiet()
    assert "asks you to help @Mia Tanaka with AST-1" in told(house, "priya")

    await hand_in(house, "priya", link=LINK)
    assert {mia} < house.holders(Role.MARKETING)
    for handle in ("mia", "priya"):
        assert "Approve" not in offered(house, handle)
    [alarm] = house.person("adam").dm_with_bot().cards("cannot go on")
    assert "too few people hold the role pre-sales" in alarm.text
    modal = await page_form(house, house.person("mia"), "AST-1", "No technical review")
    await fill_in(house, modal, reason="It shows no product.")
    await approve_draft(house, "hana")
    await approve_draft(house, "greta")

    [done] = house.person("mia").dm_with_bot().cards("All reviews approved version 1")
    assert "Pre-sales was not needed, says @Mia Tanaka: It shows no product." in done.text
    assert "No technical review" not in told(house, "priya")
    assert "needs no technical review" in told(house, "priya")
    [waiver] = asset_record(house).waivers
    assert (waiver.by, waiver.reason) == (mia, "It shows no product.")
    assert "waive_pre_sales" in house.audited("AST-1")


async def test_marking_the_last_open_review_as_not_applicable_concludes(small_house: House) -> None:
    house = small_house
    await under_way(house, "leo")
    await hand_in(house, "leo", link=LINK)
    await approve_draft(house, "mia")
    await want_changes(house, "greta", "Begin with their problem.")
    assert house.request("AST-1").stage == "in_review"

    modal = await page_form(house, house.person("sol"), "AST-1", "No technical review")
    await fill_in(house, modal, reason="Nothing technical in it.")

    assert house.request("AST-1").stage == "changes_requested"
    [one] = house.person("leo").dm_with_bot().cards(LIST)
    assert "Begin with their problem." in one.text
    assert "Pre-sales was not needed, says @Sol Haddad: Nothing technical in it." in one.text


async def test_a_review_that_nobody_answers_is_reminded_and_escalates(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    await ask_for_asset(house.person("ben"))
    await house.quiet()
    await accept(house, "AST-1")
    await hand_in(house, "mia", link=LINK)
    await approve_draft(house, "priya")
    await approve_draft(house, "hana")
    waiting, late = "is still waiting", "has been waiting too long"

    await house.set_clock(MONDAY + timedelta(days=1, minutes=5))
    await house.quiet()
    assert len(house.person("greta").dm_with_bot().cards(waiting)) == 1
    for handle in ("priya", "hana"):
        assert house.person(handle).dm_with_bot().cards(waiting) == []
    await house.set_clock(datetime(2026, 12, 1, 15, 5, tzinfo=UTC))
    await house.quiet()

    for head in ("hana", "hugo"):
        [escalation] = house.person(head).dm_with_bot().cards(late)
        assert "@Greta Vance" in escalation.text
    await approve_draft(house, "greta")
    assert house.request("AST-1").stage == "approved"
