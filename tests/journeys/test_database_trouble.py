"""The database is locked, gone, full or restarted for a while: people hear of it in time.

Nothing is lost, nothing is half-written, and afterwards everything works.
"""

import asyncio
import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.deliveries import DELIVER
from bot.sending import keep
from sandbox import Card, Modal
from sandbox.log import Delivery
from tests.journeys.house import House, ask_for_sow, fill_sow, open_house, sow_form
from tests.journeys.processes import bot
from tests.journeys.reaching import at, heard, quiet_house, settings_of
from tests.proof import Proof
from tests.storage.proxy import proxied
from tests.storage.test_postgresql_outages import end_all, superuser

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


async def told_the_truth(house: House, modal: Modal, card: Card, listed: str = NOT_SAVED) -> None:
    """Make every kind of gesture; each is answered, in time and with what is the case.

    ``listed``: what the list of requests says.
    """
    ana = house.person("ana")
    command = await ana.command("/sow", "list", channel="sales")
    submitted = await modal.submit()
    click = await card.click("Accept")
    assert listed in (await command.replied()).text
    assert list(submitted.errors.values()) == [NOT_SAVED]
    assert (await click.replied()).text == NOT_SAVED
    await ana.dm("hello?")
    await house.workspace.until(lambda: greetings(house), timeout=10)
    assert not greetings(house)[0].acknowledged
    assert {each.failure for each in greetings(house)} <= {"http_error", "http_timeout"}


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
        await told_the_truth(house, modal, card)

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


@contextmanager
def keeping_due_times(file: Path) -> Iterator[None]:
    """The database refuses every change of when something is due."""
    refuse = "BEFORE UPDATE OF due_at ON outbox BEGIN SELECT RAISE(ABORT, 'no room'); END"
    with closing(sqlite3.connect(file)) as other:
        other.execute(f"CREATE TRIGGER no_room {refuse}")
        yield
        other.execute("DROP TRIGGER no_room")


async def test_quiet_hours_that_could_not_be_saved_whole_are_saved_when_pressed_again(
    tmp_path: Path,
) -> None:
    async with quiet_house(tmp_path) as house:
        await house.set_clock(at(23, 22))
        await ask_for_sow(house.person("ana"))
        assert await heard(house, "dian") == []
        form = await settings_of(house, "dian")
        await form.fill(quiet_from="23:30", quiet_until="06:30")

        with keeping_due_times(tmp_path / "frontdesk.db"):
            assert not (await form.submit()).closed
        assert (await settings_of(house, "dian")).fields["My quiet hours begin at"] == "20:00"
        assert (await form.submit()).closed

        assert len(await heard(house, "dian", "SOW-1: ")) == 1


async def test_what_the_database_kept_from_being_begun_is_not_in_doubt(
    small_house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house, file = small_house, Path(small_house.settings.database_url.removeprefix("sqlite:///"))
    office, desk = house.frontdesk.database.post_office, house.frontdesk.desk
    await asyncio.to_thread(house.frontdesk.worker.stop)
    await ask_for_sow(house.person("ana"))
    claimed = {each.parcel.address: each for each in office.claim(house.clock.now())}
    to_dian = claimed[f"user:{house.person('dian').id}"]

    with locked(file):
        keeping = asyncio.ensure_future(asyncio.to_thread(keep, desk, to_dian, DELIVER))
        await house.until(lambda: "a parcel is tried again" in caplog.text, "it was not begun")
    await keeping

    with closing(sqlite3.connect(file)) as database:
        query = "SELECT error, unsure_since FROM outbox WHERE id = ?"
        error, unsure_since = database.execute(query, (to_dian.id,)).fetchone()
    assert "busy" in error or "locked" in error
    assert unsure_since is None
    assert not house.workspace.calls.of("chat.postMessage")


async def test_a_full_disk(tmp_path: Path) -> None:
    async with open_house(tmp_path, "http") as house:
        await asyncio.to_thread(house.frontdesk.stop)
        async with bot(house, tmp_path) as process:
            ana, dian = house.person("ana"), house.person("dian")
            await ask_for_sow(ana)
            card = await dian.dm_with_bot().wait_for("SOW-1: ", timeout=15)
            modal = await sow_form(ana)
            await fill_sow(modal, "9,000")
            await house.quiet()

            soft, hard = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, hard))
            await told_the_truth(house, modal, card, listed="SOW-1")
            assert house.refs("ana") == ["SOW-1"]
            assert house.audited("SOW-1") == ["submit"]

            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (soft, hard))
            assert (await modal.submit()).closed
            await card.click("Accept")
            await ana.dm_with_bot().wait_for("accepted SOW-1", timeout=15)
        assert house.refs("ana") == ["SOW-2", "SOW-1"]
        assert house.frontdesk.database.verify_audit() == []
        house.frontdesk.database.close()


