"""At the close everybody involved says how it went; the record is there for who may have it."""

import io
import json
import zipfile

import pytest

from bot import evidence
from bot.desk import Gesture
from sandbox import Card
from tests.journeys.deals import (
    content,
    entries,
    invoiced,
    is_sound,
    letters,
    pay,
    press,
    text_of,
    thread,
    told,
)
from tests.journeys.house import House
from workflows.refusals import NotAllowed


async def closed(house: House) -> None:
    """Carry a request to its close."""
    await invoiced(house)
    await pay(house, "8,000", reference="TRX-1")
    await press(house, house.person("bea"), "Confirm payment")
    assert house.request("SOW-1").stage == "closed"


async def asked(house: House, handle: str) -> Card:
    """The message that asks somebody how it went."""
    return await house.person(handle).dm_with_bot().wait_for("How did it go?")


@pytest.mark.prove
async def test_everybody_involved_says_how_it_went_and_the_report_tells(small_house: House) -> None:
    house = small_house
    await closed(house)
    assert "We have received your payment" in text_of(letters(house)[-1])
    assert "confirmed the payment" in told(house, "ana")
    assert "confirmed the payment" in thread(house)[-1].text

    for handle, score in (("ana", "5"), ("dian", "4"), ("bea", "2")):
        await (await asked(house, handle)).click(score)
    bea = house.person("bea").dm_with_bot()
    thanks = await bea.wait_for("2 of 5 for SOW-1")
    modal = await (await thanks.click("Add a word")).modal_opened()
    await modal.fill(word="The invoice took two attempts.")
    assert (await modal.submit()).closed
    await (await asked(house, "bea")).click("3")
    await bea.wait_for("3 of 5 for SOW-1")
    await house.quiet()

    assert house.person("ryan").dm_with_bot().cards("How did it go?") == []
    hugo = house.person("hugo")
    report = await (await hugo.command("/sow", "report", channel="general")).replied()
    assert "4.0 of 5 on average, from 3 people" in report.text
    assert "The invoice took two attempts." in report.text
    assert "Ended: 1, still open: 0" in report.text
    is_sound(house)


async def test_the_auditor_gets_the_whole_record_and_nobody_else(small_house: House) -> None:
    house, audra = small_house, small_house.person("audra")
    await closed(house)
    result = await audra.command("/sow", "status SOW-1", channel="general")
    page = await (await (await result.replied()).click("Details")).modal_opened()
    assert set(page.buttons) == {"Export"}

    await page.click("Export")
    await house.until(lambda: bundles(house, "audra"), "the record is in her DM")
    await house.quiet()

    exported = entries(house)[-1]
    assert (exported.action, exported.actor) == ("exported", audra.id)
    with zipfile.ZipFile(io.BytesIO(content(house, exported.detail["sha256"]))) as packed:
        names = set(packed.namelist())
        rows = packed.read("payments.csv").decode()
        manifest = json.loads(packed.read("manifest.json"))
    assert {"documents/SOW-1-v1.pdf", "documents/SOW-1-certificate.pdf"} <= names
    assert "TRX-1" in rows
    assert manifest["audit_head"]
    for handle in ("ana", "dian", "hugo"):
        user = house.person(handle).id
        who = Gesture(user=user, team=house.workspace.team_id, surface="modal")
        with pytest.raises(NotAllowed):
            evidence.export(house.frontdesk.desk, who, "SOW-1")
        assert bundles(house, handle) == []
    is_sound(house)


def bundles(house: House, handle: str) -> list[str]:
    messages = house.person(handle).dm_with_bot().messages
    return [name for card in messages for name in card.files if name.endswith(".zip")]
