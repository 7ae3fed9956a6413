"""The lists of a document: entries come one at a time, and nothing typed in the form is lost."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot import items
from bot.desk import Gesture
from bot.errors import DraftGone
from bot.items import Shown
from modals.item_wire import Place, Press, Verb
from modals.lists import DELIVERABLES
from sandbox import Modal
from sandbox.errors import ButtonGone
from tests.journeys.house import House, ask_for_sow, decide
from workflows.deal import record_of
from workflows.document import Deliverable, Document, PriceLine
from workflows.money import Money

TITLE, TEXT, MENU = "What does the client get?", "What is paid for?", "items:entry"


async def accepted(house: House) -> None:
    """A request for two deliverables that Dian has accepted."""
    await ask_for_sow(house.person("ana"), deliverables="Workshop\nReport", scope="Two sites.")
    card = await house.person("dian").dm_with_bot().wait_for("SOW-1")
    await decide(card, "Accept")
    await card.wait_for_text("Drafting")
    await house.quiet()


async def draft_form(house: House) -> Modal:
    """The form for the document, opened from the card."""
    await accepted(house)
    card = house.person("dian").dm_with_bot().cards("SOW-1")[-1]
    return await (await card.click("Draft")).modal_opened()


async def opened(modal: Modal, field: str) -> Modal:
    """Open a list of the form."""
    await modal.click(f"open:{field}")
    return modal


async def add(modal: Modal, button: str, **answers: object) -> None:
    """Add one entry to the list that is open."""
    await modal.click(button)
    await modal.fill(**answers)
    result = await modal.submit()
    assert not result.errors


async def choose(modal: Modal, entry: int, words: str) -> None:
    """Choose from the menu of an entry, counted from 1."""
    await modal.choose(f"entry_{entry - 1}", words)


def document(house: House) -> Document:
    found = record_of(house.request("SOW-1")).document
    assert found is not None
    return found


async def test_a_list_is_filled_one_entry_at_a_time(house: House) -> None:
    modal = await draft_form(house)
    assert "Deliverables (2)\n1. Workshop\n2. Report" in modal.text
    await modal.fill(contact_name="Homer Simpson", payment_terms="30 days net")

    await opened(modal, "deliverables")
    assert (modal.title, modal.depth) == ("Deliverables", 2)
    assert "2 of at most 200" in modal.text
    await add(
        modal,
        "Add a deliverable",
        **{TITLE: "Training", "Acceptance": "Ten people are trained.", "Due": "2027-03-05"},
    )
    await modal.wait_for_text("3. Training, due Fri 5 Mar 2027")
    await modal.close()

    await modal.wait_for_text("Deliverables (3)")
    assert modal.value("contact_name") == "Homer Simpson"
    assert (await modal.submit()).closed
    assert document(house).contact_name == "Homer Simpson"
    assert document(house).deliverables[2] == Deliverable(
        title="Training", acceptance="Ten people are trained.", due=date(2027, 3, 5)
    )


async def test_the_total_follows_the_price_lines(small_house: House) -> None:
    modal = await draft_form(small_house)
    assert "Total: 8,000.00 USD. Still missing: Payment terms." in modal.text

    await opened(modal, "prices")
    await modal.click("Add a price line")
    assert modal.fields["Currency"].startswith("USD")
    await modal.fill(**{TEXT: "Travel", "How many?": "2.5", "Price each": "100"})
    await modal.submit()
    await modal.wait_for_text("2. Travel: 2.5 × 100.00 USD = 250.00 USD")
    await modal.close()

    await modal.wait_for_text("Total: 8,250.00 USD. Still missing: Payment terms.")
    await modal.fill(payment_terms="30 days net")
    assert (await modal.submit()).closed
    assert document(small_house).prices[1] == PriceLine(
        text="Travel", quantity=Decimal("2.5"), price=Money(10000, "USD")
    )


async def test_an_entry_is_changed_moved_and_removed(small_house: House) -> None:
    modal = await opened(await draft_form(small_house), "deliverables")

    await choose(modal, 2, "Move up")
    await modal.wait_for_text("1. Report")
    await choose(modal, 1, "Edit")
    assert (modal.title, modal.value("title")) == ("Edit deliverable", "Report")
    await modal.fill(**{TITLE: "Final report"})
    await modal.submit()
    await modal.wait_for_text("1. Final report")
    await choose(modal, 2, "Remove")
    await modal.wait_for_text("1 of at most 200")
    await modal.close()

    await modal.wait_for_text("Deliverables (1)\n1. Final report")


async def test_a_wrong_entry_keeps_its_form_open(small_house: House) -> None:
    modal = await opened(await draft_form(small_house), "prices")
    await modal.click("Add a price line")
    await modal.fill(**{TEXT: "Travel", "How many?": "1,500", "Price each": "-5"})

    result = await modal.submit()

    assert result.errors == {
        "How many?": "“1,500” can mean 1.5 or 1500. Please write it in one of these two ways.",
        "Price each": "The amount must be more than zero.",
    }
    await modal.close()
    assert "1 of at most 200" in modal.text


async def test_a_long_list_is_paged(small_house: House) -> None:
    modal = await opened(await draft_form(small_house), "milestones")
    for number in range(1, 22):
        await add(modal, "Add a milestone", Milestone=f"M{number}")
        await modal.wait_for_text(f"{number}. M{number}")
    assert "21 of at most 200, page 2 of 2" in modal.text

    await modal.click("Earlier")
    await modal.wait_for_text("20. M20")
    assert "21. M21" not in modal.text
    await modal.click("Later")
    await modal.wait_for_text("21. M21")
    await choose(modal, 21, "Remove")

    await modal.wait_for_text("20 of at most 200")
    await modal.close()
    await modal.wait_for_text("Milestones (20)")
    assert "and 15 more" in modal.text


async def test_an_entry_handed_in_twice_is_in_the_list_once(small_house: House) -> None:
    modal = await opened(await draft_form(small_house), "deliverables")
    await modal.click("Add a deliverable")
    await modal.fill(**{TITLE: "Training"})
    small_house.workspace.faults.lose_ack("view_submission")

    assert (await modal.submit()).trouble
    await modal.submit()

    await modal.wait_for_text("3. Training")
    await small_house.quiet()
    assert "3 of at most 200" in modal.text


async def test_where_only_one_view_fits_on_the_form_an_entry_takes_the_lists_place(
    small_house: House,
) -> None:
    await accepted(small_house)
    card = small_house.person("dian").dm_with_bot().cards("SOW-1")[-1]
    modal = await (await card.click("Details")).modal_opened()
    await modal.click("Draft")
    await opened(modal, "deliverables")
    assert modal.depth == 3

    await modal.click("Add a deliverable")
    await modal.wait_for_text("Back to the list")
    await modal.click("Back to the list")
    await modal.wait_for_text("2 of at most 200")
    await modal.click("Add a deliverable")
    await modal.wait_for_text("Back to the list")
    await modal.fill(**{TITLE: "Training"})
    await modal.submit()
    assert "3. Training" in modal.text
    await modal.close()

    await modal.wait_for_text("Deliverables (3)")


async def test_where_no_view_fits_on_the_form_the_list_takes_its_place(small_house: House) -> None:
    await accepted(small_house)
    dian = small_house.person("dian")
    modal = await (await dian.global_shortcut("my_requests")).modal_opened()
    await modal.click("Details")
    await modal.click("Draft")
    await modal.fill(payment_terms="30 days net")
    await opened(modal, "deliverables")
    await modal.wait_for_text("2 of at most 200")
    assert modal.depth == 3

    await choose(modal, 1, "Remove")
    await modal.wait_for_text("1 of at most 200")
    await modal.click("Back to the form")

    await modal.wait_for_text("Deliverables (1)\n1. Report")
    assert modal.value("payment_terms") == "30 days net"
    assert (await modal.submit()).closed
    assert [each.title for each in document(small_house).deliverables] == ["Report"]


async def test_a_form_closed_behind_its_list_is_kept(small_house: House) -> None:
    modal = await opened(await draft_form(small_house), "deliverables")
    await choose(modal, 1, "Remove")
    await modal.wait_for_text("1 of at most 200")
    await modal.close_all()

    kept = await small_house.person("dian").dm_with_bot().wait_for("Your draft is kept")
    modal = await (await kept.click("Resume")).modal_opened()

    assert "Deliverables (1)\n1. Report" in modal.text


async def test_a_list_that_changed_elsewhere_is_drawn_as_it_is(small_house: House) -> None:
    modal = await opened(await draft_form(small_house), "deliverables")
    [draft] = small_house.drafts("dian")
    old = Place.decode(modal.view.body["private_metadata"])
    dian = small_house.person("dian")
    gesture = Gesture(user=dian.id, team="", surface="modal")
    shown = Shown(view_id=modal.view.id, place=old, has_room=True, occasion="first")
    await choose(modal, 1, "Remove")
    await modal.wait_for_text("1. Report")

    items.press(small_house.frontdesk.desk, gesture, shown, Press(Verb.REMOVE, 0))

    await modal.wait_for_text("The list has changed meanwhile, so nothing was done.")
    assert "1. Report" in modal.text
    assert small_house.drafts("dian")[0].id == draft.id


async def test_an_entry_that_is_gone_meanwhile_is_not_saved(small_house: House) -> None:
    modal = await opened(await draft_form(small_house), "deliverables")
    place = Place.decode(modal.view.body["private_metadata"])
    dian = Gesture(user=small_house.person("dian").id, team="", surface="modal")
    shown = Shown(view_id=modal.view.id, place=place, has_room=True, occasion="elsewhere")
    await choose(modal, 1, "Edit")
    items.press(small_house.frontdesk.desk, dian, shown, Press(Verb.REMOVE, 0))

    await modal.fill(**{TITLE: "Two workshops"})
    result = await modal.submit()

    assert result.errors == {
        TITLE: "The list has changed since you opened this, so nothing was saved. "
        "Please open it again."
    }
    await modal.close()
    await modal.wait_for_text("1. Report")


async def test_nobody_edits_the_list_of_somebody_else(small_house: House) -> None:
    modal = await opened(await draft_form(small_house), "deliverables")
    place = Place.decode(modal.view.body["private_metadata"])
    ana = Gesture(user=small_house.person("ana").id, team="", surface="modal")
    shown = Shown(view_id=modal.view.id, place=place, has_room=True, occasion="1")

    for verb in (Verb.REMOVE, Verb.ADD, Verb.TURN, Verb.BACK):
        with pytest.raises(DraftGone):
            items.press(small_house.frontdesk.desk, ana, shown, Press(verb))
    with pytest.raises(DraftGone):
        items.save_entry(small_house.frontdesk.desk, ana, shown, {})

    assert "2 of at most 200" in modal.text


async def test_there_is_no_room_for_more_than_200(small_house: House) -> None:
    modal = await opened(await draft_form(small_house), "deliverables")
    [draft] = small_house.drafts("dian")
    full = DELIVERABLES.with_entries([{"title": f"D{number}"} for number in range(200)])
    with small_house.frontdesk.desk.store.unit() as unit:
        unit.drafts.save(replace(draft, state=draft.state | full))
        unit.commit()
    await modal.close()
    await opened(modal, "deliverables")

    assert "200 of at most 200, page 1 of 10" in modal.text
    with pytest.raises(ButtonGone):
        await modal.click("Add a deliverable")
