"""An asset's life on the shelf: renewed, expired, reported, replaced, withdrawn, handed over."""

from datetime import date

import pytest

from tests.workflows.assets import FRONTDESK, errands, told
from tests.workflows.harborlight import (
    ADAM,
    ANA,
    AUDRA,
    BEN,
    GRETA,
    GUS,
    HANA,
    HUGO,
    LEO,
    MIA,
    PRIYA,
    SOL,
)
from tests.workflows.shelves import REVIEW_BY, on_the_shelf, version
from workflows.refusals import Guarded, NotAllowed, NotNow, OwnRequest, ReasonMissing
from workflows.shelf_life import WARNINGS

NEXT = date(2027, 3, 1)


@pytest.mark.parametrize("days", WARNINGS)
def test_its_owner_is_reminded_once_for_each_of_the_days(days: int) -> None:
    way = on_the_shelf()
    move = way.does(FRONTDESK, "review_due", days=days, review_by=REVIEW_BY)
    assert told(move) == {("owner", "review_due")}
    refusal = way.refuses(FRONTDESK, "review_due", days=days, review_by=REVIEW_BY)
    assert str(refusal) == "That was said."


def test_after_it_was_renewed_everything_is_said_anew_and_nothing_for_the_old_date() -> None:
    way = on_the_shelf()
    way.does(FRONTDESK, "review_due", days=30, review_by=REVIEW_BY)
    move = way.does(MIA, "renew", review_by=NEXT)
    assert (way.stage, way.details.review_by, way.record.warned) == ("current", NEXT, ())
    assert errands(move) >= {"await_review"}
    for name in ("review_due", "expire"):
        assert isinstance(way.refuses(FRONTDESK, name, days=7, review_by=REVIEW_BY), Guarded)
    way.does(FRONTDESK, "review_due", days=30, review_by=NEXT)
    assert way.record.warned == (30,)


def test_it_expires_for_its_own_review_date_and_those_who_took_it_are_told() -> None:
    way = on_the_shelf()
    assert isinstance(way.refuses(FRONTDESK, "expire", review_by=NEXT), Guarded)
    move = way.does(FRONTDESK, "expire", review_by=REVIEW_BY)
    assert (way.stage, way.waits_for()) == ("outdated", {MIA})
    assert errands(move) >= {"tell_takers"}
    assert isinstance(way.refuses(FRONTDESK, "expire", review_by=REVIEW_BY), NotNow)


@pytest.mark.parametrize("keeper", [MIA, HANA])
def test_what_is_outdated_is_renewed_by_its_keepers(keeper: str) -> None:
    way = on_the_shelf()
    way.does(FRONTDESK, "expire", review_by=REVIEW_BY)
    way.does(keeper, "renew", review_by=NEXT)
    assert way.stage == "current"


@pytest.mark.parametrize("stranger", [ANA, SOL, LEO, GRETA, HUGO, FRONTDESK])
@pytest.mark.parametrize("name", ["renew", "withdraw", "refresh", "retag"])
def test_nobody_else_keeps_it(stranger: str, name: str) -> None:
    way = on_the_shelf()
    assert isinstance(way.refuses(stranger, name, "Hm", review_by=NEXT), NotAllowed)
    assert name not in way.offers(stranger)


@pytest.mark.parametrize("user", [ANA, BEN, SOL, LEO, GRETA, HANA, ADAM])
def test_anybody_in_the_company_reports_it_as_outdated_once(user: str) -> None:
    way = on_the_shelf()
    assert isinstance(way.refuses(user, "report_outdated", " "), ReasonMissing)
    move = way.does(user, "report_outdated", "The prices are old")
    assert way.stage == "current"
    assert told(move) == {("owner", "report_outdated"), ("sales_manager", "report_outdated")}
    assert errands(move) >= {"keep_report"}
    assert isinstance(way.refuses(user, "report_outdated", "Again"), OwnRequest)


def test_its_owner_marks_it_and_does_not_report_it() -> None:
    way = on_the_shelf()
    assert "report_outdated" not in way.offers(MIA)
    assert "mark_outdated" in way.offers(MIA)


@pytest.mark.parametrize("stranger", [GUS, AUDRA])
def test_guests_and_auditors_report_nothing(stranger: str) -> None:
    assert isinstance(on_the_shelf().refuses(stranger, "report_outdated", "Hm"), NotAllowed)


@pytest.mark.parametrize("user", [MIA, HANA, GRETA])
def test_its_keepers_and_the_sales_manager_mark_it_with_a_reason(user: str) -> None:
    way = on_the_shelf()
    assert isinstance(way.refuses(user, "mark_outdated", " "), ReasonMissing)
    move = way.does(user, "mark_outdated", "The prices are old")
    assert way.stage == "outdated"
    assert errands(move) >= {"tell_takers"}


