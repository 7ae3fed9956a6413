"""Stages one after the other, on a throw-away workflow: rules, guards, exceptions."""

from datetime import date

import pytest

from tests.workflows.harborlight import (
    ADAM,
    ANA,
    AUDRA,
    BEN,
    GRETA,
    HANA,
    HUGO,
    LEO,
    NOW,
    OFFICE,
)
from tests.workflows.journey import Journey
from tests.workflows.throwaway import ERRAND, Wish, stand
from workflows.definition import Given, Workflow
from workflows.effects import Log, Redraw, Release
from workflows.engine import Actor, act
from workflows.money import Money
from workflows.office import Office
from workflows.refusals import NotAllowed
from workflows.roles import Seat


def errand(amount: int, asker: str = ANA, office: Office = OFFICE) -> Journey:
    return Journey(ERRAND, asker, Wish(what="Flowers", amount=Money.of(amount, "USD")), office)


def test_the_asker_is_not_told_what_the_workflow_keeps_quiet() -> None:
    way = errand(10)
    way.does(GRETA, "approve")
    way.does(LEO, "take")
    assert way.does(LEO, "finish").promises == (Redraw(), Log("finish"), Release("finish"))


def test_a_cheap_errand_passes_by_the_head() -> None:
    way = errand(7999)
    way.does(GRETA, "approve")
    assert way.stage == "pool"
    assert way.moves[-1].entry.detail == {
        "path": "between > head > pool",
        "rule expensive": "it is cheap",
    }


def test_an_expensive_errand_goes_from_the_manager_to_the_head() -> None:
    way = errand(8000)
    assert isinstance(way.refuses(HUGO, "approve"), NotAllowed)
    way.does(GRETA, "approve")
    assert (way.stage, way.waits_for()) == ("head", {HUGO})
    way.does(HUGO, "endorse")
    assert (way.stage, way.waits_for()) == ("pool", {LEO})


def test_whoever_asked_may_take_it_where_the_workflow_says_so() -> None:
    way = errand(10, asker=LEO)
    assert isinstance(way.refuses(LEO, "approve"), NotAllowed)
    way.does(GRETA, "approve")
    assert "take" in way.offers(LEO)
    way.does(LEO, "take")
    way.does(LEO, "finish")
    assert way.stage == "done"


def test_a_guard_says_why_it_is_not_possible() -> None:
    way = errand(1_000_000)
    way.does(GRETA, "approve")
    way.does(HUGO, "endorse")
    way.does(LEO, "take")
    assert str(way.refuses(LEO, "finish")) == "Nobody can finish an errand of a million."
    assert "finish" not in way.offers(LEO)


def test_a_workflow_may_let_others_than_requesters_ask() -> None:
    assert errand(10, asker=AUDRA).request.asker == AUDRA


def test_nobody_may_do_what_the_workflow_gives_to_nobody() -> None:
    office = Office()
    way = errand(10)
    for transition in ERRAND.leaving(way.stage):
        if Seat.ASKER not in transition.by:
            with pytest.raises(NotAllowed):
                act(
                    ERRAND,
                    way.request,
                    transition.name,
                    Actor(ADAM),
                    Given(reason="because", values={"person": HANA, "due_on": date(2026, 3, 20)}),
                    office,
                    NOW,
                )


@pytest.mark.parametrize("workflow", [stand(), ERRAND], ids=lambda each: each.key)
def test_an_old_request_is_not_changed_by_a_new_move(workflow: Workflow) -> None:
    way = Journey(workflow, BEN, Wish(what="Flowers", amount=Money.of(9, "USD")))
    before = way.request
    way.does(GRETA, "approve")
    assert (before.version, before.votes) == (1, ())
    assert way.request.version == 2
