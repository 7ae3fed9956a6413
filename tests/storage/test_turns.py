"""Turns at the one connection: in the order of asking, and not waited for for ever."""

import threading
from contextlib import ExitStack

from storage.turns import Turns
from tests.storage.examples import eventually
from tests.storage.outage import unavailable


def test_turns_are_given_in_the_order_of_asking() -> None:
    turns, served = Turns(), list[int]()

    def take(number: int) -> None:
        with turns.turn(10):
            served.append(number)

    with ExitStack() as first:
        first.enter_context(turns.turn(10))
        threads = [threading.Thread(target=take, args=(number,)) for number in range(8)]
        for number, thread in enumerate(threads, 1):
            thread.start()
            eventually(lambda wanted=number: [1] if len(turns._waiting) == wanted else [])  # type: ignore[misc]  # noqa: SLF001
        first.close()
        with turns.turn(10):
            served.append(8)
    for thread in threads:
        thread.join(10)
    assert served == list(range(9))


def test_a_turn_is_not_waited_for_for_ever() -> None:
    turns = Turns()
    with turns.turn(1):
        for _ in range(2):
            with unavailable(1), turns.turn(0.05):
                pass
    with turns.turn(0):
        pass
