"""A large approval is confirmed by one more click, which cannot be gone round."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import confirming, decisions
from bot.desk import Gesture
from modals.confirmation import FORM
from modals.metadata import Metadata, NotOurs
from tests.journeys.deals import accepted, form, is_sound, offering, record
from tests.journeys.house import ROOT, House, ask_for_sow, open_house
from tests.journeys.test_database_trouble import locked
from tests.journeys.test_deal_executive import priced
from workflows.definition import Given
from workflows.refusals import NotAllowed, Refusal, Unconfirmed

SAID = "250,000.00 USD for Globex"


@pytest.fixture
async def careful_house(tmp_path: Path) -> AsyncIterator[House]:
    """A house in which approvals from 200,000 dollars on are confirmed."""
    text = (ROOT / "frontdesk.example.toml").read_text(encoding="utf-8")
    assert "\nlink_days = 30" in text
    limit = '\nconfirm_from = { USD = "200000" }\nlink_days = 30'
    file = tmp_path / "careful.toml"
    file.write_text(text.replace("\nlink_days = 30", limit), encoding="utf-8")
    async with open_house(tmp_path, "http", FRONTDESK_CONFIG=str(file)) as house:
        yield house


async def asked_for(house: House, amount: str) -> None:
    await ask_for_sow(house.person("ana"), amount)
    await house.quiet()


async def test_one_more_click_repeats_amount_and_client(careful_house: House) -> None:
    house, ryan = careful_house, careful_house.person("ryan")
    await asked_for(house, "250,000")
    card = offering(ryan, "Approve...")

    modal = await (await card.click("Approve...")).modal_opened()

    assert "SOW-1: 250,000.00 USD for Globex" in modal.text
    assert house.request("SOW-1").stage == "executive_approval"
    await modal.close()
    assert house.audited("SOW-1") == ["submit"]
    modal = await (await card.click("Approve...")).modal_opened()
    result = await modal.submit()
    assert result.closed, result.errors
    await house.quiet()
    assert house.request("SOW-1").stage == "acceptance"
    with house.frontdesk.database.unit() as unit:
        assert unit.requests.timeline("SOW-1")[-1].detail["confirmed"] == SAID
    is_sound(house)


async def test_below_the_limit_one_click_is_enough(careful_house: House) -> None:
    house, ryan = careful_house, careful_house.person("ryan")
    await asked_for(house, "150,000")

    result = await offering(ryan, "Approve").click("Approve")

    assert result.modal is None
    assert house.request("SOW-1").stage == "acceptance"


async def test_a_forged_click_or_modal_approves_nothing(careful_house: House) -> None:
    house, desk = careful_house, careful_house.frontdesk.desk
    await asked_for(house, "250,000")
    step = house.request("SOW-1").step
    ryan = Gesture(user=house.person("ryan").id, team=house.workspace.team_id, surface="modal")
    gus = replace(ryan, user=house.person("dian").id)
    genuine = Metadata(FORM, "sow", "approve", ref="SOW-1", step=step, draft=await seal(house))

    for given in (Given(), Given(values={"confirmed": SAID}), Given(evidence={"confirmed": SAID})):
        with pytest.raises(Unconfirmed):
            decisions.decide(desk, ryan, "SOW-1", step, "approve", given)
    for forged in (
        replace(genuine, draft=""),
        replace(genuine, draft="é" * 64),
        replace(genuine, draft="0" * 64),
        replace(genuine, step=step + 1),
    ):
        with pytest.raises(NotOurs):
            confirming.confirm(desk, ryan, forged)
    with pytest.raises(Refusal):
        confirming.confirm(desk, ryan, replace(genuine, transition="accept"))
    with pytest.raises(NotOurs):
        confirming.confirm(desk, gus, genuine)
    with pytest.raises(NotAllowed):
        confirming.open_confirmation(desk, gus, "SOW-1", step, "approve")
    assert house.request("SOW-1").stage == "executive_approval"

    assert confirming.confirm(desk, ryan, genuine).stage == "acceptance"


async def test_a_modal_from_before_a_change_of_amount_confirms_nothing(
    careful_house: House,
) -> None:
    house, ryan, ana = careful_house, careful_house.person("ryan"), careful_house.person("ana")
    await asked_for(house, "250,000")
    card = offering(ryan, "Approve...")
    modal = await (await card.click("Approve...")).modal_opened()
    back = await (await card.click("Request changes")).modal_opened()
    await back.fill(reason="Too little.")
    await back.submit()
    await house.quiet()
    edit = await (
        await offering(ana, "Edit and resubmit").click("Edit and resubmit")
    ).modal_opened()
    await edit.fill(amount="400,000")
    assert (await edit.submit()).closed
    await house.quiet()

    result = await modal.submit()

    assert not result.closed
    assert house.request("SOW-1").stage == "executive_approval"
    modal = await (await offering(ryan, "Approve...").click("Approve...")).modal_opened()
    assert "400,000.00 USD for Globex" in modal.text
    assert (await modal.submit()).closed
    assert house.request("SOW-1").stage == "acceptance"


async def test_the_total_of_a_document_is_confirmed_too(careful_house: House) -> None:
    house, ryan = careful_house, careful_house.person("ryan")
    await accepted(house, "150,000")
    await priced(house, await form(house, house.person("dian"), "Draft"), "220,000")
    assert house.request("SOW-1").stage == "document_approval"

    modal = await (await offering(ryan, "Approve...").click("Approve...")).modal_opened()

    assert "220,000.00 USD for Globex" in modal.text
    assert (await modal.submit()).closed
    await house.quiet()
    assert record(house).versions[0].approved_by == ryan.id
    is_sound(house)


async def test_while_the_database_is_locked_the_modal_says_so_and_stays(
    careful_house: House, tmp_path: Path
) -> None:
    house, ryan = careful_house, careful_house.person("ryan")
    await asked_for(house, "250,000")
    modal = await (await offering(ryan, "Approve...").click("Approve...")).modal_opened()

    with locked(tmp_path / "frontdesk.db"):
        result = await modal.submit()

    assert not result.closed
    assert house.request("SOW-1").stage == "executive_approval"
    assert "could not save this just now" in str(result.modal and result.modal.text)


async def seal(house: House) -> str:
    """Return what a modal carries that was shown to Ryan."""
    card = offering(house.person("ryan"), "Approve...")
    modal = await (await card.click("Approve...")).modal_opened()
    return Metadata.decode(str(modal.view.body["private_metadata"])).draft
