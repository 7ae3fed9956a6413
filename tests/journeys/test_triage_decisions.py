"""What is decided in triage, from the buttons of its list; and the minutes of it."""

import asyncio

import pytest

from sandbox import Card
from tests.journeys.assets import pdf, uploaded
from tests.journeys.deals import offering
from tests.journeys.house import House
from tests.journeys.shelf import approved, shelved
from tests.journeys.triage import (
    ask,
    at,
    opened,
    press,
    refused,
    row,
    send,
    told,
    triage,
    weekly,
)
from workflows.roles import Role

NOT_YOURS = "You do not hold a role that may do this. Nothing was changed."


MINUTES = """\
Minutes of this triage
AST-1 Deck, due Wed 20 Jan 2027: accepted by @Sol Haddad, @Mia Tanaka owns it
AST-2 Brochure, due Mon 1 Feb 2027: merged into AST-1 by @Sol Haddad ("Both are for May.")
AST-3 One-pager, due Mon 1 Feb 2027: deferred until Fri 8 Jan 2027 by @Sol Haddad ("They wait.")
AST-4 Video, due Mon 1 Feb 2027: a question was asked by @Hana Kim ("For which market?")
AST-4 Video, due Mon 1 Feb 2027: declined by @Hana Kim ("Legal says no.")
AST-5 Case study, due Mon 1 Feb 2027: answered with an asset from the shelf by @Sol Haddad \
("Page 3 has it.")"""


async def accepted_and_merged(house: House, meeting: Card) -> None:
    """Accept AST-1, and merge AST-2 into it; the load of each owner is seen meanwhile."""
    form = await opened(house, meeting, "sol", "AST-1", "Accept and assign")
    mia = house.person("mia").id
    await send(house, form, owner=mia, due_on="2027-01-20", priority="high")
    said = "Owner: @Mia Tanaka, due Wed 20 Jan 2027, priority high."
    assert said in await told(house, "ana", "accepted AST-1")
    form = await opened(house, meeting, "sol", "AST-2", "Accept and assign")
    assert form.options("Who owns it?") == [
        *("Hana Kim: nothing open", "Leo Martin: nothing open", "Priya Nair: nothing open"),
        "Mia Tanaka: 1 open, next due Wed 20 Jan 2027",
    ]
    await form.close()
    form = await opened(house, meeting, "sol", "AST-2", "Merge")
    assert form.options("Into which request?")[-1].startswith("AST-1 deck, accepted: Forecasting")
    await send(house, form, twin="AST-1", reason="Both are for May.")
    said = await told(house, "ben", "AST-2 (Brochure, due Mon 1 Feb 2027) was merged into AST-1")
    assert "Both are for May." in said
    assert "@Ben Okafor (AST-2)" in await told(house, "mia", "Somebody else asked for the same")


async def asked_and_declined(house: House, meeting: Card) -> None:
    """Ask the requester of AST-4 something, who answers; decline it."""
    form = await opened(house, meeting, "hana", "AST-4", "Ask")
    await send(house, form, reason="For which market?")
    question = await house.person("leo").dm_with_bot().wait_for("For which market?")
    await send(house, await (await question.click("Answer")).modal_opened(), reason="Spain.")
    form = await opened(house, meeting, "hana", "AST-4", "Decline")
    await send(house, form, reason="Legal says no.")
    assert "Legal says no." in await told(house, "leo", "declined AST-4")


