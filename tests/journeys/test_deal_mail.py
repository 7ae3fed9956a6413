"""The mail server's bad days: away for an hour, or not knowing whom we write to."""

import email
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from sandbox import Card, Modal
from tests.integrations.mail.servers import Postman
from tests.journeys.deals import (
    Client,
    entries,
    fill_in,
    form,
    is_sound,
    offering,
    press,
    ready,
    record,
    record_invoice,
    sent,
    text_of,
    told,
)
from tests.journeys.house import House, open_house

WAITING = "Waiting for mail since"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@contextmanager
def open_mail(house: House, postman: Postman) -> Iterator[None]:
    """The mail server is there."""
    assert house.settings.mail is not None
    server = Controller(postman, hostname="127.0.0.1", port=house.settings.mail.port)
    server.start()
    try:
        yield
    finally:
        server.stop()


@pytest.fixture
async def mail_house(tmp_path: Path) -> AsyncIterator[House]:
    """A house with a mail server that is not there yet."""
    async with open_house(
        tmp_path,
        "http",
        FRONTDESK_SMTP_URL=f"smtp+plain://127.0.0.1:{free_port()}",
        FRONTDESK_MAIL_FROM="frontdesk@harborlight.example",
    ) as house:
        yield house


async def sent_into_the_void(house: House) -> None:
    """Send a version to the client while no mail leaves."""
    await ready(house)
    await (await form(house, house.person("dian"), "Send to client")).submit()
    await house.until(lambda: WAITING in card(house).text, "the card says that mail waits")


def card(house: House) -> Card:
    return house.workspace.channel("sow-requests").cards("SOW-1:")[0]


async def page(house: House) -> Modal:
    """Let Dian open the request's page, also while something waits to be delivered."""
    return await (await offering(house.person("dian"), "Details").click("Details")).modal_opened()


def letters(postman: Postman, to: str = "hank@globex.example") -> list[EmailMessage]:
    """What has arrived for somebody, oldest first."""
    found = [email.message_from_bytes(each, policy=policy.default) for each in postman.taken]
    return [each for each in found if to in str(each["to"])]


async def test_what_cannot_leave_waits_on_the_card_and_goes_out_once(mail_house: House) -> None:
    house, postman = mail_house, Postman()
    await sent_into_the_void(house)
    assert house.request("SOW-1").stage == "with_client"

    with open_mail(house, postman):
        await house.quiet()
        await house.until(lambda: WAITING not in card(house).text, "the card is as usual")

        [invitation] = letters(postman)
        assert "Send this link" not in told(house, "dian")
        await Client.of(house, invitation).approve()
        await house.quiet()
    [copy] = letters(postman)[1:]
    assert str(copy["subject"]).startswith("Approved")
    has_link = ["The link opens a page at" in text_of(each) for each in (invitation, copy)]
    assert has_link == [True, False]
    assert len({str(each["message-id"]) for each in letters(postman)}) == 2
    assert house.request("SOW-1").stage == "invoicing"
    is_sound(house)


async def paid_while_a_reminder_waits(house: House, postman: Postman) -> None:
    """Let a reminder wait for the mail server, and the money come before that is back."""
    with open_mail(house, postman):
        await waiting_for_money(house, postman)
    await (await form(house, house.person("dian"), "Send a reminder to the client")).submit()
    await house.until(lambda: WAITING in card(house).text, "the card says that mail waits")
    bea = house.person("bea")
    modal = await (await offering(bea, "Record payment").click("Record payment")).modal_opened()
    await modal.fill(invoice="INV-1", amount="8,000", method="card")
    assert (await modal.submit()).closed
    await house.until(lambda: "Confirm payment" in card_of_bea(house).buttons, "it is paid")


def card_of_bea(house: House) -> Card:
    return house.person("bea").dm_with_bot().cards("SOW-1:")[-1]


@pytest.mark.prove
async def test_a_reminder_that_waited_is_dropped_when_the_money_came_meanwhile(
    mail_house: House,
) -> None:
    house, postman = mail_house, Postman()
    await paid_while_a_reminder_waits(house, postman)
    before = len(postman.taken)

    with open_mail(house, postman):
        await house.quiet()

    assert house.request("SOW-1").stage == "paid"
    assert len(postman.taken) == before
    is_sound(house)


@pytest.mark.prove
async def test_the_card_does_not_wait_for_a_mail_that_was_dropped(mail_house: House) -> None:
    house, postman = mail_house, Postman()
    await paid_while_a_reminder_waits(house, postman)
    assert WAITING in card_of_bea(house).text

    with open_mail(house, postman):
        await house.quiet()

    assert WAITING not in card_of_bea(house).text


