"""Deals in HubSpot: nothing of it is loaded unless it is set, and the doctor looks for real."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.ports import CrmUnavailable
from frontdesk import Frontdesk
from settings import load
from storage.migrate import migrate
from tests.commandline.crms import environ, finding, loaded
from tests.integrations.crm.hubspot import TOKEN, HubSpotDouble

OF_IT = "integrations.crm.hubspot.crm"


def by_key(url: str = "", token: str = TOKEN) -> dict[str, str]:
    return {"FRONTDESK_HUBSPOT_TOKEN": token, "FRONTDESK_HUBSPOT_URL": url}


@pytest.fixture
def double() -> Iterator[HubSpotDouble]:
    with HubSpotDouble().serving() as served:
        yield served


def test_unset_nothing_of_it_is_loaded(tmp_path: Path) -> None:
    crm, modules, _ = loaded(tmp_path)
    assert crm == "EmbeddedCrm"
    assert OF_IT not in modules


def test_set_it_is_and_nothing_of_salesforces(tmp_path: Path) -> None:
    crm, modules, _ = loaded(tmp_path, by_key())
    assert crm == "HubSpotCrm"
    assert OF_IT in modules
    assert not modules & {"integrations.crm.salesforce.crm", "simple_salesforce"}


async def test_the_doctor_says_where_deals_are_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], double: HubSpotDouble
) -> None:
    well = ("Deals in HubSpot", "well", "they are read, and written back to", "")
    assert await finding(tmp_path, capsys, **by_key(double.url)) == well
    assert double.records == {}


@pytest.mark.parametrize(
    ("spoil", "seen", "fix"),
    [
        (
            lambda double: double.hidden.add("closedate"),
            "something is missing",
            "Let its key see these properties of deals: closedate.",
        ),
        (
            lambda double: double.lacking.add("crm.objects.contacts.write"),
            "something is missing",
            "Give its key these scopes: crm.objects.contacts.write.",
        ),
        (
            lambda double: setattr(double, "token", "another"),
            "HubSpot answers HTTP 401 EXPIRED_AUTHENTICATION",
            "set FRONTDESK_HUBSPOT_TOKEN to what it shows",
        ),
        (lambda double: setattr(double, "down", True), "HubSpot answers HTTP 503", "Try again"),
        (
            lambda double: setattr(double, "limited", 1),
            "HubSpot answers HTTP 429 RATE_LIMITS",
            "Try again",
        ),
    ],
)
async def test_the_doctor_says_what_is_wrong_and_the_fix(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    double: HubSpotDouble,
    spoil: Callable[[HubSpotDouble], object],
    seen: str,
    fix: str,
) -> None:
    spoil(double)
    _, state, said, helps = await finding(tmp_path, capsys, **by_key(double.url))
    assert (state, said) == ("wrong", seen)
    assert fix in helps


async def test_the_doctor_says_that_nobody_answers_at_the_address(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, state, said, fix = await finding(tmp_path, capsys, **by_key("http://127.0.0.1:9"))
    assert (state, said) == ("wrong", "HubSpot cannot be reached: ConnectError")
    assert "Check FRONTDESK_HUBSPOT_URL" in fix


def test_what_cannot_be_used_loses_nothing(tmp_path: Path) -> None:
    settings = load(environ(tmp_path, **by_key("http://127.0.0.1:9")), tmp_path)
    migrate(settings.database_url)
    frontdesk = Frontdesk(settings)
    with pytest.raises(CrmUnavailable, match="cannot be reached"):
        frontdesk.desk.crm.note("18000000001", "k", "Sent", frontdesk.clock.now())
    frontdesk.stop()
