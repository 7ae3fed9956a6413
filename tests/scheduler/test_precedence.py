"""Deliveries let gestures go first, and not for ever."""

import threading
from time import monotonic

from scheduler.precedence import Precedence

LONG = 30.0


def test_nothing_waits_where_nobody_does() -> None:
    begun = monotonic()
    Precedence().give_way(LONG)
    assert monotonic() - begun < LONG / 2


def test_a_delivery_waits_until_every_gesture_is_answered() -> None:
    precedence, went = Precedence(), threading.Event()

    def deliver() -> None:
        precedence.give_way(LONG)
        went.set()

    with precedence.answering():
        with precedence.answering():
            delivery = threading.Thread(target=deliver)
            delivery.start()
        assert not went.wait(0.05)
    assert went.wait(LONG / 2)
    delivery.join()


def test_a_gesture_that_hangs_does_not_keep_deliveries_for_ever() -> None:
    precedence = Precedence()
    with precedence.answering():
        begun = monotonic()
        precedence.give_way(0.01)
        assert monotonic() - begun >= 0.01
