"""Whoever decides who decides is watched: nobody gives themselves a role unseen, by any detour."""

import re
from pathlib import Path

import pytest

from modals.fields import TICKED
from tests.journeys.company import company
from tests.journeys.house import House, ask_for_sow, open_house
from tests.journeys.settings import changed, form_of, on_record, refused
from tests.journeys.test_private import seen_by
from tests.journeys.triage import told
from workflows.roles import Role

WATCHED = "For the auditors"
UNKNOWN_YET = "which may be themselves or who stands in for them"


async def test_no_channel_stands_in_for_the_auditors(small_house: House) -> None:
    house = small_house
    adam, ryan = house.person("adam").id, house.person("ryan").id
    house.workspace.add_channel("nobody-reads", [])
    await changed(house, WATCHED, channel="#nobody-reads")
    assert "is now #nobody-reads" in await told(house, "audra", WATCHED)

    await changed(house, "Executive", people=[ryan, adam])
    assert house.holders(Role.EXECUTIVE) == {ryan, adam}
    await told(house, "audra", "They gave this role to @Adam")


async def test_both_channels_of_the_auditors_hear_that_it_is_another(small_house: House) -> None:
    house = small_house
    await changed(house, WATCHED, channel="#general")
    await changed(house, WATCHED, channel="#sales")
    for name in ("general", "sales"):
        [*_, last] = house.workspace.channel(name).cards(WATCHED)
        assert "was #general and is now #sales" in last.text
    assert house.backlog.dead == 0


async def test_a_channel_alone_is_nobody_who_is_told(tmp_path: Path) -> None:
    config = company(tmp_path, auditor=["adam"])
    async with open_house(tmp_path, "http", FRONTDESK_CONFIG=config) as house:
        house.workspace.add_channel("nobody-reads", [])
        await changed(house, WATCHED, channel="#nobody-reads")
        form = await form_of(house, "Executive")
        adam, ryan = house.person("adam").id, house.person("ryan").id
        assert "with nobody to be told" in await refused(form, people=[ryan, adam])
        assert house.holders(Role.EXECUTIVE) == {ryan}


async def test_whoever_is_taken_out_hears_of_it(small_house: House) -> None:
    house = small_house
    adam, ben, hugo = (house.person(each).id for each in ("adam", "ben", "hugo"))
    await changed(house, "Admin", people=[adam, hugo])
    await changed(house, "Auditor", people=[ben])
    assert "Auditor was" in await told(house, "audra", "is now @Ben")
    assert "Auditor was" in await told(house, "ben", "is now @Ben")
    await changed(house, "Admin", people=[adam])
    assert house.holders(Role.ADMIN) == {adam}
    assert "Admin was" in await told(house, "hugo", "is now @Adam")


async def test_no_group_gives_a_role_to_its_members_unseen(tmp_path: Path) -> None:
    config = company(tmp_path, auditor=["adam"])
    async with open_house(tmp_path, "http", FRONTDESK_CONFIG=config) as house:
        house.workspace.set_group("marketing", ["mia", "adam"])
        ryan = house.person("ryan").id
        form = await form_of(house, "Executive")
        said = await refused(form, people=[ryan], others="@marketing")
        assert said.startswith("Whom @marketing names is not known yet")
        assert "Name an auditor or admin first." in said
        await house.quiet()
        assert house.holders(Role.EXECUTIVE) == {ryan}
        assert on_record(house) == []
        await changed(house, "Requester", others="@marketing")  # whoever asks decides nothing


@pytest.mark.parametrize("written", ["adam@harborlight.example", "Adam@Harborlight.example"])
async def test_no_address_gives_a_role_to_whose_it_is_unseen(tmp_path: Path, written: str) -> None:
    config = named_by_id(company(tmp_path, auditor=["adam"]))
    async with open_house(tmp_path, "http", FRONTDESK_CONFIG=config) as house:
        ryan = house.person("ryan").id
        form = await form_of(house, "Executive")
        said = await refused(form, people=[ryan], others=written)
        assert "is not known yet" in said
        await house.quiet()
        assert house.holders(Role.EXECUTIVE) == {ryan}
        assert on_record(house) == []


def named_by_id(config: str) -> str:
    """Name Adam by his id wherever the file has his address, so that it is bound to nobody."""
    file = Path(config)
    text = file.read_text(encoding="utf-8")
    assert '"adam@harborlight.example"' in text
    file.write_text(text.replace('"adam@harborlight.example"', '"U0SBADAM00"'), encoding="utf-8")
    return config


async def test_others_hear_whom_nobody_knows_yet(small_house: House) -> None:
    house = small_house
    await changed(house, "Executive", others="@marketing")
    said = await told(house, "audra", UNKNOWN_YET)
    assert "They gave this role to @marketing" in said
    people = [house.person(each).id for each in ("ryan", "hugo")]
    await changed(house, "Executive", people=people, others="@marketing")
    assert UNKNOWN_YET not in await told(house, "audra", "@Hugo")


async def test_private_requests_are_not_named_to_who_watches(small_house: House) -> None:
    house = small_house
    await changed(house, "Admin", people=[house.person(each).id for each in ("adam", "hugo")])
    await ask_for_sow(house.person("adam"), "250,000", client="Umbrella", private=[TICKED])
    await ask_for_sow(house.person("adam"), "250,000")
    await changed(house, "Executive decides from", amounts="USD 5,000")
    said = await told(house, "hugo", "Of their own requests these are open")
    assert re.findall(r"SOW-\d+", said) == ["SOW-2"]
    assert "SOW-1" not in seen_by(house, "hugo")
