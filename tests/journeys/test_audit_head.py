"""The head of the audit stands in Slack every day, where whoever has the database cannot reach."""

import asyncio
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import audit_head
from bot.rulebook import Rulebook
from sandbox import Card
from storage.chain import Anchor
from tests.commandline.test_app import app
from tests.journeys.house import House, ask_for_sow
from tests.journeys.test_asset_record import admin
from tests.storage.examples import at_once
from tests.storage.test_audit import tamper

HEAD = re.compile(r"--anchor (\d+):([0-9a-f]{64})")
EARLY = datetime(2026, 11, 23, 13, 59, tzinfo=UTC)
"""A minute before the company opens: 09:00 in New York."""


async def test_the_head_is_posted_once_a_day_however_many_replicas(small_house: House) -> None:
    house = small_house
    audra, desk = house.person("audra"), house.frontdesk.desk
    await house.set_clock(EARLY)
    await ask_for_sow(house.person("ana"))
    await house.quiet()
    audit_head.post_daily(desk, house.clock.now())
    await house.quiet()
    assert heads(audra.dm_with_bot().messages) == []

    await house.move_clock(timedelta(minutes=1))
    await asyncio.to_thread(at_once, 4, lambda _: audit_head.post_daily(desk, house.clock.now()))
    await house.quiet()
    [first] = heads(audra.dm_with_bot().messages)
    assert first == house.frontdesk.database.head()
    assert house.person("adam").dm_with_bot().cards("The audit has") == []

    await house.move_clock(timedelta(days=1))
    await post(house)
    assert len(audra.dm_with_bot().cards("The audit has")) == 2


@pytest.mark.prove
async def test_the_posted_heads_show_a_tail_that_was_cut(
    small_house: House, tmp_path: Path
) -> None:
    house = small_house
    await house.set_clock(EARLY + timedelta(hours=1))
    for day in (1, 2):
        await ask_for_sow(house.person("ana"), f"{day},000")
        await house.move_clock(timedelta(days=1))
        await post(house)
    messages = house.person("audra").dm_with_bot().messages
    first, last = heads(messages)
    posts = tmp_path / "posts.txt"
    posts.write_text("\n".join(card.text for card in messages))

    whole = await admin(house, tmp_path, "verify-audit", "--anchors", str(posts))
    assert whole.returncode == 0, whole.stdout
    assert f"heads up to row {last.seq} are what was there before" in whole.stdout
    gone = "DELETE FROM requests WHERE ref = 'SOW-2'"
    tamper(house.settings.database_url, f"DELETE FROM audit WHERE seq > {first.seq}", gone)  # noqa: S608
    assert house.frontdesk.database.verify_audit() == []
    anchored = [f"--anchor={each.seq}:{each.mac}" for each in (first, last)]
    cut = await admin(house, tmp_path, "verify-audit", *anchored)

    assert cut.returncode == 1
    assert f"The audit ends at row {first.seq}; rows up to {last.seq} were" in cut.stdout


async def test_the_head_goes_to_the_channel_that_is_named(small_house: House) -> None:
    house = small_house
    channels = {**house.frontdesk.desk.company.channels, "audit": "general"}
    company = replace(house.frontdesk.desk.company, channels=channels)
    await house.set_clock(EARLY + timedelta(hours=1))

    desk = replace(house.frontdesk.desk, rulebook=Rulebook(company))
    audit_head.post_daily(desk, house.clock.now())
    await house.quiet()

    [posted] = heads(house.workspace.channel("general").messages)
    assert house.frontdesk.database.verify_audit(posted) == []
    assert house.person("audra").dm_with_bot().cards("The audit has") == []


@pytest.mark.parametrize("text", ["", "no head here: 7:abc"])
def test_a_file_without_a_head_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "posts.txt"
    if text:
        file.write_text(text)

    ended = app(tmp_path, "verify-audit", "--anchors", str(file))

    assert ended.returncode == 2
    assert ("there is no SEQ:MAC in" if text else "cannot be read") in ended.stderr


async def post(house: House) -> None:
    """Do what a tick of the job does."""
    await house.quiet()
    audit_head.post_daily(house.frontdesk.desk, house.clock.now())
    await house.quiet()


def heads(messages: list[Card]) -> list[Anchor]:
    found = [HEAD.search(each.text) for each in messages]
    return list(dict.fromkeys(Anchor(int(each[1]), each[2]) for each in found if each))
