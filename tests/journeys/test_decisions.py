"""Who may decide what, what is on record of it, and who is told."""

import asyncio

from sandbox import Card, Modal
from tests.journeys.house import House, ask_for_asset, ask_for_sow, decide
from tests.journeys.planted import others_button

NOT_ALLOWED = "You do not hold a role that may do this. Nothing was changed."


async def newest(house: House, handle: str, ref: str = "SOW-1") -> Card:
    """The latest copy of a request's card in somebody's DM, once all is quiet."""
    await house.quiet()
    return house.person(handle).dm_with_bot().cards(f"{ref}: ")[-1]


async def from_page(card: Card, button: str, **answers: object) -> None:
    """Press Details, then a button of the page, and fill in the form on top of it."""
    page = await (await card.click("Details")).modal_opened()
    modal: Modal = await (await page.click(button)).modal_opened()
    await modal.fill(**answers)
    assert (await modal.submit()).closed


async def test_a_stale_card_says_who_was_faster(house: House) -> None:
    await ask_for_sow(house.person("ana"))
    card = (await house.person("dian").dm_with_bot().wait_for("SOW-1")).as_seen_now()
    await card.click("Accept")
    await house.quiet()

    result = await card.click("Accept")

    said = (await result.replied()).text
    assert "SOW-1 was already accepted for drafting by @Dian Porter" in said
    assert house.audited("SOW-1") == ["submit", "accept"]


async def test_a_card_from_before_the_changes_decides_nothing(small_house: House) -> None:
    await ask_for_sow(small_house.person("ana"))
    old = (await newest(small_house, "dian")).as_seen_now()
    await decide(old, "Request changes", "Say more about the scope.")
    modal = await (
        await (await newest(small_house, "ana")).click("Edit and resubmit")
    ).modal_opened()
    await modal.fill(scope="One site.")
    assert (await modal.submit()).closed
    await small_house.quiet()

    result = await old.click("Accept")

    assert "resubmitted by @Ana Silva" in (await result.replied()).text
    assert small_house.request("SOW-1").stage == "acceptance"
    assert "Accept" in (await newest(small_house, "dian")).buttons


async def test_the_card_that_asks_for_a_decision_goes_out_before_older_ones_are_drawn_anew(
    small_house: House,
) -> None:
    house, dian = small_house, small_house.person("dian")
    await ask_for_sow(house.person("ana"))
    await decide(await newest(house, "dian"), "Request changes", "Say more about the scope.")
    again = await (await newest(house, "ana")).click("Edit and resubmit")
    await asyncio.to_thread(house.frontdesk.worker.stop)
    assert (await (await again.modal_opened()).submit()).closed

    office = house.frontdesk.database.post_office
    steps = []
    while to_dian := [
        each
        for each in office.claim(house.clock.now())
        if each.parcel.address == f"user:{dian.id}" and each.parcel.kind == "card"
    ]:
        steps += [each.parcel.payload["step"] for each in to_dian]
        office.done(to_dian[0])

    assert steps[0] == house.request("SOW-1").step
    assert steps == sorted(steps, reverse=True)


async def test_who_decided_in_the_meantime_is_said_in_the_open_form(small_house: House) -> None:
    await ask_for_sow(small_house.person("ana"))
    card = await newest(small_house, "dian")
    modal = await (await card.click("Reject")).modal_opened()
    await modal.fill(reason="Too small for us.")
    await decide(card.as_seen_now(), "Accept")

    assert not (await modal.submit()).closed

    assert "SOW-1 was accepted for drafting by @Dian Porter" in modal.text
    assert small_house.request("SOW-1").stage == "drafting"
    await modal.close()
    assert modal.value("reason") == "Too small for us."


async def test_nobody_decides_without_the_role_and_the_attempt_is_on_record(house: House) -> None:
    await ask_for_sow(house.person("ana"))
    await house.quiet()
    channel = house.workspace.channel("sow-requests", viewer="ben").cards("SOW-1")[0]
    assert channel.buttons == ["Details"]

    button = await others_button(house, "hugo")
    for _ in range(2):
        result = await button.click("Press")
        assert (await result.replied()).text == NOT_ALLOWED

    assert house.request("SOW-1").stage == "acceptance"
    assert house.audited("SOW-1") == ["submit", "refused"], "once, however often it is tried"
    assert "refused" not in (await (await house.person("ana").command("/sow", "1")).replied()).text


async def test_who_may_not_see_a_request_learns_nothing_by_pressing(small_house: House) -> None:
    await ask_for_sow(small_house.person("ana"))
    await small_house.quiet()
    [card] = small_house.workspace.channel("sow-requests", viewer="mia").messages

    result = await card.click("Details")

    assert "not yours to see" in (await result.replied()).text
    assert result.modal is None


async def test_nobody_decides_their_own_request(small_house: House) -> None:
    await ask_for_sow(small_house.person("dian"))
    await small_house.quiet()
    own = small_house.person("dian").dm_with_bot().cards("SOW-1")
    assert all("Accept" not in card.buttons for card in own)
    told = await small_house.person("adam").dm_with_bot().wait_for("cannot go on")
    assert "sales assistant" in told.text

    result = await (await others_button(small_house, "dian")).click("Press")

    assert "your own request" in (await result.replied()).text
    assert small_house.audited("SOW-1") == ["submit", "refused"]


