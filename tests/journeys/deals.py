"""A deal on its way, for stories: forms filled in, letters read, the client's page used."""

import email
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email import policy
from email.message import EmailMessage
from pathlib import Path

import httpx

from sandbox import Card, Modal, Person
from tests.journeys.house import House, ask_for_sow, decide
from web.review.forms import SEAL, seal_of
from workflows.deal import Record
from workflows.engine import Entry

MONDAY = datetime(2026, 11, 23, 15, tzinfo=UTC)
"""10:00 in New York, where Dian works; the Thursday of that week is a holiday there."""

COMPLETE = {
    "scope": "Two phases of six weeks each.\n\nThe first ends with a review.",
    "deliverables": "A forecasting model\nA report for the board",
    "payment_terms": "30 days net",
    "start": "2027-02-01",
    "end": "2027-05-01",
}
"""What makes a request complete enough to be drafted as it is."""


def offering(person: Person, button: str) -> Card:
    """Return the person's newest message that offers ``button``."""
    found = [card for card in person.dm_with_bot().messages if button in card.buttons]
    assert found, f"nothing offers {button!r}"
    return found[-1]


async def press(house: House, person: Person, button: str) -> None:
    """Press a button of the person's newest message that has it; no form is asked for."""
    await house.quiet()
    await offering(person, button).click(button)
    await house.quiet()


async def form(house: House, person: Person, button: str) -> Modal:
    """Press a button and return the form that opens; from the page where the card has no room."""
    await house.quiet()
    result = await offering(person, button).click(button)
    return await result.modal_opened()


async def page_form(house: House, person: Person, ref: str, button: str) -> Modal:
    """Open the request's page and press a button there; return the form that opens."""
    await house.quiet()
    opened = await (await offering(person, "Details").click("Details")).modal_opened()
    assert opened.title == ref
    return await (await opened.click(button)).modal_opened()


async def fill_in(house: House, modal: Modal, **answers: object) -> None:
    """Fill a form in and hand it in."""
    await modal.fill(**answers)
    result = await modal.submit()
    assert result.closed, (result.errors, modal.text)
    await house.quiet()


async def accepted(house: House, amount: str = "180,000", **more: object) -> None:
    """Bring a request to drafting: asked by Ana, approved by Ryan, accepted by Dian."""
    ana, dian, ryan = house.person("ana"), house.person("dian"), house.person("ryan")
    await ask_for_sow(ana, amount, **(COMPLETE | more))
    await house.quiet()
    if house.request("SOW-1").stage == "executive_approval":
        await decide(await ryan.dm_with_bot().wait_for(text="SOW-1"), "Approve")
        await house.quiet()
    await press(house, dian, "Accept")


async def drafted(house: House, **changes: object) -> None:
    """Make the next version, with some fields changed."""
    modal = await form(house, house.person("dian"), "Draft")
    await fill_in(house, modal, **changes)


async def sent(house: House, **answers: object) -> None:
    """Send the version to the client."""
    modal = await form(house, house.person("dian"), "Send to client")
    await fill_in(house, modal, **answers)


async def ready(house: House, amount: str = "8,000") -> None:
    """Bring a request to its first version, on a Monday; below 100,000 USD it is ready to send."""
    await house.set_clock(MONDAY)
    await accepted(house, amount)
    await drafted(house)


async def with_client(house: House, amount: str = "8,000", **answers: object) -> "Client":
    """Bring a request to the client; return the client with the page of their link."""
    await ready(house, amount)
    await sent(house, **answers)
    return Client.of(house, letters(house)[-1])


async def client_approved(house: House, amount: str = "8,000") -> "Client":
    """Bring a request to Billing: the client has approved it."""
    client = await with_client(house, amount)
    await client.approve()
    await house.quiet()
    return client


async def invoiced(house: House, amount: str = "8,000", **invoice: object) -> "Client":
    """Bring a request to the wait for the money of one invoice, INV-1, due Monday 30 November."""
    client = await client_approved(house, amount)
    await record_invoice(house, **({"number": "INV-1", "net_days": "7"} | invoice))
    await press(house, house.person("bea"), "Send SOW and invoice to the client")
    return client


async def record_invoice(house: House, **answers: object) -> None:
    """Let Billing record an invoice."""
    await fill_in(house, await form(house, house.person("bea"), "Record invoice"), **answers)


async def pay(house: House, amount: str, invoice: str = "INV-1", **answers: object) -> None:
    """Let Billing record a payment."""
    modal = await form(house, house.person("bea"), "Record payment")
    said = {"invoice": invoice, "amount": amount, "method": "bank transfer"}
    await fill_in(house, modal, **(said | answers))


