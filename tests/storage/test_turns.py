"""Turns at the one connection: in the order of asking, and not waited for for ever."""

import threading
from contextlib import ExitStack

import pytest

from storage.turns import Turns
from tests.storage.examples import eventually
from tests.storage.outage import unavailable


def order_of(asking: str) -> str:
    """Return in which order those are served who ask one after the other, while one is served.

    Each is a letter, a capital where somebody waits for it.
    """
    turns, served = Turns(), list[str]()

    def take(letter: str) -> None:
        with turns.turn(10, hasty=letter.isupper()):
            served.append(letter)

    def waiting() -> int:
        return len(turns._hasty) + len(turns._others)  # noqa: SLF001

    with ExitStack() as first:
        first.enter_context(turns.turn(10))
        threads = [threading.Thread(target=take, args=(each,)) for each in asking]
        for number, thread in enumerate(threads, 1):
            thread.start()
            eventually(lambda wanted=number: [1] if waiting() == wanted else [])  # type: ignore[misc]
    for thread in threads:
        thread.join(10)
    return "".join(served)


@pytest.mark.parametrize(
    ("asking", "served"),
    [
        ("ABCDEFGH", "ABCDEFGH"),
        ("abcdefgh", "abcdefgh"),
        ("abCD", "CDab"),
        ("aBCDEFGHIJKL", "BCDEFGHIaJKL"),
        ("abBCDEFGHIJKLMNOPQRST", "BCDEFGHIaJKLMNOPQbRST"),
    ],
)
def test_turns_are_given_in_the_order_of_asking_and_first_where_somebody_waits(
    asking: str, served: str
) -> None:
    assert order_of(asking) == served


def test_a_turn_is_not_waited_for_for_ever() -> None:
    turns = Turns()
    with turns.turn(1):
        for _ in range(2):
            with unavailable(1), turns.turn(0.05):
                pass
    with turns.turn(0):
        pass
