"""The executive and the document: what a version resets, and what nobody has to look at again."""

import pytest

from bot import decisions
from bot.desk import Gesture
from sandbox import Modal, Person
from tests.journeys.deals import (
    Client,
    accepted,
    drafted,
    fill_in,
    form,
    is_sound,
    letters,
    offering,
    page_form,
    press,
    record,
    sent,
    with_client,
)
from tests.journeys.house import House, ask_for_sow, decide
from workflows.deal import Outcome
from workflows.definition import Given
from workflows.refusals import OwnRequest


async def priced(house: House, modal: Modal, price: str) -> None:
    """Change the only price line of a draft, and make the version."""
    await modal.click("open:prices")
    await modal.choose("entry_0", "Edit")
    await modal.fill(**{"Price each": price})
    assert not (await modal.submit()).errors
    await modal.wait_for_text("1 of at most 200")
    await modal.close()
    await modal.wait_for_text("Nothing is missing.")
    result = await modal.submit()
    assert result.closed, (result.errors, modal.text)
    await house.quiet()


def is_offered(person: Person, button: str) -> bool:
    return any(button in card.buttons for card in person.dm_with_bot().messages)


async def test_a_total_raised_over_the_threshold_goes_to_the_executive_who_asks_for_less(
    small_house: House,
) -> None:
    house = small_house
    dian, ryan = house.person("dian"), house.person("ryan")
    await accepted(house, "90,000")
    assert ryan.dm_with_bot().cards("SOW-1") == []

    await priced(house, await form(house, dian, "Draft"), "120,000")

    assert house.request("SOW-1").stage == "document_approval"
    card = offering(ryan, "Approve")
    why = "120,000.00 USD is at or above the threshold of 100,000.00 USD"
    assert f"Executive needed for version 1: yes, {why}" in card.text
    assert any("SOW-1-v1-draft.pdf" in each.files for each in ryan.dm_with_bot().messages)
    assert not is_offered(dian, "Send to client")
    await decide(card, "Request changes", "Split it into two projects.")
    await house.quiet()
    assert house.request("SOW-1").stage == "drafting"
    assert "Split it into two projects." in offering(dian, "Draft").text
    assert not is_offered(ryan, "Approve")

    await priced(house, await form(house, dian, "Draft"), "95,000")

    assert house.request("SOW-1").stage == "document_approval"
    card = offering(ryan, "Approve")
    assert "Fee: 120,000.00 USD -> 95,000.00 USD" in card.text
    why = "the executive asked for changes to the version before"
    assert f"Executive needed for version 2: yes, {why}" in card.text
    assert not is_offered(dian, "Send to client")
    await press(house, ryan, "Approve")
    assert record(house).versions[1].approved_by == ryan.id
    await sent(house)
    assert "95,000.00 USD" in str(letters(house)[-1])
    is_sound(house)


async def test_a_currency_without_a_threshold_needs_the_executive_and_the_card_says_so(
    small_house: House,
) -> None:
    house, ryan = small_house, small_house.person("ryan")
    await ask_for_sow(house.person("ana"), "500", currency="CHF")
    await house.quiet()

    assert house.request("SOW-1").stage == "executive_approval"
    assert "no threshold is set for CHF" in offering(ryan, "Approve").text
    status = await house.person("ana").command("/sow", "status SOW-1", channel="sales")
    assert "no threshold is set for CHF" in (await status.replied()).text


async def test_a_version_that_waits_for_the_executive_is_replaced_by_the_next(
    small_house: House,
) -> None:
    house, dian, ryan = small_house, small_house.person("dian"), small_house.person("ryan")
    await accepted(house, "90,000")
    await priced(house, await form(house, dian, "Draft"), "120,000")
    assert house.request("SOW-1").stage == "document_approval"
    old = ryan.dm_with_bot().cards("SOW-1:")[-1].as_seen_now()
    assert "Approve" in old.buttons

    modal = await page_form(house, dian, "SOW-1", "Draft")
    await fill_in(house, modal, payment_terms="60 days net")

    assert house.request("SOW-1").stage == "document_approval"
    assert [each.outcome for each in record(house).versions] == [Outcome.REPLACED, Outcome.OPEN]
    await old.click("Approve")
    await house.quiet()
    assert house.request("SOW-1").stage == "document_approval"
    assert record(house).versions[1].approved_by == ""
    await press(house, ryan, "Approve")
    assert record(house).versions[1].approved_by == ryan.id
    is_sound(house)


