"""Step-up: a large approval is nothing until amount and client were confirmed."""

from dataclasses import replace

import pytest

from tests.messages.demo import LARGE
from tests.workflows.harborlight import ANA, NOW, OFFICE, RYAN
from tests.workflows.journey import Journey
from workflows.confirmation import from_amount
from workflows.definition import Given
from workflows.engine import Actor, Move, act
from workflows.money import Money
from workflows.office import Office
from workflows.permission import available
from workflows.refusals import Unconfirmed
from workflows.sow import WORKFLOW

SAID = f"{LARGE.amount} for {LARGE.client}"


def office(least: str = "1") -> Office:
    limits = {LARGE.amount.currency: Money.of(least, LARGE.amount.currency)}
    return replace(OFFICE, policy=replace(OFFICE.policy, confirm_from=limits))


def approve(way: Journey, confirmed: str = "") -> Move:
    given = Given(confirmed=confirmed)
    return act(WORKFLOW, way.request, "approve", Actor(RYAN), given, way.office, NOW)


def labels(way: Journey) -> list[str]:
    return [each.label for each in available(WORKFLOW, way.request, RYAN, way.office)]


@pytest.mark.parametrize(
    "confirmed",
    ["", "yes", SAID.lower(), f"{LARGE.amount} for Umbrella", f"1.00 USD for {LARGE.client}"],
)
def test_nothing_but_the_very_words_confirms(confirmed: str) -> None:
    way = Journey(WORKFLOW, ANA, LARGE, office())
    with pytest.raises(Unconfirmed):
        approve(way, confirmed)
    assert way.stage == "executive_approval"


def test_what_was_confirmed_is_on_record() -> None:
    way = Journey(WORKFLOW, ANA, LARGE, office())
    assert "Approve..." in labels(way)
    move = approve(way, SAID)
    assert move.request.stage == "acceptance"
    assert move.entry.detail["confirmed"] == SAID


def test_another_amount_than_was_confirmed_is_not_approved() -> None:
    way = Journey(WORKFLOW, ANA, LARGE, office())
    way.does(RYAN, "request_changes", "Too much.")
    dearer = replace(LARGE.amount, minor=LARGE.amount.minor + 1)
    way.does(ANA, "resubmit", amount=dearer)
    with pytest.raises(Unconfirmed):
        approve(way, SAID)


def test_it_is_off_by_default_and_below_the_limit() -> None:
    for way in (
        Journey(WORKFLOW, ANA, LARGE),
        Journey(WORKFLOW, ANA, LARGE, office("999999999")),
    ):
        assert "Approve" in labels(way)
        move = approve(way, "never asked")
        assert move.request.stage == "acceptance"
        assert "confirmed" not in move.entry.detail


def test_the_limit_itself_and_an_unlisted_currency_are_confirmed() -> None:
    limits = {"USD": Money.of(250_000, "USD"), "JPY": Money.of(1_000_000, "JPY")}
    asked = {
        amount: from_amount(amount, "Globex", limits) is not None
        for amount in (
            Money.of(250_000, "USD"),
            Money.of("249999.99", "USD"),
            Money.of(999_999, "JPY"),
            Money.of(1_000_000, "JPY"),
            Money.of(1, "CHF"),
        )
    }
    assert list(asked.values()) == [True, False, False, True, True]
    assert from_amount(Money.of(1, "CHF"), "Globex", {}) is None
