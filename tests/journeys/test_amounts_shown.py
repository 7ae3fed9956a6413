"""Roles decide who sees amounts: everybody else is told the same, without a figure, everywhere."""

import asyncio
import io
import re
import zipfile
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from bot.desk import Gesture
from bot.evidence import exporting
from bot.understanding.sums import sums_in
from modals.fields import Amount, Items
from modals.registry import find_forms
from tests.journeys.company import company
from tests.journeys.deals import (
    MONDAY,
    Client,
    accepted,
    drafted,
    go_to,
    is_sound,
    letters,
    offering,
    pay,
    press,
    record_invoice,
    sent,
)
from tests.journeys.house import House, ask_for_sow, open_house, sow_form
from tests.journeys.settings import changed, on_record
from tests.journeys.test_deals import PILOT, keep
from tests.journeys.test_home_lists import look_for
from tests.journeys.test_private import run_jobs, seen_by
from tests.journeys.test_reports import content, described, drawn, files
from workflows.refusals import NotAllowed
from workflows.registry import find_workflows
from workflows.roles import Seat

SEEN_BY = "Amounts are shown to"
FIGURES = {
    "what is asked for": "87,654.32",
    "what was paid": "12,345.67",
    "what is left": "75,308.65",
}
ROUGHLY = "so $87.7K, 0.0877M EUR, us$ 88k or 80k-87.5k USD"
"""The amount as people write it."""
SEEING = ("ana", "dian", "ryan", "bea", "audra")
"""Who asked, who owns it, who has the role that is named, who collects the money, the auditor."""
OTHERS = ("hugo", "adam")
"""The head of sales and the admin: they may see every Statement of Work."""


def figures(text: str) -> list[str]:
    """Return which of the amounts stand in a text, however they are written."""
    digits = re.sub(r"(?<=\d)[.,'\u00a0\u202f _](?=\d)", "", text)
    sums = [each for found in sums_in(text, "USD") for each in found.amounts if not found.bare]
    return [
        what
        for what, figure in FIGURES.items()
        if any(0.99 < float(each) / float(figure.replace(",", "")) < 1.01 for each in sums)
        or figure.replace(",", "").replace(".", "") in digits
        or re.search(rf"(?<!\d){figure.split('.')[0].replace(',', '')}(?!\d)", digits)
    ]


def naming(folder: Path, *roles: str) -> str:
    """Return the settings of a company in which these roles see amounts."""
    file = Path(company(folder))
    text, listed = file.read_text("utf-8"), ", ".join(f'"{each}"' for each in roles)
    assert "amounts = []" in text
    file.write_text(text.replace("amounts = []", f"amounts = [{listed}]"), "utf-8")
    return str(file)


async def test_no_search_tells_whether_an_amount_was_guessed(tmp_path: Path) -> None:
    async with open_house(tmp_path, FRONTDESK_CONFIG=naming(tmp_path, "executive")) as house:
        need = "A portal; the budget is 487654, and up to $1.2M or 480K."
        await ask_for_sow(house.person("ana"), "487,654", need=need)

        for typed in ("487654", "487655", "487", "654", "1.2m", "2m", "480k"):
            assert "SOW-1" not in await answered(house, "hugo", "/sow", f"list {typed}"), typed
        assert "SOW-1" in await answered(house, "hugo", "/sow", "list portal")


async def late_deal(house: House) -> None:
    """A deal is approved by the client, invoiced, paid in part, and then long overdue."""
    amount = FIGURES["what is asked for"]
    await house.set_clock(MONDAY)
    await accepted(house, amount, need=f"Forecasting, for a budget of {amount} USD or $87654.32.")
    await drafted(house)
    await drafted(house, scope=f"Two phases. None costs more than 87,654.32 dollars, {ROUGHLY}.")
    await sent(house)
    await Client.of(house, letters(house)[-1]).approve()
    await house.quiet()
    await record_invoice(house, number="INV-1", net_days="7", label=f"All of {amount} USD")
    await press(house, house.person("bea"), "Send SOW and invoice to the client")
    await pay(house, FIGURES["what was paid"])
    for day in (date(2026, 12, 2), date(2026, 12, 7), date(2026, 12, 21), date(2027, 1, 4)):
        await go_to(house, day)
        await asyncio.to_thread(run_jobs, house)
        await house.quiet()


