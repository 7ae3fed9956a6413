"""A Statement of Work, from the ask to the decision."""

from tests.journeys.house import House, ask_for_sow, decide


async def test_a_small_sow_is_accepted_by_the_sales_assistant(house: House) -> None:
    ana, dian = house.person("ana"), house.person("dian")

    await ask_for_sow(ana, "8,000")

    card = await dian.dm_with_bot().wait_for(text="SOW-1")
    assert "Globex" in card.text
    assert "below the threshold" in card.text
    assert "Accept" in card.buttons
    await decide(card, "Accept")
    told = await ana.dm_with_bot().wait_for(text="accepted")
    assert "Dian Porter" in told.text
    await house.quiet()
    assert "Accept" not in dian.dm_with_bot().cards("SOW-1")[0].as_seen_now().buttons
    channel = house.workspace.channel("sow-requests")
    assert "Drafting" in channel.cards("SOW-1")[0].text
    assert not house.person("ryan").dm_with_bot().messages


async def test_a_large_sow_goes_to_the_executive_who_asks_for_changes(house: House) -> None:
    ana, dian, ryan = house.person("ana"), house.person("dian"), house.person("ryan")

    await ask_for_sow(ana, "250,000")

    card = await ryan.dm_with_bot().wait_for(text="SOW-1")
    assert "at or above the threshold" in card.text
    await decide(card, "Request changes", "Split it into two phases, please.")
    back = await ana.dm_with_bot().wait_for(text="Split it into two phases")
    result = await back.click("Edit and resubmit")
    modal = await result.modal_opened()
    assert modal.value("client") == "Globex"
    await modal.fill(scope="Two phases of six weeks each.")
    assert (await modal.submit()).closed
    await ryan.dm_with_bot().wait_for(text="SOW-1", count=2)
    await house.quiet()
    await decide(ryan.dm_with_bot().cards("SOW-1")[-1], "Approve")
    card = await dian.dm_with_bot().wait_for(text="SOW-1")
    assert "Accept" in card.buttons
    await ana.dm_with_bot().wait_for(text="approved")
