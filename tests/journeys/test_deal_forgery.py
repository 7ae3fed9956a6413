"""What is not approved does not reach a client: not by an old button, not by a forged one."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot import decisions, intake, moves
from bot.desk import Gesture
from bot.intake import Submission
from modals.metadata import Metadata
from sandbox import Person
from tests.journeys.deals import (
    accepted,
    client_approved,
    drafted,
    entries,
    fill_in,
    form,
    is_sound,
    letters,
    offering,
    page_form,
    press,
    record,
    record_invoice,
    refusal,
)
from tests.journeys.house import House
from tests.journeys.planted import others_button
from workflows.definition import Given
from workflows.refusals import NotAllowed, Refusal

SENDING = {"contact_name": "Hank Scorpio", "contact_email": "hank@globex.example"}


def gesture(house: House, person: Person) -> Gesture:
    return Gesture(user=person.id, team=house.workspace.team_id, surface="button")


async def waiting_for_the_executive(house: House) -> None:
    """Bring a version to the executive, who has approved another price."""
    await accepted(house, "180,000")
    dian = house.person("dian")
    modal = await form(house, dian, "Draft")
    await fill_in(house, modal, payment_terms="90 days net")
    assert house.request("SOW-1").stage == "document_approval"


async def test_an_unapproved_version_is_not_sent_by_any_door(small_house: House) -> None:
    house = small_house
    await waiting_for_the_executive(house)
    desk, who = house.frontdesk.desk, gesture(house, house.person("dian"))
    step = house.request("SOW-1").step

    button = await others_button(house, "dian", "send")
    pressed = await button.click("Press")

    assert "SOW-1" in (await pressed.replied()).text
    assert pressed.modal is None
    for each in range(step + 2):
        with pytest.raises(Refusal):
            decisions.decide(desk, who, "SOW-1", each, "send", Given(values=SENDING))
        with pytest.raises(Refusal):
            intake.hand_in(desk, who, submission(each))
    assert house.request("SOW-1").stage == "document_approval"
    assert record(house).versions[0].sent_at is None
    assert letters(house) == []


def submission(step: int) -> Submission:
    """A form for sending that was never opened."""
    meta = Metadata("sending", "sow", "send", ref="SOW-1", step=step, draft="forged")
    text = {"type": "plain_text_input", "value": "hank@globex.example"}
    values = {name: {f"field:{name}": text} for name in SENDING}
    return Submission(view_id="V0FORGED", metadata=meta, values=values)


async def test_nobody_acts_in_the_place_of_another(small_house: House) -> None:
    house = small_house
    await waiting_for_the_executive(house)
    step, before = house.request("SOW-1").step, record(house)

    for handle, name in (
        ("dian", "approve_document"),
        ("ana", "approve_document"),
        ("ana", "send"),
        ("dian", "client_approve"),
        ("adam", "client_approve"),
        ("dian", "rendered"),
        ("adam", "expire"),
    ):
        who, given = gesture(house, house.person(handle)), Given(reason="So.", values=SENDING)
        with pytest.raises(Refusal):
            decisions.decide(house.frontdesk.desk, who, "SOW-1", step, name, given)

    assert house.request("SOW-1").stage == "document_approval"
    assert record(house) == before


async def test_the_bytes_of_a_version_do_not_change_once_they_are_there(
    small_house: House,
) -> None:
    house = small_house
    await accepted(house, "8,000")
    await drafted(house)
    before, desk = record(house), house.frontdesk.desk
    assert before.versions[0].sha256
    other = "0" * 64

    made = moves.by_frontdesk(
        desk, "SOW-1", "rendered", version=1, sha256=other, data_sha256=other, pages=1
    )
    failed = moves.by_frontdesk(
        desk, "SOW-1", "render_failed", version=1, reason="No room.", trouble="No room."
    )
    who, step = gesture(house, house.person("dian")), house.request("SOW-1").step
    with pytest.raises(Refusal, match="no trouble in rendering"):
        decisions.decide(desk, who, "SOW-1", step, "render_again", Given())

    assert (made, failed) == (None, None)
    assert record(house) == before


@pytest.mark.prove
async def test_what_was_prepared_for_a_voided_invoice_is_not_for_the_next_of_its_number(
    small_house: House,
) -> None:
    house = small_house
    await client_approved(house)
    await record_invoice(house, number="INV-1", amount="3,000")
    [first], desk = record(house).invoices, house.frontdesk.desk
    modal = await page_form(house, house.person("bea"), "SOW-1", "Void invoice")
    await fill_in(house, modal, invoice="INV-1", reason="A wrong amount.")
    await house.move_clock(timedelta(minutes=1))
    await asyncio.to_thread(house.frontdesk.worker.stop)
    pressed = await offering(house.person("bea"), "Record invoice").click("Record invoice")
    again = await pressed.modal_opened()
    await again.fill(number="INV-1", amount="4,000")
    assert (await again.submit()).closed

    assert not filed(house, first.at, first.sha256)
    failed = moves.by_frontdesk(
        desk, "SOW-1", "invoice_failed", number="INV-1", at=first.at, reason="Not read."
    )

    assert failed is None
    assert [(each.sha256, each.trouble) for each in record(house).invoices] == [("", "")]
    await house.restart()
    await house.quiet()
    [second] = record(house).invoices
    assert second.sha256 not in ("", first.sha256)
    assert not filed(house, second.at, first.sha256)
    assert record(house).invoices == (second,)


def filed(house: House, at: datetime, sha256: str) -> bool:
    """Whether a PDF is taken as that of the invoice INV-1 which was recorded ``at``."""
    what, desk = "invoice_kept", house.frontdesk.desk
    done = moves.by_frontdesk(desk, "SOW-1", what, number="INV-1", at=at, sha256=sha256)
    return done is not None


async def test_in_the_right_stage_the_wrong_person_is_refused_and_on_record(
    small_house: House,
) -> None:
    house = small_house
    await accepted(house)
    await drafted(house)
    step = house.request("SOW-1").step
    assert house.request("SOW-1").stage == "ready"

    for handle in ("ana", "adam", "ryan", "bea"):
        person, given = house.person(handle), Given(values=SENDING)
        with pytest.raises(NotAllowed):
            decisions.decide(
                house.frontdesk.desk, gesture(house, person), "SOW-1", step, "send", given
            )
    button = await others_button(house, "ana", "send")
    pressed = await button.click("Press")

    assert pressed.modal is None
    assert (await pressed.replied()).text
    assert house.request("SOW-1").stage == "ready"
    assert letters(house) == []
    refused = [each.actor for each in entries(house) if each.action == "refused"]
    assert refused == [house.person(each).id for each in ("ana", "adam", "ryan", "bea")]
    is_sound(house)


async def test_a_form_opened_for_the_version_before_sends_nothing(small_house: House) -> None:
    house, dian = small_house, small_house.person("dian")
    await accepted(house, "8,000")
    await drafted(house)
    old = await form(house, dian, "Send to client")
    step = house.request("SOW-1").step
    given = Given(values=drafting_values(house))
    decisions.decide(house.frontdesk.desk, gesture(house, dian), "SOW-1", step, "draft", given)
    await house.quiet()

    said = await refusal(old)

    assert "SOW-1" in said
    assert len(record(house).versions) == 2
    assert house.request("SOW-1").stage == "ready"
    assert letters(house) == []


def drafting_values(house: House) -> dict[str, object]:
    """The newest version's content with other terms."""
    document = record(house).document
    assert document is not None
    names = document.__dataclass_fields__
    return {name: getattr(document, name) for name in names} | {"payment_terms": "At once"}


async def test_an_approval_pressed_twice_says_that_it_was_given(small_house: House) -> None:
    house, ryan = small_house, small_house.person("ryan")
    await waiting_for_the_executive(house)
    card = ryan.dm_with_bot().cards("SOW-1:")[-1].as_seen_now()
    assert "Approve" in card.buttons
    await press(house, ryan, "Approve")

    again = await card.click("Approve")

    said = (await again.replied()).text
    assert "already approved" in said
    assert record(house).versions[0].approved_by == ryan.id
