"""A deal from the ask to the money with everybody at a browser, the client without scripts."""

import hashlib
import json
import zipfile
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from sandbox.page import routes
from storage.chain import Anchor
from tests.journeys.deals import letters, record
from tests.journeys.house import House, open_house
from tests.page.people import Client, Colleagues, client_at_a_browser
from workflows.invoice import Status

MONDAY = datetime(2026, 11, 23, 15, tzinfo=UTC)
REQUEST = {
    "Client": "Globex",
    "Client type": "10x",
    "What is needed, and why now?": "A pilot of the forecasting service.",
    "Amount": "180,000",
    "Client contact": "Hank Scorpio",
    "Their e-mail address": "hank@globex.example",
    "Needed by": "2027-03-01",
    "Scope": "Two phases of six weeks each.\n\nThe first ends with a review.",
    "Deliverables": "A forecasting model\nA report for the board",
    "Start": "2027-02-01",
    "End": "2027-05-01",
    "Payment terms": "30 days net",
}


@pytest_asyncio.fixture(loop_scope="session")
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """The bot, whose links lead to itself, and its workspace with the page and the mail."""
    async with open_house(
        tmp_path,
        pages=lambda workspace: routes(workspace.slack, {}, tmp_path / "mail"),
        FRONTDESK_PUBLIC_URL="",
    ) as opened:
        await opened.set_clock(MONDAY)
        yield opened


@pytest.mark.prove
@pytest.mark.timeout(120)  # a deal is long, and the browser shares the machine with other tests
async def test_a_deal_of_180_000_from_the_ask_to_the_money(
    house: House, page: Page, browser: Browser
) -> None:
    us = Colleagues(house, page)
    async with client_at_a_browser(house, browser) as hank:
        await _asked_for_and_accepted(us)
        await _first_version_goes_out_and_comes_back(us, hank)
        await _second_version_is_approved_by_the_executive_and_the_client(us, hank)
        await _two_instalments_go_out(us, hank)
        await _money_comes_late_and_in_parts(us, hank)
        await _the_payment_is_confirmed(us, hank)
    await _everything_is_handed_to_the_auditor(us)


async def _asked_for_and_accepted(us: Colleagues) -> None:
    await us.say("ana", "sales", "/sow")
    await us.hand_in("Statement of Work", "Send request", REQUEST)
    await us.press("ryan", "Approve")
    await us.press("dian", "Accept")


async def _first_version_goes_out_and_comes_back(us: Colleagues, hank: Client) -> None:
    await us.press("dian", "Draft")
    await us.hand_in("Draft", "Make this version")
    assert us.house.request("SOW-1").stage == "ready"
    await us.press("dian", "Send to client")
    await us.hand_in("Send to client", "Send", {"A few words in the mail": "See you soon."})

    letter = await hank.read("Statement of Work SOW-1")
    await expect(letter).to_contain_text("180,000.00 USD")
    await expect(letter).to_contain_text("A forecasting model")
    await expect(letter).to_contain_text("See you soon.")
    document = await hank.follow(letter, "Read and answer")
    await expect(document.get_by_role("status")).to_contain_text("This waits for your answer.")
    await _every_page_is_shown(document, record(us.house).versions[0].pages)
    await document.get_by_text("Ask for changes", exact=True).click()
    reason = document.get_by_role("textbox", name="What should be different?")
    await reason.fill("A month more to pay, please.")
    await document.get_by_role("button", name="Ask for these changes").click()
    await expect(document.get_by_role("status")).to_contain_text("A month more to pay, please.")

    assert us.house.request("SOW-1").stage == "client_changes"
    await expect(await us.come("ana")).to_contain_text("A month more to pay, please.")


async def _second_version_is_approved_by_the_executive_and_the_client(
    us: Colleagues, hank: Client
) -> None:
    log = await us.press("dian", "Draft")
    await expect(log).to_contain_text("A month more to pay, please.")
    await _milestone_is_added(us, await us.opened("Draft"))
    await us.hand_in("Draft", "Make this version", {"Payment terms": "60 days net"})
    assert us.house.request("SOW-1").stage == "document_approval"
    void = await hank.follow(await hank.read("Statement of Work SOW-1"), "Read and answer")
    await expect(void.get_by_role("main")).to_contain_text("Dian Porter")
    await expect(void.get_by_role("button")).to_have_count(0)
    log = await us.press("ryan", "Approve")
    await expect(log).to_contain_text("30 days net -> 60 days net")
    await expect(log).to_contain_text("First review")
    await us.press("dian", "Send to client")
    await us.hand_in("Send to client", "Send")

    document = await hank.follow(await hank.read("Statement of Work SOW-1"), "Read and answer")
    await expect(document.get_by_role("main")).to_contain_text("60 days net")
    await _every_page_is_shown(document, record(us.house).versions[1].pages)
    await document.get_by_label("Your full name").fill("Hank Scorpio")
    await document.get_by_label("Your title").fill("CEO")
    await document.get_by_role("checkbox").check()
    await document.get_by_role("button", name="Approve this Statement of Work").click()
    status = document.get_by_role("status")
    await expect(status).to_contain_text("Approved by Hank Scorpio, CEO")
    signature = record(us.house).signature
    assert signature is not None
    assert (signature.version, signature.name, signature.title) == (2, "Hank Scorpio", "CEO")
    await hank.read("SOW-1")
    copies = hank.page.get_by_role("list", name="Attachments")
    await expect(copies).to_contain_text("SOW-1-v2.pdf")
    await expect(copies).to_contain_text("SOW-1-certificate.pdf")


