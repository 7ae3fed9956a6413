"""The database is locked or gone for a while: people hear of it, and nothing is lost."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from sandbox.log import Delivery
from tests.journeys.house import House, ask_for_sow, fill_sow, sow_form

NOT_SAVED = "Frontdesk could not save this just now. Nothing is lost: please try again in a moment."


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Somebody else writes and does not stop."""
    writer = sqlite3.connect(file, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        writer.execute("ROLLBACK")
        writer.close()


@contextmanager
def gone(file: Path) -> Iterator[None]:
    """The file is moved away and comes back."""
    away = file.with_suffix(".away")
    file.rename(away)
    try:
        yield
    finally:
        away.rename(file)


def greetings(house: House) -> list[Delivery]:
    """Every attempt to deliver what Ana wrote to the bot."""
    sent = house.workspace.deliveries.of("message")
    return [each for each in sent if each.payload["event"].get("text") == "hello?"]


@pytest.mark.parametrize("trouble", [locked, gone])
async def test_every_gesture_is_answered_and_works_afterwards(
    house: House, tmp_path: Path, trouble: Callable[[Path], AbstractContextManager[None]]
) -> None:
    ana, dian = house.person("ana"), house.person("dian")
    await ask_for_sow(ana)
    await house.quiet()
    card = dian.dm_with_bot().cards("SOW-1: ")[-1]
    modal = await sow_form(ana)
    await fill_sow(modal, "9,000")

    with trouble(tmp_path / "frontdesk.db"):
        command = await ana.command("/sow", "list", channel="sales")
        submitted = await modal.submit()
        click = await card.click("Accept")
        assert (await command.replied()).text == NOT_SAVED
        assert list(submitted.errors.values()) == [NOT_SAVED]
        assert (await click.replied()).text == NOT_SAVED
        await ana.dm("hello?")
        await house.workspace.until(lambda: greetings(house), timeout=10)
        assert not greetings(house)[0].acknowledged

    assert house.refs("ana") == ["SOW-1"]
    assert (await modal.submit()).closed
    await card.click("Accept")
    assert house.refs("ana") == ["SOW-2", "SOW-1"]
    assert house.audited("SOW-1") == ["submit", "accept"]
    await house.move_clock(timedelta(minutes=7))
    await ana.dm_with_bot().wait_for("I keep requests on their way", timeout=15)
    await house.quiet()
    assert len(ana.dm_with_bot().cards("I keep requests on their way")) == 1
    assert house.backlog.dead == 0
