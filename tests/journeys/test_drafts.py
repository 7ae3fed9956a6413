"""Nothing that was typed is lost: closed, refused and forgotten forms come back."""

from datetime import timedelta

from sandbox import Modal
from tests.journeys.house import House, ask_for_sow, fill_sow, sow_form

NEED = "A pilot of the forecasting service before their budget round."


async def half_filled(house: House, handle: str = "ana", client: str = "Globex") -> Modal:
    """A form with a few answers in it; the last one is long, so the bot has seen them all."""
    modal = await sow_form(house.person(handle))
    return await modal.fill(client=client, client_type="other", need=NEED)


async def fill_sow_form(house: House) -> Modal:
    """A form with every mandatory answer in it."""
    modal = await sow_form(house.person("ana"))
    await fill_sow(modal)
    return modal


async def resumed(house: House, handle: str = "ana") -> Modal:
    """Press Resume in the message about the draft."""
    card = await house.person(handle).dm_with_bot().wait_for("Your draft is kept")
    return await (await card.click("Resume")).modal_opened()


async def test_a_cancelled_form_is_kept_and_resumed(house: House) -> None:
    modal = await half_filled(house)
    await modal.wait_for_text("Which type of client?")
    await modal.close()

    modal = await resumed(house)

    assert modal.value("client") == "Globex"
    assert modal.value("need") == NEED
    await modal.fill(client_type_other="A cooperative")
    await fill_sow(modal, client_type="other", need=NEED)
    assert (await modal.submit()).closed
    assert house.request("SOW-1").details.client_type_other == "A cooperative"
    assert house.drafts("ana") == []


async def test_a_form_closed_with_the_x_is_kept_too(small_house: House) -> None:
    await (await half_filled(small_house)).close_all()

    assert (await resumed(small_house)).value("need") == NEED


async def test_a_short_form_that_is_opened_without_a_draft_is_not_kept(small_house: House) -> None:
    for handle in ("ana", "ben"):
        command = await small_house.person(handle).command("/requests", "away", channel="sales")
        modal = await command.modal_opened()
        await modal.fill(deputy="dian", note="The contracts are in the shared folder.")
        await modal.close()
    await small_house.quiet()

    for handle in ("ana", "ben"):
        assert small_house.drafts(handle) == []
        assert not small_house.person(handle).dm_with_bot().cards("Your draft is kept")


async def test_a_form_that_was_taken_leaves_no_draft_though_slack_does_not_know(
    small_house: House,
) -> None:
    modal = await fill_sow_form(small_house)
    small_house.workspace.faults.lose_ack("view_submission")
    assert (await modal.submit()).trouble

    await modal.fill(client_type="api")
    await modal.close()
    await small_house.quiet()

    assert small_house.refs("ana") == ["SOW-1"]
    assert small_house.drafts("ana") == []
    assert not small_house.person("ana").dm_with_bot().cards("Your draft is kept")


async def test_a_decision_that_was_taken_and_is_handed_in_again_leaves_no_draft(
    small_house: House,
) -> None:
    await ask_for_sow(small_house.person("ana"))
    card = await small_house.person("dian").dm_with_bot().wait_for("SOW-1: ")
    modal = await (await card.click("Reject")).modal_opened()
    await modal.fill(reason="Too small for us.")
    small_house.workspace.faults.lose_ack("view_submission")
    assert (await modal.submit()).trouble

    assert (await modal.submit()).closed

    assert small_house.audited("SOW-1") == ["submit", "reject"]
    assert small_house.drafts("dian") == []


async def test_the_message_about_a_draft_says_which_it_is(small_house: House) -> None:
    await (await half_filled(small_house)).close()

    card = await small_house.person("ana").dm_with_bot().wait_for("Your draft is kept")

    assert "Statement of Work" in card.text
    assert "Globex" in card.text


async def test_a_form_closed_before_anything_was_typed_leaves_nothing(small_house: House) -> None:
    modal = await sow_form(small_house.person("ana"))

    await modal.close()
    await small_house.quiet()

    assert small_house.drafts("ana") == []
    assert not small_house.person("ana").dm_with_bot().messages


