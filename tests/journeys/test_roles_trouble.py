"""Who holds a role, when Slack refuses, is silent, or says something else than before."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import roles
from bot.desk import Desk
from bot.errors import SlackLockedOut
from bot.rulebook import Rulebook
from settings import load
from tests.journeys.company import company
from tests.journeys.house import House, ask_for_sow
from workflows.roles import Role


def holders(house: House, role: Role) -> set[str]:
    """The handles of those who hold a role."""
    with house.frontdesk.database.unit() as unit:
        users = unit.people.holders()[role]
    return {person.record.handle for person in house.workspace.people if person.id in users}


def recorded(house: House, action: str) -> list[Mapping[str, str]]:
    """What is on record of an action that concerns no request."""
    with house.frontdesk.database.unit() as unit:
        return [each.detail for each in unit.requests.timeline("") if each.action == action]


def desk_with(house: House, **changed: tuple[str, ...]) -> Desk:
    """The desk of the company with other identities of some roles."""
    desk = house.frontdesk.desk
    named = dict(desk.company.roles) | {Role(key): value for key, value in changed.items()}
    return replace(desk, rulebook=Rulebook(replace(desk.company, roles=named)))


def is_member(house: House, user: str) -> bool:
    """Whether the bot knows somebody as a member of its workspace."""
    with house.frontdesk.database.unit() as unit:
        person = unit.people.get(user)
    return person is not None and person.active


async def refresh(desk: Desk) -> tuple[Role, ...]:
    return await asyncio.to_thread(roles.refresh, desk)


async def test_a_group_that_slack_refuses_keeps_nobody_else_from_their_role(
    small_house: House, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    small_house.workspace.faults.fail("usergroups.list", "plan_upgrade_required", times=None)
    file = company(tmp_path, admin=["greta"])
    small_house.settings = load(small_house.environ | {"FRONTDESK_CONFIG": file}, tmp_path)

    await small_house.restart()

    assert holders(small_house, Role.TRIAGE) == set()
    assert holders(small_house, Role.ADMIN) == {"greta"}
    assert "roles.triage, entry 1: Slack refuses to say who that is (plan_upgrade_required)" in (
        caplog.text
    )


async def test_a_group_that_slack_does_not_answer_for_stays_and_is_asked_for_again(
    small_house: House,
) -> None:
    small_house.workspace.faults.break_("usergroups.list", times=None)
    calls = small_house.workspace.calls
    asked = len(calls.of("usergroups.list"))
    small_house.workspace.set_group("sales-ops", ["priya"])
    await small_house.until(lambda: len(calls.of("usergroups.list")) > asked, "Slack was asked")
    await small_house.quiet()
    desk = desk_with(small_house, executive=("greta@harborlight.example",))

    await refresh(desk)

    assert holders(small_house, Role.TRIAGE) == {"sol", "mia", "hana"}
    assert holders(small_house, Role.EXECUTIVE) == {"greta"}
    await small_house.quiet()
    small_house.workspace.faults.clear()
    await small_house.move_clock(timedelta(seconds=61))
    expected = {"priya", "mia", "hana"}
    await small_house.until(
        lambda: holders(small_house, Role.TRIAGE) == expected, "Priya is in triage"
    )


async def test_a_slow_old_answer_does_not_replace_a_newer_one(small_house: House) -> None:
    await small_house.quiet()
    calls = small_house.workspace.calls
    asked = len(calls.of("usergroups.users.list"))
    small_house.workspace.faults.slow("usergroups.users.list", 0.7)
    slow = asyncio.create_task(refresh(small_house.frontdesk.desk))
    await small_house.until(
        lambda: len(calls.of("usergroups.users.list")) > asked, "Slack has its slow answer"
    )

    small_house.workspace.set_group("sales-ops", ["priya"])
    await small_house.until(lambda: small_house.backlog.due, "Slack's event is there")
    await slow

    await small_house.quiet()
    assert holders(small_house, Role.TRIAGE) == {"priya", "mia", "hana"}


async def test_whom_nothing_names_any_more_loses_the_role_though_slack_is_silent(
    small_house: House,
) -> None:
    await small_house.quiet()
    small_house.workspace.faults.fail("usergroups.list", "token_revoked", times=None)

    with pytest.raises(SlackLockedOut):
        await refresh(desk_with(small_house, executive=("@executives",), billing=()))

    assert holders(small_house, Role.EXECUTIVE) == set()
    assert holders(small_house, Role.BILLING) == set()
    assert holders(small_house, Role.TRIAGE) == {"sol", "mia", "hana"}


async def test_every_grant_and_revocation_is_on_record(small_house: House) -> None:
    dian, ryan = small_house.person("dian").id, small_house.person("ryan").id
    given = {"role": "sales_assistant", "user": dian, "identity": "dian@harborlight.example"}
    assert recorded(small_house, "grant").count(given) == 1
    sol = {"role": "triage", "user": small_house.person("sol").id, "identity": "@sales-ops"}
    assert sol in recorded(small_house, "grant")
    assert recorded(small_house, "revoke") == []

    await refresh(desk_with(small_house, executive=()))
    small_house.workspace.deactivate("dian")
    await small_house.until(lambda: len(recorded(small_house, "revoke")) > 1, "Dian is recorded")
    await small_house.quiet()
    small_house.workspace.reactivate("dian")
    await small_house.until(
        lambda: recorded(small_house, "grant").count(given) > 1, "Dian is back on record"
    )
    await small_house.quiet()

    lost = {"role": "executive", "user": ryan, "identity": "ryan@harborlight.example"}
    assert recorded(small_house, "revoke") == [lost, given]
    assert recorded(small_house, "grant").count(given) == 2
    assert small_house.frontdesk.database.verify_audit() == []


async def test_an_address_is_bound_to_an_active_member_only(
    small_house: House, caplog: pytest.LogCaptureFixture
) -> None:
    desk = desk_with(small_house, executive=("ryan@harborlight.example", "gus@harborlight.example"))
    gus = {"identity": "gus@harborlight.example", "user": small_house.person("gus").id}

    with caplog.at_level(logging.WARNING):
        await refresh(desk)

    assert "roles.executive, entry 2: No active member of this workspace" in caplog.text
    assert "gus" not in caplog.text
    assert gus not in recorded(small_house, "bind")
    small_house.workspace.change_user("gus", restricted=False)
    await small_house.until(lambda: is_member(small_house, gus["user"]), "Gus is a member")
    await small_house.quiet()
    await refresh(desk)
    assert holders(small_house, Role.EXECUTIVE) == {"ryan", "gus"}
    assert gus in recorded(small_house, "bind")


async def test_a_group_that_takes_the_name_of_another_gets_none_of_its_roles(
    small_house: House,
) -> None:
    store = small_house.workspace.slack.store
    [group] = [each for each in store.groups.all() if each.handle == "sales-ops"]
    assert {"identity": "@sales-ops", "group": group.id} in recorded(small_house, "bind")

    group.handle = "old-sales-ops"
    store.groups.save(group)
    small_house.workspace.set_group("sales-ops", ["gus", "ben"])
    await small_house.quiet()
    await refresh(small_house.frontdesk.desk)

    assert holders(small_house, Role.TRIAGE) == {"sol", "mia", "hana"}


async def test_the_cards_of_whoever_lost_the_role_lose_their_buttons(small_house: House) -> None:
    await ask_for_sow(small_house.person("ana"))
    await small_house.quiet()
    card = small_house.person("dian").dm_with_bot().cards("SOW-1: ")[-1]
    assert "Accept" in card.buttons

    await refresh(desk_with(small_house, sales_assistant=("greta@harborlight.example",)))

    theirs = await small_house.person("greta").dm_with_bot().wait_for("SOW-1: ")
    assert "Accept" in theirs.buttons
    await small_house.quiet()
    assert "Accept" not in card.buttons


async def test_every_open_request_is_looked_after_however_many_there_are(
    small_house: House,
) -> None:
    await ask_for_sow(small_house.person("ana"))
    await small_house.quiet()
    first = small_house.request("SOW-1")
    await asyncio.to_thread(small_house.frontdesk.worker.stop)
    with small_house.frontdesk.database.unit() as unit:
        for number in range(2, 404):
            unit.requests.add(replace(first, ref=f"SOW-{number}"), f"V{number}")
        unit.commit()

    await asyncio.to_thread(roles.look_after_waiting, small_house.frontdesk.desk)

    assert small_house.backlog.due == 402