async def test_a_rejection_needs_a_reason_and_the_requester_reads_it(small_house: House) -> None:
    await ask_for_sow(small_house.person("ana"))
    card = await newest(small_house, "dian")
    modal = await (await card.click("Reject")).modal_opened()
    await modal.fill(reason="\u2060 \n")
    result = await modal.submit()
    assert result.errors == {"Why is it rejected?": "Please fill this in."}
    assert small_house.request("SOW-1").stage == "acceptance"

    await modal.fill(reason="Their credit is exhausted.")
    assert (await modal.submit()).closed

    told = await small_house.person("ana").dm_with_bot().wait_for("rejected")
    assert "Their credit is exhausted." in told.text
    assert small_house.audited("SOW-1") == ["submit", "reject"]
    assert (await newest(small_house, "dian")).buttons == ["Details"]


async def test_a_question_is_asked_and_answered_in_the_threads(house: House) -> None:
    await ask_for_sow(house.person("ana"))
    await decide(await newest(house, "dian"), "Ask", "Which entity signs?")

    asked = await house.person("ana").dm_with_bot().wait_for("Which entity signs?")
    await house.quiet()
    mine = house.person("ana").dm_with_bot().messages[0]
    assert [card.key for card in mine.thread if "has a question" in card.text]
    asked = next(card for card in mine.thread if "has a question" in card.text)
    await decide(asked, "Answer", "Globex Inc.")

    await house.person("dian").dm_with_bot().wait_for("Globex Inc.")
    await house.quiet()
    log = house.workspace.channel("sow-requests").cards("SOW-1")[0].thread
    assert any("Which entity signs?" in line.text for line in log)
    assert any("Globex Inc." in line.text for line in log)
    assert house.audited("SOW-1") == ["submit", "ask", "answer"]
    assert house.request("SOW-1").questions == ()
    assert "Which entity signs?" not in (await newest(house, "dian")).text


async def test_the_requester_cancels(small_house: House) -> None:
    await ask_for_sow(small_house.person("ana"))
    await newest(small_house, "dian")

    await from_page(await newest(small_house, "ana"), "Cancel request", reason="They left us.")

    card = await newest(small_house, "dian")
    assert "Cancelled" in card.text
    assert "They left us." in card.text
    assert card.buttons == ["Details"]
    assert small_house.request("SOW-1").stage == "cancelled"


async def test_an_admin_cancels_and_the_requester_is_told(small_house: House) -> None:
    await ask_for_sow(small_house.person("ana"))
    listed = await (await small_house.person("adam").command("/sow", "status 1")).replied()

    await from_page(listed, "Cancel request", reason="Asked for twice.")

    told = await small_house.person("ana").dm_with_bot().wait_for("Adam Reyes cancelled")
    assert "Asked for twice." in told.text


async def test_an_admin_reassigns_and_only_the_new_person_decides(small_house: House) -> None:
    await ask_for_sow(small_house.person("ana"))
    old = (await newest(small_house, "dian")).as_seen_now()
    listed = await (await small_house.person("adam").command("/sow", "status 1")).replied()

    await from_page(listed, "Reassign", person="greta", reason="Dian is away.")

    card = await newest(small_house, "greta")
    assert "Accept" in card.buttons
    assert "Accept" not in (await newest(small_house, "dian")).buttons
    assert "reassigned by @Adam Reyes" in (await (await old.click("Accept")).replied()).text
    await decide(card, "Accept")
    assert small_house.request("SOW-1").owner == small_house.person("greta").id
    assert small_house.audited("SOW-1") == ["submit", "reassign", "accept"]


async def test_nothing_is_given_to_somebody_who_cannot_act(small_house: House) -> None:
    await ask_for_sow(small_house.person("ana"))
    listed = await (await small_house.person("adam").command("/sow", "status 1")).replied()
    page = await (await listed.click("Details")).modal_opened()
    modal = await (await page.click("Reassign")).modal_opened()
    await modal.fill(person="gus", reason="Why not?")

    result = await modal.submit()

    assert list(result.errors) == ["Who takes over?"]
    assert small_house.request("SOW-1").assigned == {}


async def test_an_asset_is_not_owned_by_somebody_who_cannot_act(small_house: House) -> None:
    await ask_for_asset(small_house.person("ben"))
    card = await newest(small_house, "sol", "AST-1")
    modal = await (await card.click("Accept and assign")).modal_opened()
    assert not any("Gus Ortega" in each for each in modal.options("Who owns it?"))
    assert any("Leo Martin" in each for each in modal.options("Who owns it?"))


async def test_the_requester_is_told_of_every_step_that_others_take(small_house: House) -> None:
    ana = small_house.person("ana").dm_with_bot()
    await ask_for_sow(small_house.person("ana"), "250,000")
    await decide(await newest(small_house, "ryan"), "Request changes", "Split it.")
    told = await ana.wait_for("asks you for changes to SOW-1")
    modal = await (await told.click("Edit and resubmit")).modal_opened()
    assert (await modal.submit()).closed
    await decide(await newest(small_house, "ryan"), "Approve")
    await decide(await newest(small_house, "dian"), "Accept")

    await small_house.quiet()

    for sentence in ("@Ryan Cole asks you for", "@Ryan Cole approved", "@Dian Porter accepted"):
        assert len(ana.cards(f"{sentence}")) >= 1, sentence
    assert not ana.cards("@Ana Silva edited and resubmitted SOW-1 (")
    assert "Drafting" in ana.messages[0].text


async def test_a_click_whose_answer_was_lost_may_be_repeated(house: House) -> None:
    await ask_for_sow(house.person("ana"))
    card = (await newest(house, "dian")).as_seen_now()
    house.workspace.faults.lose_ack("block_actions")

    first, second = await card.click("Accept"), await card.click("Accept")

    assert first.toast
    assert "already accepted for drafting by @Dian Porter" in (await second.replied()).text
    assert house.audited("SOW-1") == ["submit", "accept"]
