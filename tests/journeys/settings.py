"""Steps of stories about settings that are changed in Slack."""

from collections.abc import Mapping

from bot.company import Company
from sandbox import Modal
from tests.journeys.house import House


async def overview(house: House, handle: str = "adam") -> Modal:
    """Return what ``/requests admin`` opens."""
    person = house.person(handle)
    return await (await person.command("/requests", "admin", channel="sales")).modal_opened()


async def form_of(house: House, label: str, handle: str = "adam") -> Modal:
    """Return the form of a setting, as an admin comes to it."""
    shown = await overview(house, handle)
    if f"Edit: {label}" not in shown.buttons:
        shown = await (await shown.click("More settings")).modal_opened()
    return await (await shown.click(f"Edit: {label}")).modal_opened()


async def changed(house: House, label: str, handle: str = "adam", **answers: object) -> None:
    """Change a setting."""
    form = await form_of(house, label, handle)
    await form.fill(**answers)
    result = await form.submit()
    assert result.closed, result.errors
    await house.quiet()


async def refused(form: Modal, **answers: object) -> str:
    """Hand in a form that cannot be taken; return what is said."""
    await form.fill(**answers)
    result = await form.submit()
    assert not result.closed
    return " ".join(result.errors.values())


def company_now(house: House) -> Company:
    """Return the company as the next transaction sees it."""
    with house.frontdesk.desk.store.unit():
        return house.frontdesk.desk.company


def on_record(house: House, action: str = "change_setting") -> list[Mapping[str, str]]:
    """Return what is on record of the settings, oldest first."""
    with house.frontdesk.database.unit() as unit:
        return [each.detail for each in unit.requests.timeline("") if each.action == action]