async def waiting_for_money(house: House, postman: Postman) -> None:
    """Bring a request to the wait for the money of one invoice."""
    await ready(house)
    await sent(house)
    await Client.of(house, letters(postman)[0]).approve()
    await house.quiet()
    await record_invoice(house, number="INV-1")
    await press(house, house.person("bea"), "Send SOW and invoice to the client")


async def test_an_address_that_is_refused_reaches_the_assistant(mail_house: House) -> None:
    house, postman = mail_house, Postman(rcpt=("550 5.1.1 No such user here",))
    await ready(house)

    with open_mail(house, postman):
        await sent(house)

    said = told(house, "dian")
    assert "came back" in said
    assert "hank@globex.example" in said
    assert "No such user here" in said
    assert [each.action for each in entries(house)][-1] == "bounced"
    assert WAITING not in card(house).text
    is_sound(house)


async def test_one_of_several_recipients_is_refused_and_the_others_are_not(
    mail_house: House,
) -> None:
    house, postman = mail_house, Postman(unknown="marge@globex.example")
    await ready(house)

    with open_mail(house, postman):
        await sent(house, others="marge@globex.example\nlenny@globex.example")

    assert len(letters(postman)) == len(letters(postman, "lenny@globex.example")) == 1
    assert not letters(postman, "marge@globex.example")
    assert [each.action for each in entries(house)].count("bounced") == 1
    assert "marge@globex.example: " in told(house, "dian")
    assert house.request("SOW-1").stage == "with_client"
    is_sound(house)


async def test_after_a_refused_address_the_same_version_can_be_sent_to_another(
    mail_house: House,
) -> None:
    house, postman = mail_house, Postman(rcpt=("550 5.1.1 No such user here",))
    await ready(house)
    with open_mail(house, postman):
        await sent(house)

        modal = await (await (await page(house)).click("Send again")).modal_opened()
        await fill_in(house, modal, contact_email="marge@globex.example")

        [letter] = letters(postman, "marge@globex.example")
        assert record(house).version == record(house).versions[0]
        await Client.of(house, letter).approve()
        await house.quiet()
    assert house.request("SOW-1").stage == "invoicing"


@pytest.mark.prove
async def test_a_pause_while_mail_waits_does_not_lose_the_clients_link(mail_house: House) -> None:
    house, postman = mail_house, Postman()
    await sent_into_the_void(house)
    modal = await (await (await page(house)).click("Put on hold")).modal_opened()
    await modal.fill(reason="Hank is on leave.")
    assert (await modal.submit()).closed
    with open_mail(house, postman):
        await house.quiet()
        await (await page(house)).click("Go on")
        await house.quiet()

        assert house.request("SOW-1").stage == "with_client"
        assert len(letters(postman)) == 1


@pytest.mark.prove
async def test_nobody_is_invoiced_for_what_was_cancelled_meanwhile(mail_house: House) -> None:
    house, postman = mail_house, Postman()
    with open_mail(house, postman):
        await ready(house)
        await sent(house)
        await Client.of(house, letters(postman)[0]).approve()
        await house.quiet()
        await record_invoice(house, number="INV-1")
    bea = house.person("bea")
    await offering(bea, "Record invoice").click("Send SOW and invoice to the client")
    await house.until(lambda: WAITING in card(house).text, "the card says that mail waits")
    modal = await (await (await page(house)).click("Cancel request")).modal_opened()
    await modal.fill(reason="They are bankrupt.")
    assert (await modal.submit()).closed
    assert house.request("SOW-1").stage == "cancelled"

    with open_mail(house, postman):
        await house.quiet()

    assert not [each for each in letters(postman) if "Invoice" in str(each["subject"])]


async def test_a_contact_typed_while_sending_is_whom_the_mail_is_for(mail_house: House) -> None:
    house, postman = mail_house, Postman()
    await ready(house)
    with open_mail(house, postman):
        modal = await form(house, house.person("dian"), "Send to client")
        said = {"contact_name": "Marge Simpson", "contact_email": "marge@globex.example"}
        await fill_in(house, modal, **said, note="As we said on Friday.")

    [letter] = letters(postman, "marge@globex.example")
    assert "As we said on Friday." in text_of(letter)
    assert "Dear Marge Simpson" in text_of(letter)
    assert record(house).versions[0].sent_to == ("marge@globex.example",)
    assert not letters(postman)