async def go_to(house: House, day: date, hour: int = 20) -> None:
    """Move the clock to a day, 15:00 in New York unless told, and let everything due happen."""
    await house.set_clock(datetime(day.year, day.month, day.day, hour, tzinfo=UTC))
    await house.quiet()


async def refusal(modal: Modal) -> str:
    """Hand a form in that is not taken; return what the person reads. The form stays open."""
    depth = modal.depth
    result = await modal.submit()
    assert not result.closed
    said = "\n".join(result.errors.values())
    if modal.depth > depth:
        said = modal.text
        await modal.close()
    return said


def told(house: House, handle: str) -> str:
    """Return everything that the bot's messages to a person say now."""
    return "\n".join(each.text for each in house.person(handle).dm_with_bot().messages)


def thread(house: House, ref: str = "SOW-1") -> list[Card]:
    """Return the thread of a request in its channel, oldest first."""
    return list(house.workspace.channel("sow-requests").cards(f"{ref}:")[0].thread)


def entries(house: House, ref: str = "SOW-1") -> list[Entry]:
    """Return what is on record of a request, oldest first."""
    with house.frontdesk.database.unit() as unit:
        return list(unit.requests.timeline(ref))


def is_sound(house: House) -> None:
    """Nothing was given up, and the chain of the audit holds."""
    assert house.backlog.dead == 0
    assert house.frontdesk.database.verify_audit() == []


def record(house: House, ref: str = "SOW-1") -> Record:
    """Return what has grown from the request."""
    found: Record = house.request(ref).details.record
    return found


def letters(house: House, to: str = "hank@globex.example") -> list[EmailMessage]:
    """Return every mail to somebody, oldest first."""
    folder = house.settings.mail_folder
    files = sorted(folder.glob("*.eml")) if folder.exists() else []
    found = [_letter(each) for each in files]
    return [each for each in found if to in str(each["to"])]


def _letter(file: Path) -> EmailMessage:
    message = email.message_from_bytes(file.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def text_of(letter: EmailMessage) -> str:
    """Return the plain text of a mail."""
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def attached(letter: EmailMessage) -> dict[str, bytes]:
    """Return what came with a mail, by file name."""
    return {
        str(each.get_filename()): bytes(each.get_payload(decode=True) or b"")
        for each in letter.iter_attachments()
    }


@dataclass
class Client:
    """The client, with the page of one link, as a browser without JavaScript would use it."""

    base: str
    token: str
    seal: str = ""
    """What the forms of the page carry, for a form that was open before."""

    @classmethod
    def of(cls, house: House, letter: EmailMessage) -> "Client":
        """Follow the link in a mail."""
        found = re.search(r"/r/([\w-]{20,})", text_of(letter))
        assert found is not None, text_of(letter)
        seal = seal_of(house.frontdesk.desk.link_key, found[1])
        return cls(house.frontdesk.server.url, found[1], seal)

    async def look(self, path: str = "") -> httpx.Response:
        """Open the page, or something of it."""
        async with httpx.AsyncClient(base_url=self.base) as web:
            return await web.get(f"/r/{self.token}{path}")

    async def answer(self, what: str, **fields: str) -> httpx.Response:
        """Fill in one of the page's forms and hand it in."""
        page = (await self.look()).text
        fields |= dict(re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', page))
        async with httpx.AsyncClient(base_url=self.base) as web:
            return await web.post(f"/r/{self.token}/{what}", data=fields)

    async def late_answer(self, what: str, **fields: str) -> httpx.Response:
        """Hand in a form of the page as it was before, whatever the page shows now."""
        async with httpx.AsyncClient(base_url=self.base) as web:
            return await web.post(f"/r/{self.token}/{what}", data=fields | {SEAL: self.seal})

    async def approve(self, name: str = "Hank Scorpio", title: str = "CEO") -> None:
        """Approve the document."""
        answer = await self.answer("approve", name=name, title=title, consent="yes")
        assert answer.status_code == 303, answer.text


def content(house: House, sha256: str) -> bytes:
    """Return the bytes of a stored file."""
    with house.frontdesk.database.unit() as unit:
        file = unit.files.get(sha256)
    assert file is not None
    return file.content


def shown(page: httpx.Response) -> str:
    """Return what a page of the client's says, a long hash in one piece."""
    assert page.status_code < 500, page.text
    return re.sub(r"<wbr>|(?<=[0-9a-f]{8}) (?=[0-9a-f]{8})", "", page.text)
