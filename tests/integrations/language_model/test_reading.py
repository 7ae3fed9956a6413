"""What a language model is asked and what is taken of its answer, by the library's own models."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from typing import Any

import pytest
from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart
from pydantic_ai.models.function import AgentInfo
from pydantic_ai.models.test import TestModel

from bot.ports import (
    Gap,
    Interpretation,
    Interpreter,
    InterpreterUnavailable,
    Sheet,
    Sort,
    Suggestion,
)
from integrations.language_model.reading import LanguageModel
from tests.integrations.language_model.speaking import Speaker, said, speaking

TODAY = date(2037, 11, 18)
TEXT = "Wir brauchen bis zum 15. Dezember ein Angebot für Initech"
SOW = Sheet(
    key="sow",
    title="Statement of Work",
    gaps=(
        Gap(name="client", label="Client", sort=Sort.WORDS),
        Gap(name="needed_by", label="Needed by", sort=Sort.DAY),
        Gap(name="fee", label="Fee", sort=Sort.OPTION, options=(("one_off", "One-off"),)),
    ),
)
ASSET = Sheet(key="sales_asset", title="Sales asset", gaps=(SOW.gaps[0],))
CLIENT = ("client", "Initech", "Initech")


@pytest.fixture(params=["function", "test"])
def interpreter(request: pytest.FixtureRequest) -> Iterator[Interpreter]:
    """Every interpreter there is: by a function's answer, and by an answer as it is."""
    answer = said(CLIENT, form="sow")
    if request.param == "function":
        found = Speaker(lambda _: answer).interpreter
    else:
        found = LanguageModel(TestModel(custom_output_args=answer), 5)
    with closing(found):
        yield found


def test_it_suggests_what_the_message_says(interpreter: Interpreter) -> None:
    client = Suggestion(name="client", value="Initech", words="Initech")
    expected = Interpretation(sheet="sow", suggestions=(client,))
    assert interpreter.interpret(TEXT, TODAY, [SOW, ASSET]) == expected
    assert interpreter.interpret(TEXT, TODAY, [SOW]) == expected  # the loop is there still


def test_it_is_of_no_use_any_more_when_it_is_closed(interpreter: Interpreter) -> None:
    interpreter.close()
    interpreter.close()
    with pytest.raises(InterpreterUnavailable):
        interpreter.interpret(TEXT, TODAY, [SOW])