def test_it_is_withdrawn_with_a_reason_and_those_who_took_it_are_told() -> None:
    way = on_the_shelf()
    assert isinstance(way.refuses(MIA, "withdraw", " "), ReasonMissing)
    move = way.does(MIA, "withdraw", "The client left us")
    assert (way.stage, way.waits_for()) == ("withdrawn", set())
    assert errands(move) >= {"tell_takers"}
    for name in ("renew", "report_outdated", "new_version", "hand_over"):
        assert isinstance(way.refuses(MIA, name, "Hm", review_by=NEXT, owner=LEO), NotNow)


@pytest.mark.parametrize("outdated", [False, True])
def test_a_new_version_replaces_it_and_the_old_one_stays_on_record(*, outdated: bool) -> None:
    way = on_the_shelf()
    if outdated:
        way.does(FRONTDESK, "expire", review_by=REVIEW_BY)
    move = way.is_replaced()
    assert (way.stage, way.details.review_by, way.details.source) == ("current", NEXT, "AST-12")
    assert [(each.number, each.source) for each in way.record.versions] == [(1, ""), (2, "AST-12")]
    assert way.record.current == version(2, "b", "AST-12")
    assert errands(move) >= {"tell_takers", "await_review"}
    assert f"version 2: deck-b.pdf ({'b' * 64})" in move.entry.detail["changed"]


def test_one_request_gives_one_version() -> None:
    way = on_the_shelf()
    way.is_replaced()
    refusal = way.refuses(
        FRONTDESK, "new_version", version=version(3, "c", "AST-12"), review_by=NEXT
    )
    assert str(refusal) == "That version is on the shelf already."
    way.is_replaced(3, "c", "AST-13")
    assert len(way.record.versions) == 3


def test_a_new_version_keeps_the_tags_that_it_does_not_change() -> None:
    way = on_the_shelf()
    way.does(
        FRONTDESK,
        "new_version",
        version=version(2, "b", "AST-12"),
        review_by=NEXT,
        title="Brochure 2027",
    )
    assert (way.details.title, way.details.industries) == ("Brochure 2027", ("Fintech",))


def test_a_person_never_replaces_a_version() -> None:
    way = on_the_shelf()
    fresh = version(2, "b", "AST-12")
    for user in (MIA, HANA, ADAM):
        refusal = way.refuses(user, "new_version", version=fresh, review_by=NEXT)
        assert isinstance(refusal, NotAllowed)


def test_it_is_described_anew_without_another_version() -> None:
    way = on_the_shelf()
    way.does(MIA, "retag", title="The brochure", products=("Freight",), review_by=NEXT)
    assert (way.details.title, way.details.products) == ("The brochure", ("Freight",))
    assert way.details.review_by == REVIEW_BY
    assert len(way.record.versions) == 1


@pytest.mark.parametrize("user", [MIA, HANA])
def test_marketing_logs_learnings(user: str) -> None:
    way = on_the_shelf()
    assert isinstance(way.refuses(user, "log_learning", " "), ReasonMissing)
    move = way.does(user, "log_learning", "Shorter works better")
    assert move.entry.detail["reason"] == "Shorter works better"
    assert errands(move) >= {"keep_learning"}


def test_nobody_else_logs_learnings() -> None:
    for stranger in (ANA, SOL, LEO, PRIYA, GRETA):
        assert isinstance(on_the_shelf().refuses(stranger, "log_learning", "Hm"), NotAllowed)


@pytest.mark.parametrize("user", [MIA, HANA, ADAM])
def test_it_is_handed_over_to_somebody_else_with_a_reason(user: str) -> None:
    way = on_the_shelf()
    assert isinstance(way.refuses(user, "hand_over", " ", owner=LEO), ReasonMissing)
    said = {str(way.refuses(user, "hand_over", "Hm", owner=each)) for each in ("", MIA)}
    assert said == {"Please choose who takes over.", "They own it already."}
    move = way.does(user, "hand_over", "Mia has left", owner=LEO)
    assert (way.request.owner, move.entry.detail["owner"]) == (LEO, LEO)
    way.does(FRONTDESK, "expire", review_by=REVIEW_BY)
    assert way.waits_for() == {LEO}


def test_a_refresh_is_asked_for_and_the_asset_stays() -> None:
    way = on_the_shelf()
    move = way.does(HANA, "refresh")
    assert way.stage == "current"
    assert errands(move) >= {"start_refresh"}
