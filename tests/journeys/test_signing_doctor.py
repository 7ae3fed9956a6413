"""The doctor tries DocuSign for real: access, calls, templates, and the fix for each."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import JSONResponse

from settings import Settings
from tests.integrations.signatures.double import KEY, Double
from tests.integrations.signatures.kept import template
from tests.journeys.house import House
from tests.journeys.signing import down, signing_house
from tests.journeys.test_deal_template import approved, handed_in
from tests.journeys.test_doctor import NOBODY_THERE, Finding, examined
from tests.journeys.test_signing_blank import ID, LABELS, SOURCE

pytestmark = pytest.mark.prove

Both = tuple[House, Double]


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[Both]:
    async with signing_house(tmp_path) as opened:
        yield opened


def here(house: House, **account: Any) -> Settings:
    """The house's settings with its own address for what is called from outside."""
    assert house.settings.docusign is not None
    chosen = replace(house.settings.docusign, **account)
    return replace(house.settings, docusign=chosen, public_url=house.frontdesk.server.url)


async def found(
    house: House, capsys: pytest.CaptureFixture[str], settings: Settings | None = None
) -> dict[str, Finding]:
    """What is said of DocuSign, by the rest of its name."""
    said = await examined(capsys, settings or here(house))
    return {
        subject.removeprefix("DocuSign"): each
        for subject, each in said.findings.items()
        if subject.startswith("DocuSign")
    }


async def test_what_works_is_said_to_work(both: Both, capsys: pytest.CaptureFixture[str]) -> None:
    house, double = both
    double.templates[ID] = template(ID, LABELS, changed="2026-11-01T09:00:00Z")
    await handed_in(house, SOURCE.encode())
    await approved(house, "TPL-1")

    assert await found(house, capsys) == {
        "": ("well", f"gives access to Harborlight at {double.host}", ""),
        "'s calls": (
            "well",
            f"{house.frontdesk.server.url}/webhooks/docusign takes calls that are signed",
            "",
        ),
        "'s template for sow": ("well", f"Our {ID} is as it was approved", ""),
    }
    assert double.envelopes == {}


async def test_without_consent_it_says_where_to_give_it(
    both: Both, capsys: pytest.CaptureFixture[str]
) -> None:
    house, double = both
    double.has_consent = False
    state, seen, fix = (await found(house, capsys))[""]
    assert (state, seen) == ("wrong", "the user has not allowed it yet (consent_required)")
    assert f"https://{double.host}/oauth/auth?response_type=code" in fix


@pytest.mark.parametrize(
    ("wrong", "seen"),
    [
        ({"user": KEY}, "it gives no access (invalid_grant)"),
        ({"account": KEY}, "the user has no such account"),
        ({"private_key": "not a key"}, "the private key cannot be used"),
    ],
    ids=["user", "account", "private key"],
)
async def test_credentials_that_do_not_fit_are_named(
    both: Both, capsys: pytest.CaptureFixture[str], wrong: dict[str, str], seen: str
) -> None:
    house, _double = both
    state, said, fix = (await found(house, capsys, here(house, **wrong)))[""]
    assert (state, said) == ("wrong", seen)
    assert "FRONTDESK_DOCUSIGN" in fix


@pytest.mark.parametrize("status", [403, 404])
async def test_a_user_who_is_turned_away_gets_the_fix(
    both: Both, capsys: pytest.CaptureFixture[str], status: int
) -> None:
    house, double = both
    double.no_entry = JSONResponse({"error": "unauthorized_user"}, status)
    state, seen, fix = (await found(house, capsys))[""]
    assert (state, seen) == ("wrong", "it gives no access (unauthorized_user)")
    assert "FRONTDESK_DOCUSIGN" in fix


async def test_while_it_is_down_nobody_knows(
    both: Both, capsys: pytest.CaptureFixture[str]
) -> None:
    house, double = both
    double.trouble = down()
    state, seen, fix = (await found(house, capsys))[""]
    assert (state, seen) == ("unseen", "HTTP 503 SERVICE_UNAVAILABLE")
    assert "status.docusign.com" in fix


async def test_calls_that_would_not_come_in_are_named(
    both: Both, capsys: pytest.CaptureFixture[str]
) -> None:
    house, _double = both
    other = here(house, hook_keys=("another visibly fake key",))
    _, refused, _ = (await found(house, capsys, other))["'s calls"]
    assert "refuses our signature: the bot there has other keys" in refused

    nobody = replace(here(house), public_url=NOBODY_THERE)
    state, seen, fix = (await found(house, capsys, nobody))["'s calls"]
    assert state == "wrong"
    assert "cannot be reached from here" in seen
    assert "Pass POST /webhooks/docusign on to the bot" in fix

    no_address = replace(here(house), public_url=None)
    state, seen, fix = (await found(house, capsys, no_address))["'s calls"]
    assert (state, seen) == ("wrong", "cannot come in without a public address")
    assert "Set FRONTDESK_PUBLIC_URL" in fix


async def test_a_template_that_is_not_as_it_was_approved_is_named(
    both: Both, capsys: pytest.CaptureFixture[str]
) -> None:
    house, double = both
    double.templates[ID] = template(ID, LABELS, changed="2026-11-01T09:00:00Z")
    await handed_in(house, SOURCE.encode())
    await approved(house, "TPL-1")

    double.templates[ID] = template(ID, LABELS, changed="2026-11-23T09:00:00Z")
    state, seen, fix = (await found(house, capsys))["'s template for sow"]
    assert (state, seen) == ("wrong", f"Our {ID} was changed after it was approved")
    assert "/template" in fix

    double.templates[ID] = template(ID, LABELS[1:], changed="2026-11-01T09:00:00Z")
    _, seen, _ = (await found(house, capsys))["'s template for sow"]
    assert f"lacks fields called {LABELS[0]}" in seen

    del double.templates[ID]
    _, seen, _ = (await found(house, capsys))["'s template for sow"]
    assert seen.startswith(f"{ID} cannot be signed: The template ID is invalid.")
