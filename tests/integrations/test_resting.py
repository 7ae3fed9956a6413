"""Who did not answer is left alone, and then asked by one alone."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import pytest

from integrations.resting import Rest, Resting


class Refused(Exception):
    """An answer, though none that was hoped for."""


def is_silence(error: BaseException) -> bool:
    return isinstance(error, TimeoutError)


def ask(rest: Rest, says: type[Exception] | None = None) -> bool:
    """Whether it was asked; what it ``says`` is an error, None: a good answer."""
    with suppress(Refused, TimeoutError):
        try:
            with rest.asking():
                if says is not None:
                    raise says
        except Resting:
            return False
    return True


def test_it_is_left_alone_after_silence_and_not_for_ever() -> None:
    rest = Rest(0.2, is_silence)
    assert ask(rest, TimeoutError)
    assert not ask(rest)
    threading.Event().wait(0.25)
    assert ask(rest, TimeoutError)
    assert not ask(rest)
    threading.Event().wait(0.25)
    assert ask(rest)
    assert ask(rest)


def test_a_refusal_is_an_answer() -> None:
    rest = Rest(60.0, is_silence)
    assert ask(rest, Refused)
    assert ask(rest)


def test_what_it_says_is_told_on() -> None:
    with pytest.raises(Refused), Rest(60.0, is_silence).asking():
        raise Refused


@contextmanager
def answering_at_last(rest: Rest) -> Iterator[None]:
    """Have one thread asking within it, which is answered at its end."""
    asks, answered = threading.Event(), threading.Event()

    def wait() -> None:
        with rest.asking():
            asks.set()
            answered.wait()

    with ThreadPoolExecutor(1) as hand:
        one = hand.submit(wait)
        assert asks.wait(5)
        yield
        answered.set()
        one.result()


def test_after_its_rest_one_alone_asks_until_it_answers() -> None:
    rest = Rest(0.0, is_silence)
    assert ask(rest, TimeoutError)
    with answering_at_last(rest):
        assert not ask(rest)
    assert ask(rest)


def test_before_any_silence_all_may_ask() -> None:
    rest = Rest(60.0, is_silence)
    with answering_at_last(rest):
        assert ask(rest)