async def test_nobody_approves_the_version_that_they_wrote(small_house: House) -> None:
    house, dian, adam = small_house, small_house.person("dian"), small_house.person("adam")
    await accepted(house, "90,000")
    await priced(house, await form(house, dian, "Draft"), "120,000")
    status = await adam.command("/sow", "status SOW-1", channel="general")
    page = await (await (await status.replied()).click("Details")).modal_opened()
    modal = await (await page.click("Reassign")).modal_opened()
    await fill_in(house, modal, person=dian.id, reason="Ryan is away.")
    who = Gesture(user=dian.id, team=house.workspace.team_id, surface="button")
    step, desk = house.request("SOW-1").step, house.frontdesk.desk

    assert not is_offered(dian, "Approve")
    with pytest.raises(OwnRequest, match="your own work"):
        decisions.decide(desk, who, "SOW-1", step, "approve_document", Given())

    assert house.request("SOW-1").stage == "document_approval"
    assert record(house).versions[0].approved_by == ""


async def test_a_fee_of_another_kind_than_asked_needs_the_executive(small_house: House) -> None:
    house = small_house
    await accepted(house, "8,000")
    modal = await form(house, house.person("dian"), "Draft")
    await modal.fill(fee="recurring")
    await modal.wait_for_text("Billing period")

    await fill_in(house, modal, billing_period="monthly")

    assert house.request("SOW-1").stage == "document_approval"
    why = "Executive needed for version 1: yes, the fee is not of the kind that was asked for"
    assert why in offering(house.person("ryan"), "Approve").text
    assert not is_offered(house.person("dian"), "Send to client")


async def test_what_differs_is_named_with_what_matters_most_first(small_house: House) -> None:
    house = small_house
    await accepted(house, "180,000")
    modal = await form(house, house.person("dian"), "Draft")
    await modal.fill(background="They want it for all their partners.")

    await fill_in(house, modal, payment_terms="60 days net", start="2027-01-15")

    assert house.request("SOW-1").stage == "document_approval"
    said = offering(house.person("ryan"), "Approve").text
    _, _, why = said.partition("it differs from what the executive approved: ")
    parts = ("Start: ", "Payment terms: 30 days net -> 60 days net", "Background: ")
    places = [why.find(part) for part in parts]
    assert -1 not in places, said
    assert places == sorted(places)


async def test_another_background_is_another_scope(small_house: House) -> None:
    house = small_house
    await accepted(house, "180,000")

    await drafted(house, background="They want it for all their partners.")

    assert house.request("SOW-1").stage == "document_approval"
    why = "it differs from what the executive approved: Background: "
    assert why in offering(house.person("ryan"), "Approve").text


async def test_blanks_that_drafting_fills_in_need_nobody(small_house: House) -> None:
    house = small_house
    await accepted(house, "180,000", scope=None, payment_terms=None, end=None)

    await drafted(house, scope="Two phases.", payment_terms="30 days net", end="2027-06-01")

    assert house.request("SOW-1").stage == "ready"


async def test_a_change_of_notes_needs_nobody(small_house: House) -> None:
    house, ryan = small_house, small_house.person("ryan")
    client = await with_client(house, "180,000")
    await client.answer("changes", reason="Nothing, sorry, please send it again.")
    await house.quiet()
    before = len(ryan.dm_with_bot().messages)

    await drafted(house, notes="They pressed the wrong button.")

    assert house.request("SOW-1").stage == "ready"
    said = offering(house.person("dian"), "Send to client").text
    assert "nothing material has changed since the executive approved it" in said
    [difference] = record(house).versions[1].differences
    assert difference == "Notes: (none) -> They pressed the wrong button."
    assert len(ryan.dm_with_bot().messages) == before
    assert not is_offered(ryan, "Approve")
    await sent(house)
    again = Client.of(house, letters(house)[-1])
    await again.approve()
    assert "wrong button" not in str(letters(house)[-1])


async def test_a_second_draft_of_approved_terms_is_judged_anew(small_house: House) -> None:
    house, dian, ryan = small_house, small_house.person("dian"), small_house.person("ryan")
    await accepted(house, "180,000")
    await priced(house, await form(house, dian, "Draft"), "190,000")
    await press(house, ryan, "Approve")
    assert house.request("SOW-1").stage == "ready"
    assert record(house).versions[0].approved_by == ryan.id

    await priced(house, await form(house, dian, "Draft"), "200,000")

    assert house.request("SOW-1").stage == "document_approval"
    card = offering(ryan, "Approve")
    assert "Approval of version 2 was reset" in card.text
    assert "Fee: 190,000.00 USD -> 200,000.00 USD" in card.text
    assert not is_offered(dian, "Send to client")
