"""A sales asset, from the ask to an owner and a date, or to a no with a reason."""

import pytest

from tests.journeys.house import House, ask_for_asset, decide
from tests.journeys.triage import at, refused


async def test_an_asset_is_accepted_with_an_owner_and_a_date(house: House) -> None:
    ben, sol, mia = house.person("ben"), house.person("sol"), house.person("mia")

    await ask_for_asset(ben)

    card = await sol.dm_with_bot().wait_for(text="AST-1")
    await decide(card, "Accept and assign", owner=mia.id, due_on="2027-01-20")
    told = await ben.dm_with_bot().wait_for(text="accepted AST-1")
    assert "Owner: @Mia Tanaka, due Wed 20 Jan 2027, priority normal." in told.text
    await mia.dm_with_bot().wait_for(text="AST-1")
    await house.quiet()
    channel = house.workspace.channel("asset-requests")
    assert "Accepted" in channel.cards("AST-1")[0].text
    request = house.request("AST-1")
    assert (request.stage, request.owner, str(request.due_on)) == ("accepted", mia.id, "2027-01-20")
    assert house.audited("AST-1") == ["submit", "accept"]


async def test_an_asset_is_declined_with_a_reason(small_house: House) -> None:
    ben, sol = small_house.person("ben"), small_house.person("sol")

    await ask_for_asset(ben)

    card = await sol.dm_with_bot().wait_for(text="AST-1")
    modal = await (await card.click("Decline")).modal_opened()
    await modal.fill(reason="We already have this in the library.")
    assert (await modal.submit()).closed
    told = await ben.dm_with_bot().wait_for(text="declined")
    assert "We already have this in the library." in told.text
    assert small_house.request("AST-1").stage == "declined"


@pytest.mark.parametrize(
    ("deadline", "said"),
    [
        ("2020-01-06", "This date is in the past. Please choose today or a later one."),
        (
            "2027-01-18",
            "Nobody works on Mon 18 Jan 2027. The next working day is Tue 19 Jan 2027.",
        ),
        (
            "2027-01-23",
            "Nobody works on Sat 23 Jan 2027. The next working day is Mon 25 Jan 2027.",
        ),
    ],
)
async def test_a_deadline_that_cannot_be_kept_is_said_at_once(
    small_house: House, deadline: str, said: str
) -> None:
    await small_house.set_clock(at("2027-01-04"))
    ben = small_house.person("ben")
    form = await (await ben.command("/asset", channel="sales")).modal_opened()
    answers = {"requester_role": "Sales rep", "asset_type": "deck", "kind": "new"}

    errors = await refused(form, **answers, purpose="A pitch.", deadline=deadline)

    assert errors == {"Needed by": said}
    assert small_house.refs("ben") == []
