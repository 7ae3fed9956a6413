"""What is Salesforce's own: signing in, what its users may see, and how it fails."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic
from zoneinfo import ZoneInfo

import pytest

from bot.ports import CrmRefused, CrmUnavailable
from integrations.clock import SystemClock
from integrations.crm.salesforce.crm import SalesforceCrm
from integrations.crm.salesforce.line import Line
from integrations.crm.salesforce.login import Login
from tests.integrations.crm.salesforce import CLIENT, SECRET, USER, SalesforceDouble, instant
from tests.integrations.dripping import answer, dripping
from workflows.money import Money

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TOKEN = "POST /services/oauth2/token"
BY_SECRET = {"secret": SECRET}
TASK = "POST /services/data/v67.0/sobjects/Task"
FIELDS = {
    "Name": "Pilot",
    "StageName": "Prospecting",
    "IsClosed": False,
    "IsWon": False,
    "LastModifiedDate": instant(NOON),
}


@pytest.fixture
def double() -> Iterator[SalesforceDouble]:
    with SalesforceDouble().serving() as served:
        yield served


@contextmanager
def crm_at(
    double: SalesforceDouble, how: Mapping[str, str] = BY_SECRET, rest: float = 0
) -> Iterator[SalesforceCrm]:
    login = replace(Login(url=double.url, client_id=CLIENT), **how)  # type: ignore[arg-type]  # fields by name
    line = Line(login, SystemClock(), rest)
    crm = SalesforceCrm(line, "JPY", ZoneInfo("America/New_York"))
    yield crm
    crm.close()


@pytest.fixture
def crm(double: SalesforceDouble) -> Iterator[SalesforceCrm]:
    with crm_at(double) as found:
        yield found


def test_a_user_signs_in_with_a_key(double: SalesforceDouble) -> None:
    with crm_at(double, {"user": USER, "key": double.key}) as crm:
        assert crm.search("") == []
        assert crm.check() == []
    assert double.calls.count(TOKEN) == 1


def test_a_test_organisation_has_an_audience_of_its_own(double: SalesforceDouble) -> None:
    test = "https://test.salesforce.com"
    with crm_at(double, {"user": USER, "key": double.key, "audience": test}) as crm:
        assert crm.search("") == []
    with (
        crm_at(
            double, {"user": USER, "key": double.key, "audience": "https://else.example"}
        ) as crm,
        pytest.raises(CrmUnavailable, match="audience is invalid"),
    ):
        crm.search("")


@pytest.mark.parametrize(
    ("how", "said", "fix"),
    [
        ({"secret": "another"}, "invalid client credentials", "FRONTDESK_SALESFORCE_CLIENT_SECRET"),
        ({"user": "else@harborlight.example"}, "invalid assertion", "FRONTDESK_SALESFORCE_USER"),
    ],
)
def test_wrong_credentials_are_said_with_the_fix(
    double: SalesforceDouble, how: dict[str, str], said: str, fix: str
) -> None:
    given = {**how, **({"key": double.key} if "user" in how else {})}
    with crm_at(double, given) as crm, pytest.raises(CrmUnavailable, match=said) as refused:
        crm.check()
    assert fix in refused.value.fix


@pytest.mark.parametrize(
    ("by_key", "fix"),
    [(True, "/services/oauth2/authorize?response_type=code&client_id=3MVG9"), (False, "runs as")],
)
def test_who_is_not_approved_is_told_where_to_approve(
    double: SalesforceDouble,
    by_key: bool,  # noqa: FBT001 - a parameter
    fix: str,
) -> None:
    double.approved = False
    how = {"user": USER, "key": double.key} if by_key else BY_SECRET
    with crm_at(double, how) as crm, pytest.raises(CrmUnavailable) as refused:
        crm.check()
    assert fix in refused.value.fix


def test_a_session_that_ended_is_begun_anew(double: SalesforceDouble, crm: SalesforceCrm) -> None:
    assert crm.search("") == []
    double.forget_tokens()
    assert crm.search("") == []
    assert double.calls.count(TOKEN) == 2


def test_an_answer_that_is_lost_is_no_second_task(
    double: SalesforceDouble, crm: SalesforceCrm
) -> None:
    ref, double.loses = double.keep("Opportunity", **FIELDS), 1
    with pytest.raises(CrmUnavailable):
        crm.note(ref, "SOW-7:4", "SOW-7 was sent to the client", NOON)
    crm.note(ref, "SOW-7:4", "SOW-7 was sent to the client", NOON)

    assert double.calls.count(TASK) == 1
    [task] = double.all("Task")
    assert task["Subject"].startswith("SOW-7 was sent to the client [frontdesk ")
    assert (task["WhatId"], task["Status"]) == (ref, "Completed")


def test_a_task_is_of_the_companys_day_on_which_it_happened(
    double: SalesforceDouble, crm: SalesforceCrm
) -> None:
    ref = double.keep("Opportunity", **FIELDS)
    for hour in (4, 5):
        crm.note(ref, f"k{hour}", "Sent", datetime(2026, 11, 24, hour, 59, tzinfo=UTC))
    assert [each["ActivityDate"] for each in double.all("Task")] == ["2026-11-23", "2026-11-24"]


def test_a_link_whose_answer_is_lost_is_no_second_one(
    double: SalesforceDouble, crm: SalesforceCrm
) -> None:
    ref, double.loses = double.keep("Opportunity", **FIELDS), 1
    with pytest.raises(CrmUnavailable):
        crm.link(ref, "Case study", "https://frontdesk.example/a/SHELF-3", NOON)
    crm.link(ref, "Case study", "https://frontdesk.example/a/SHELF-3", NOON)
    assert len(double.all("ContentVersion")) == 1


def test_long_words_fit(double: SalesforceDouble, crm: SalesforceCrm) -> None:
    ref = double.keep("Opportunity", **FIELDS)
    crm.note(ref, "k", "x" * 40_000, NOON)
    crm.link(ref, "y" * 300, "https://frontdesk.example/a/SHELF-3", NOON)
    [task] = double.all("Task")
    assert (len(task["Subject"]), len(task["Description"])) == (255, 32_000)


def test_an_opportunity_is_known_by_its_short_id_and_its_address(
    double: SalesforceDouble, crm: SalesforceCrm
) -> None:
    ref = double.keep("Opportunity", **FIELDS)
    address = f"{double.url}/lightning/r/Opportunity/{ref}/view"
    for said in (ref, ref[:15], address):
        deal = crm.get(said)
        assert deal is not None
        assert (deal.ref, deal.url) == (ref, address)
    crm.note(address, "SOW-7:4", "Sent", NOON)
    assert [each["WhatId"] for each in double.all("Task")] == [ref]


@pytest.mark.parametrize(
    ("several", "said", "read"),
    [
        (False, 180_000.0, Money(180_000, "JPY")),
        (False, 0.1 + 0.2, Money(0, "JPY")),
        (True, 0.1 + 0.2, Money(30, "EUR")),
        (True, 1e18, None),
    ],
)
def test_amounts_are_in_the_currency_that_the_organisation_says(
    several: bool,  # noqa: FBT001 - a parameter
    said: float,
    read: Money | None,
) -> None:
    with SalesforceDouble(several_currencies=several).serving() as double:
        more = {"CurrencyIsoCode": "EUR"} if several else {}
        ref = double.keep("Opportunity", **FIELDS, Amount=said, **more)
        with crm_at(double) as crm:
            assert amount(crm, ref) == read


def test_an_amount_whose_currency_is_hidden_is_none_and_the_doctor_says_so(
    double: SalesforceDouble, crm: SalesforceCrm
) -> None:
    ref = double.keep("Opportunity", **FIELDS, Amount=180_000.0, CurrencyIsoCode="EUR")
    assert amount(crm, ref) == Money.of(180_000, "EUR")
    double.hidden = {"CurrencyIsoCode"}
    with pytest.raises(CrmUnavailable, match="No such column"):
        crm.get(ref)
    assert amount(crm, ref) is None
    assert crm.check() == ["Let its user see these fields of Opportunity: CurrencyIsoCode."]


def test_whether_there_are_several_currencies_is_asked_once() -> None:
    with SalesforceDouble(several_currencies=False).serving() as double, crm_at(double) as crm:
        ref = double.keep("Opportunity", **FIELDS, Amount=5.0)
        assert [amount(crm, ref) for _ in range(2)] == [Money(5, "JPY")] * 2
        asked = "GET /services/data/v67.0/sobjects/CurrencyType/describe"
        assert double.calls.count(asked) == 1
        assert crm.check() == []


def amount(crm: SalesforceCrm, ref: str) -> Money | None:
    deal = crm.get(ref)
    assert deal is not None
    return deal.amount


def test_what_its_user_does_not_see_is_left_out_and_named(
    double: SalesforceDouble, crm: SalesforceCrm
) -> None:
    ref = double.keep(
        "Opportunity", **FIELDS, Amount=5.0, AccountId=double.keep("Account", Name="A")
    )
    double.hidden |= {"Amount", "AccountId", "ContentUrl"}
    double.closed_kinds.add("Task")
    double.statuses = ("Done",)
    double.remaining = 900

    deal = crm.get(ref)

    assert deal is not None
    assert (deal.name, deal.account, deal.amount) == ("Pilot", "", None)
    assert [each.ref for each in crm.search("pilot")] == [ref]
    assert crm.check() == [
        "Let its user see these fields of Opportunity: AccountId, Amount.",
        "Let its user create Task.",
        "Let the status Completed of Task be active.",
        "Let its user write these fields of ContentVersion: ContentUrl.",
        "900 of 15,000 API calls are left for this day: find out what takes so many, or buy more.",
    ]
    with pytest.raises(CrmRefused, match="insufficient access rights"):
        crm.note(ref, "k", "Sent", NOON)


def test_an_opportunity_that_cannot_be_read_is_left_out(
    double: SalesforceDouble, crm: SalesforceCrm, caplog: pytest.LogCaptureFixture
) -> None:
    odd = double.keep("Opportunity", **FIELDS | {"LastModifiedDate": "yesterday"})
    well = double.keep("Opportunity", **FIELDS)
    assert [each.ref for each in crm.search("pilot")] == [well]
    assert f"1 of 2 deals. The first is '{odd}'" in caplog.text
    assert set(crm.several([odd, well])) == {well}
    with pytest.raises(CrmUnavailable, match="not understood"):
        crm.get(odd)


def test_a_field_that_is_hidden_later_is_missed_once(
    double: SalesforceDouble, crm: SalesforceCrm
) -> None:
    ref = double.keep("Opportunity", **FIELDS, Amount=5.0)
    assert crm.get(ref) is not None
    double.hidden.add("Amount")
    with pytest.raises(CrmUnavailable, match="No such column 'Amount'") as refused:
        crm.get(ref)
    assert "SELECT" not in str(refused.value)
    assert crm.get(ref) is not None


def test_a_day_whose_calls_are_used_up_is_waited_for(
    double: SalesforceDouble, crm: SalesforceCrm
) -> None:
    ref, double.limited = double.keep("Opportunity", **FIELDS), True
    with pytest.raises(CrmUnavailable, match="REQUEST_LIMIT_EXCEEDED"):
        crm.note(ref, "k", "Sent", NOON)
    double.limited = False
    crm.note(ref, "k", "Sent", NOON)
    assert len(double.all("Task")) == 1


def test_whoever_types_does_not_wait_for_a_salesforce_that_is_silent(
    double: SalesforceDouble,
) -> None:
    with crm_at(double, rest=60) as crm:
        double.silent.set()
        assert _seconds(lambda: crm.search("globex")) < 3
        asked = len(double.calls)
        assert _seconds(lambda: crm.search("globex ")) < 0.5
        assert len(double.calls) == asked
        double.released.set()


SIGNED_IN = '{"access_token": "visibly fake", "instance_url": "http://%s"}'
SHAPE = '{"fields": [{"name": "Id"}], "childRelationships": []}'


@pytest.mark.parametrize("whole", [0, 1, 2], ids=["login", "shape", "records"])
def test_an_answer_that_trickles_in_is_not_waited_for(whole: int) -> None:
    before: list[bytes] = []
    with dripping(before) as place:
        before += [answer(SIGNED_IN % place), answer(SHAPE)][:whole]
        login = Login(url=f"http://{place}", client_id=CLIENT, secret=SECRET)
        crm = SalesforceCrm(Line(login, SystemClock(), 0), "JPY", ZoneInfo("America/New_York"))
        assert 1 < _seconds(lambda: crm.search("globex"), "too slowly") < 4
        crm.close()


def _seconds(ask: Callable[[], object], said: str | None = None) -> float:
    begun = monotonic()
    with pytest.raises(CrmUnavailable, match=said):
        ask()
    return monotonic() - begun


def test_a_salesforce_that_was_left_alone_is_asked_again(double: SalesforceDouble) -> None:
    with crm_at(double, rest=0.01) as crm:
        double.down = True
        with pytest.raises(CrmUnavailable):
            crm.search("")
        double.down = False
        assert _found_again(crm)


def _found_again(crm: SalesforceCrm) -> bool:
    until = monotonic() + 5
    while monotonic() < until:
        try:
            return crm.search("") == []
        except CrmUnavailable:
            continue
    return False


def test_a_token_is_sent_to_no_address_that_is_not_https(
    double: SalesforceDouble, crm: SalesforceCrm
) -> None:
    double.instance = "http://harborlight.example"
    with pytest.raises(CrmUnavailable, match="not https"):
        crm.search("")
    assert double.calls == [TOKEN]


def test_secrets_are_in_no_text() -> None:
    login = Login(url="https://h.example", client_id="c", secret="s3cret", user="u", key="k3y")
    assert "s3cret" not in repr(login)
    assert "k3y" not in repr(login)
