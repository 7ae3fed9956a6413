"""Steps of stories about the shelf: an asset is brought there, opened, found, and told about."""

import re

import httpx

from bot.ports import Deal, Observation, Seen
from sandbox import Card
from sandbox.state.records import File
from tests.journeys.assets import accept, pdf, post_draft, uploaded
from tests.journeys.deals import fill_in, offering
from tests.journeys.house import House, ask_for_asset
from workflows.shelved import ShelfRecord

DELIVERED = {
    "title": "Initech case study",
    "use_when": "In a first meeting with a finance team.",
    "whom_for": "CFOs of mid-sized banks",
    "industries": ["Fintech"],
}
"""How the owner of AST-1 describes it."""

HANDED_IN = {
    "title": "Pricing deck",
    "asset_type": "deck",
    "use_when": "When somebody asks what it costs.",
    "whom_for": "Buyers",
    "review_by": "2027-06-01",
}
"""How marketing describes an asset that it has already."""


async def approved(house: House, ref: str) -> None:
    """Let the three lanes approve the draft."""
    for handle in ("priya", "hana", "greta"):
        card = [c for c in house.person(handle).dm_with_bot().cards(ref) if "Approve" in c.buttons]
        modal = await (await card[-1].click("Approve")).modal_opened()
        await fill_in(house, modal, points=modal.options("Your checklist"))


async def delivered(
    house: House, ref: str = "AST-1", said: dict[str, object] | None = None, **ask: object
) -> None:
    """Bring a request of Ben's to the shelf."""
    await ask_for_asset(house.person("ben"), **ask)
    await house.quiet()
    await accept(house, ref)
    await post_draft(house, ref, "mia", f"{ref} Initech")
    await approved(house, ref)
    modal = await (await offering(house.person("mia"), "Deliver").click("Deliver")).modal_opened()
    await fill_in(house, modal, **(DELIVERED | (said or {})))


async def hand_in(house: House, file: File | None = None, /, **answers: object) -> None:
    """Hand an asset of Mia's in for the shelf, as a file; without one as a link."""
    modal = await (await house.person("mia").command("/shelf", channel="general")).modal_opened()
    if file is not None:
        await modal.attach("The asset as a file", file)
    elif "link" not in answers:
        answers["link"] = "https://drive.example/pricing-deck"
    await fill_in(house, modal, **(HANDED_IN | answers))


async def shelved(house: House, ref: str = "SHELF-1", **answers: object) -> None:
    """Put an asset of Mia's on the shelf by hand: a file that the head of marketing approves."""
    name = str(answers.get("title", HANDED_IN["title"]))
    file = await uploaded(house.person("mia"), f"{name}.pdf", pdf(name))
    await hand_in(house, file, **answers)
    await vouch(house, ref)


async def vouch(house: House, ref: str) -> None:
    """Let the head of marketing approve what was handed in."""
    cards = house.person("hana").dm_with_bot().cards(ref)
    [card] = [each for each in cards if "Approve" in each.buttons]
    await card.click("Approve")
    await house.quiet()


def shelf(house: House, ref: str = "SHELF-1") -> ShelfRecord:
    """Return what has grown of an asset on the shelf."""
    found: ShelfRecord = house.request(ref).details.record
    return found


def announced(house: House) -> list[Card]:
    """What the sales channel was told of assets, oldest first."""
    cards = house.workspace.channel("sales").cards()
    return [each for each in cards if "Open" in each.buttons]


def seen(house: House, *what: Seen, ref: str = "SHELF-1") -> list[Observation]:
    """What was seen of an asset, oldest first."""
    with house.frontdesk.database.unit() as unit:
        return list(unit.observations.of(ref, *what))


def keep_deal(house: House, deal: Deal) -> None:
    """Put a deal into the company's own list."""
    with house.frontdesk.database.unit() as unit:
        unit.deals.put([deal])
        unit.commit()


def deal_notes(house: House, deal: str) -> list[str]:
    """The links to assets that stand on a deal, oldest first."""
    with house.frontdesk.database.unit() as unit:
        return [text for _, text in unit.deals.notes(deal) if "/requests/" not in text]


async def sought(house: House, text: str, handle: str = "ben") -> Card:
    """Look for something on the shelf; return the answer."""
    result = await house.person(handle).command("/asset", f"find {text}", channel="sales")
    return await result.replied()


async def personal_link(house: House, card: Card) -> str:
    """Press "Open" and return the link in the window, as the bot's own server has it."""
    window = await (await card.click("Open")).modal_opened()
    [link] = re.findall(r'"url": ?"([^"]+)"', str(window.blocks).replace("'", '"'))
    await window.close()
    return here(house, link)


def here(house: House, link: str) -> str:
    """Return a link of the public address as one of this machine."""
    public = house.frontdesk.desk.public_url
    assert link.startswith(f"{public}/a/"), link
    return house.frontdesk.server.url + link.removeprefix(public)


async def get(url: str) -> httpx.Response:
    """Open a link as a browser that follows nothing."""
    async with httpx.AsyncClient() as web:
        return await web.get(url)


def is_whole(house: House) -> None:
    """Nothing was given up, the audit holds, and every file is as it was, the library's too."""
    assert house.backlog.dead == 0
    database, desk = house.frontdesk.database, house.frontdesk.desk
    assert database.verify_audit(library=desk.library) == []


async def ask_for_update(house: House, asset: str, ref: str, handle: str = "ben") -> None:
    """Ask for another version of ``asset``; bring it to the delivery by Mia, with another file."""
    person = house.person(handle)
    modal = await (await person.command("/asset", channel="sales")).modal_opened()
    await modal.fill(kind="update")
    await modal.wait_for_text("Which asset should be updated?")
    await modal.fill(
        requester_role="Sales rep",
        asset_type="case_study",
        existing_asset=asset,
        purpose="Newer numbers.",
        deadline="2027-02-01",
    )
    await fill_in(house, modal)
    await accept(house, ref)
    await post_draft(house, ref, "mia", f"{ref} Initech")
    await approved(house, ref)