@pytest.mark.prove
async def test_a_silent_postgresql(tmp_path: Path, postgres_url: str) -> None:
    with proxied(postgres_url) as proxy:
        async with open_house(tmp_path, "http", proxy.url) as house:
            await ask_for_sow(house.person("ana"))
            card = await house.person("dian").dm_with_bot().wait_for("SOW-1: ")
            modal = await sow_form(house.person("ana"))
            await fill_sow(modal, "9,000")
            await house.quiet()

            proxy.freeze()
            await told_the_truth(house, modal, card)
            proxy.thaw()

            assert house.refs("ana") == ["SOW-1"]
            assert (await modal.submit()).closed
            await card.click("Accept")
            await house.quiet()
            assert house.audited("SOW-1") == ["submit", "accept"]


@pytest.mark.parametrize("asked", [16, pytest.param(200, marks=pytest.mark.prove)])
@pytest.mark.timeout(240)
async def test_postgresql_restarted_under_load(
    tmp_path: Path, postgres_url: str, asked: int, proof: Proof
) -> None:
    """Every connection ends, again and again, as in a restart or when another server takes over."""
    async with open_house(tmp_path, "http", postgres_url) as house:
        handles = ["ana", "ben", "mia", "sol", "priya", "leo", "greta", "hugo"]
        restarts = refused = 0
        for _ in range(asked // len(handles)):
            forms = [await filled(house, handle) for handle in handles]
            with superuser(postgres_url) as other:
                asking = asyncio.gather(*map(until_taken, forms))
                while not asking.done():
                    await asyncio.to_thread(end_all, other)
                    restarts += 1
                    await asyncio.wait([asking], timeout=0.1)
            refused += sum(await asking)

        let_leases_end(postgres_url)
        await house.until(lambda: house.backlog.due == 0, "everything is delivered")
        refs = [ref for handle in handles for ref in house.refs(handle)]
        assert sorted(refs, key=lambda ref: int(ref[4:])) == [f"SOW-{n + 1}" for n in range(asked)]
        cards = house.workspace.channel("sow-requests").messages
        assert len({each.text.partition(":")[0] for each in cards}) == len(cards) == asked
        assert house.backlog.dead == 0
        assert house.frontdesk.database.verify_audit() == []
        proof(
            "PostgreSQL restarted under load",
            tried=restarts,
            requests=asked,
            lost=0,
            duplicated=0,
            wrong=0,
            refused_truly=refused,
        )


def let_leases_end(url: str) -> None:
    """What two minutes do: what was in hand when nothing could be stored of it is free again."""
    with superuser(url) as other:
        other.execute("UPDATE gates SET leased_until = now() WHERE token IS NOT NULL")


async def until_taken(form: Modal) -> int:
    """Hand the form in until it is taken; return how often it was not."""
    refused = 0
    while not (submitted := await form.submit()).closed:
        assert list(submitted.errors.values()) == [NOT_SAVED]
        refused += 1
    return refused


async def filled(house: House, handle: str) -> Modal:
    form = await sow_form(house.person(handle))
    await fill_sow(form)
    return form
