"""People come, change and leave: a request always waits for somebody who can act."""

import asyncio
from datetime import timedelta
from pathlib import Path

from bot import housekeeping, roles
from tests.journeys.company import company
from tests.journeys.house import (
    House,
    ask_for_asset,
    ask_for_sow,
    decide,
    fill_sow,
    open_house,
    sow_form,
)
from workflows.roles import Role


async def test_a_role_that_nobody_holds_takes_requests_and_an_admin_hears_of_it(
    tmp_path: Path,
) -> None:
    config = company(tmp_path, executive=[])
    async with open_house(tmp_path, "http", FRONTDESK_CONFIG=config) as house:
        await ask_for_sow(house.person("ana"), "250,000")

        adam = house.person("adam").dm_with_bot()
        told = await adam.wait_for("Nobody holds the role executive")
        assert 'executive = ["name@example.com"]' in told.text
        assert "What waits for it goes to the head of sales" in told.text
        card = await house.person("hugo").dm_with_bot().wait_for("SOW-1: ")
        assert "Approve" in card.buttons
        await ask_for_sow(house.person("ana"), "350,000")
        await house.quiet()
        assert len(adam.cards("Nobody holds the role executive")) == 1
        assert house.request("SOW-1").stage == "executive_approval"
        await decide(card, "Approve")
        assert house.request("SOW-1").stage == "acceptance"


async def test_an_admin_hears_once_of_a_role_that_stays_empty_for_months(tmp_path: Path) -> None:
    config = company(tmp_path, executive=[])
    async with open_house(tmp_path, "http", FRONTDESK_CONFIG=config) as house:
        await ask_for_sow(house.person("ana"), "250,000")
        adam, desk = house.person("adam").dm_with_bot(), house.frontdesk.desk
        await adam.wait_for("Nobody holds the role executive")
        await house.quiet()

        later = house.clock.now() + timedelta(days=60)
        assert await asyncio.to_thread(housekeeping.forget, desk, later) > 0
        await asyncio.to_thread(roles.look_after_waiting, desk)
        await house.quiet()

        assert len(adam.cards("Nobody holds the role executive")) == 1


async def test_the_only_holder_leaves_and_an_admin_hears_of_it(house: House) -> None:
    await ask_for_sow(house.person("ana"))
    await house.quiet()

    house.workspace.deactivate("dian")

    adam = house.person("adam").dm_with_bot()
    await adam.wait_for("Nobody holds the role sales assistant")
    await decide(await adam.wait_for("SOW-1: "), "Accept")
    await house.quiet()
    assert len(adam.cards("Nobody holds the role sales assistant")) == 1
    with house.frontdesk.database.unit() as unit:
        entry = unit.requests.timeline("SOW-1")[-1]
    assert (entry.action, entry.detail["fallback for"]) == ("accept", "sales assistant")


async def test_what_somebody_owned_who_left_goes_to_the_admins(small_house: House) -> None:
    house = small_house
    await ask_for_sow(house.person("ana"))
    await decide(await house.person("dian").dm_with_bot().wait_for("SOW-1: "), "Accept")
    await house.quiet()

    house.workspace.deactivate("dian")
    await house.until(lambda: not _is_active(house, "dian"), "Dian has left")
    await house.move_clock(timedelta(minutes=6))  # the next sweep
    adam = house.person("adam").dm_with_bot()
    told = await adam.wait_for("SOW-1 (Globex, 8,000.00 USD) waits for its owner")

    assert "who is not in this workspace any more" in told.text
    card = await adam.wait_for("SOW-1: ")
    assert "This waits for you" in card.text
    listed = await (await house.person("adam").command("/requests")).replied()
    assert "SOW-1" in listed.text.partition("Your requests")[0]


async def test_who_comes_back_finds_what_waited(small_house: House) -> None:
    small_house.workspace.deactivate("dian")
    await small_house.until(lambda: not _is_active(small_house, "dian"), "Dian has left")
    await ask_for_sow(small_house.person("ana"))
    instead = await small_house.person("adam").dm_with_bot().wait_for("SOW-1: ")
    assert "Accept" in instead.buttons

    small_house.workspace.reactivate("dian")

    card = await small_house.person("dian").dm_with_bot().wait_for("SOW-1: ")
    assert "Accept" in card.buttons
    await small_house.quiet()
    assert "Accept" not in small_house.person("adam").dm_with_bot().cards("SOW-1: ")[-1].buttons