async def answered(house: House, handle: str, name: str, text: str) -> str:
    said = await house.person(handle).command(name, text, channel="sales")
    return said.modal.text if said.modal else (await said.replied()).text


async def page(house: House, handle: str) -> str:
    said = await house.person(handle).command("/sow", "status SOW-1", channel="sales")
    return (await (await (await said.replied()).click("Details")).modal_opened()).text


async def home(house: House, handle: str) -> str:
    shown = await (await house.person(handle).open_home()).wait_for_text("Look for requests")
    await look_for(shown, client="Globex")
    await shown.wait_for_text("SOW-1")
    return shown.text


async def spoken(house: House, handle: str) -> str:
    person = house.person(handle)
    before = len(person.dm_with_bot().everything)
    await person.dm("What is the status of SOW-1?")
    await house.until(lambda: len(person.dm_with_bot().everything) > before + 1, "it answers")
    await house.quiet()
    return "\n".join(each.text for each in person.dm_with_bot().everything[before + 1 :])


async def overdue(house: House, handle: str) -> str:
    """The report of what is overdue: its picture in words, the words below it, and its rows."""
    picture = await drawn(house, handle, report="Overdue money")
    words = offering(house.person(handle), "CSV")
    await words.click("CSV")
    await words.click("XLSX")
    await house.quiet()
    rows = content(house, files(house, handle, ".csv")[-1]).decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(content(house, files(house, handle, ".xlsx")[-1]))) as book:
        cells = book.read("xl/sharedStrings.xml").decode()
        numbers = book.read("xl/worksheets/sheet1.xml").decode()
    return "\n".join([described(house, picture), words.text, rows, cells, numbers])


def command(name: str, text: str) -> Callable[[House, str], Awaitable[str]]:
    return lambda house, handle: answered(house, handle, name, text)


SURFACES: Mapping[str, Callable[[House, str], Awaitable[str]]] = {
    "status": command("/sow", "status SOW-1"),
    "status by client": command("/sow", "status globex"),
    "found": command("/requests", "globex"),
    "open": command("/requests", "sow open"),
    "page": page,
    "Home": home,
    "spoken": spoken,
    "overdue money": overdue,
}
"""Whatever names the request to whoever may see it, and does not follow from an event."""


@pytest.mark.parametrize(
    "said", ["$87.7K", "0.0877M EUR", "us$ 88k", "80k-87.5k USD", "0.877 lakh"]
)
def test_an_amount_is_found_however_it_is_written(said: str) -> None:
    assert figures(f"Forecasting, {said}.") == ["what is asked for"]


@pytest.mark.prove
async def test_the_same_is_said_without_amounts_to_those_who_do_not_see_them(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path, FRONTDESK_CONFIG=naming(tmp_path, "executive")) as house:
        await late_deal(house)
        for handle in OTHERS:
            for surface, look in SURFACES.items():
                said = await look(house, handle)
                assert "SOW-1" in said, (handle, surface)
                assert figures(said) == [], (handle, surface, said)
        for surface, look in SURFACES.items():
            assert figures(await look(house, "ryan")), surface

        for handle in OTHERS:
            seen = seen_by(house, handle)
            assert "Globex" in seen
            assert "INV-1" in seen
            assert figures(seen) == [], handle
        for handle in SEEING:
            assert figures(await page(house, handle)) == list(FIGURES), handle
        is_sound(house)


