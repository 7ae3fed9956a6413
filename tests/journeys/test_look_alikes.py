"""Before an ask is sent, what is like it is shown: assets on the shelf, and open requests."""

import asyncio

from bot import intake
from bot.desk import Gesture
from bot.ports import Seen
from modals.metadata import Metadata
from sandbox import Modal
from tests.journeys.house import House
from tests.journeys.shelf import shelved
from tests.journeys.triage import ask, at, press, told
from workflows.asset_parts import Follower

LIKE: dict[str, object] = {
    "requester_role": "Sales rep",
    "asset_type": "case_study",
    "kind": "new",
    "purpose": "A fintech case study about onboarding.",
    "industry": "Fintech",
    "deadline": "2027-02-01",
    "special_notes": "In blue.",
}
TITLE = "Before you send it"
THEIRS = "Onboarding at a fintech, a case study."


async def known(house: House) -> None:
    """Ben has asked for the like as AST-1, and it stands on the shelf as SHELF-1."""
    await house.set_clock(at("2027-01-04", 8))
    like = {"asset_type": "case_study", "industry": "Fintech"}
    await ask(house, "ben", "hospital", **(like | {"purpose": THEIRS}))
    title = "Fintech onboarding at Initech"
    await shelved(house, title=title, asset_type="case_study", industries=["Fintech"])


async def looked(house: House, handle: str) -> Modal:
    """Fill in the form and hand it in; return it with what is like it in front."""
    person = house.person(handle)
    form = await (await person.command("/asset", channel="sales")).modal_opened()
    await form.fill(**LIKE)
    result = await form.submit()
    assert result.errors == {}
    assert (form.title, form.depth) == (TITLE, 2)
    return form


def reuse(house: House) -> list[tuple[str, str]]:
    """Return whom SHELF-1 saved an ask, and for what."""
    with house.frontdesk.database.unit() as unit:
        return [(each.user, each.text) for each in unit.observations.of("SHELF-1", Seen.REUSED)]


async def test_what_is_there_already_closes_the_ask(house: House) -> None:
    await known(house)
    ana = house.person("ana")

    form = await looked(house, "ana")
    assert "On the shelf already\nFintech onboarding at Initech (SHELF-1)\n" in form.text
    assert (
        f"Asked for already\nAST-1 Case study, due Mon 1 Feb 2027\nPurpose: {THEIRS}" in form.text
    )
    assert form.buttons == ["This one does it", "Wait for this one, too"]
    assert form.submit_label == "Send it all the same"

    await form.close()
    assert (form.title, form.depth) == ("Sales asset", 1)
    assert form.fields == {
        "Your name": "Ana Silva",
        "Your role": "Sales rep",
        "Which kind of asset?": "Case study",
        "New, or an update?": "A new asset",
        "What is it for?": LIKE["purpose"],
        "Needed by": "2027-02-01",
        "Industry": "Fintech",
        **dict.fromkeys(("Audience", "Language", "Linked opportunity", "Files", "Private"), ""),
        "Special notes": "In blue.",
        "Will others use it, too?": "No, one-off",
    }
    await form.submit()
    assert form.title == TITLE
    await form.click("This one does it")
    await form.wait_for_text("You took Fintech onboarding at Initech (SHELF-1)")
    assert form.buttons == ["Open", "I'll use it in a deal"]
    link = await (await form.click("Open")).modal_opened()
    assert "Fintech onboarding at Initech (SHELF-1): open version 1" in link.text
    assert "The link is yours alone and works for 15 minutes." in link.text
    await link.close_all()
    await house.quiet()

    assert reuse(house) == [(ana.id, LIKE["purpose"])]
    assert (house.refs("ana"), house.drafts("ana")) == ([], [])
    assert ana.dm_with_bot().messages == []


async def test_one_waits_for_what_somebody_else_has_asked_for(small_house: House) -> None:
    house, bea = small_house, small_house.person("bea")
    await known(house)

    form = await looked(house, "bea")
    await form.click("Wait for this one, too")
    await form.wait_for_text("You follow AST-1 now, and your own request was not sent.")
    page = await (await form.click("Details")).modal_opened()
    assert THEIRS in page.text
    assert "Followed by: @Bea Lindqvist\n" in page.text
    await page.close_all()
    await house.quiet()
    assert house.request("AST-1").details.record.followers == (Follower(user=bea.id, ref=""),)
    assert (house.refs("bea"), house.drafts("bea")) == ([], [])
    assert "Followed by: 1 colleague" in house.person("ben").dm_with_bot().cards("AST-1")[0].text

    late = await looked(house, "leo")
    await press(house, "sol", "AST-1", "Decline", reason="Not this year.")
    assert "Not this year." in await told(house, "bea", "declined AST-1")
    problem = await late.click("Wait for this one, too")
    said = "That is not open any more. Go back, and send your request."
    assert said in (await problem.modal_opened()).text
    assert [each.user for each in house.request("AST-1").details.record.followers] == [bea.id]
    await late.close()
    await late.close()
    assert (await late.submit()).modal is not None
    assert "Asked for already" not in late.text
    assert (await late.submit()).closed
    assert house.refs("leo") == ["AST-2"]


async def test_it_is_sent_all_the_same_and_once(house: House) -> None:
    await known(house)
    form = await looked(house, "ana")
    view = form.view

    results = await asyncio.gather(form.submit(), form.submit())

    assert [each.closed for each in results] == [True, True]
    assert house.refs("ana") == ["AST-2"]
    assert house.request("AST-2").details.special_notes == "In blue."
    assert house.drafts("ana") == []
    copy = Gesture(user=view.viewer, team=house.workspace.team_id, surface="modal", key="a copy")
    draft = Metadata.decode(view.body["private_metadata"]).draft
    again = await asyncio.to_thread(intake.send_anyway, house.frontdesk.desk, copy, draft, view.id)
    assert again == intake.Taken("AST-2")
    assert house.refs("ana") == ["AST-2"]
    assert reuse(house) == []


async def test_what_is_unlike_is_sent_without_a_question(small_house: House) -> None:
    house = small_house
    await known(house)
    await ask(house, "ana", "fair", asset_type="case_study")
    form = await looked(house, "ana")
    await form.close()

    await form.fill(purpose="Warehouse robots at the port of Rotterdam.", industry="Logistics")
    assert (await form.submit()).closed
    assert house.refs("ana") == ["AST-3", "AST-2"]
    assert "robots" in house.request("AST-3").details.purpose
    form = await (await house.person("ana").command("/asset", channel="sales")).modal_opened()
    await form.fill(**(LIKE | {"kind": "update"}))
    await form.wait_for_text("Which asset should be updated?")
    await form.fill(existing_asset="SHELF-1")
    assert (await form.submit()).closed
    assert house.refs("ana")[0] == "AST-4"
