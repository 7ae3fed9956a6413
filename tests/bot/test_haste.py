"""How long is waited now: as long as it takes, or what is left of all that there is."""

from bot.ports.haste import patience, within


def test_without_an_end_each_wait_may_take_its_time() -> None:
    assert patience(1.5) == 1.5


def test_within_an_end_all_waits_together_take_no_longer() -> None:
    with within(1.0):
        assert 0.5 < patience(1.5) <= 1.0
        assert patience(0.2) == 0.2
    assert patience(1.5) == 1.5


def test_of_two_ends_the_earlier_one_holds() -> None:
    with within(1.0):
        with within(60):
            assert patience(90) <= 1.0
        with within(0.3):
            assert patience(90) <= 0.3
        assert patience(90) > 0.3


def test_what_is_free_at_once_is_had_though_no_time_is_left() -> None:
    with within(-1):
        assert 0 < patience(1.5) < 0.1