async def test_admins_set_it_in_slack_and_the_next_message_obeys(small_house: House) -> None:
    house = small_house
    await ask_for_sow(house.person("ana"), "87,654.32")
    channel = house.workspace.channel("sow-requests")
    await channel.wait_for(text="SOW-1: Globex, 87,654.32 USD")
    assert figures(await answered(house, "hugo", "/sow", "status SOW-1"))

    await changed(house, SEEN_BY, roles=["Executive"])
    await ask_for_sow(house.person("ana"), "87,654.32")
    await house.quiet()
    card = channel.cards("SOW-2:")[0]
    assert "Amount: amount not shown in channels" in card.text
    assert figures(card.text) == []
    for handle in ("ana", "dian", "ryan"):
        assert figures(await answered(house, handle, "/sow", "status SOW-2")), handle
    for handle in OTHERS:
        for ref in ("SOW-1", "SOW-2"):
            said = await answered(house, handle, "/sow", f"status {ref}")
            assert "Amount: amount not shown to your role" in said
            assert figures(said) == [], handle
    heard = "\n".join(each.text for each in house.person("audra").dm_with_bot().messages)
    assert SEEN_BY in heard
    assert on_record(house)[-1]["setting"] == "visibility.amounts"

    await changed(house, SEEN_BY, roles=[])
    assert figures(await answered(house, "hugo", "/sow", "status SOW-2"))
    await press(house, house.person("dian"), "Accept")
    assert all(figures(each.text) for each in channel.cards("Amount"))
    is_sound(house)


async def test_a_role_sees_amounts_as_long_as_it_is_held(tmp_path: Path) -> None:
    config = naming(tmp_path, "head_of_sales")
    async with open_house(tmp_path, "http", FRONTDESK_CONFIG=config) as house:
        await ask_for_sow(house.person("ana"), "87,654.32")
        assert figures(await answered(house, "hugo", "/sow", "status SOW-1"))
        assert figures(await answered(house, "ryan", "/sow", "status SOW-1")) == []
        await ask_for_sow(house.person("ana"), "187,654.32")
        assert "187,654.32" in await answered(house, "ryan", "/sow", "status SOW-2")

        await changed(house, "Head of sales", people=["ryan"])
        assert figures(await answered(house, "ryan", "/sow", "status SOW-1"))


async def test_everything_that_is_kept_is_for_those_who_see_amounts(tmp_path: Path) -> None:
    async with open_house(tmp_path, FRONTDESK_CONFIG=naming(tmp_path, "executive")) as house:
        await ask_for_sow(house.person("ana"), "87,654.32")
        await house.quiet()
        for handle, offered in (("audra", True), ("adam", False)):
            said = await house.person(handle).command("/sow", "status SOW-1", channel="sales")
            shown = await (await (await said.replied()).click("Details")).modal_opened()
            assert ("Export" in shown.buttons) is offered, handle
        desk = house.frontdesk.desk
        adam = Gesture(
            user=house.person("adam").id, team=house.workspace.team_id, surface="modal", key="v"
        )
        with pytest.raises(NotAllowed):
            await asyncio.to_thread(exporting.export, desk, adam, "SOW-1")


async def test_nobody_learns_of_a_deal_what_they_do_not_see_of_a_request(tmp_path: Path) -> None:
    async with open_house(tmp_path, FRONTDESK_CONFIG=naming(tmp_path, "executive")) as house:
        keep(house, PILOT)
        for handle, amount in (("ryan", "180000"), ("ana", None)):
            form = await sow_form(house.person(handle))
            offered = await form.suggestions("Linked opportunity", "pilot")
            assert ("180,000.00 EUR" in offered[-1]) is bool(amount), handle
            assert "Globex" in offered[-1]
            await form.fill(opportunity="D-1042")
            await form.wait_for_text("From Globex – Forecasting pilot")
            assert form.value("client") == "Globex"
            assert form.value("amount") == amount, handle


def test_whoever_can_fill_in_an_amount_sees_it() -> None:
    always = {Seat.ASKER, Seat.OWNER, Seat.DECIDER, Seat.FRONTDESK, Seat.CLIENT}
    forms, found = find_forms(), 0
    for workflow in find_workflows().values():
        for transition in workflow.transitions:
            form = forms.get(transition.form or "")
            kinds = (Amount, Items)
            if form is None or not any(isinstance(each, kinds) for each in form.fields):
                continue
            found += 1
            assert {*transition.by} <= always | workflow.money, (workflow.key, transition.name)
    assert found > 3
