"""Every system is the company's own, and each is away for an hour in the middle of the journey."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from sandbox import Card
from tests.faults.memory import end_waits
from tests.integrations.billing.double import Double as Stripe
from tests.integrations.crm.salesforce import CLIENT, SECRET, SalesforceDouble
from tests.integrations.library.buckets import ANYBODY, REGION, Gate, running
from tests.integrations.signatures.double import Double as DocuSign
from tests.journeys import billing, signing
from tests.journeys.assets import accept, approve_draft, asset_record, pdf
from tests.journeys.crm import Linked
from tests.journeys.deals import (
    MONDAY,
    attached,
    content,
    entries,
    fill_in,
    form,
    is_sound,
    letters,
    press,
    ready,
    record,
)
from tests.journeys.house import PUBLIC, House, ask_for_asset, open_house
from tests.journeys.salesforce import opportunity
from tests.journeys.shelf import DELIVERED, announced, get, is_whole, personal_link

pytestmark = pytest.mark.prove
HOUR = timedelta(hours=1)


def card(house: House) -> Card:
    return house.workspace.channel("sow-requests").cards("SOW-1:")[0]


async def back(house: House, condition: Callable[[], object], what: str) -> None:
    """Let what waits be tried until ``condition`` holds."""

    def holds() -> object:
        end_waits(house.settings.database_url)
        return condition()

    await house.until(holds, what)
    await house.quiet()


async def hand_over(house: House, handle: str, button: str, **answers: object) -> None:
    """Fill a form in, and wait for nothing that follows."""
    modal = await form(house, house.person(handle), button)
    await modal.fill(**answers)
    assert (await modal.submit()).closed


async def test_a_deal_is_signed_at_docusign_and_paid_at_stripe(tmp_path: Path) -> None:
    with (
        signing.docusign(tmp_path) as (docusign, signs),
        billing.stripe(tmp_path) as (stripe, bills),
    ):
        async with open_house(tmp_path, "socket", **(signs | bills)) as house:
            docusign.now = stripe.now = house.workspace.clock.now
            await ready(house)
            await signed_after_an_hour(house, docusign)
            await invoiced_after_an_hour(house, stripe)
            await paid_after_an_hour(house, stripe)
            await press(house, house.person("bea"), "Confirm payment")
            assert house.request("SOW-1").stage == "closed"
            told = [each.action for each in entries(house)]
            once = ("signing_sent", "client_approve", "invoice_kept", "send_invoices", "confirm")
            assert [told.count(each) for each in once] == [1] * len(once)
            assert told.count("payment_heard") == 2
            is_sound(house)
        assert (docusign.problems, stripe.problems) == ([], [])


async def signed_after_an_hour(house: House, docusign: DocuSign) -> None:
    docusign.trouble = signing.down()
    await hand_over(house, "dian", "Send to client")
    await card(house).wait_for_text("Waiting for DocuSign since Nov 23, 2026 at 10:0")
    await house.move_clock(HOUR)
    docusign.trouble = None
    await back(house, lambda: docusign.mails, "the client is asked")
    docusign.sign(docusign.only)
    await signing.deliver(house, docusign)
    assert house.request("SOW-1").stage == "invoicing"


async def invoiced_after_an_hour(house: House, stripe: Stripe) -> None:
    stripe.trouble = billing.down()
    await hand_over(house, "bea", "Record invoice", number="INV-1", net_days="7")
    await card(house).wait_for_text("Waiting for Stripe since Nov 23, 2026 at 11:0")
    await house.move_clock(HOUR)
    stripe.trouble = None
    await back(house, lambda: record(house).invoices[0].sha256, "it is made")
    assert "Waiting for Stripe" not in card(house).text
    await billing.sent_out(house)
    signature, [invoice] = record(house).signature, record(house).invoices
    assert signature is not None
    sent = attached(letters(house)[-1]).values()
    assert {content(house, signature.signed_sha256), content(house, invoice.sha256)} == {*sent}


async def paid_after_an_hour(house: House, stripe: Stripe) -> None:
    stripe.pay(stripe.only, 300_000)
    stripe.trouble = billing.down()
    for body, headers in stripe.deliveries():
        assert (await billing.call(house, body, headers)).status_code == 200
    await house.move_clock(HOUR)
    stripe.trouble = None
    await back(house, lambda: record(house).invoices[0].payments, "it is heard")
    stripe.pay(stripe.only)
    await billing.deliver(house, stripe)
    assert house.request("SOW-1").stage == "paid"


async def test_an_asset_is_kept_in_a_bucket_and_linked_to_its_deal_in_salesforce(
    tmp_path: Path,
) -> None:
    with running() as store, SalesforceDouble().serving() as crm, Gate(store.port) as gate:
        store.make("both")
        async with open_house(
            tmp_path,
            "http",
            FRONTDESK_LIBRARY=f"s3://both/assets?endpoint={gate.url}&region={REGION}",
            AWS_ACCESS_KEY_ID=ANYBODY.key,
            AWS_SECRET_ACCESS_KEY=ANYBODY.secret,
            FRONTDESK_SALESFORCE_URL=crm.url,
            FRONTDESK_SALESFORCE_CLIENT_ID=CLIENT,
            FRONTDESK_SALESFORCE_CLIENT_SECRET=SECRET,
        ) as house:
            linked = Linked(house, "Salesforce", crm, opportunity(crm), lambda: notes(crm))
            await linked.opened()
            await house.set_clock(MONDAY)
            await ask_for_asset(house.person("ben"), opportunity=linked.ref)
            await house.quiet()
            await accept(house, "AST-1")
            await drafted_after_an_hour(house, gate)
            await delivered_after_an_hour(linked)
            link = await personal_link(house, announced(house)[-1])
            assert (await get(link)).content == pdf("A deck")
            assert len(store.names("both")) == 1
            is_whole(house)


def notes(crm: SalesforceDouble) -> list[str]:
    return [each["Description"] for each in crm.all("Task")]


async def drafted_after_an_hour(house: House, gate: Gate) -> None:
    gate.shut()
    deck = await house.person("mia").upload("deck.pdf", pdf("A deck"))
    modal = await form(house, house.person("mia"), "Post a draft")
    await modal.attach("The draft as a file", deck)
    await modal.fill(note="The first version.")
    assert (await modal.submit()).closed
    there = house.workspace.channel("asset-requests").cards("AST-1:")[0]
    await there.wait_for_text("Waiting for the library since")
    await house.move_clock(HOUR)
    gate.open()
    await back(house, lambda: asset_record(house).drafts[0].sha256, "the draft is kept")
    assert house.audited("AST-1").count("draft_kept") == 1


async def delivered_after_an_hour(linked: Linked[SalesforceDouble]) -> None:
    house, crm = linked.house, linked.double
    for handle in ("priya", "hana", "greta"):
        await approve_draft(house, handle)
    crm.down = True
    await fill_in(house, await form(house, house.person("mia"), "Deliver"), **DELIVERED)
    await linked.waits_on("AST-1", "link_deal")
    await house.move_clock(HOUR)
    crm.loses = 1
    await linked.is_back()
    [link] = crm.all("ContentVersion")
    assert (link["ContentUrl"], link["FirstPublishLocationId"]) == (
        f"{PUBLIC}/a/AST-1",
        linked.ref,
    )
    assert linked.happened("AST-1") == ["was accepted", "was asked for", "was delivered"]
