"""The log of a running bot: every line says what it is about, and what people were told."""

import io
import json
import logging
import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from integrations.logs import JsonLines
from tests.journeys.house import House, ask_for_sow, decide

PACKAGES = ("bot", "handlers", "scheduler", "storage", "integrations", "web")


class Log:
    """What is logged as JSON."""

    def __init__(self) -> None:
        self.lines = io.StringIO()

    def about(self, **said: str) -> list[dict[str, Any]]:
        found = [json.loads(line) for line in self.lines.getvalue().splitlines()]
        return [each for each in found if said.items() <= each.items()]


@pytest.fixture
def log() -> Iterator[Log]:
    kept = Log()
    handler = logging.StreamHandler(kept.lines)
    handler.setFormatter(JsonLines())
    levels = {each: logging.getLogger(each).level for each in PACKAGES}
    for each in PACKAGES:
        logging.getLogger(each).setLevel(logging.DEBUG)
        logging.getLogger(each).addHandler(handler)
    yield kept
    for each, level in levels.items():
        logging.getLogger(each).setLevel(level)
        logging.getLogger(each).removeHandler(handler)


async def test_every_line_says_what_it_is_about(small_house: House, log: Log) -> None:
    house = small_house
    house.workspace.faults.fail("chat.postMessage", "channel_not_found", channel="ana")
    await ask_for_sow(house.person("ana"))
    await house.quiet()
    card = house.person("dian").dm_with_bot().cards("SOW-1: ")[0]
    await decide(card, "Accept")
    await house.quiet()

    [gave_up] = log.about(level="error", logger="bot.sending", ref="SOW-1")
    assert gave_up["kind"] == "card"
    assert gave_up["parcel"].isdigit()
    [clicked] = log.about(gesture="click", ref="SOW-1", logger="handlers.entrance")
    assert clicked["seconds"] >= 0
    assert clicked["key"]
    [submitted] = log.about(gesture="submission", logger="handlers.entrance")
    assert submitted["key"].startswith("V")
    for personal in ("Ana", "Dian", "@harborlight", "Globex"):
        assert personal not in log.lines.getvalue()


async def test_no_line_holds_what_opens_a_form(small_house: House, log: Log) -> None:
    house = small_house
    ana, dian = house.person("ana"), house.person("dian").dm_with_bot()
    await ask_for_sow(ana)
    await house.quiet()
    await decide(dian.cards("SOW-1: ")[0], "Reject", reason="too early")
    house.workspace.faults.expire_triggers()
    await ana.command("/sow", channel="sales")
    await house.quiet()

    told = [each.payload for each in house.workspace.deliveries]
    triggers = {str(each["trigger_id"]) for each in told if each.get("trigger_id")}
    assert len(triggers) >= 4
    assert [each for each in triggers if each in log.lines.getvalue()] == []
    names = {sha256(each.encode()).hexdigest()[:16] for each in triggers}
    commands = {each["key"] for each in log.about(gesture="command", logger="handlers.entrance")}
    clicks = {each["key"] for each in log.about(gesture="click", logger="handlers.entrance")}
    assert len(commands) == 2  # each is told from the other
    assert commands <= names
    assert clicks & names


async def test_the_reference_that_a_person_is_shown_stands_in_the_log(
    small_house: House, log: Log, tmp_path: Path
) -> None:
    house = small_house
    await ask_for_sow(house.person("ana"))
    await house.quiet()
    dian = house.person("dian").dm_with_bot()
    with sqlite3.connect(tmp_path / "frontdesk.db") as connection:
        connection.execute("UPDATE requests SET details = '{'")
    connection.close()

    await dian.cards("SOW-1: ")[0].click("Accept")
    await house.until(lambda: dian.ephemerals, "Dian is told")

    told = dian.ephemerals[-1].text
    [line] = log.about(level="error", logger="handlers.funnel")
    assert line["error"] in told
    assert (line["gesture"], line["ref"], line["outcome"]) == ("click", "SOW-1", "error")
    assert "Traceback" in line["traceback"]
