"""What admins change less often, who is told what, and what nobody does by a form."""

import asyncio
import tomllib
from datetime import UTC, datetime, time
from pathlib import Path

from bot.ports import Override, Source
from bot.setting import moving
from tests.commandline.test_app import app
from tests.journeys.company import company
from tests.journeys.house import House, ask_for_sow, open_house
from tests.journeys.settings import changed, company_now, form_of, on_record, overview, refused
from tests.journeys.test_absence import away
from tests.journeys.triage import saved, told
from workflows.priority import WEIGHTS, Criterion
from workflows.roles import Role

MONDAY = datetime(2026, 11, 23, 15, tzinfo=UTC)
DAYS = {"first_day": "2026-11-23", "last_day": "2026-11-26"}
WEIGHED = "workflows.sales_asset.weights"
USUAL = "{ deal_value = 25, deal_urgency = 20, deadline = 20, reuse = 15, goals = 20 }"
CHANGED = "{ deal_value = 25, deal_urgency = 20, deadline = 300, reuse = 15, goals = 20 }"


def policy(house: House) -> dict[Criterion, int]:
    return dict(company_now(house).policy("sales_asset").weights)


async def test_the_weights_of_triage_are_a_setting_too(small_house: House) -> None:
    house = small_house
    await changed(house, "Weights of the priority", deadline="300")
    assert policy(house) == {**WEIGHTS, Criterion.DEADLINE: 300}
    assert on_record(house) == [{"setting": WEIGHED, "before": USUAL, "after": CHANGED}]
    form = await form_of(house, "Weights of the priority")
    assert "is not a whole number from 0 to 1000" in await refused(form, deadline="often")
    desk = house.frontdesk.desk
    text = moving.exported(desk.store, desk.rulebook.handbook)
    assert tomllib.loads(text)["workflows"]["sales_asset"]["weights"]["deadline"] == 300

    await saved(house, "sol", "weights", deadline="20")
    [record] = on_record(house, "keep_weights")
    assert record == {
        "setting": WEIGHED,
        "before": CHANGED,
        "after": USUAL,
        "as": "in the file",
    }
    said = await told(house, "adam", "Weights of the priority was")
    assert "@Sol" in said
    assert "deadline of the request 300" in said


async def test_hours_and_days_are_changed_as_the_file_is_checked(small_house: House) -> None:
    house = small_house
    form = await form_of(house, "Working hours and days")
    assert "would end at 17:00, not after it opens at 18:00" in await refused(form, opens="18:00")
    assert 'right is one such as "09:00"' in await refused(form, opens="9")
    assert on_record(house) == []
    days = ["Monday", "Tuesday", "Wednesday", "Thursday"]
    await form.fill(opens="08:30", closes="18:00", weekdays=days)
    assert (await form.submit()).closed
    calendar = company_now(house).calendar
    assert (calendar.opens, calendar.closes) == (time(8, 30), time(18))
    assert calendar.weekdays == {0, 1, 2, 3}
    shown = await overview(house)
    assert "from 08:30, to 18:00, on Monday, Tuesday, Wednesday, Thursday" in shown.text


async def test_the_rest_is_on_the_second_page_with_what_stays_in_the_file(
    small_house: House,
) -> None:
    house = small_house
    await changed(house, "Quiet hours", quiet_from="21:30", quiet_until="07:00")
    await changed(house, "Reminders: Statement of Work", remind="4", admin="")
    await changed(house, "The client and the money", client_reminders="2, 5; 9", link_days="20")
    await changed(house, "Feedback on assets", feedback_days="7")
    here = company_now(house)
    assert here.manner.quiet.begins == time(21, 30)
    assert here.policy("sow").ladder == {"remind": 4}
    assert here.policy("sow").client_reminders == (2, 5, 9)
    assert here.policy("sow").link_days == 20
    assert here.policy("sales_asset").feedback_days == 7
    shown = await (await (await overview(house)).click("More settings")).modal_opened()
    assert "These are changed only there: company.name, company.timezone" in shown.text
    assert "first reminder, and between two 4" in shown.text


async def test_what_is_kept_for_how_long_is_told_to_the_auditors(small_house: House) -> None:
    house = small_house
    await changed(house, "Requests are kept", sow="3")
    assert company_now(house).retention.records_years["sow"] == 3
    said = await told(house, "audra", "Requests are kept was")
    assert "statement of work, years 10" in said
    await changed(house, "Quiet hours", quiet_from="21:30")
    await house.quiet()
    assert not house.person("audra").dm_with_bot().cards("Quiet hours")


