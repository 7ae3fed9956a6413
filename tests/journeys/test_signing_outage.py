"""DocuSign is away for an hour: it is said since when, nothing is lost, and nothing done twice."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.responses import JSONResponse

from bot.signing import hearing
from sandbox import Card
from tests.integrations.signatures.double import Double
from tests.journeys.deals import (
    attached,
    content,
    entries,
    fill_in,
    form,
    is_sound,
    letters,
    page_form,
    pay,
    press,
    ready,
    record,
    record_invoice,
    sent,
    told,
)
from tests.journeys.house import House
from tests.journeys.signing import call, deliver, down, signing_house

pytestmark = pytest.mark.prove

Both = tuple[House, Double]
WAITING = "Waiting for DocuSign since"
SCAN = b"%PDF-1.7 what they signed, as a scan"


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[Both]:
    async with signing_house(tmp_path) as opened:
        yield opened


async def handed_over(house: House) -> None:
    """Send the version to the client while DocuSign may be down."""
    modal = await form(house, house.person("dian"), "Send to client")
    assert (await modal.submit()).closed


def card(house: House) -> Card:
    return house.workspace.channel("sow-requests").cards("SOW-1:")[0]


def waiting(house: House) -> str:
    """The card's line about DocuSign, or "" where it has none."""
    return next((each for each in card(house).text.splitlines() if WAITING in each), "")


def actions(house: House) -> list[str]:
    return [each.action for each in entries(house)]


async def test_while_it_is_down_the_card_says_so_and_nothing_is_lost_or_done_twice(
    both: Both,
) -> None:
    house, double = both
    await ready(house)
    double.trouble = down()
    await handed_over(house)
    await house.until(lambda: waiting(house), "it is said")
    said = waiting(house)
    assert f"{WAITING} Nov 23, 2026 at 10:0" in said  # as New York, where she works, has it
    assert '"Approved by other means"' in said
    await house.until(lambda: WAITING in told(house, "dian"), "she is told")

    tried = len(double.calls)
    await house.move_clock(timedelta(hours=1))
    await house.until(lambda: len(double.calls) > tried, "it is tried again")
    assert waiting(house) == said
    assert double.envelopes == {}

    double.trouble = None
    double.lost = 2  # the making of the envelope, and its sending
    await house.until(lambda: double.mails, "the client is asked")
    await house.until(lambda: "signing_sent" in actions(house), "it is on record")
    await house.until(lambda: not waiting(house), "it is over")

    assert [why for _, why in double.mails] == ["invitation"]
    assert len(double.envelopes) == 1
    assert actions(house).count("signing_sent") == 1
    double.sign(double.only)
    await deliver(house, double)
    await paid_for(house)
    is_sound(house)


async def paid_for(house: House) -> None:
    """The rest of the process: the invoice goes out with what was signed, and is paid."""
    signature = record(house).signature
    assert signature is not None
    assert signature.partner == "DocuSign"
    await record_invoice(house, number="INV-1", net_days="7")
    await press(house, house.person("bea"), "Send SOW and invoice to the client")
    assert content(house, signature.signed_sha256) in attached(letters(house)[-1]).values()
    await pay(house, "8,000")
    await press(house, house.person("bea"), "Confirm payment")
    assert house.request("SOW-1").stage == "closed"


async def test_what_the_client_approved_otherwise_meanwhile_is_recorded_and_nobody_is_asked(
    both: Both,
) -> None:
    house, double = both
    await ready(house)
    double.trouble = down()
    await handed_over(house)
    await house.until(lambda: waiting(house), "it is said")
    dian = house.person("dian")
    opened = await (await card_of(house, "dian").click("Details")).modal_opened()
    modal = await (await opened.click("Approved by other means")).modal_opened()
    await modal.fill(name="Hank Scorpio", title="CEO", reason="Signed on paper, sent by post.")
    await modal.attach("Evidence", await dian.upload("signed.pdf", SCAN))
    assert (await modal.submit()).closed
    await house.until(lambda: house.request("SOW-1").stage == "invoicing", "it goes on")

    double.trouble = None
    await house.quiet()

    assert double.envelopes == {}
    signature = record(house).signature
    assert signature is not None
    assert signature.other_means
    [evidence] = signature.evidence_sha256
    assert content(house, evidence) == SCAN
    assert not waiting(house)
    is_sound(house)


def card_of(house: House, handle: str) -> Card:
    return house.person(handle).dm_with_bot().cards("SOW-1:")[-1]


async def test_what_was_signed_while_nothing_can_be_asked_is_heard_and_done_once(
    both: Both,
) -> None:
    house, double = both
    await ready(house)
    await sent(house)
    await house.quiet()
    double.sign(double.only)
    double.trouble = down()
    [(body, headers)] = double.connect
    assert (await call(house, body, headers)).text == "ok\n"
    hearing.catch_up(house.frontdesk.desk, house.clock.now())
    tried = len(double.calls)
    await house.move_clock(timedelta(hours=1))
    await house.until(lambda: len(double.calls) > tried, "it is tried again")
    assert house.request("SOW-1").stage == "with_client"

    double.trouble = None
    hearing.catch_up(house.frontdesk.desk, house.clock.now())
    await house.until(lambda: house.request("SOW-1").stage == "invoicing", "it is heard")
    await house.quiet()

    assert actions(house).count("client_approve") == 1
    assert len([each for each in letters(house) if attached(each)]) == 1
    is_sound(house)


async def test_a_new_version_takes_the_old_one_back_as_soon_as_that_is_possible(
    both: Both,
) -> None:
    house, double = both
    await ready(house)
    await sent(house)
    await house.quiet()
    old = double.only
    modal = await page_form(house, house.person("dian"), "SOW-1", "Draft")
    double.trouble = down()
    await modal.fill(payment_terms="60 days net")
    assert (await modal.submit()).closed
    await house.until(lambda: house.request("SOW-1").stage == "ready", "it is rendered")
    await house.move_clock(timedelta(hours=1))
    assert old.status == "sent"
    still = "DocuSign has not taken the document back yet, since Nov 23, 2026 at 10:0"
    await house.until(lambda: still in card(house).text, "it is said")
    assert "the client can still sign it." in card(house).text

    double.trouble = None
    await house.quiet()
    assert still not in card(house).text
    await fill_in(house, await form(house, house.person("dian"), "Send to client"))

    assert (old.status, double.newest.status) == ("voided", "sent")
    assert [why for _, why in double.mails] == ["invitation", "voided", "invitation"]
    is_sound(house)


async def test_nothing_is_lost_when_the_bot_restarts_meanwhile(both: Both) -> None:
    house, double = both
    await ready(house)
    double.trouble = down()
    await handed_over(house)
    await house.until(lambda: waiting(house), "it is said")
    await house.restart()

    double.trouble = None
    await house.quiet()

    assert [why for _, why in double.mails] == ["invitation"]
    assert double.only.status == "sent"
    is_sound(house)


async def test_what_docusign_refuses_to_take_back_is_told_and_not_tried_for_ever(
    both: Both,
) -> None:
    house, double = both
    await ready(house)
    await sent(house)
    await house.quiet()
    modal = await page_form(house, house.person("dian"), "SOW-1", "Draft")
    said = {"errorCode": "USER_LACKS_PERMISSIONS", "message": "This user lacks permissions."}
    double.trouble = JSONResponse(said, 400)

    await fill_in(house, modal, payment_terms="60 days net")

    assert house.backlog.dead == 1
    assert "DocuSign refuses that: This user lacks permissions." in told(house, "adam")