async def _two_instalments_go_out(us: Colleagues, hank: Client) -> None:
    for number, days in (("INV-1", "30"), ("INV-2", "60")):
        await us.press("bea", "Record invoice")
        about = {"Invoice number": number, "Amount": "90,000", "Days until it is due": days}
        await us.hand_in("Record invoice", "Record invoice", about)
    await us.press("bea", "Send SOW and invoice to the client", sure=True)
    letter = await hank.read("Invoices INV-1, INV-2")
    await expect(letter).to_contain_text("90,000.00 USD")
    files = hank.page.get_by_role("list", name="Attachments")
    for name in ("SOW-1-v2.pdf", "invoice-INV-1.pdf", "invoice-INV-2.pdf"):
        await expect(files).to_contain_text(name)


async def _money_comes_late_and_in_parts(us: Colleagues, hank: Client) -> None:
    house = us.house
    await _paid(us, "INV-1", "40,000")
    assert [each.status for each in record(house).invoices] == [Status.PART_PAID, Status.UNPAID]

    due = record(house).invoices[0].due
    for days in (3, 0):
        await _go_to(house, due - timedelta(days=days))
    assert record(house).invoices[0].nudges == 2  # three business days before, and on the day
    before = len(letters(house))
    log = await us.press("dian", "Send a reminder to the client")
    await expect(log).to_contain_text("50,000.00 USD")
    form = "Remind the client"
    subject = (await us.opened(form)).get_by_label("Subject")
    await expect(subject).to_have_value("Reminder: invoice INV-1 is due on 23 December 2026")
    await us.hand_in(form, "Send reminder", {"Text": "Dear Hank, may we remind you?"})
    assert len(letters(house)) == before + 1
    await expect(await hank.read("INV-1 is due")).to_contain_text("may we remind you?")


async def _the_payment_is_confirmed(us: Colleagues, hank: Client) -> None:
    house = us.house
    await _paid(us, "INV-1", "50,000")
    await _paid(us, "INV-2", "90,000")
    assert house.request("SOW-1").stage == "paid"
    before = len(letters(house))
    await us.press("bea", "Confirm payment", sure=True)
    await house.quiet()
    assert house.request("SOW-1").stage == "closed"
    thanks = await hank.read("Payment received, thank you")
    await expect(thanks).to_contain_text("everything that we invoiced for SOW-1 is paid")
    await expect(await us.come("ana")).to_contain_text("Confirmed as paid, and closed")

    await house.move_clock(timedelta(days=120))
    await house.quiet()
    assert len(letters(house)) == before + 1  # a paid invoice is never chased


async def _everything_is_handed_to_the_auditor(us: Colleagues) -> None:
    house, page = us.house, us.page
    await us.say("audra", "general", "/sow status SOW-1")
    await page.get_by_role("button", name="Details").click()
    details = await us.opened("SOW-1")
    await details.get_by_role("button", name="Export").click()
    await details.get_by_role("button", name="Close").first.click()
    await page.get_by_role("link", name="Frontdesk").click()
    async with page.expect_download() as download:
        await page.get_by_role("link", name="SOW-1-evidence.zip").click()
    with zipfile.ZipFile(await (await download.value).path()) as file:
        manifest = json.loads(file.read("manifest.json"))
        for version in record(house).versions:
            pdf = file.read(f"documents/SOW-1-v{version.number}.pdf")
            assert hashlib.sha256(pdf).hexdigest() == version.sha256
    seq, mac = manifest["audit_head"].split(":")
    assert house.frontdesk.database.verify_audit(Anchor(int(seq), mac)) == []
    assert house.backlog.dead == 0


async def _milestone_is_added(us: Colleagues, draft: Locator) -> None:
    row = draft.locator(".block").filter(has_text="Milestones: none yet")
    await row.get_by_role("button", name="Edit").click()
    milestones = await us.opened("Milestones")
    await milestones.get_by_role("button", name="Add a milestone").click()
    await us.hand_in("Add a milestone", "Save", {"Milestone": "First review", "On": "2027-03-15"})
    await expect(await us.opened("Milestones")).to_contain_text("1. First review, Mon 15 Mar 2027")
    await milestones.get_by_role("button", name="Back").click()
    await expect(await us.opened("Draft")).to_contain_text("Milestones (1)")


async def _paid(us: Colleagues, number: str, amount: str) -> None:
    await us.press("bea", "Record payment")
    invoices = (await us.opened("Record payment")).get_by_label("Which invoice was paid?")
    await invoices.select_option(number)
    await us.hand_in(
        "Record payment",
        "Record payment",
        {"Amount received": amount, "How was it paid?": "Bank transfer"},
    )


async def _every_page_is_shown(document: Page, pages: int) -> None:
    pictures = document.get_by_role("img", name="Page ")
    await expect(pictures).to_have_count(pages)
    for number in range(pages):
        picture = pictures.nth(number)
        await picture.scroll_into_view_if_needed()
        await expect(picture).to_have_js_property("naturalWidth", 1200)


async def _go_to(house: House, day: date) -> None:
    await house.set_clock(datetime(day.year, day.month, day.day, 20, tzinfo=UTC))
    await house.quiet()
