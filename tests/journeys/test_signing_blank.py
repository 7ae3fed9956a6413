"""The company's own template in DocuSign: approved here, filled in with what was approved."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import templates
from bot.ports import Standing
from tests.integrations.signatures.double import Double
from tests.integrations.signatures.kept import template
from tests.journeys.deals import (
    accepted,
    content,
    drafted,
    is_sound,
    offering,
    record,
    sent,
    told,
)
from tests.journeys.house import House
from tests.journeys.signing import deliver, signing_house
from tests.journeys.test_deal_template import approved, handed_in

pytestmark = pytest.mark.prove

Both = tuple[House, Double]
ID = "1b2c3d4e-0000-4000-8000-000000000009"
SOURCE = f"""// signed as: {ID}
#let data = json(bytes(sys.inputs.data))
= For #data.client: #data.total
"""
NAMES = (
    *("company", "number", "version", "title", "client", "client_address", "contact_name"),
    *("prepared_by", "date", "background", "scope", "total", "fee", "start", "end"),
    *("payment_terms", "deliverables", "milestones", "prices", "assumptions"),
)
LABELS = tuple(f"sow_{each}" for each in NAMES)
"""As docs/operations.md lists them."""


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[Both]:
    async with signing_house(tmp_path) as (house, double):
        double.templates[ID] = template(ID, LABELS, changed="2026-11-01T09:00:00Z")
        yield house, double


async def with_a_version(both: Both) -> None:
    """Have a version made from a template that is signed as one in DocuSign."""
    house, _double = both
    await handed_in(house, SOURCE.encode())
    await approved(house, "TPL-1")
    await accepted(house, "8,000")
    await drafted(house)


async def test_what_was_approved_is_what_is_signed(both: Both) -> None:
    house, double = both
    await handed_in(house, SOURCE.encode())
    [card] = house.person("hugo").dm_with_bot().cards("TPL-1:")
    assert f"Signed as: Our {ID} ({ID})" in card.text
    await approved(house, "TPL-1")
    await accepted(house, "8,000")
    await drafted(house)
    await sent(house)
    await house.quiet()

    [client] = double.only.signers
    said = {each["tabLabel"]: each["value"] for each in client["tabs"]["textTabs"]}
    assert said.keys() == set(LABELS)
    assert (said["sow_number"], said["sow_version"]) == ("SOW-1", "1")
    assert (said["sow_client"], said["sow_total"]) == ("Globex", "8,000.00 USD")
    assert "A forecasting model" in said["sow_deliverables"]
    double.sign(double.only)
    await deliver(house, double)

    assert house.request("SOW-1").stage == "invoicing"
    signature = record(house).signature
    assert signature is not None
    assert b"8,000.00 USD" in content(house, signature.signed_sha256)
    is_sound(house)


async def test_one_that_was_changed_since_it_was_approved_goes_to_nobody(both: Both) -> None:
    house, double = both
    await with_a_version(both)
    double.templates[ID]["lastModifiedDateTime"] = "2026-11-23T09:00:00Z"

    await sent(house)
    await house.quiet()

    assert house.request("SOW-1").stage == "ready"
    assert "was changed there after it was approved here" in told(house, "dian")
    assert double.mails == []
    is_sound(house)


async def test_one_that_left_unheard_and_is_refused_then_is_taken_back(both: Both) -> None:
    house, double = both
    await with_a_version(both)

    def changed() -> None:
        double.templates[ID]["lastModifiedDateTime"] = "2026-11-23T09:00:00Z"
        double.lost = 1  # the answer to its sending

    double.meanwhile = changed
    await sent(house)
    await house.until(lambda: house.request("SOW-1").stage == "ready", "it is refused")
    await house.quiet()

    assert double.only.status == "voided"
    assert [why for _, why in double.mails] == ["invitation", "voided"]
    with house.frontdesk.database.unit() as unit:
        assert [each.standing for each in unit.envelopes.of("SOW-1")] == [Standing.VOID]
    is_sound(house)


@pytest.mark.parametrize(
    ("labels", "why"),
    [
        (LABELS[:-1], "lacks fields called sow_assumptions."),
        (None, f"It cannot be signed as {ID}: The template ID is invalid."),
    ],
    ids=["without a field", "nowhere"],
)
async def test_one_that_could_not_show_everything_is_not_approved(
    both: Both, labels: tuple[str, ...] | None, why: str
) -> None:
    house, double = both
    del double.templates[ID]
    if labels is not None:
        double.templates[ID] = template(ID, labels, changed="2026-11-01T09:00:00Z")

    await handed_in(house, SOURCE.encode())

    assert house.request("TPL-1").stage == "changes_requested"
    assert why in offering(house.person("adam"), "Edit and resubmit").text


async def test_one_that_nobody_could_look_at_is_not_signed_until_it_is_handed_in_anew(
    both: Both,
) -> None:
    house, _double = both
    settings = house.settings
    house.settings = replace(settings, docusign=None)
    await house.restart()
    await handed_in(house, SOURCE.encode())
    await approved(house, "TPL-1")
    house.settings = settings
    await house.restart()

    await accepted(house, "8,000")
    await drafted(house)
    await house.quiet()
    assert record(house).versions[-1].sha256 == ""
    assert "has to hand the template in anew" in told(house, "dian")

    await handed_in(house, SOURCE.encode())
    await approved(house, "TPL-2")
    with house.frontdesk.database.unit() as unit:
        used = templates.approved(house.frontdesk.desk, unit, "sow")
        assert templates.signed_as(unit, used)["signed_as"]["changed"] == "2026-11-01T09:00:00Z"
