"""The same journeys on PostgreSQL, where several processes may share the memory."""

from pathlib import Path

from tests.journeys.house import ask_for_asset, ask_for_sow, decide, open_house


async def test_a_sow_is_decided_and_everything_is_on_record(
    tmp_path: Path, postgres_url: str
) -> None:
    async with open_house(tmp_path, "http", postgres_url) as house:
        ana, ryan, dian = (house.person(each) for each in ("ana", "ryan", "dian"))

        await ask_for_sow(ana, "250,000")
        await decide(await ryan.dm_with_bot().wait_for(text="SOW-1"), "Approve")
        await decide(await dian.dm_with_bot().wait_for(text="SOW-1"), "Accept")
        await ana.dm_with_bot().wait_for(text="accepted")
        await house.restart()
        await house.quiet()

        assert house.request("SOW-1").stage == "drafting"
        assert house.audited("SOW-1") == ["submit", "approve", "accept"]
        assert house.frontdesk.database.verify_audit() == []
        assert house.backlog.dead == 0


async def test_an_asset_is_accepted_with_an_owner_and_a_date(
    tmp_path: Path, postgres_url: str
) -> None:
    async with open_house(tmp_path, "socket", postgres_url) as house:
        ben, sol = house.person("ben"), house.person("sol")

        await ask_for_asset(ben)
        card = await sol.dm_with_bot().wait_for(text="AST-1")
        owner = house.person("mia").id
        await decide(card, "Accept and assign", owner=owner, due_on="2027-01-20")
        told = await ben.dm_with_bot().wait_for(text="accepted")

        assert "Mia Tanaka" in told.text
        assert house.request("AST-1").stage == "accepted"