async def test_a_quorum_is_set_and_the_next_request_needs_it(small_house: House) -> None:
    house = small_house
    ryan, hugo = (house.person(each).id for each in ("ryan", "hugo"))
    await changed(house, "Executive", people=[ryan, hugo])
    form = await form_of(house, "Approvals needed: Statement of Work")
    assert "is no rule of approval" in await refused(form, executive="both")
    await form.fill(executive="2")
    assert (await form.submit()).closed
    await ask_for_sow(house.person("ana"), "250,000")
    await house.quiet()
    card = house.person("ryan").dm_with_bot().cards("SOW-1")[-1]
    await card.click("Approve")
    await house.quiet()
    assert house.request("SOW-1").stage == "executive_approval"


async def test_nobody_who_is_away_is_given_a_role(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    assert await away(house, "hugo", deputy="ryan", **DAYS) == {}
    await house.quiet()
    ryan, hugo = (house.person(each).id for each in ("ryan", "hugo"))
    form = await form_of(house, "Executive")
    assert "is away now; name them when they are back" in await refused(form, people=[ryan, hugo])
    assert on_record(house) == []


async def test_whoever_stands_in_for_an_admin_is_the_admin_themselves(tmp_path: Path) -> None:
    config = company(tmp_path, auditor=["adam"])
    async with open_house(tmp_path, "http", FRONTDESK_CONFIG=config) as house:
        await house.set_clock(MONDAY)
        ryan, hugo = (house.person(each).id for each in ("ryan", "hugo"))
        assert await away(house, "adam", deputy="hugo", **DAYS) == {}
        await house.quiet()
        form = await form_of(house, "Executive")
        assert "with nobody to be told" in await refused(form, people=[ryan, hugo])
        assert on_record(house) == []
        assert house.holders(Role.EXECUTIVE) == {ryan}


async def test_a_group_of_admins_is_enough_and_the_last_one_stays(tmp_path: Path) -> None:
    config = company(tmp_path, admin=["adam", "@sales-ops"])
    async with open_house(tmp_path, "http", FRONTDESK_CONFIG=config) as house:
        await changed(house, "Admin", people=[])
        assert house.holders(Role.ADMIN) == {house.person("sol").id}
        form = await form_of(house, "Admin", "sol")
        assert "At least one admin has to stay" in await refused(form, others="@marketing")
        assert "At least one admin has to stay" in await refused(form, others="")
        assert house.holders(Role.ADMIN) == {house.person("sol").id}


async def test_where_the_file_contradicts_what_was_changed_nothing_is_decided(
    small_house: House,
) -> None:
    house, ana = small_house, small_house.person("ana")
    with house.frontdesk.database.unit() as unit:
        unit.overrides.put(
            Override(
                key="hours.opens",
                source=Source.GIVEN,
                value="18:00",
                version=unit.overrides.turn(),
                by=house.person("adam").id,
                at=house.clock.now(),
            )
        )
        unit.commit()
    result = await ana.command("/sow", channel="sales")
    assert "Something went wrong; nothing was changed" in (await result.replied()).text
    assert result.modal is None


async def test_an_import_is_told_to_admins_and_auditors_and_obeyed(
    small_house: House, tmp_path: Path
) -> None:
    house = small_house
    desk = house.frontdesk.desk
    text = moving.exported(desk.store, desk.rulebook.handbook)
    text = text.replace('USD = "100000"', 'USD = "5000"')
    text = text.replace("adam@harborlight.example", "hugo@harborlight.example")

    file = tmp_path / "moved.toml"
    file.write_text(text, encoding="utf-8")
    command = ("config", "import", str(file), "--yes")
    done = await asyncio.to_thread(app, tmp_path, *command, **house.environ)
    assert done.returncode == 0, done.stderr
    for handle in ("adam", "hugo", "audra"):
        said = await told(house, handle, "at the command line")
        assert "workflows.sow.thresholds was" in said
        assert "roles.admin was" in said
    assert {each["setting"] for each in on_record(house)} == {
        "workflows.sow.thresholds",
        "roles.admin",
    }
    await ask_for_sow(house.person("ana"), "8,000")
    await house.quiet()
    assert house.request("SOW-1").stage == "executive_approval"
    shown = await overview(house, "hugo")
    assert "Changed by whoever runs Frontdesk" in shown.text
