"""Charts: the axis, the words, and what the template gets."""

from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from messages.charts import Bar, Chart, Panel, Shape, in_words, printed_chart, ticks

AT = datetime(2026, 11, 2, tzinfo=UTC)


@given(st.floats(min_value=0, max_value=1e9))
def test_an_axis_has_few_round_marks_and_reaches_the_largest(largest: float) -> None:
    marks = ticks(largest)

    assert marks[0] == 0
    assert marks[-1] >= largest
    assert 2 <= len(marks) <= 6
    assert str(marks[1]).rstrip("0") in {"1", "2", "5"}
    assert {after - before for before, after in pairwise(marks)} == {marks[1]}


def columns(count: int) -> Chart:
    bars = tuple(
        Bar(name=f"day {nth}", sizes=(nth, 1), text=f"{nth} asked") for nth in range(count)
    )
    panel = Panel(title="Requests", keys=("asked", "ended"), bars=bars, shape=Shape.COLUMNS)
    return Chart(title="Requests", period="May 2026", panels=(panel,), figures=(("asked", "6"),))


def test_it_says_the_figures_and_every_bar() -> None:
    assert in_words(columns(3)) == (
        "Requests, May 2026. 6 asked. Requests: day 0: 0 asked; day 1: 1 asked; day 2: 2 asked."
    )


def test_words_that_are_too_many_are_cut() -> None:
    words = in_words(columns(200))
    assert len(words) <= 1000
    assert words.endswith("…")


def test_what_a_client_is_called_is_said_as_it_is_written() -> None:
    said = in_words(Chart(title="T", period="P", scope="A & B <script> *bold* <@U1>"))
    assert said == "T, P, A & B <script> *bold* <@U1>."


def test_an_axis_with_many_days_names_some_of_them() -> None:
    [panel] = printed_chart(columns(31), AT)["panels"]
    named = [each["name"] for each in panel["bars"] if each["name"]]
    assert named == [f"day {nth}" for nth in range(0, 31, 3)]
    assert (panel["ticks"][-1], panel["numbered"]) == (30, False)


def test_a_panel_of_nothing_is_left_out() -> None:
    empty = Chart(title="T", period="P", panels=(Panel(title="X", keys=("a",), bars=()),))
    assert printed_chart(empty, AT)["panels"] == []
