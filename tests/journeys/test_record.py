"""The record of a deal in an auditor's hands, and the report of how deals went."""

import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from bot import evidence, housekeeping, report
from bot.desk import Gesture
from bot.parcels import word
from bot.ports import Claimed, StoredFile
from sandbox import Card, Person
from storage.chain import Anchor
from tests.journeys.deals import (
    Client,
    accepted,
    drafted,
    fill_in,
    form,
    letters,
    press,
    record,
    sent,
)
from tests.journeys.house import House, ask_for_sow, decide
from workflows.engine import Entry
from workflows.refusals import NotAllowed
from workflows.roles import Role

MONDAY = datetime(2026, 11, 23, 15, tzinfo=UTC)
BUNDLE = "SOW-1-evidence.zip"


async def invoiced_deal(house: House) -> None:
    """Bring SOW-1 to the first part payment."""
    await house.set_clock(MONDAY)
    await accepted(house)
    await drafted(house)
    await sent(house, note="See you on Friday.")
    client = Client.of(house, letters(house)[0])
    answer = await client.answer("approve", name="Hank Scorpio", title="CEO", consent="yes")
    assert answer.status_code == 303
    bea = house.person("bea")
    modal = await form(house, bea, "Record invoice")
    await fill_in(house, modal, number="INV-1", amount="180,000", net_days="30")
    await press(house, bea, "Send SOW and invoice to the client")
    modal = await form(house, bea, "Record payment")
    await fill_in(house, modal, invoice="INV-1", amount="40,000", method="bank transfer")


async def exported(house: House, handle: str = "audra", count: int = 1) -> None:
    """Press Export on the request's page, until the bundles are in the person's DM."""
    person = house.person(handle)
    result = await person.command("/sow", "status SOW-1", channel="general")
    page = await (await (await result.replied()).click("Details")).modal_opened()
    await page.click("Export")
    await house.until(lambda: len(bundles(house, handle)) == count, "the bundle is there")
    await house.quiet()


def bundles(house: House, handle: str) -> list[Card]:
    messages = house.person(handle).dm_with_bot().messages
    return [card for card in messages if BUNDLE in card.files]


def entries(house: House) -> list[Entry]:
    with house.frontdesk.database.unit() as unit:
        return list(unit.requests.timeline("SOW-1"))


def stored(house: House, sha256: str) -> StoredFile:
    with house.frontdesk.database.unit() as unit:
        file = unit.files.get(sha256)
    assert file is not None
    return file


async def test_an_auditor_gets_everything_and_it_proves_itself(small_house: House) -> None:
    house = small_house
    await invoiced_deal(house)

    await exported(house)

    last = entries(house)[-1]
    assert (last.action, last.actor) == ("exported", house.person("audra").id)
    content = stored(house, last.detail["sha256"]).content
    assert "everything that is kept of it" in bundles(house, "audra")[0].text
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        found = {name: file.read(name) for name in file.namelist()}
    version, signature = record(house).versions[0], record(house).signature
    assert signature is not None
    pdf = found["documents/SOW-1-v1.pdf"]
    assert hashlib.sha256(pdf).hexdigest() == version.sha256
    certificate = found["documents/SOW-1-certificate.pdf"]
    assert hashlib.sha256(certificate).hexdigest() == signature.certificate_sha256
    assert found["invoices/1-INV-1.pdf"].startswith(b"%PDF-")
    assert b"40000.00" in found["payments.csv"]
    manifest = json.loads(found["manifest.json"])
    seq, mac = manifest["audit_head"].split(":")
    assert house.frontdesk.database.verify_audit(Anchor(int(seq), mac)) == []
    assert house.backlog.dead == 0


@pytest.mark.prove
async def test_nothing_in_it_opens_the_clients_page(small_house: House) -> None:
    house = small_house
    await invoiced_deal(house)
    token = Client.of(house, letters(house)[0]).token

    content = evidence.bundle(house.frontdesk.desk, "SOW-1")

    with zipfile.ZipFile(io.BytesIO(content)) as file:
        found = {name: file.read(name) for name in file.namelist()}
    kinds = {each["kind"] for each in json.loads(found["messages.json"])}
    assert {"mail", "share", "notice", "log", "pass_on"} <= kinds
    assert not [name for name, each in found.items() if token.encode() in each]