async def test_a_meeting_decides_and_its_minutes_follow(house: House) -> None:
    await house.set_clock(at("2027-01-04", 8))
    await shelved(house)
    asked = {"board": "ana", "fair": "ben", "rollout": "ben", "teaser": "leo", "hospital": "ana"}
    for which, handle in asked.items():
        await ask(house, handle, which, deadline="2027-02-01")
    meeting = await weekly(house, at("2027-01-04"))

    await accepted_and_merged(house, meeting)
    form = await opened(house, meeting, "sol", "AST-3", "Defer")
    await send(house, form, until="2027-01-08", reason="They wait.")
    await told(house, "ben", "deferred AST-3 (One-pager, due Mon 1 Feb 2027) until Fri 8 Jan 2027")
    await asked_and_declined(house, meeting)
    form = await opened(house, meeting, "sol", "AST-5", "Answer from the shelf")
    assert form.options("Which asset does it?") == ["SHELF-1 Pricing deck"]
    await send(house, form, asset="SHELF-1", reason="Page 3 has it.")
    assert "[Open]" in await told(house, "ana", "answered AST-5 from the shelf with SHELF-1")

    stages = [house.request(f"AST-{number}").stage for number in range(1, 6)]
    assert stages == ["accepted", "merged", "deferred", "declined", "answered"]
    assert "Nothing waits for triage" in (await triage(house.person("sol"))).text
    assert meeting.thread == []
    await house.set_clock(at("2027-01-04", 17))
    await house.quiet()
    assert [each.text for each in meeting.thread] == [MINUTES]

    await house.set_clock(at("2027-01-08", 8, 59))
    await house.quiet()
    assert house.request("AST-3").stage == "deferred"
    await house.set_clock(at("2027-01-08"))
    await house.quiet()
    await told(house, "ben", "AST-3 (One-pager, due Mon 1 Feb 2027) is back in triage")
    assert "Waiting: 1\n1. AST-3 One-pager" in (await triage(house.person("sol"))).text


@pytest.mark.prove
async def test_whoever_was_merged_gets_what_is_delivered(small_house: House) -> None:
    house = small_house
    await house.set_clock(at("2027-01-04", 8))
    for handle, which in (("ana", "board"), ("ben", "fair"), ("leo", "teaser")):
        await ask(house, handle, which)
    await press(house, "sol", "AST-3", "Merge", twin="AST-2", reason="The same fair.")
    await press(house, "sol", "AST-2", "Merge", twin="AST-1", reason="The same slides.")
    owner = house.person("mia").id
    await press(house, "sol", "AST-1", "Accept and assign", owner=owner, due_on="2027-01-20")

    followers = house.request("AST-1").details.record.followers
    assert {each.ref for each in followers} == {"AST-2", "AST-3"}
    assert "You will get what comes of AST-1" in await told(house, "leo", "AST-2 (Brochure")
    for handle in ("ben", "leo"):
        assert "Owner: @Mia" in await told(house, handle, "accepted AST-1")
    mia = house.person("mia")
    draft = await (await offering(mia, "Post a draft").click("Post a draft")).modal_opened()
    await draft.attach("The draft as a file", await uploaded(mia, "board.pdf", pdf("Board")))
    await send(house, draft, note="First draft.")
    await approved(house, "AST-1")
    form = await (await offering(mia, "Deliver").click("Deliver")).modal_opened()
    await send(house, form, title="Board deck", use_when="In January.", whom_for="Boards")
    for handle in ("ben", "leo"):
        said = await told(house, handle, "The request that you follow, AST-1, is done")
        assert "[Open]" in said
    assert "What you asked for is there: AST-1" in await told(house, "ana", "What you asked for")


async def test_a_twin_that_was_merged_meanwhile_passes_its_followers_on(
    small_house: House,
) -> None:
    house = small_house
    await house.set_clock(at("2027-01-04", 8))
    for handle, which in (("ana", "board"), ("ben", "fair"), ("leo", "teaser")):
        await ask(house, handle, which)
    shown = await triage(house.person("sol"))
    first = await opened(house, shown, "sol", "AST-3", "Merge")
    second = await opened(house, shown, "hana", "AST-2", "Merge")
    await asyncio.to_thread(house.frontdesk.worker.stop)
    for form, twin in ((first, "AST-2"), (second, "AST-1")):
        await form.fill(twin=twin, reason="The same.")
        assert (await form.submit()).closed

    await house.restart()
    await house.quiet()

    followers = house.request("AST-1").details.record.followers
    assert {each.ref for each in followers} == {"AST-2", "AST-3"}


