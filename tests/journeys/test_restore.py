"""The disk is gone: a backup is put back, and the story goes on where it was taken."""

import asyncio
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.commandline.test_app import app
from tests.journeys.house import House, ask_for_sow, decide, open_house, started
from tests.postgres import programs

MONDAY = datetime(2026, 11, 23, 15, tzinfo=UTC)


@dataclass
class Installation:
    """A house whose bot can be backed up and restored from its command line."""

    house: House
    folder: Path

    async def command(self, *arguments: str, **environ: str) -> CompletedProcess[str]:
        path = f"{programs()}{os.pathsep}{os.environ['PATH']}"
        env = self.house.environ | {"PATH": path} | environ
        return await asyncio.to_thread(lambda: app(self.folder, *arguments, **env))

    async def backup(self) -> Path:
        archive = self.folder / "backup.zip"
        done = await self.command("backup", str(archive))
        assert (done.returncode, done.stderr) == (0, "")
        return archive

    async def sleep(self) -> None:
        """Let the bot take gestures and say nothing."""
        await self.house.quiet()
        await asyncio.to_thread(self.house.frontdesk.worker.stop)

    async def restore(self, archive: Path) -> None:
        """Stop the bot, put the archive in the place of what is there, and start it again."""
        await asyncio.to_thread(self.house.frontdesk.stop)
        refused = await self.command("restore", str(archive))
        assert refused.returncode == 2
        assert "Add --replace to move that aside first" in refused.stderr
        done = await self.command("restore", str(archive), "--replace")
        assert (done.returncode, done.stderr) == (0, "")
        assert "every hash fits" in done.stdout
        self.house.frontdesk = await asyncio.to_thread(started, self.house.settings)
        await self.house.quiet()


pytestmark = pytest.mark.prove


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    return "" if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))


async def lose_nine_days(house: House) -> tuple[int, int]:
    """Let everything happen that a restore loses; return how often two people were told."""
    ana, dian = house.person("ana"), house.person("dian")
    await house.restart()
    await house.quiet()
    await decide(dian.dm_with_bot().cards("SOW-1: ")[0], "Accept")
    await ask_for_sow(ana, "10,000")
    await house.set_clock(MONDAY + timedelta(days=9))
    await house.quiet()
    return told(house)


def told(house: House) -> tuple[int, int]:
    """How often Hugo was told, and Dian reminded, of what waits."""

    def often(handle: str, phrase: str) -> int:
        found = house.person(handle).dm_with_bot().cards(phrase)
        return sum("SOW-2" in each.text for each in found)

    return often("hugo", "has been waiting too long"), often("dian", "is still waiting")


async def test_a_story_goes_on_where_the_backup_was_taken_and_nothing_is_said_twice(
    tmp_path: Path, database_url: str
) -> None:
    async with open_house(tmp_path, "http", database_url) as house:
        installed = Installation(house, tmp_path)
        ana, dian = house.person("ana"), house.person("dian").dm_with_bot()
        await house.set_clock(MONDAY)
        await ask_for_sow(ana)
        await installed.sleep()
        await ask_for_sow(ana, "9,000")  # promised, and not yet said, when the backup is taken
        archive = await installed.backup()
        before = await lose_nine_days(house)
        assert all(before)

        await installed.restore(archive)

        assert house.refs("ana") == ["SOW-2", "SOW-1"]
        assert [house.request(each).stage for each in ("SOW-1", "SOW-2")] == ["acceptance"] * 2
        assert [len(each.cards("SOW-2: ")) for each in (dian, ana.dm_with_bot())] == [1, 1]
        channel = house.workspace.channel("sow-requests").messages
        assert [each.text[:6] for each in channel] == ["SOW-1:", "SOW-2:", "SOW-3:"]
        assert [len(each.thread) for each in channel] == [2, 1, 1]  # SOW-1 with the lost "accept"
        assert told(house) == before
        assert house.backlog.dead == 0
        assert house.frontdesk.database.verify_audit() == []
        await goes_on(house)


async def goes_on(house: House) -> None:
    ana, dian = house.person("ana"), house.person("dian").dm_with_bot()
    await dian.cards("SOW-3: ")[0].click("Details")
    await house.until(lambda: dian.ephemerals, "Dian is told")
    assert "no request with this number" in dian.ephemerals[-1].text

    await decide(dian.cards("SOW-1: ")[0], "Accept")
    await house.quiet()
    assert house.request("SOW-1").stage == "drafting"
    await ask_for_sow(ana, "11,000")
    assert re.fullmatch(r"SOW-\d{3}", house.refs("ana")[0])  # no number that was lost is reused