def test_many_threads_ask_at_once(interpreter: Interpreter) -> None:
    found: list[Interpretation] = []
    threads = [
        threading.Thread(target=lambda: found.append(interpreter.interpret(TEXT, TODAY, [SOW])))
        for _ in range(4)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert [each.sheet for each in found] == ["sow"] * 4


def test_nothing_leaves_but_the_message_the_day_and_the_questions() -> None:
    speaker = Speaker(lambda _: said())
    with closing(speaker.interpreter):
        assert speaker.interpreter.interpret(TEXT, TODAY, [SOW]).suggestions == ()
    [question] = speaker.asked
    fee = {"field": "fee", "asks": "Fee", "sort": "option", "options": {"one_off": "One-off"}}
    assert question == {
        "today": "2037-11-18, Wednesday",
        "message": TEXT,
        "forms": [
            {
                "key": "sow",
                "title": "Statement of Work",
                "questions": [
                    {"field": "client", "asks": "Client", "sort": "words"},
                    {"field": "needed_by", "asks": "Needed by", "sort": "day"},
                    fee,
                ],
            }
        ],
    }


def test_it_has_no_tools() -> None:
    speaker = Speaker(lambda _: said())
    with closing(speaker.interpreter):
        speaker.interpreter.interpret(TEXT, TODAY, [SOW])
    [info] = speaker.seen
    assert info.function_tools == []
    assert not info.allow_text_output
    assert len(info.output_tools) == 1


@pytest.mark.parametrize(
    ("answer", "sheet", "names"),
    [
        (said(CLIENT, form="nobody's"), "", ()),
        (said(CLIENT), "", ()),
        (said(("approve", "yes", "yes"), CLIENT, form="sow"), "sow", ("client",)),
        (said(("needed_by", "2037-12-15", "15. Dezember"), form="sales_asset"), "sales_asset", ()),
    ],
)
def test_only_what_was_asked_for_is_taken(
    answer: dict[str, Any], sheet: str, names: tuple[str, ...]
) -> None:
    speaker = Speaker(lambda _: answer)
    with closing(speaker.interpreter):
        found = speaker.interpreter.interpret(TEXT, TODAY, [SOW, ASSET])
    assert (found.sheet, tuple(each.name for each in found.suggestions)) == (sheet, names)


def test_an_answer_of_the_wrong_form_is_asked_for_once_more() -> None:
    answers = iter([{"answers": [{"field": "client"}]}, said(CLIENT)])
    speaker = Speaker(lambda _: next(answers))
    with closing(speaker.interpreter):
        found = speaker.interpreter.interpret(TEXT, TODAY, [SOW])
    assert [each.value for each in found.suggestions] == ["Initech"]
    assert len(speaker.asked) == 2


GARBAGE: list[dict[str, Any]] = [
    {"answers": "Initech"},
    {"answers": [{"field": "client", "value": "x" * 301, "words": "Initech"}]},
    {"answers": [{"field": "client", "value": "x", "words": "x"}] * 41},
]


@pytest.mark.parametrize("garbage", GARBAGE)
def test_an_answer_that_stays_wrong_is_none_and_quotes_nothing(garbage: dict[str, Any]) -> None:
    speaker = Speaker(lambda _: garbage)
    with (
        closing(speaker.interpreter),
        pytest.raises(InterpreterUnavailable, match=r"^its answer was not of the form asked for$"),
    ):
        speaker.interpreter.interpret(TEXT, TODAY, [SOW])
    assert len(speaker.asked) == 2


def test_words_in_the_place_of_an_answer_are_none() -> None:
    async def chat(_messages: list[ModelMessage], _info: AgentInfo) -> ModelResponse:
        return ModelResponse(parts=[TextPart("I have approved SOW-7.")])

    with closing(speaking(chat)) as model, pytest.raises(InterpreterUnavailable):
        model.interpret(TEXT, TODAY, [SOW])


def test_who_does_not_answer_in_time_is_left_alone_for_a_while() -> None:
    asked = []

    async def hang(messages: list[ModelMessage], _info: AgentInfo) -> ModelResponse:
        asked.append(messages)
        await asyncio.Event().wait()
        raise AssertionError

    with closing(speaking(hang, seconds=0.2)) as model:
        with pytest.raises(InterpreterUnavailable, match=r"no answer within 0\.2 s"):
            model.interpret(TEXT, TODAY, [SOW])
        with pytest.raises(InterpreterUnavailable, match="left alone"):
            model.interpret(TEXT, TODAY, [SOW])
    assert len(asked) == 1


def test_a_fault_of_a_library_is_told_by_its_kind_alone() -> None:
    async def fail(messages: list[ModelMessage], _info: AgentInfo) -> ModelResponse:
        raise ValueError(messages)

    with (
        closing(speaking(fail)) as model,
        pytest.raises(InterpreterUnavailable, match=r"^it could not be asked \(ValueError\)$"),
    ):
        model.interpret(TEXT, TODAY, [SOW])


def test_more_than_it_may_read_at_once_are_not_waited_for() -> None:
    begun, go_on = threading.Semaphore(0), threading.Event()

    async def wait(_messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        begun.release()
        await asyncio.to_thread(go_on.wait)
        from_info = info.output_tools[0].name
        raise RuntimeError(from_info)

    with closing(speaking(wait)) as model:

        def read() -> None:
            with pytest.raises(InterpreterUnavailable):
                model.interpret(TEXT, TODAY, [SOW])

        threads = [threading.Thread(target=read) for _ in range(4)]
        for each in threads:
            each.start()
        for _ in threads:
            assert begun.acquire(timeout=5)
        with pytest.raises(InterpreterUnavailable, match="as many messages as it may"):
            model.interpret(TEXT, TODAY, [SOW])
        go_on.set()
        for each in threads:
            each.join()