async def test_one_of_two_at_once_wins(house: House) -> None:
    await house.set_clock(at("2027-01-04", 8))
    await ask(house, "ana", "board")
    meeting = await weekly(house, at("2027-01-04"))
    owners = {"Sol Haddad": house.person("mia").id, "Hana Kim": house.person("leo").id}
    sols = await opened(house, meeting, "sol", "AST-1", "Accept and assign")
    hanas = await opened(house, meeting, "hana", "AST-1", "Accept and assign")
    await sols.fill(owner=owners["Sol Haddad"], due_on="2027-01-20")
    await hanas.fill(owner=owners["Hana Kim"], due_on="2027-01-21")

    results = await asyncio.gather(sols.submit(), hanas.submit())

    [loser] = [each.modal for each in results if each.modal is not None]
    winner = "Hana Kim" if loser.root == sols.root else "Sol Haddad"
    assert f"AST-1 was already accepted by @{winner}" in loser.text
    assert "Nothing was changed now." in loser.text
    assert house.request("AST-1").owner == owners[winner]
    assert house.audited("AST-1").count("accept") == 1
    late = await row(house, meeting, "sol", "AST-1").click("Decline")
    assert f"AST-1 was accepted by @{winner}" in (await late.replied()).text


async def test_only_triage_decides_and_never_what_it_asked_for_itself(small_house: House) -> None:
    house = small_house
    await house.set_clock(at("2027-01-04", 8))
    await ask(house, "sol", "board")
    meeting = await weekly(house, at("2027-01-04"))

    said = {
        "sol": "This is your own request, so somebody else decides it.",
        "bea": "There is no request with this number, or it is not yours to see.",
        "greta": NOT_YOURS,
    }
    for handle, sentence in said.items():
        for button in ("Accept and assign", "Merge"):
            pressed = await row(house, meeting, handle, "AST-1").click(button)
            assert (await pressed.replied()).text == sentence
    assert house.request("AST-1").stage == "submitted"
    assert house.audited("AST-1") == ["submit", *["refused"] * 6]


async def test_a_day_or_an_owner_that_will_not_do_is_said_at_the_field(
    small_house: House,
) -> None:
    house = small_house
    await house.set_clock(at("2027-01-04", 8))
    for handle, which in (("ana", "board"), ("ben", "fair")):
        await ask(house, handle, which)
    meeting = await weekly(house, at("2027-01-04"))
    mia, leo = house.person("mia").id, house.person("leo").id
    past = "This date is in the past. Please choose today or a later one."
    holiday = "Nobody works on Mon 18 Jan 2027. The next working day is Tue 19 Jan 2027."
    saturday = "Nobody works on Sat 23 Jan 2027. The next working day is Mon 25 Jan 2027."

    form = await opened(house, meeting, "hana", "AST-1", "Accept and assign")
    await form.fill(owner=leo)
    for day, said in (("2027-01-03", past), ("2027-01-18", holiday), ("2027-01-23", saturday)):
        assert await refused(form, due_on=day) == {"Due on": said}
    house.workspace.deactivate("leo")
    await house.until(lambda: leo not in house.holders(Role.DELIVERY), "Leo has left")
    said = "They are not here any more. Please choose somebody else."
    assert await refused(form, due_on="2027-01-20") == {"Who owns it?": said}
    await form.fill(owner=mia)
    house.workspace.set_group("marketing", ["hana"])
    await house.until(lambda: mia not in house.holders(Role.MARKETING), "Mia has another job")
    said = "An owner comes from marketing, pre-sales or delivery."
    assert await refused(form) == {"Who owns it?": said}
    form = await opened(house, meeting, "sol", "AST-2", "Defer")
    assert await refused(form, until="2027-01-01", reason="Later.") == {"Until when?": past}
    assert await refused(form, until="2027-01-18") == {"Until when?": holiday}


async def test_what_is_closed_takes_nothing_in(small_house: House) -> None:
    house = small_house
    await house.set_clock(at("2027-01-04", 8))
    for handle, which in (("ana", "board"), ("ben", "fair"), ("ben", "rollout")):
        await ask(house, handle, which)
    shown = await triage(house.person("sol"))

    form = await opened(house, shown, "sol", "AST-2", "Merge")
    await form.fill(twin="AST-1", reason="The same.")
    await press(house, "sol", "AST-1", "Decline", reason="Not now.")
    said = "AST-1 is declined, so nothing can be merged into it any more."
    assert await refused(form) == {"Into which request?": said}
    await press(house, "sol", "AST-3", "Decline", reason="Not now.")
    for button, why in (
        ("Merge", "There is no other open request into which this one could be merged."),
        ("Answer from the shelf", "There is no current asset on the shelf that could answer this."),
    ):
        form = await opened(house, shown, "sol", "AST-2", button)
        [said] = (await refused(form, reason="The same.")).values()
        assert why in said
    assert house.request("AST-2").stage == "submitted"
