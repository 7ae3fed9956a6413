"""A refusal is a sentence for the person; it says what is wrong, and nothing has happened."""

import pytest

from tests.workflows.harborlight import ADAM, ANA, BEA, BEN, GRETA, RYAN
from tests.workflows.journey import Journey
from tests.workflows.throwaway import Wish, stand
from workflows import refusals
from workflows.money import Money
from workflows.refusals import (
    AlreadyVoted,
    Guarded,
    NoSuchTransition,
    NotAllowed,
    NotNow,
    OwnRequest,
    ReasonMissing,
    Refusal,
)

EVERY_REFUSAL = [
    each for each in vars(refusals).values() if isinstance(each, type) and issubclass(each, Refusal)
]


def journey(asker: str = ANA) -> Journey:
    return Journey(stand(), asker, Wish(what="A stand", amount=Money.of(1, "USD")))


@pytest.mark.parametrize("refusal", EVERY_REFUSAL)
def test_the_docstring_is_the_sentence(refusal: type[Refusal]) -> None:
    sentence = str(refusal())
    assert sentence == refusal.__doc__
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_a_sentence_of_its_own_is_said_instead() -> None:
    assert str(Guarded("The due date is in the past.")) == "The due date is in the past."


@pytest.mark.parametrize(
    ("user", "name", "reason", "kind"),
    [
        (BEN, "approve", "", NotAllowed),
        (ADAM, "approve", "", NotAllowed),
        ("U0NOBODY", "approve", "", NotAllowed),
        (GRETA, "sign", "", NotNow),
        (GRETA, "reject", "   ", ReasonMissing),
        (GRETA, "explode", "", NoSuchTransition),
        (ANA, "answer", "Nine", Guarded),
    ],
)
def test_everybody_is_told_what_is_wrong(
    user: str, name: str, reason: str, kind: type[Refusal]
) -> None:
    assert type(journey().refuses(user, name, reason)) is kind


def test_a_decider_is_told_that_it_is_their_own_request() -> None:
    way = journey(asker=GRETA)
    for name in ("approve", "reject", "request_changes", "ask"):
        assert type(way.refuses(GRETA, name, "Because")) is OwnRequest


def test_an_asker_who_decides_nothing_here_is_not_told_that_they_would() -> None:
    assert type(journey(asker=RYAN).refuses(RYAN, "approve")) is NotAllowed


def test_an_asker_who_holds_the_role_is_told_so_also_where_one_role_has_the_ball() -> None:
    way = Journey(stand(), "U0HUGO", Wish(what="A stand", amount=Money.of(1, "USD")))
    way.does(GRETA, "approve")
    way.does(BEA, "approve")
    assert type(way.refuses("U0HUGO", "sign")) is OwnRequest


def test_a_second_vote_is_refused() -> None:
    way = journey()
    way.does(GRETA, "approve")
    assert type(way.refuses(GRETA, "approve")) is AlreadyVoted