async def test_what_was_said_is_still_known_after_months(small_house: House) -> None:
    house = small_house
    await ask_for_sow(house.person("ana"))
    await decide(await house.person("dian").dm_with_bot().wait_for(text="SOW-1"), "Accept")
    await house.quiet()
    office = house.frontdesk.database.post_office
    before = [each.parcel.kind for each in office.about("SOW-1")]

    housekeeping.forget(house.frontdesk.desk, datetime(2999, 1, 1, tzinfo=UTC))

    after = [each.parcel.kind for each in office.about("SOW-1") if each.state == "sent"]
    assert {"notice", "log"} & set(before) <= set(after)
    assert "card" in before
    assert "card" not in after
    assert set(after) <= housekeeping.SAID


async def test_the_button_is_for_auditors_and_admins_and_an_attempt_is_on_record(
    small_house: House,
) -> None:
    house = small_house
    ana = house.person("ana")
    await ask_for_sow(ana)
    await house.quiet()
    result = await ana.command("/sow", "status SOW-1", channel="general")
    page = await (await (await result.replied()).click("Details")).modal_opened()
    assert "Export" not in page.buttons

    desk = house.frontdesk.desk
    gesture = Gesture(user=ana.id, team=_team(house, ana), surface="modal")
    for _ in range(2):
        with pytest.raises(NotAllowed):
            evidence.export(desk, gesture, "SOW-1")

    await house.quiet()
    attempts = [each for each in entries(house) if each.action == "refused"]
    assert [each.detail["transition"] for each in attempts] == ["export"]
    assert bundles(house, "ana") == []


async def test_whoever_has_lost_the_role_meanwhile_gets_nothing(small_house: House) -> None:
    house = small_house
    await ask_for_sow(house.person("ana"))
    await house.quiet()
    desk, audra = house.frontdesk.desk, house.person("audra").id
    parcel = word("export", "SOW-1", "now", audra, {"surface": "modal"}, house.clock.now())
    with desk.store.unit() as unit:
        unit.people.hold(Role.AUDITOR, frozenset())
        unit.commit()

    evidence.deliver_export(desk, Claimed(id=1, token="", parcel=parcel, attempts=1))

    assert "exported" not in house.audited("SOW-1")


async def test_one_promise_makes_one_bundle_however_often_it_is_tried(small_house: House) -> None:
    house = small_house
    await ask_for_sow(house.person("ana"))
    await house.quiet()
    desk, audra = house.frontdesk.desk, house.person("audra").id
    parcel = word("export", "SOW-1", "now", audra, {"surface": "modal"}, house.clock.now())

    for attempts in (1, 2):
        evidence.deliver_export(desk, Claimed(id=1, token="", parcel=parcel, attempts=attempts))
        await house.quiet()

    assert house.audited("SOW-1").count("exported") == 1
    assert len(bundles(house, "audra")) == 1


async def test_the_head_of_sales_asks_how_it_went(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    ana, ryan, hugo = house.person("ana"), house.person("ryan"), house.person("hugo")
    await ask_for_sow(ana, "250,000")
    card = await ryan.dm_with_bot().wait_for(text="SOW-1")
    await house.move_clock(timedelta(hours=6))
    await decide(card, "Reject", "Not a fit.")
    await house.quiet()

    said = (await (await hugo.command("/sow", "report", channel="general")).replied()).text

    assert "How Statements of Work went" in said
    assert "Rejected: Not a fit" in said
    await house.until(lambda: charts(hugo.dm_with_bot().messages), "the chart is in the DM")
    refused = await ana.command("/sow", "report", channel="general")
    assert "You do not hold a role" in (await refused.replied()).text


async def test_a_month_is_posted_once_with_its_chart_in_the_thread(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    await ask_for_sow(house.person("ana"))
    await house.set_clock(datetime(2026, 12, 1, 15, tzinfo=UTC))
    desk = house.frontdesk.desk

    for _ in range(2):
        report.post_monthly(desk, house.clock.now())

    sales = house.workspace.channel("sales")
    posted = await sales.wait_for(text="How Statements of Work went")
    assert "November 2026" in posted.text
    await house.until(lambda: charts(posted.thread), "the chart is in the thread")
    await house.quiet()
    assert len([each for each in sales.messages if "How Statements" in each.text]) == 1
    assert charts(posted.thread) == ["sow-report-2026-11-01.png"]


async def test_an_empty_month_is_not_posted(small_house: House) -> None:
    house = small_house
    await house.set_clock(datetime(2026, 12, 1, 15, tzinfo=UTC))

    report.post_monthly(house.frontdesk.desk, house.clock.now())

    await house.quiet()
    assert house.workspace.channel("sales").cards("How Statements of Work went") == []


def charts(cards: list[Card]) -> list[str]:
    return [name for card in cards for name in card.files if name.endswith(".png")]


def _team(house: House, person: Person) -> str:
    with house.frontdesk.database.unit() as unit:
        found = unit.people.get(person.id)
    assert found is not None
    return found.team
