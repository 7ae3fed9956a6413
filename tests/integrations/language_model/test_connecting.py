"""From the name of a model to what reads: over HTTP to a server here, or to what is missing."""

import asyncio
import importlib.metadata
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic_ai.models import override_allow_model_requests
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.ports import Gap, InterpreterUnavailable, Sheet, Sort
from integrations.connection import NotConnected
from integrations.language_model.connecting import connect
from tests.integrations.language_model.speaking import said
from tests.tooling.repository import ROOT
from web.server import Server

KEYS = (
    *("OPENAI_API_KEY", "OLLAMA_BASE_URL", "OLLAMA_API_KEY"),
    *("ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL"),
)
SHEET = Sheet(
    key="sow",
    title="Statement of Work",
    gaps=(Gap(name="client", label="Client", sort=Sort.WORDS),),
)
TEXT = "Ein Angebot für Initech"
TODAY = date(2037, 11, 18)


@contextmanager
def environment(**values: str) -> Iterator[None]:
    """The environment as a provider's library finds it: with ``values`` and no key besides."""
    before = {name: os.environ.pop(name) for name in KEYS if name in os.environ}
    os.environ.update(values)
    try:
        yield
    finally:
        for name in KEYS:
            os.environ.pop(name, None)
        os.environ.update(before)


class Provider:
    """A server that speaks as Ollama's and Anthropic's do, with an answer to everything."""

    def __init__(self, status: int = 200, wait: float = 0) -> None:
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self._status, self._wait = status, wait

    async def complete(self, request: Request) -> Response:
        question = await request.json()
        self.asked.append(question)
        self.keys.append(request.headers["authorization"])
        await asyncio.sleep(self._wait)
        if self._status != 200:
            return JSONResponse({"error": {"message": f"no: {question}"}}, self._status)
        call = {
            "name": question["tools"][0]["function"]["name"],
            "arguments": json.dumps(said(("client", "Initech", "Initech"))),
        }
        message = {
            "role": "assistant",
            "content": None,
            "tool_calls": [{"id": "1", "type": "function", "function": call}],
        }
        return JSONResponse(
            {
                "id": "1",
                "object": "chat.completion",
                "created": 1,
                "model": question["model"],
                "choices": [{"index": 0, "finish_reason": "tool_calls", "message": message}],
                "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
            }
        )

    async def message(self, request: Request) -> Response:
        question = await request.json()
        self.asked.append(question)
        self.keys.append(request.headers["authorization"])
        call = {
            "type": "tool_use",
            "id": "1",
            "name": question["tools"][0]["name"],
            "input": said(("client", "Initech", "Initech")),
        }
        return JSONResponse(
            {
                "id": "1",
                "type": "message",
                "role": "assistant",
                "model": question["model"],
                "content": [call],
                "stop_reason": "tool_use",
                "stop_sequence": None,
                "usage": {"input_tokens": 1, "output_tokens": 1},
            }
        )

    @contextmanager
    def serving(self) -> Iterator[str]:
        routes = [
            Route("/v1/chat/completions", self.complete, methods=["POST"]),
            Route("/v1/messages", self.message, methods=["POST"]),
        ]
        server = Server(Starlette(routes=routes), "127.0.0.1", 0)
        server.start()
        try:
            with (
                environment(
                    OLLAMA_BASE_URL=f"{server.url}/v1",
                    OLLAMA_API_KEY="visibly-fake",
                    ANTHROPIC_BASE_URL=server.url,
                    ANTHROPIC_API_KEY="visibly-fake",
                ),
                override_allow_model_requests(allow_model_requests=True),
            ):
                yield server.url
        finally:
            server.stop()


@pytest.mark.parametrize("name", ["ollama:qwen3", "anthropic:claude-haiku-4-5"])
def test_a_provider_is_asked_over_http_with_its_own_key_and_writes_no_text_into_the_log(
    caplog: pytest.LogCaptureFixture, name: str
) -> None:
    provider = Provider()
    with caplog.at_level(logging.DEBUG), provider.serving():
        model = connect(name, 5)
        with closing(model):
            found = [model.interpret(TEXT, TODAY, [SHEET]) for _ in range(2)]
    assert [each.suggestions[0].value for each in found] == ["Initech", "Initech"]
    first = provider.asked[0]
    assert first["model"] == name.partition(":")[2]
    assert [each.get("function", each)["name"] for each in first["tools"]] == ["final_result"]
    assert provider.keys == ["Bearer visibly-fake"] * 2
    assert "Initech" not in caplog.text
    assert "visibly-fake" not in caplog.text
    assert logging.getLogger("httpx").level == logging.NOTSET
    assert any(each.name.startswith(("httpx2", "httpcore2")) for each in caplog.records)


@pytest.mark.parametrize(
    ("provider", "why"),
    [
        (Provider(status=401), "its provider answered with 401"),
        (Provider(wait=5), "no answer within 1 s"),
    ],
)
def test_a_provider_that_refuses_or_is_late_quotes_nothing(provider: Provider, why: str) -> None:
    with provider.serving():
        model = connect("ollama:qwen3", 1)
        with closing(model), pytest.raises(InterpreterUnavailable, match=f"^{why}$"):
            model.interpret(TEXT, TODAY, [SHEET])
    assert len(provider.asked) == 1


@pytest.mark.parametrize(
    ("name", "why", "fix"),
    [
        ("openai:gpt-5-mini", "OPENAI_API_KEY", "in the environment of the process"),
        ("anthropic:claude-haiku-4-5", "ANTHROPIC_API_KEY", "unset FRONTDESK_MODEL"),
        ("ollama:qwen3", "OLLAMA_BASE_URL", "in the environment of the process"),
        ("groq:llama", r"pydantic-ai-slim\[groq\]", "Correct FRONTDESK_MODEL"),
        ("nobody:model", "Unknown model: nobody:model", "Correct FRONTDESK_MODEL"),
    ],
)
def test_what_is_missing_is_said_with_its_fix(name: str, why: str, fix: str) -> None:
    with environment(), pytest.raises(NotConnected, match=why) as refused:
        connect(name, 5)
    assert fix in refused.value.fix


WITHOUT = """
import sys
{before}
from integrations.language_model import connecting
try:
    connecting.connect("openai:gpt-5-mini", 5)
except connecting.NotConnected as missing:
    print(missing, "|", missing.fix)
"""


def test_without_the_extra_it_says_how_to_install_it(tmp_path: Path) -> None:
    """As on a machine with requirements.lock alone: its packages, and those of no other lock."""
    pages = tmp_path / "site"
    pages.mkdir()
    for name in ("frontdesk", "bot", "workflows", "modals", "messages", "integrations"):
        if (ROOT / name).is_dir():
            (pages / name).symlink_to(ROOT / name)
    site = Path(str(importlib.metadata.distribution("pydantic-ai-slim").locate_file(""))).resolve()
    for each in site.iterdir():
        if not each.name.startswith("pydantic_ai"):
            (pages / each.name).symlink_to(each)
    done = subprocess.run(
        [sys.executable, "-S", "-c", WITHOUT.format(before=f"sys.path[:0] = [{str(pages)!r}]")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "pydantic_ai is not installed | Install it: `make model`" in done.stdout
    assert "requirements-model.lock" in done.stdout
