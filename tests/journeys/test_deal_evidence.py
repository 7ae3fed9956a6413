"""A client who approves outside of our page: marked as such, and shown by stored evidence."""

import asyncio

import pytest

from bot import decisions
from bot.desk import Gesture
from sandbox.errors import FieldRequired
from tests.integrations.documents.reading_pdf import words
from tests.journeys.deals import (
    MONDAY,
    Client,
    attached,
    content,
    entries,
    is_sound,
    letters,
    offering,
    page_form,
    pay,
    press,
    record,
    record_invoice,
    shown,
    with_client,
)
from tests.journeys.house import House
from workflows.definition import Given
from workflows.money import Money
from workflows.refusals import Refusal

SCAN = b"%PDF-1.7 what they signed, as a scan"


async def approved_by_post(house: House) -> Client:
    """Record that Hank has signed on paper."""
    client, dian = await with_client(house), house.person("dian")
    modal = await page_form(house, dian, "SOW-1", "Approved by other means")
    await modal.fill(name="Hank Scorpio", title="CEO", reason="Signed on paper, sent by post.")
    await modal.attach("Evidence", await dian.upload("signed.pdf", SCAN))
    result = await modal.submit()
    assert result.closed, (result.errors, modal.text)
    await house.quiet()
    return client


async def test_an_approval_by_other_means_is_marked_as_such_for_ever(house: House) -> None:
    client = await approved_by_post(house)

    assert house.request("SOW-1").stage == "invoicing"
    signature = record(house).signature
    assert signature is not None
    assert signature.other_means
    assert signature.recorded_by == house.person("dian").id
    [evidence] = signature.evidence_sha256
    assert content(house, evidence) == SCAN
    assert any(evidence in "".join(each.detail.values()) for each in entries(house))
    assert "by other means" in offering(house.person("bea"), "Record invoice").text
    assert "with 1 file as evidence" in offering(house.person("bea"), "Record invoice").text
    assert "evidence that you gave in another way" in shown(await client.look())
    copies = attached(letters(house)[-1])
    certificate = words(copies["SOW-1-certificate.pdf"])
    assert "approvedbyothermeans:Signedonpaper,sentbypost." in certificate

    await closed(house)
    ana = house.person("ana")
    status = await (await ana.command("/sow", "status SOW-1", channel="sales")).replied()
    assert "by other means" in status.text
    is_sound(house)


async def closed(house: House) -> None:
    """Bring an approved request to its close."""
    await record_invoice(house, number="INV-1")
    await press(house, house.person("bea"), "Send SOW and invoice to the client")
    await pay(house, "8,000")
    await press(house, house.person("bea"), "Confirm payment")
    assert house.request("SOW-1").stage == "closed"


async def test_the_clients_page_still_says_so_after_the_close(small_house: House) -> None:
    client = await approved_by_post(small_house)
    await closed(small_house)

    page = shown(await client.look())

    assert "It is paid and complete." in page
    assert "in another way" in page


@pytest.mark.prove
async def test_no_invoice_goes_out_before_the_evidence_is_on_file(small_house: House) -> None:
    house = small_house
    await with_client(house)
    dian, bea = house.person("dian"), house.person("bea")
    modal = await page_form(house, dian, "SOW-1", "Approved by other means")
    await modal.fill(name="Hank Scorpio", title="CEO", reason="Signed on paper, sent by post.")
    await modal.attach("Evidence", await dian.upload("signed.pdf", SCAN))
    await asyncio.to_thread(house.frontdesk.worker.stop)
    assert (await modal.submit()).closed
    desk, team = house.frontdesk.desk, house.workspace.team_id
    who = Gesture(user=bea.id, team=team, surface="button")
    invoice = {"number": "INV-1", "amount": Money(800_000, "USD"), "issued": MONDAY.date()}
    step = house.request("SOW-1").step
    decisions.decide(desk, who, "SOW-1", step, "record_invoice", Given(values=invoice))
    signature = record(house).signature
    assert signature is not None
    assert (len(signature.files), signature.evidence_sha256) == (1, ())

    step = house.request("SOW-1").step
    with pytest.raises(Refusal, match="approval is not on file yet"):
        decisions.decide(desk, who, "SOW-1", step, "send_invoices", Given())

    assert record(house).invoices[0].sent_at is None
    await house.restart()
    await press(house, bea, "Send SOW and invoice to the client")
    assert record(house).invoices[0].sent_at is not None
    is_sound(house)


async def test_without_evidence_nothing_is_recorded(small_house: House) -> None:
    house = small_house
    await with_client(house)
    dian = house.person("dian")
    modal = await page_form(house, dian, "SOW-1", "Approved by other means")
    await modal.fill(name="Hank Scorpio", title="CEO", reason="He said so on the phone.")

    with pytest.raises(FieldRequired):
        await modal.submit()

    assert house.request("SOW-1").stage == "with_client"
    assert record(house).signature is None