async def test_a_new_form_offers_the_draft_also_after_a_restart(small_house: House) -> None:
    await (await half_filled(small_house)).close()
    await small_house.restart()

    modal = await sow_form(small_house.person("ana"))
    assert modal.value("client") is None
    await modal.click("Resume")

    await modal.wait_for_text(NEED)
    assert modal.value("client") == "Globex"
    await fill_sow(modal, client_type="10x")
    await small_house.quiet()
    assert (await modal.submit()).closed
    assert small_house.drafts("ana") == []


async def test_two_drafts_are_kept_apart(small_house: House) -> None:
    ana = small_house.person("ana")
    await (await half_filled(small_house, client="Globex")).close()
    await ana.dm_with_bot().wait_for("Globex")
    await (await half_filled(small_house, client="Initech")).close()
    second = await ana.dm_with_bot().wait_for("Initech")

    first = ana.dm_with_bot().cards("Globex")[0]
    one = await (await first.click("Resume")).modal_opened()
    assert one.value("client") == "Globex"
    await one.close_all()
    other = await (await second.click("Resume")).modal_opened()
    assert other.value("client") == "Initech"
    home = await ana.open_home()
    await home.wait_for_text("Your drafts")
    assert "Globex" in home.text
    assert "Initech" in home.text


async def test_a_draft_that_was_handed_in_cannot_be_resumed(small_house: House) -> None:
    ana = small_house.person("ana")
    await (await half_filled(small_house)).close()
    modal = await resumed(small_house)
    await fill_sow(modal)
    await small_house.quiet()
    assert (await modal.submit()).closed

    result = await ana.dm_with_bot().cards("Your draft is kept")[0].click("Resume")

    assert "submitted or discarded already" in (await result.replied()).text
    assert result.modal is None


async def test_nobody_resumes_the_draft_of_somebody_else(small_house: House) -> None:
    await (await half_filled(small_house)).close()

    [draft] = small_house.drafts("ana")
    modal = await sow_form(small_house.person("ben"))

    assert "Resume" not in modal.buttons
    assert draft.user == small_house.person("ana").id
    assert small_house.drafts("ben") == []


async def test_the_fields_of_a_resumed_form_follow_after_the_clock_was_moved(
    small_house: House,
) -> None:
    await small_house.move_clock(timedelta(days=3))
    await (await half_filled(small_house)).close()

    modal = await resumed(small_house)
    await modal.check("large_client", "This is a larger-scale client")

    await modal.wait_for_text("What makes it a large client?")


async def test_a_reason_that_was_typed_is_kept_as_well(small_house: House) -> None:
    modal = await sow_form(small_house.person("ana"))
    await fill_sow(modal)
    await modal.submit()
    dian = small_house.person("dian").dm_with_bot()
    card = await dian.wait_for("SOW-1")
    modal = await (await card.click("Reject")).modal_opened()
    await modal.fill(reason="Their credit is")
    await modal.close()

    kept = await dian.wait_for("Your draft is kept")
    modal = await (await kept.click("Resume")).modal_opened()

    assert modal.value("reason") == "Their credit is"
    await modal.fill(reason="Their credit is exhausted.")
    assert (await modal.submit()).closed
    assert small_house.request("SOW-1").stage == "rejected"


async def test_a_draft_made_from_a_message_is_called_by_that_message(small_house: House) -> None:
    ana = small_house.person("ana")
    message = await small_house.person("ben").say("sales", "Globex wants a pilot.")
    modal = await (await ana.message_shortcut("from_message_sow", message)).modal_opened()
    await modal.close()

    card = await ana.dm_with_bot().wait_for("Your draft is kept")

    assert "(Globex wants a pilot." in card.text


async def test_a_form_that_was_emptied_again_is_no_draft(small_house: House) -> None:
    modal = await sow_form(small_house.person("ana"))
    await modal.fill(need=NEED)
    await modal.fill(need=None)
    await modal.close()
    await small_house.quiet()

    assert not small_house.person("ana").dm_with_bot().messages
    assert "Resume" not in (await sow_form(small_house.person("ana"))).buttons
