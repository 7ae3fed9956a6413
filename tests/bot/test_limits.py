"""How often somebody may come."""

from bot.limits import Limit


def test_so_many_a_minute_then_as_they_come_back() -> None:
    now = [50.0]
    limit = Limit(10, lambda: now[0])

    assert [limit.wait("a") for _ in range(11)] == [0] * 10 + [6]
    now[0] += 5.9
    assert limit.wait("a") == 1
    now[0] += 0.2
    assert (limit.wait("a"), limit.wait("a")) == (0, 6)
    now[0] += 3600
    assert [limit.wait("a") for _ in range(11)] == [0] * 10 + [6]


def test_each_key_counts_and_who_waits_uses_nothing_up() -> None:
    limit = Limit(2, lambda: 0.0)

    assert (limit.wait("link", "one"), limit.wait("link", "two")) == (0, 0)
    assert limit.wait("link", "three") == 30
    assert [limit.wait("three") for _ in range(3)] == [0, 0, 30]


def test_only_the_keys_that_came_last_are_remembered() -> None:
    limit = Limit(1, lambda: 0.0, most=2)

    assert [limit.wait(key) for key in ("a", "b", "c")] == [0, 0, 0]
    assert limit.wait("c") == 60
    assert limit.wait("a") == 0
