"""What every CRM promises, whichever it is: the embedded one, Salesforce, and HubSpot."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.ports import Crm, CrmUnavailable, Deal
from integrations.clock import SystemClock
from integrations.crm import EmbeddedCrm
from integrations.crm.hubspot.connecting import connect as connect_hubspot
from integrations.crm.salesforce.connecting import connect
from integrations.crm.salesforce.login import Login
from storage.database import Database
from tests.integrations.crm.hubspot import TOKEN, HubSpotDouble
from tests.integrations.crm.portal import PROPOSAL, WON, link_of, text_of
from tests.integrations.crm.salesforce import CLIENT, SECRET, SalesforceDouble, instant
from tests.migrated import have_migrated
from workflows.money import Money

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ZONE = ZoneInfo("America/New_York")
PILOT = Deal(
    ref="D-1042",
    name="Forecasting pilot",
    account="Globex",
    amount=Money(18_000_000, "USD"),
    close_on=date(2027, 1, 31),
    contact_name="Hank Scorpio",
    contact_email="hank@globex.example",
    owner_email="ana@harborlight.example",
    url="https://crm.example/deals/1042",
    updated_at=NOON,
)
ROLLOUT = Deal(
    ref="D-7", name="100% rollout_2", account="Initech", updated_at=NOON + timedelta(hours=1)
)
OLDEST = Deal(
    ref="D-8", name="Training", account="Globex", stage="won", updated_at=NOON - timedelta(days=30)
)
PAGE = "https://frontdesk.harborlight.example/a/SHELF-3"


@dataclass(frozen=True)
class Kept:
    """A CRM that has the three deals, and one that does not answer.

    ``deals`` are the three as this CRM gives them, ``noted`` and ``linked`` what stands on one.
    """

    crm: Crm
    deals: Sequence[Deal]
    noted: Callable[[str], Sequence[str]]
    linked: Callable[[str], Sequence[str]]
    down: Crm

    def ref(self, of: Deal) -> str:
        return self.deals[[PILOT.ref, ROLLOUT.ref, OLDEST.ref].index(of.ref)].ref


@contextmanager
def embedded(folder: Path) -> Iterator[Kept]:
    url = f"sqlite:///{folder / 'frontdesk.db'}"
    have_migrated(url)
    database = Database(url, audit_key=b"a visibly fake key")
    with database.unit() as unit:
        unit.deals.put([PILOT, ROLLOUT, OLDEST])
        unit.commit()

    def noted(ref: str) -> Sequence[str]:
        with database.unit() as unit:
            return [text for _, text in unit.deals.notes(ref)]

    nowhere = Database(f"sqlite:///{folder}/gone/frontdesk.db", audit_key=b"a visibly fake key")
    deals = (PILOT, ROLLOUT, OLDEST)
    yield Kept(EmbeddedCrm(database), deals, noted, noted, EmbeddedCrm(nowhere))
    database.close()
    nowhere.close()


def entered(double: SalesforceDouble, deal: Deal) -> Deal:
    """Enter a deal as a seller would; return it as it is there."""
    owner = contact = None
    account = double.keep("Account", Name=deal.account)
    if deal.owner_email:
        owner = double.keep("User", Name="Ana Silva", Email=deal.owner_email)
    amount = deal.amount
    has_currency = double.several_currencies
    ref = double.keep(
        "Opportunity",
        Name=deal.name,
        AccountId=account,
        OwnerId=owner,
        Amount=float(amount.amount) if amount else None,
        **({"CurrencyIsoCode": amount.currency if amount else "USD"} if has_currency else {}),
        StageName="Closed Won" if deal.stage == "won" else "Proposal/Quote",
        IsClosed=deal.stage == "won",
        IsWon=deal.stage == "won",
        CloseDate=(deal.close_on or date(2026, 12, 31)).isoformat(),
        LastModifiedDate=instant(deal.updated_at),
    )
    if deal.contact_name:
        contact = double.keep("Contact", Name=deal.contact_name, Email=deal.contact_email)
        role = {"OpportunityId": ref, "ContactId": contact, "IsPrimary": True}
        double.keep("OpportunityContactRole", **role)
    return replace(
        deal,
        ref=ref,
        stage="won" if deal.stage == "won" else "Proposal/Quote",
        close_on=deal.close_on or date(2026, 12, 31),
        url=f"{double.url}/lightning/r/Opportunity/{ref}/view",
    )


@contextmanager
def salesforce(_folder: Path) -> Iterator[Kept]:
    with SalesforceDouble().serving() as double, SalesforceDouble(down=True).serving() as broken:
        deals = [entered(double, deal) for deal in (PILOT, ROLLOUT, OLDEST)]

        def noted(ref: str) -> Sequence[str]:
            return [each["Description"] for each in double.all("Task") if each["WhatId"] == ref]

        def linked(ref: str) -> Sequence[str]:
            return [
                f"{each['Title']}: {each['ContentUrl']}"
                for each in double.all("ContentVersion")
                if each["FirstPublishLocationId"] == ref
            ]

        crm, down = (
            connect(
                Login(url=each.url, client_id=CLIENT, secret=SECRET), "USD", ZONE, SystemClock()
            )
            for each in (double, broken)
        )
        yield Kept(crm, deals, noted, linked, down)
        crm.close()
        down.close()


def entered_in_hubspot(double: HubSpotDouble, deal: Deal) -> Deal:
    """Enter a deal as a seller would; return it as it is there."""
    ref = double.keep(
        "deals",
        at=deal.updated_at.isoformat(timespec="milliseconds"),
        dealname=deal.name,
        amount=str(deal.amount.amount) if deal.amount else None,
        deal_currency_code=deal.amount.currency if deal.amount else None,
        dealstage=WON if deal.stage == "won" else PROPOSAL,
        closedate=f"{deal.close_on}T17:00:00Z" if deal.close_on else None,
        hubspot_owner_id=double.owner(deal.owner_email) if deal.owner_email else None,
    )
    double.associate(ref, "companies", double.keep("companies", name="Another"), 341)
    double.associate(ref, "companies", double.keep("companies", name=deal.account), 5)
    if deal.contact_name:
        first, _, last = deal.contact_name.partition(" ")
        contact = double.keep("contacts", firstname=first, lastname=last, email=deal.contact_email)
        double.associate(ref, "contacts", contact, 3)
    return replace(
        deal,
        ref=ref,
        stage="won" if deal.stage == "won" else "Proposal sent",
        url=f"https://app.hubspot.com/contacts/{double.number}/record/0-3/{ref}",
    )


@contextmanager
def hubspot(_folder: Path) -> Iterator[Kept]:
    with HubSpotDouble().serving() as double, HubSpotDouble(down=True).serving() as broken:
        deals = [entered_in_hubspot(double, deal) for deal in (PILOT, ROLLOUT, OLDEST)]
        crm, down = (connect_hubspot(each.url, TOKEN) for each in (double, broken))
        yield Kept(
            crm,
            deals,
            lambda ref: [text_of(each) for each in double.bodies(ref)],
            lambda ref: [link_of(each) for each in double.bodies(ref)],
            down,
        )
        crm.close()
        down.close()


def as_found(deal: Deal) -> Deal:
    """A deal without what a search may leave out."""
    return replace(deal, contact_name="", contact_email="", owner_email="")


CRMS = {"embedded": embedded, "salesforce": salesforce, "hubspot": hubspot}


@pytest.fixture(params=CRMS)
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    with ExitStack() as opened:
        yield opened.enter_context(CRMS[request.param](tmp_path))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", [ROLLOUT, PILOT, OLDEST]),
        ("globex", [PILOT, OLDEST]),
        ("PILOT glob", [PILOT]),
        ("100%", [ROLLOUT]),
        ("rollout_", [ROLLOUT]),
        ("%", [ROLLOUT]),
        ("globex oslo", []),
        ("'; drop table deals; --", []),
        ("O'Neil \\", []),
        ("{0} \n\x00", []),
    ],
)
def test_deals_are_found_by_every_word_the_latest_first(
    kept: Kept, typed: str, found: list[Deal]
) -> None:
    assert [deal.ref for deal in kept.crm.search(typed)] == [kept.ref(each) for each in found]


def test_a_deal_is_found_by_its_number(kept: Kept) -> None:
    assert [deal.ref for deal in kept.crm.search(kept.ref(ROLLOUT))] == [kept.ref(ROLLOUT)]


def test_no_more_are_found_than_are_wanted(kept: Kept) -> None:
    found = kept.crm.search("", 2)
    assert [deal.ref for deal in found] == [kept.ref(ROLLOUT), kept.ref(PILOT)]


def test_a_deal_is_what_the_company_keeps(kept: Kept) -> None:
    pilot, rollout, oldest = kept.deals
    assert kept.crm.get(pilot.ref) == pilot
    assert [as_found(deal) for deal in kept.crm.search("pilot")] == [as_found(pilot)]
    assert kept.crm.get(rollout.ref) == rollout
    assert kept.crm.get(oldest.ref) == oldest


def test_several_are_read_at_once_by_the_references_that_were_asked_for(kept: Kept) -> None:
    pilot, rollout, _ = kept.deals
    found = kept.crm.several([rollout.ref, pilot.ref, "D-9", "the Globex pilot"])
    assert found == {pilot.ref: pilot, rollout.ref: rollout}
    assert kept.crm.several([]) == {}


def test_there_is_no_deal_of_another_number(kept: Kept) -> None:
    assert kept.crm.get("D-9") is None
    assert kept.crm.get("006000000000999AAA") is None
    assert kept.crm.get("18999999999") is None
    assert kept.crm.get("") is None


def test_what_is_noted_twice_stands_there_once(kept: Kept) -> None:
    ref = kept.ref(ROLLOUT)
    kept.crm.note(ref, "SOW-7:4", "SOW-7 was sent to the client", NOON)
    kept.crm.note(ref, "SOW-7:4", "SOW-7 was sent to the client", NOON)
    kept.crm.note(ref, "SOW-7:9", "SOW-7 was sent to the client", NOON)

    assert kept.noted(ref) == ["SOW-7 was sent to the client"] * 2
    assert kept.noted(kept.ref(PILOT)) == []


def test_the_same_happens_to_two_deals(kept: Kept) -> None:
    for deal in (PILOT, ROLLOUT):
        kept.crm.note(kept.ref(deal), f"{deal.ref}:4", "It was sent\nto the client", NOON)
        assert kept.noted(kept.ref(deal)) == ["It was sent\nto the client"]


def test_a_link_is_put_on_a_deal_once(kept: Kept) -> None:
    ref = kept.ref(PILOT)
    kept.crm.link(ref, "Case study (AST-1)", PAGE, NOON)
    kept.crm.link(ref, "Case study, again", PAGE, NOON)
    kept.crm.link(ref, "Another", f"{PAGE}4", NOON)

    assert kept.linked(ref) == [f"Case study (AST-1): {PAGE}", f"Another: {PAGE}4"]
    assert kept.linked(kept.ref(ROLLOUT)) == []


@pytest.mark.parametrize("ref", ["D-9", "006000000000999AAA", "18999999999", ""])
def test_nothing_is_written_to_a_deal_that_is_not_there(kept: Kept, ref: str) -> None:
    kept.crm.note(ref, "SOW-7:4", "SOW-7 was sent to the client", NOON)
    kept.crm.link(ref, "Case study", PAGE, NOON)

    assert kept.noted(ref) == kept.linked(ref) == []
    assert kept.crm.get(ref) is None


def test_nothing_is_missing_where_all_is_set_up(kept: Kept) -> None:
    assert kept.crm.check() == []


def test_a_crm_that_is_down_says_so(kept: Kept) -> None:
    asked: list[Callable[[], object]] = [
        lambda: kept.down.search("globex"),
        lambda: kept.down.get(kept.ref(ROLLOUT)),
        lambda: kept.down.several([kept.ref(ROLLOUT)]),
        lambda: kept.down.note(kept.ref(ROLLOUT), "SOW-7:4", "SOW-7 was sent to the client", NOON),
        lambda: kept.down.link(kept.ref(ROLLOUT), "Case study", PAGE, NOON),
    ]
    for ask in asked:
        with pytest.raises(CrmUnavailable):
            ask()


def test_a_crm_lets_go_of_what_it_holds_and_can_be_asked_again(kept: Kept) -> None:
    kept.crm.close()
    assert len(kept.crm.search("globex")) == 2
