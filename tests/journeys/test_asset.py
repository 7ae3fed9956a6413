"""A sales asset, from the ask to an owner and a date, or to a no with a reason."""

from tests.journeys.house import House, ask_for_asset, decide


async def test_an_asset_is_triaged_and_accepted_with_an_owner_and_a_date(house: House) -> None:
    ben, sol, mia = house.person("ben"), house.person("sol"), house.person("mia")

    await ask_for_asset(ben)

    card = await sol.dm_with_bot().wait_for(text="ASSET-1")
    await decide(card, "Take into triage")
    await house.quiet()
    card = sol.dm_with_bot().cards("ASSET-1")[-1]
    await decide(card, "Accept", owner="mia", due_on="2027-01-20")
    told = await ben.dm_with_bot().wait_for(text="accepted")
    assert "Mia Tanaka" in told.text
    await mia.dm_with_bot().wait_for(text="ASSET-1")
    await house.quiet()
    channel = house.workspace.channel("asset-requests")
    assert "Accepted" in channel.cards("ASSET-1")[0].text


async def test_an_asset_is_declined_with_a_reason(house: House) -> None:
    ben, sol = house.person("ben"), house.person("sol")

    await ask_for_asset(ben)

    card = await sol.dm_with_bot().wait_for(text="ASSET-1")
    modal = await (await card.click("Decline")).modal_opened()
    await modal.fill(reason="We already have this in the library.")
    assert (await modal.submit()).closed
    told = await ben.dm_with_bot().wait_for(text="declined")
    assert "We already have this in the library." in told.text
