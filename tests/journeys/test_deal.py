"""One record from the Slack ask to the money received ("Deals Requiring SOW", steps 1 to 8)."""

from datetime import UTC, date, datetime, timedelta

from sandbox import Card
from tests.journeys.deals import (
    Client,
    accepted,
    attached,
    content,
    drafted,
    fill_in,
    form,
    letters,
    offering,
    press,
    record,
    sent,
    shown,
    text_of,
)
from tests.journeys.house import House, decide
from workflows.invoice import Status

MONDAY = datetime(2026, 11, 23, 15, tzinfo=UTC)


async def test_a_deal_of_180_000_from_the_ask_to_the_money(house: House) -> None:
    await house.set_clock(MONDAY)
    await accepted(house)
    await _first_version_goes_out_and_comes_back(house)
    await _second_version_is_approved_by_the_executive_and_the_client(house)
    await _two_instalments_go_out(house)
    await _money_comes_late_and_in_parts(house)
    await _the_payment_is_confirmed(house)


async def _first_version_goes_out_and_comes_back(house: House) -> None:
    dian, ana = house.person("dian"), house.person("ana")
    await drafted(house)
    assert house.request("SOW-1").stage == "ready"  # nothing material differs from the request
    version = record(house).versions[0]
    assert version.pages >= 2
    assert any("SOW-1-v1-draft.pdf" in each.files for each in _thread(house))
    assert any("SOW-1-v1-draft.pdf" in each.files for each in dian.dm_with_bot().messages)
    await sent(house)

    invitation = letters(house)[0]
    assert "180,000.00 USD" in text_of(invitation)
    assert "A forecasting model" in text_of(invitation)
    assert invitation["reply-to"] == "Dian Porter <dian@harborlight.example>"
    client = Client.of(house, invitation)
    assert version.sha256 in shown(await client.look())
    assert (await client.look("/document.pdf")).content == content(house, version.sha256)
    assert house.request("SOW-1").stage == "with_client"  # looking changes nothing

    answer = await client.answer("changes", reason="A month more to pay, please.")
    assert answer.status_code == 303
    await house.quiet()
    assert house.request("SOW-1").stage == "client_changes"
    assert "A month more to pay" in offering(dian, "Draft").text
    assert any("A month more to pay" in each.text for each in ana.dm_with_bot().messages)


async def _second_version_is_approved_by_the_executive_and_the_client(house: House) -> None:
    ryan = house.person("ryan")
    old = Client.of(house, letters(house)[0])
    await drafted(house, payment_terms="60 days net")
    await ryan.dm_with_bot().wait_for(text="30 days net -> 60 days net")
    assert house.request("SOW-1").stage == "document_approval"
    void = shown(await old.look())
    assert "Dian Porter" in void
    assert record(house).versions[0].sha256 not in void
    await decide(offering(ryan, "Approve"), "Approve")
    await sent(house)

    client = Client.of(house, letters(house)[-1])
    answer = await client.answer("approve", name="Hank Scorpio", title="CEO", consent="yes")
    assert answer.status_code == 303
    await house.quiet()
    assert house.request("SOW-1").stage == "invoicing"
    signature = record(house).signature
    assert signature is not None
    assert (signature.version, signature.name, signature.title) == (2, "Hank Scorpio", "CEO")
    copies = attached(letters(house)[-1])
    assert set(copies) == {"SOW-1-v2.pdf", "SOW-1-certificate.pdf"}
    assert copies["SOW-1-v2.pdf"] == content(house, record(house).versions[1].sha256)


async def _two_instalments_go_out(house: House) -> None:
    bea = house.person("bea")
    for number, days in (("INV-1", "30"), ("INV-2", "60")):
        modal = await form(house, bea, "Record invoice")
        await fill_in(house, modal, number=number, amount="90,000", net_days=days)
    await press(house, bea, "Send SOW and invoice to the client")
    assert house.request("SOW-1").stage == "awaiting_payment"
    pdfs = {"SOW-1-v2.pdf", "invoice-INV-1.pdf", "invoice-INV-2.pdf"}
    assert set(attached(letters(house)[-1])) == pdfs


async def _money_comes_late_and_in_parts(house: House) -> None:
    dian = house.person("dian")
    await _paid(house, "INV-1", "40,000")
    assert [each.status for each in record(house).invoices] == [Status.PART_PAID, Status.UNPAID]

    due = record(house).invoices[0].due
    for days in (3, 0):
        await _go_to(house, due - timedelta(days=days))
    assert record(house).invoices[0].nudges == 2  # three business days before, and on the day
    assert "50,000.00 USD" in offering(dian, "Send a reminder to the client").text
    nudged = _thread(house)[-1].text
    assert "INV-1" in nudged
    assert "000" not in nudged  # the channel is told, without the amount

    before = len(letters(house))
    modal = await form(house, dian, "Send a reminder to the client")
    assert "INV-1" in str(modal.value("subject"))
    await fill_in(house, modal, body="Dear Hank, may we remind you?")
    assert len(letters(house)) == before + 1
    assert "may we remind you?" in text_of(letters(house)[-1])


async def _the_payment_is_confirmed(house: House) -> None:
    await _paid(house, "INV-1", "50,000")
    await _paid(house, "INV-2", "90,000")
    assert house.request("SOW-1").stage == "paid"
    before = len(letters(house))
    await press(house, house.person("bea"), "Confirm payment")
    assert house.request("SOW-1").stage == "closed"
    assert "thank" in text_of(letters(house)[-1]).lower()
    assert "SOW-1" in (await house.person("ana").dm_with_bot().wait_for(text="closed")).text

    await house.move_clock(timedelta(days=120))
    await house.quiet()
    assert len(letters(house)) == before + 1  # a paid invoice is never chased
    assert house.frontdesk.database.verify_audit() == []
    assert house.backlog.dead == 0


async def _paid(house: House, number: str, amount: str) -> None:
    modal = await form(house, house.person("bea"), "Record payment")
    await fill_in(house, modal, invoice=number, amount=amount, method="bank transfer")


async def _go_to(house: House, day: date) -> None:
    await house.set_clock(datetime(day.year, day.month, day.day, 20, tzinfo=UTC))
    await house.quiet()


def _thread(house: House) -> list[Card]:
    return list(house.workspace.channel("sow-requests").cards("SOW-1")[0].thread)
