"""What the client says at DocuSign after the document was taken back: nothing of it is lost."""

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import evidence
from bot.ports import Passing
from sandbox import Person
from storage.database import Database
from tests.integrations.signatures.double import Double
from tests.journeys.deals import (
    content,
    entries,
    fill_in,
    form,
    go_to,
    is_sound,
    letters,
    page_form,
    press,
    ready,
    record,
    sent,
    told,
)
from tests.journeys.house import House, open_house
from tests.journeys.signing import deliver, docusign, signing_house
from workflows.engine import Entry

pytestmark = pytest.mark.prove

Both = tuple[House, Double]
FUTURE = datetime(2999, 1, 1, tzinfo=UTC)


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[Both]:
    async with signing_house(tmp_path) as opened:
        yield opened


async def at_the_client(both: Both) -> None:
    house, _double = both
    await ready(house)
    await sent(house)
    await house.quiet()


async def another_version(house: House) -> None:
    modal = await page_form(house, house.person("dian"), "SOW-1", "Draft")
    await fill_in(house, modal, payment_terms="60 days net")


async def put_on_hold(house: House) -> None:
    modal = await page_form(house, house.person("dian"), "SOW-1", "Put on hold")
    await fill_in(house, modal, reason="Their year-end freeze.")


def only(house: House, action: str) -> Entry:
    [entry] = [each for each in entries(house) if each.action == action]
    return entry


def files_of(person: Person) -> list[str]:
    return [name for each in person.dm_with_bot().messages for name in each.files]


async def test_what_was_signed_late_is_given_to_the_owner_and_goes_with_the_request(
    both: Both,
) -> None:
    house, double = both
    await at_the_client(both)
    double.sign(double.only)  # and no call has come yet
    await another_version(house)
    await deliver(house, double)

    late = only(house, "signed_late").detail
    kept = [late["signed_sha256"], late["certificate_sha256"]]
    papers = [content(house, each) for each in kept]
    assert "it counts as signed" not in told(house, "dian")
    assert {"SOW-1-v1-signed.pdf", "SOW-1-v1-certificate.pdf"} <= {*files_of(house.person("dian"))}
    bundle = await asyncio.to_thread(evidence.bundle, house.frontdesk.desk, "SOW-1")
    with zipfile.ZipFile(io.BytesIO(bundle)) as file:
        there = {file.read(n) for n in file.namelist() if n.startswith("documents/late/")}
    assert there == {*papers}
    is_sound(house)
    assert without_messages(house.frontdesk.database, kept) == {*kept}


def without_messages(database: Database, kept: list[str]) -> set[str]:
    """Forget the request, its messages first, and return which of the files go with it."""
    with database.unit() as unit:
        assert unit.retention.pass_by(Passing.PROMISES, FUTURE, 1000, ()) > 0
        gone = unit.retention.forget(["SOW-1"])
        return {each for each in kept if each in gone and unit.files.get(each) is None}


@pytest.mark.parametrize("reason", ["Too expensive.", "Changes: net 60, please."])
async def test_a_refusal_that_comes_too_late_is_noted_and_told(both: Both, reason: str) -> None:
    house, double = both
    await at_the_client(both)
    double.decline(double.only, reason)  # and no call has come yet
    await another_version(house)
    await deliver(house, double)
    await deliver(house, double)

    assert house.request("SOW-1").stage == "ready"
    late = only(house, "declined_late").detail
    assert (late["reason"], late["document version"]) == (reason, "1")
    assert reason in told(house, "dian")
    is_sound(house)


async def test_who_signed_during_a_hold_is_not_asked_again(both: Both) -> None:
    house, double = both
    await at_the_client(both)
    double.sign(double.only)  # and no call has come yet
    await put_on_hold(house)
    await deliver(house, double)
    assert house.request("SOW-1").stage == "on_hold"
    assert "If this version goes to them again, it counts as signed." in told(house, "dian")

    await press(house, house.person("dian"), "Go on")

    assert house.request("SOW-1").stage == "invoicing"
    assert [why for _, why in double.mails] == ["invitation"]
    assert len(double.envelopes) == 1
    signature = record(house).signature
    assert signature is not None
    assert (signature.name, signature.version) == ("Hank Scorpio", 1)
    assert signature.signed_sha256 == only(house, "signed_late").detail["signed_sha256"]
    is_sound(house)


async def test_who_signed_an_older_version_is_asked_for_the_new_one(both: Both) -> None:
    house, double = both
    await at_the_client(both)
    double.sign(double.only)
    await another_version(house)
    await deliver(house, double)

    await fill_in(house, await form(house, house.person("dian"), "Send to client"))

    assert house.request("SOW-1").stage == "with_client"
    assert [why for _, why in double.mails] == ["invitation", "invitation"]


async def test_who_got_a_link_before_is_reminded_by_mail(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        with docusign(tmp_path) as (double, environ):
            double.now = house.workspace.clock.now
            await ready(house)
            await sent(house)
            await house.quiet()
            [_] = letters(house)
            await house.restart(**environ)

            await go_to(house, (house.clock.now() + timedelta(days=4)).date())

            assert len(letters(house)) == 2
            assert double.mails == []
            is_sound(house)
