"""Four eyes in Slack: two different people approve, over one bot or over two at once."""

import asyncio
from contextlib import suppress
from pathlib import Path

from bot import decisions, roles
from bot.desk import Desk, Gesture
from bot.doctor import examine
from bot.errors import TooLate, Unavailable
from frontdesk import Frontdesk
from handlers.manifest import SCOPES
from tests.journeys.company import company
from tests.journeys.house import House, ask_for_sow, open_house
from tests.storage.examples import at_once
from workflows.definition import Given
from workflows.request import Request


def four_eyes(folder: Path, *executives: str) -> str:
    """Write the settings of a company in which two executives approve."""
    file = Path(company(folder, executive=list(executives)))
    text = file.read_text(encoding="utf-8")
    assert "\nlink_days = 30" in text
    file.write_text(
        text.replace("\nlink_days = 30", "\napprovals = { executive = 2 }\nlink_days = 30")
    )
    return str(file)


def approve(desk: Desk, user: str, team: str, step: int) -> Request | TooLate:
    """Press Approve, again where the database was busy."""
    for _ in range(2):
        with suppress(Unavailable):
            return press_approve(desk, user, team, step)
    return press_approve(desk, user, team, step)


def press_approve(desk: Desk, user: str, team: str, step: int) -> Request | TooLate:
    who = Gesture(user=user, team=team, surface="button")
    try:
        return decisions.decide(desk, who, "SOW-1", step, "approve", Given())
    except TooLate as late:
        return late


async def test_the_second_pair_of_eyes_is_another_person(tmp_path: Path) -> None:
    config = four_eyes(tmp_path, "ryan", "hugo")
    async with open_house(tmp_path, "http", FRONTDESK_CONFIG=config) as house:
        await ask_for_sow(house.person("ana"), "250,000")
        await house.quiet()
        ryan, hugo = (house.person(each).dm_with_bot() for each in ("ryan", "hugo"))
        seen = ryan.cards("SOW-1: ")[-1].as_seen_now()

        await seen.click("Approve")
        await house.quiet()
        again = await seen.click("Approve")

        assert "Waiting for @Hugo Brandt (executive)" in (await again.replied()).text
        assert house.request("SOW-1").stage == "executive_approval"
        assert [vote.user for vote in house.request("SOW-1").votes] == [house.person("ryan").id]
        card = hugo.cards("SOW-1: ")[-1]
        assert "Approved so far by" in card.text
        assert "Approve" not in ryan.cards("SOW-1: ")[-1].buttons
        await card.click("Approve")
        await house.quiet()
        assert house.request("SOW-1").stage == "acceptance"
        assert house.audited("SOW-1") == ["submit", "approve", "approve"]
        assert house.frontdesk.database.verify_audit() == []


async def test_two_replicas_at_once_count_two_people_once_each(
    tmp_path: Path, postgres_url: str
) -> None:
    config = four_eyes(tmp_path, "ryan", "hugo")
    async with open_house(tmp_path, "http", postgres_url, FRONTDESK_CONFIG=config) as house:
        await ask_for_sow(house.person("ana"), "250,000")
        await house.quiet()
        step, other = house.request("SOW-1").step, Frontdesk(house.settings)
        desks = (house.frontdesk.desk, other.desk)
        users = [house.person(each).id for each in ("ryan", "hugo")]
        team = house.workspace.team_id

        try:
            await asyncio.to_thread(
                at_once, 8, lambda n: approve(desks[n % 2], users[n // 2 % 2], team, step)
            )
        finally:
            await asyncio.to_thread(other.stop)
        request = house.request("SOW-1")
        assert request.stage == "acceptance"
        assert sorted(vote.user for vote in request.votes) == sorted(users)
        assert house.audited("SOW-1").count("approve") == 2
        assert house.frontdesk.database.verify_audit() == []


async def test_one_holder_alone_is_told_to_the_admins_at_once(tmp_path: Path) -> None:
    config = four_eyes(tmp_path, "ryan")
    async with open_house(tmp_path, "http", FRONTDESK_CONFIG=config) as house:
        desk = house.frontdesk.desk
        [(title, role, wanted, found)] = roles.short_handed(desk)
        assert (title, role.value, wanted, found) == ("Statement of Work", "executive", 2, 1)
        said = await asyncio.to_thread(lambda: list(examine(desk, SCOPES, is_current=True)))
        [finding] = [each for each in said if each.subject.startswith("Approvals of")]
        assert finding.seen == "2 different people have to approve, and 1 of them can"
        assert "roles.executive" in finding.fix

        await ask_for_sow(house.person("ana"), "250,000")
        await house.quiet()

        told = await house.person("adam").dm_with_bot().wait_for(text="SOW-1")
        assert "too few people hold the role executive" in told.text
        await waits_for_more(house)


async def waits_for_more(house: House) -> None:
    """One approval changes nothing of that."""
    await house.person("ryan").dm_with_bot().cards("SOW-1: ")[-1].click("Approve")
    await house.quiet()
    assert house.request("SOW-1").stage == "executive_approval"
