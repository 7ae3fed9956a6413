"""A window on bank statements shows nothing that somebody was just told is not so any more."""

from collections.abc import Awaitable, Callable

import pytest

from sandbox import Modal
from tests.journeys.deals import fill_in, invoiced, page_form, record, refusal
from tests.journeys.house import House
from tests.journeys.test_bank import HEADER, STATEMENT, hand_in, last, mapped, window

pytestmark = pytest.mark.prove

PAID = "24.11.2026;8.000,00;USD;INV-1;GLOBEX CORP"
Refused = Callable[[House, Modal], Awaitable[object]]


async def proposed(house: House) -> Modal:
    """Return the window in which a row matches the one invoice that is open."""
    await invoiced(house)
    await hand_in(house, f"{HEADER}\n{PAID}")
    await mapped(house)
    opened = await window(house)
    assert "Matches INV-1" in opened.text
    return opened


async def rests(house: House) -> None:
    """Put the request on hold: no payment is recorded on it until it goes on."""
    modal = await page_form(house, house.person("ana"), "SOW-1", "Put on hold")
    await fill_in(house, modal, reason="The client moves house.")


async def confirmed(house: House, opened: Modal) -> None:
    await rests(house)
    await opened.click("Confirm")
    await opened.wait_for_text("moved on")


async def asked_for_another(house: House, opened: Modal) -> None:
    await rests(house)
    await opened.click("Choose another")
    await opened.wait_for_text("nothing to record it on")


async def chosen(house: House, opened: Modal) -> str:
    form = await (await opened.click("Choose another")).modal_opened()
    await rests(house)
    await form.fill(invoice="SOW-1:INV-1")
    return await refusal(form)


@pytest.mark.parametrize("refused", [confirmed, asked_for_another, chosen])
async def test_what_is_on_hold_is_proposed_no_more_to_whoever_was_refused(
    small_house: House, refused: Refused
) -> None:
    opened = await proposed(small_house)
    await refused(small_house, opened)
    await opened.close()
    await opened.wait_for_text("Names no open invoice.")
    assert record(small_house).invoices[0].payments == ()


async def banks(house: House) -> Modal:
    """Return the window that lists the banks."""
    opened = await window(house)
    await opened.click("Banks")
    await opened.wait_for_text("How the files of each bank are read.")
    return opened


@pytest.mark.parametrize("pressed", ["Remove", "Change"])
async def test_a_bank_that_somebody_else_removed_is_listed_no_more(
    small_house: House, pressed: str
) -> None:
    await hand_in(small_house, STATEMENT)
    await mapped(small_house)
    early, late = await banks(small_house), await banks(small_house)
    await early.click("Remove")
    await early.wait_for_text("No file has been read yet")
    await late.click(pressed)
    await late.wait_for_text("This mapping has been removed.")
    await late.close()
    await late.wait_for_text("No file has been read yet")


async def test_a_bank_is_listed_by_its_new_name_behind_the_form_and_not_when_it_is_gone(
    small_house: House,
) -> None:
    await hand_in(small_house, STATEMENT)
    await mapped(small_house)
    early, late = await banks(small_house), await banks(small_house)
    form = await (await early.click("Change")).modal_opened()
    await form.fill(bank="Initech Bank")
    await form.submit()
    await early.wait_for_text("Initech Bank")

    form = await (await early.click("Change")).modal_opened()
    await late.click("Remove")
    await late.wait_for_text("No file has been read yet")
    assert "This mapping has been removed." in await refusal(form)
    await form.close()
    await early.wait_for_text("No file has been read yet")


async def test_what_somebody_else_said_meanwhile_is_not_taken_back_unseen(
    small_house: House,
) -> None:
    columns = "Tag;Vorgang;Zahler;Währung;Umsatz;Art"
    came, went = "23.11.2026;INV-1;GLOBEX;USD;8,00;", "24.11.2026;Miete;Initech;USD;9,00;Soll"
    for name, said in (("early.csv", "Eingang"), ("late.csv", "Scheck")):
        await hand_in(small_house, f"{columns}\n{came}{said}\n{went}", name)
    messages = small_house.person("bea").dm_with_bot()
    early, late = [messages.cards(name)[-1] for name in ("early.csv", "late.csv")]
    first, second = [
        await (await each.click("Choose the columns")).modal_opened() for each in (early, late)
    ]
    answers = {"date": "0", "reference": ["1"], "payer": "2", "currency": "3", "amount": "4"}
    await first.fill(bank="Initech Bank", direction=["5:Eingang"], **answers)
    assert (await first.submit()).closed
    await second.fill(bank="Initech", direction=["5:Scheck"], **answers)
    assert "Somebody has said meanwhile how these files are read." in await refusal(second)

    anew = await (await late.click("Choose the columns")).modal_opened()
    assert anew.value("bank") == "Initech Bank"
    await anew.fill(direction=["5:Eingang", "5:Scheck"])
    assert (await anew.submit()).closed
    await hand_in(small_house, f"{columns}\n25.11.2026;INV-2;GLOBEX;USD;7,00;Eingang", "next.csv")
    assert "1 payment came in, all new" in last(small_house, "next.csv")


async def test_a_bank_that_was_said_anew_behind_an_open_form_is_listed_so(
    small_house: House,
) -> None:
    await hand_in(small_house, STATEMENT)
    await mapped(small_house)
    early, late = await banks(small_house), await banks(small_house)
    forms = [await (await each.click("Change")).modal_opened() for each in (early, late)]
    await forms[0].fill(bank="Initech Bank")
    await forms[0].submit()
    await early.wait_for_text("Initech Bank")
    assert "Somebody has said meanwhile how these files are read." in await refusal(forms[1])
    await forms[1].close()
    await late.wait_for_text("Initech Bank")
