"""Admins change the settings in Slack: at once, on record, and nobody unseen."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.desk import Gesture
from bot.setting import saving
from modals.metadata import Metadata
from modals.settings import SETTING
from tests.journeys.company import company
from tests.journeys.house import House, ask_for_sow, free_port, open_house
from tests.journeys.processes import replica
from tests.journeys.settings import changed, form_of, on_record, overview, refused
from tests.journeys.triage import told
from workflows.refusals import NotAllowed
from workflows.roles import Role

FROM = "Executive decides from"


async def obeyed(house: House) -> None:
    """Ryan decides from 100,000 on, then from 5,000 on, and then by the file again."""
    await ask_for_sow(house.person("ana"), "8,000")
    assert house.request("SOW-1").stage == "acceptance"

    await changed(house, FROM, amounts="USD 5,000\neur = 4.500,00")
    await ask_for_sow(house.person("ana"), "8,000")
    await house.quiet()
    assert house.request("SOW-2").stage == "executive_approval"
    assert house.request("SOW-1").stage == "acceptance"
    [record] = on_record(house)
    assert record == {
        "setting": "workflows.sow.thresholds",
        "before": '{ USD = "100000", EUR = "90000", GBP = "80000", JPY = "15000000" }',
        "after": '{ USD = "5000", EUR = "4500" }',
    }

    shown = await overview(house)
    assert "Executive decides from: 4,500.00 EUR, 5,000.00 USD" in shown.text
    assert "Changed by @Adam" in shown.text
    again = await form_of(house, FROM)
    assert "frontdesk.toml says: 90,000.00 EUR, 80,000.00 GBP" in again.text
    assert again.fields[FROM] == "EUR 4500\nUSD 5000"
    await again.fill(as_file=["Take the value of the file again"])
    assert (await again.submit()).closed
    await ask_for_sow(house.person("ana"), "8,000")
    assert house.request("SOW-3").stage == "acceptance"
    assert on_record(house)[-1]["as"] == "in the file"
    await house.quiet()
    assert house.backlog.dead == 0
    assert house.frontdesk.database.verify_audit() == []


async def test_the_next_request_obeys_a_new_threshold(house: House) -> None:
    await obeyed(house)


async def test_the_next_request_obeys_a_new_threshold_on_postgresql(
    tmp_path: Path, postgres_url: str
) -> None:
    async with open_house(tmp_path, "http", postgres_url) as house:
        await obeyed(house)


async def test_another_process_obeys_it_without_a_restart(
    tmp_path: Path, postgres_url: str
) -> None:
    async with open_house(tmp_path, "socket", postgres_url) as house:
        async with replica(house, tmp_path, free_port(), 5.0):
            adam = house.person("adam").id
            who = Gesture(user=adam, team=house.workspace.team_id, surface="modal", key="view:1")
            metadata = Metadata(form=SETTING, workflow="", transition="thresholds:sow")
            typed = {"amounts": {"a": {"type": "plain_text_input", "value": "USD 5,000"}}}
            here = house.frontdesk
            assert await asyncio.to_thread(saving.save, here.desk, who, metadata, typed) == {}
            await asyncio.to_thread(here.stop)

            await ask_for_sow(house.person("ana"), "8,000")
            assert house.request("SOW-1").stage == "executive_approval"
        here.database.close()


async def test_nobody_else_sees_or_changes_them(small_house: House) -> None:
    house = small_house
    for handle in ("ana", "ryan", "audra"):
        person = house.person(handle)
        admin = await person.command("/requests", "admin", channel="sales")
        unknown = await person.command("/requests", "nonsense", channel="sales")
        assert admin.modal is None
        answer = (await admin.replied()).text
        assert answer == (await unknown.replied()).text.replace("nonsense", "admin")
        home = await person.open_home()
        await home.wait_for_text("Your requests")
        assert "Settings" not in home.buttons
    home = await house.person("adam").open_home()
    await home.wait_for_text("For admins")
    assert "Settings" in home.buttons

    await changed(house, "Admin", people=["hugo"])
    assert house.holders(Role.ADMIN) == {house.person("hugo").id}
    typed = {"amounts": {"a": {"type": "plain_text_input", "value": "USD 1"}}}
    metadata = Metadata(form=SETTING, workflow="", transition="thresholds:sow")
    for handle in ("ana", "audra", "adam"):  # who was an admin until now
        forger = Gesture(
            user=house.person(handle).id,
            team=house.workspace.team_id,
            surface="modal",
            key=f"view:{handle}",
        )
        with pytest.raises(NotAllowed):
            await asyncio.to_thread(saving.save, house.frontdesk.desk, forger, metadata, typed)
    assert [each["setting"] for each in on_record(house)] == ["roles.admin"]


async def test_two_admins_at_once_lose_nothing(tmp_path: Path) -> None:
    config = company(tmp_path, admin=["adam", "hugo"])
    async with open_house(tmp_path, "http", FRONTDESK_CONFIG=config) as house:
        one, other = await form_of(house, FROM), await form_of(house, FROM, "hugo")
        apart = await form_of(house, "List for triage", "hugo")
        await one.fill(amounts="USD 5,000")
        assert (await one.submit()).closed
        assert "Somebody has changed this meanwhile" in await refused(other, amounts="USD 7,000")
        assert other.fields[FROM] == "USD 7,000"
        await apart.fill(day="tue", at="10:30")
        assert (await apart.submit()).closed
        await house.quiet()
        assert [each["setting"] for each in on_record(house)] == [
            "workflows.sow.thresholds",
            "workflows.sales_asset.triage_weekday",
            "workflows.sales_asset.triage_at",
        ]
        said = await told(house, "hugo", "changed the settings")
        assert "Executive decides from was 90,000.00 EUR" in said
        assert "is now 5,000.00 USD" in said
        policy = house.frontdesk.desk.company.policy("sales_asset")
        assert (policy.triage_weekday, f"{policy.triage_at:%H:%M}") == (1, "10:30")


async def test_what_is_wrong_is_said_in_the_form(small_house: House) -> None:
    house = small_house
    form = await form_of(house, FROM)
    assert await refused(form, amounts="USD 0") == "Line 1: The amount must be more than zero."
    assert "stands there already" in await refused(form, amounts="USD 1\nUSD 2")
    assert '"XYZ" is not a currency (ISO 4217)' in await refused(form, amounts="XYZ 5")
    days = await form_of(house, "The company's days off")
    assert "Please write a date" in await refused(days, days="Christmas")
    assert "is over already" in await refused(days, days="2020-01-01")
    channel = await form_of(house, "For the auditors")
    assert 'is not a channel; right is one such as "sow-requests"' in await refused(
        channel, channel="Not A Channel"
    )
    people = await form_of(house, "Executive")
    assert '"nobody" is nobody' in await refused(people, others="nobody")
    assert "Only asking can be for everybody" in await refused(people, others="*")
    assert on_record(house) == []


async def test_roles_are_given_and_taken_at_once_with_care(small_house: House) -> None:
    house = small_house
    adam, ryan, hugo = (house.person(each).id for each in ("adam", "ryan", "hugo"))
    admins = await form_of(house, "Admin")
    assert "At least one admin has to stay" in await refused(admins, people=[])

    form = await form_of(house, "Executive")
    assert "no active member" in await refused(form, people=[ryan, house.person("gus").id])

    await changed(house, "Executive", people=[ryan, hugo])
    assert house.holders(Role.EXECUTIVE) == {ryan, hugo}
    assert on_record(house)[-1]["after"] == f'["ryan@harborlight.example", "{hugo}"]'
    assert on_record(house, "grant")[-1]["user"] == hugo
    assert "Executive was @Ryan" in await told(house, "audra", "changed the settings")

    await ask_for_sow(house.person("adam"), "250,000")
    await changed(house, "Executive", people=[adam])
    said = await told(house, "audra", "They gave this role to @Adam")
    assert "Of their own requests these are open: SOW-1" in said
    assert house.holders(Role.EXECUTIVE) == {adam}


async def test_nobody_gives_themselves_a_role_unseen(tmp_path: Path) -> None:
    config = company(tmp_path, auditor=["adam"])
    async with open_house(tmp_path, "http", FRONTDESK_CONFIG=config) as house:
        form = await form_of(house, "Executive")
        said = await refused(form, people=[house.person("adam").id])
        assert "with nobody to be told" in said
        assert on_record(house) == []


async def test_a_channel_where_nothing_can_be_posted_is_reported(small_house: House) -> None:
    house = small_house
    await changed(house, "Statement of Work", channel="not-there-yet")
    said = await told(house, "adam", "#not-there-yet")
    assert "Nothing can be posted in #not-there-yet yet" in said
    await changed(house, "Statement of Work", channel="#general")
    await ask_for_sow(house.person("ana"))
    await house.quiet()
    assert house.workspace.channel("general").cards("SOW-1")


async def test_days_off_that_are_over_stay(small_house: House) -> None:
    house = small_house
    await house.move_clock(timedelta(days=60))
    form = await form_of(house, "The company's days off")
    label = "Days off from today on"
    assert form.fields[label] == ""
    await form.fill(days="2027-05-14 to 2027-05-16")
    assert (await form.submit()).closed
    assert on_record(house)[-1]["after"] == (
        "[2026-12-24, 2026-12-31, 2027-05-14, 2027-05-15, 2027-05-16]"
    )
