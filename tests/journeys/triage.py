"""Steps of stories about triage: different asks, the weekly list, and what is decided in it."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.desk import Desk
from bot.triage import agenda, ranking
from sandbox import Card, Modal, Person
from tests.journeys.house import House, ask_for_asset

NEW_YORK = ZoneInfo("America/New_York")
LISTED = "Triage this week"

ASKS: Mapping[str, dict[str, object]] = {
    "board": {"asset_type": "deck", "purpose": "Forecasting for the Globex board."},
    "fair": {"asset_type": "brochure", "purpose": "Payments handout at a trade fair."},
    "rollout": {"asset_type": "one_pager", "purpose": "Rollout plan at Initech."},
    "teaser": {"asset_type": "video", "purpose": "Compliance teaser on LinkedIn."},
    "hospital": {"asset_type": "case_study", "purpose": "Hospital logistics reference."},
}
"""Asks of which none is like another."""


def at(day: str, hour: int = 9, minute: int = 0) -> datetime:
    """Return the instant of a wall clock in New York."""
    midnight = datetime.fromisoformat(day)
    return midnight.replace(hour=hour, minute=minute, tzinfo=NEW_YORK)


async def ask(house: House, handle: str, which: str, **answers: object) -> str:
    """Ask for one of :data:`ASKS`; return its reference."""
    await ask_for_asset(house.person(handle), **(ASKS[which] | answers))
    await house.quiet()
    return house.refs(handle)[0]


async def tick(house: House, job: Callable[[Desk, datetime], object]) -> None:
    """Let a job run as the scheduler does, and what it promised be done."""
    await asyncio.to_thread(job, house.frontdesk.desk, house.clock.now())
    await house.quiet()


def lists(house: House, viewer: str = "sol") -> list[Card]:
    """Return the weekly lists in the triage channel, oldest first."""
    channel = house.workspace.channel("asset-requests", viewer=viewer)
    return [each for each in channel.messages if LISTED in each.text]


async def weekly(house: House, when: datetime, viewer: str = "sol") -> Card:
    """Let the hour of a meeting come; return the list that is posted then, as ``viewer`` sees it.

    The job ticks three times, as it does every few minutes: there is one more list all the same.
    """
    before = len(lists(house))
    await house.set_clock(when)
    for job in (ranking.look_at_deals, ranking.reckon_due):
        await tick(house, job)
    for _ in range(3):
        await tick(house, agenda.post_weekly)
    assert len(lists(house)) == before + 1
    return lists(house, viewer)[-1]


async def triage(person: Person) -> Card:
    """Return what ``/asset triage`` answers."""
    return await (await person.command("/asset", "triage", channel="asset-requests")).replied()


async def why(person: Person, ref: str) -> str:
    """Return what ``/asset why`` answers."""
    result = await person.command("/asset", f"why {ref}", channel="sales")
    return (await result.replied()).text


def row(house: House, shown: Card, viewer: str, ref: str) -> Card:
    """Return the row of a list that is about ``ref``: its buttons alone."""
    named = f'"ref":"{ref}"'
    [block] = [
        each
        for each in shown.blocks
        if each["type"] == "actions" and named in each["elements"][0]["value"]
    ]
    return Card(house.workspace.slack, house.person(viewer).id, shown.key, frozen=[block])


async def opened(house: House, shown: Card, viewer: str, ref: str, button: str) -> Modal:
    """Press a button of the row about ``ref``; return the form that opens."""
    return await (await row(house, shown, viewer, ref).click(button)).modal_opened()


async def send(house: House, modal: Modal, **answers: object) -> None:
    """Fill in a form and hand it in."""
    await modal.fill(**answers)
    result = await modal.submit()
    assert result.closed, result.errors
    await house.quiet()


async def refused(modal: Modal, **answers: object) -> dict[str, str]:
    """Fill in a form and hand it in; return what is wrong with it, by the field's label."""
    await modal.fill(**answers)
    result = await modal.submit()
    assert not result.closed
    return result.errors


async def saved(house: House, handle: str, subcommand: str, **answers: object) -> None:
    """Change what is kept behind ``/asset lists`` or ``/asset weights``."""
    result = await house.person(handle).command("/asset", subcommand, channel="sales")
    await send(house, await result.modal_opened(), **answers)


async def told(house: House, handle: str, text: str) -> str:
    """Return the latest direct message that says this."""
    return (await house.person(handle).dm_with_bot().wait_for(text)).text


async def press(house: House, handle: str, ref: str, button: str, **answers: object) -> None:
    """Decide something from the list as it is now."""
    shown = await triage(house.person(handle))
    await send(house, await opened(house, shown, handle, ref, button), **answers)
