"""Deals in Salesforce: nothing of it is loaded unless it is set, and the doctor looks for real."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.ports import CrmUnavailable
from frontdesk import Frontdesk
from settings import load
from storage.migrate import migrate
from tests.commandline.crms import environ, finding, loaded
from tests.integrations.crm.salesforce import CLIENT, SECRET, USER, SalesforceDouble

OF_IT = {"simple_salesforce", "zeep", "requests", "lxml", "jwt"}


def by_secret(url: str, secret: str = SECRET) -> dict[str, str]:
    return {
        "FRONTDESK_SALESFORCE_URL": url,
        "FRONTDESK_SALESFORCE_CLIENT_ID": CLIENT,
        "FRONTDESK_SALESFORCE_CLIENT_SECRET": secret,
    }


def by_key(url: str, key: str) -> dict[str, str]:
    return {
        "FRONTDESK_SALESFORCE_URL": url,
        "FRONTDESK_SALESFORCE_CLIENT_ID": CLIENT,
        "FRONTDESK_SALESFORCE_USER": USER,
        "FRONTDESK_SALESFORCE_KEY": key.replace("\n", "\\n"),
    }


def test_unset_nothing_of_it_is_loaded(tmp_path: Path) -> None:
    crm, modules, _ = loaded(tmp_path)
    assert crm == "EmbeddedCrm"
    assert not modules & OF_IT


def test_set_it_is(tmp_path: Path) -> None:
    crm, modules, _ = loaded(tmp_path, by_secret("https://harborlight.my.salesforce.com"))
    assert crm == "SalesforceCrm"
    assert modules >= OF_IT


def test_without_its_library_the_bot_runs_and_says_what_to_install(tmp_path: Path) -> None:
    salesforce = by_secret("https://harborlight.my.salesforce.com")
    crm, _, said = loaded(tmp_path, salesforce, ("simple_salesforce",))
    assert crm == "ClosedCrm"
    assert "Salesforce cannot be used: simple_salesforce" in said
    assert "make salesforce" in said


@pytest.fixture
def double() -> Iterator[SalesforceDouble]:
    with SalesforceDouble().serving() as served:
        yield served


async def test_the_doctor_says_where_deals_are_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], double: SalesforceDouble
) -> None:
    well = ("Deals in Salesforce", "well", "they are read, and written back to", "")
    here = ("Deals", "well", "are kept in Frontdesk itself, by /sow deals", "")
    assert await finding(tmp_path, capsys) == here
    assert await finding(tmp_path, capsys, **by_secret(double.url)) == well
    assert await finding(tmp_path, capsys, **by_key(double.url, double.key)) == well
    assert not [each for each in double.calls if "POST" in each and "token" not in each]


@pytest.mark.parametrize(
    ("spoil", "seen", "fix"),
    [
        (
            lambda double: double.hidden.add("Amount"),
            "something is missing",
            "Let its user see these fields of Opportunity: Amount.",
        ),
        (
            lambda double: double.unseen_kinds.add("Opportunity"),
            "Salesforce answers NOT_FOUND: The requested resource does not exist",
            "Let Frontdesk use its API, and see there what is asked for.",
        ),
        (
            lambda double: setattr(double, "approved", False),
            "Salesforce does not let us in: invalid_grant (no client credentials user enabled)",
            "name the user that it runs as",
        ),
        (
            lambda double: setattr(double, "down", True),
            "Salesforce answers HTTP 503 to a login.",
            "status.salesforce.com",
        ),
        (
            lambda double: setattr(double, "limited", True),
            "Salesforce answers REQUEST_LIMIT_EXCEEDED: TotalRequests Limit exceeded.",
            "Try again",
        ),
    ],
)
async def test_the_doctor_says_what_is_wrong_and_the_fix(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    double: SalesforceDouble,
    spoil: Callable[[SalesforceDouble], object],
    seen: str,
    fix: str,
) -> None:
    spoil(double)
    _, state, said, helps = await finding(tmp_path, capsys, **by_secret(double.url))
    assert (state, said) == ("wrong", seen)
    assert fix in helps


async def test_the_doctor_says_that_nobody_answers_at_the_address(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, state, said, fix = await finding(tmp_path, capsys, **by_secret("http://127.0.0.1:9"))
    assert (state, said) == ("wrong", "Salesforce cannot be reached: ConnectError")
    assert "Check FRONTDESK_SALESFORCE_URL" in fix


async def test_the_doctor_names_a_wrong_secret_and_a_wrong_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], double: SalesforceDouble
) -> None:
    _, _, said, fix = await finding(tmp_path, capsys, **by_secret(double.url, "another"))
    assert "invalid client credentials" in said
    assert "FRONTDESK_SALESFORCE_CLIENT_SECRET" in fix
    broken = "-----BEGIN PRIVATE KEY-----\nvisibly+fake\n-----END PRIVATE KEY-----"
    _, _, said, fix = await finding(tmp_path, capsys, **by_key(double.url, broken))
    assert said == "The key for Salesforce is no RSA key in PEM."
    assert "FRONTDESK_SALESFORCE_KEY" in fix


def test_what_cannot_be_used_loses_nothing(tmp_path: Path) -> None:
    settings = load(environ(tmp_path, **by_secret("http://127.0.0.1:9")), tmp_path)
    migrate(settings.database_url)
    frontdesk = Frontdesk(settings)
    with pytest.raises(CrmUnavailable, match="cannot be reached"):
        frontdesk.desk.crm.note("006000000000001AAA", "k", "Sent", frontdesk.clock.now())
    frontdesk.stop()