async def test_a_requester_who_left_stops_nothing(small_house: House) -> None:
    await ask_for_sow(small_house.person("ana"))
    await small_house.quiet()
    small_house.workspace.deactivate("ana")
    await small_house.until(lambda: not _is_active(small_house, "ana"), "Ana has left")

    await decide(small_house.person("dian").dm_with_bot().cards("SOW-1: ")[-1], "Accept")

    await small_house.quiet()
    assert small_house.request("SOW-1").stage == "drafting"


async def test_a_new_member_of_the_group_gets_what_waits(house: House) -> None:
    await ask_for_asset(house.person("ben"))
    await house.quiet()
    assert not house.person("priya").dm_with_bot().messages

    house.workspace.set_group("sales-ops", ["sol", "priya"])

    card = await house.person("priya").dm_with_bot().wait_for("AST-1: ")
    await decide(card, "Decline", "We have this in the library.")
    assert house.request("AST-1").stage == "declined"
    await house.quiet()
    assert len(house.person("sol").dm_with_bot().cards("AST-1: ")) <= 2


async def test_who_leaves_the_group_decides_nothing_any_more(small_house: House) -> None:
    await ask_for_asset(small_house.person("ben"))
    await small_house.quiet()
    card = small_house.person("sol").dm_with_bot().cards("AST-1: ")[-1].as_seen_now()

    small_house.workspace.set_group("sales-ops", ["priya"])
    await small_house.person("priya").dm_with_bot().wait_for("AST-1: ")
    result = await card.click("Decline")

    assert (await result.replied()).text
    assert small_house.request("AST-1").stage == "submitted"


async def test_somebody_new_can_ask_at_once(small_house: House) -> None:
    small_house.workspace.add_person("nora", name="Nora Beck")
    await small_house.until(lambda: _is_active(small_house, "nora"), "Nora is known")
    small_house.workspace.join("nora", "sales")

    await ask_for_sow(small_house.person("nora"))

    assert small_house.refs("nora") == ["SOW-1"]


async def test_a_new_title_makes_the_bot_ask_about_that_person_alone(small_house: House) -> None:
    await small_house.quiet()
    calls = small_house.workspace.calls
    groups = len(calls.of("usergroups.list"))

    small_house.workspace.change_user("ana", title="Senior sales rep", name="Ana Silva-Reis")

    await small_house.until(lambda: calls.of("users.info"), "Slack was asked about Ana")
    await small_house.quiet()
    assert len(calls.of("usergroups.list")) == groups


async def test_who_may_not_ask_is_told_so_before_typing_anything(tmp_path: Path) -> None:
    config = company(tmp_path, requester=["ben"])
    async with open_house(tmp_path, "http", FRONTDESK_CONFIG=config) as house:
        result = await house.person("ana").command("/sow", channel="sales")

        assert "You cannot ask for a Statement of Work yet" in (await result.replied()).text
        assert result.modal is None
        await ask_for_sow(house.person("ben"))


def _is_active(house: House, handle: str) -> bool:
    with house.frontdesk.database.unit() as unit:
        person = unit.people.get(house.person(handle).id)
    return person is not None and person.active


async def test_who_may_not_ask_any_more_is_told_and_keeps_what_they_wrote(tmp_path: Path) -> None:
    config = company(tmp_path, requester=["@sales-ops"])
    async with open_house(tmp_path, "http", FRONTDESK_CONFIG=config) as house:
        modal = await sow_form(house.person("sol"))
        await fill_sow(modal)
        house.workspace.set_group("sales-ops", ["mia"])
        await house.until(
            lambda: house.holders(Role.REQUESTER) == {house.person("mia").id}, "Sol lost the role"
        )

        await modal.submit()

        assert "you wrote is kept" in house.person("sol").modals[-1].text
        assert house.refs("sol") == []
        assert house.drafts("sol")[0].state["contact_email"] == "hank@globex.example"
