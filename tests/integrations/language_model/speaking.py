"""Language models that a test holds in its hand: what they are asked, and what they answer."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from pydantic_ai.messages import ModelMessage, ModelRequest, ModelResponse, ToolCallPart
from pydantic_ai.messages import UserPromptPart as Prompt
from pydantic_ai.models.function import AgentInfo, FunctionModel

from integrations.language_model.reading import LanguageModel

Answer = Callable[[dict[str, Any]], dict[str, Any]]
"""From what the model is asked (``today``, ``forms``, ``message``) to what it says."""


def said(*answers: tuple[str, str, str], form: str = "") -> dict[str, Any]:
    """What a model says: field, value and words of each answer."""
    listed = [{"field": field, "value": value, "words": words} for field, value, words in answers]
    return {"form": form, "answers": listed}


class Speaker:
    """A model that answers by a function, and remembers what it was asked."""

    def __init__(self, answer: Answer, seconds: float = 5.0) -> None:
        self.asked: list[dict[str, Any]] = []
        self.seen: list[AgentInfo] = []
        self._answer = answer
        self.interpreter = LanguageModel(FunctionModel(self._respond), seconds)

    async def _respond(self, messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        question = asked(messages)
        self.asked.append(question)
        self.seen.append(info)
        return responding(self._answer(question), info)


def asked(messages: list[ModelMessage]) -> dict[str, Any]:
    """The question in the first request."""
    first = messages[0]
    assert isinstance(first, ModelRequest)
    [prompt] = [part for part in first.parts if isinstance(part, Prompt)]
    assert isinstance(prompt.content, str)
    question: dict[str, Any] = json.loads(prompt.content)
    return question


def responding(answer: dict[str, Any], info: AgentInfo) -> ModelResponse:
    """The answer in the shape that is asked for."""
    return ModelResponse(parts=[ToolCallPart(info.output_tools[0].name, answer)])


Respond = Callable[[list[ModelMessage], AgentInfo], Awaitable[ModelResponse]]


def speaking(respond: Respond, seconds: float = 5.0) -> LanguageModel:
    """What reads with a model that responds so."""
    return LanguageModel(FunctionModel(respond), seconds)
