"""What stories about assets need: files to hand in, and the steps that many of them share."""

import functools
from datetime import datetime
from typing import Any

from integrations.documents.renderer import TypstRenderer
from sandbox import Card, Person
from sandbox.state.records import File
from tests.journeys.deals import MONDAY, fill_in, form
from tests.journeys.house import House, ask_for_asset, decide
from workflows.asset import AssetRecord


@functools.cache
def pdf(text: str) -> bytes:
    """Return a real PDF of two pages that says ``text``."""
    renderer = TypstRenderer()
    source = f"#set page(width: 16cm, height: 9cm)\n= {text}\n{text}\n#pagebreak()\n{text}, page 2"
    return renderer.pdf(renderer.template("sow", 1, source), {})


async def uploaded(person: Person, name: str, content: bytes) -> File:
    """Upload a file to Slack as a person does who attaches it to a form."""
    return await person.upload(name, content)


async def accept(house: House, ref: str, owner: str = "mia", due_on: str = "2027-01-20") -> None:
    """Accept a request as sales operations."""
    card = await house.person("sol").dm_with_bot().wait_for(text=ref)
    user = house.person(owner).id
    await decide(card, "Accept and assign", owner=user, due_on=due_on)
    await house.quiet()


async def post_draft(house: House, ref: str, owner: str, title: str, **answers: object) -> None:
    """Post a draft as its owner."""
    person = house.person(owner)
    file = await uploaded(person, f"{title}.pdf", pdf(title))
    card = person.dm_with_bot().cards(ref)[-1]
    modal = await (await card.click("Post a draft")).modal_opened()
    await modal.attach("The draft as a file", file)
    await modal.fill(note="First draft.", **answers)
    result = await modal.submit()
    assert result.closed, result.errors
    await house.quiet()


def asset_record(house: House, ref: str = "AST-1") -> AssetRecord:
    """Return what has grown from a request for an asset."""
    found: AssetRecord = house.request(ref).details.record
    return found


def asset_thread(house: House, ref: str = "AST-1") -> list[Card]:
    """Return the thread of a request for an asset in its channel, oldest first."""
    return list(house.workspace.channel("asset-requests").cards(f"{ref}:")[0].thread)


async def under_way(
    house: House, owner: str = "mia", due_on: str = "2027-01-20", at: datetime = MONDAY
) -> None:
    """Bring AST-1, asked by Ben, to its owner; unless told on a Monday morning in New York."""
    await house.set_clock(at)
    await ask_for_asset(house.person("ben"))
    await house.quiet()
    await accept(house, "AST-1", owner, due_on)


async def hand_in(
    house: House, owner: str, *files: File, note: str = "A draft.", **answers: object
) -> None:
    """Post a draft: a file of Slack's, or a ``link`` among the answers."""
    modal = await form(house, house.person(owner), "Post a draft")
    if files:
        await modal.attach("The draft as a file", *files)
    await fill_in(house, modal, note=note, **answers)


async def approve_draft(house: House, handle: str, remark: str = "") -> None:
    """Approve the newest draft that waits for somebody, with every point of the checklist."""
    modal = await form(house, house.person(handle), "Approve")
    points = modal.options("Your checklist")
    await fill_in(house, modal, points=points, **({"remark": remark} if remark else {}))


async def want_changes(house: House, handle: str, text: str) -> None:
    """Ask for changes to the newest draft that waits for somebody."""
    await fill_in(house, await form(house, house.person(handle), "Request changes"), reason=text)


async def delivered(house: House, owner: str = "mia", at: datetime = MONDAY) -> None:
    """Bring AST-1 through its reviews and to its requester."""
    await under_way(house, owner, at=at)
    await hand_in(house, owner, link="https://drive.example/initech")
    for handle in ("priya", "hana", "greta"):
        await approve_draft(house, handle)
    modal = await form(house, house.person(owner), "Deliver")
    words = {"title": "Initech case study", "use_when": "At a first call", "whom_for": "CFOs"}
    await fill_in(house, modal, **words)


def is_whole(house: House) -> None:
    """Nothing was given up, and the audit holds, with every file that it names."""
    assert house.backlog.dead == 0
    assert house.frontdesk.database.verify_audit(library=house.frontdesk.desk.library) == []


async def say(house: House, handle: str, channel: str, text: str, **more: Any) -> Card:
    """Say something in a channel that the bot is in, and wait until it has heard and seen to it."""
    said = await house.person(handle).say(channel, text, **more)
    heard = house.workspace.deliveries
    await house.until(
        lambda: any(
            each.acknowledged and each.payload["event"].get("ts") == said.ts
            for each in heard.of("message")
        ),
        "the bot has heard it",
    )
    await house.quiet()
    return said


__all__ = [
    "accept",
    "approve_draft",
    "ask_for_asset",
    "asset_record",
    "asset_thread",
    "delivered",
    "hand_in",
    "is_whole",
    "pdf",
    "post_draft",
    "say",
    "under_way",
    "uploaded",
    "want_changes",
]
