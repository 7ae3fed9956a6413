"""The bot's answers over HTTP as boundaries: before one leaves, and after it has left."""

import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from tests.faults.boundaries import Boundaries

_Message = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Message]]
_Send = Callable[[_Message], Awaitable[None]]
_App = Callable[[MutableMapping[str, Any], _Receive, _Send], Awaitable[None]]


class Answers:
    """An ASGI middleware around all doors of the bot."""

    def __init__(self, app: _App, boundaries: Boundaries) -> None:
        self._app = app
        self._boundaries = boundaries

    async def __call__(
        self, scope: MutableMapping[str, Any], receive: _Receive, send: _Send
    ) -> None:
        body = bytearray()

        async def heard() -> _Message:
            message = await receive()
            body.extend(message.get("body", b""))
            return message

        async def said(message: _Message) -> None:
            who = _asked(scope, bytes(body))
            if message["type"] == "http.response.start":
                self._boundaries.reached("answer", who)
            await send(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                self._boundaries.reached("answered", who)

        await self._app(scope, heard, said)


def _asked(scope: MutableMapping[str, Any], body: bytes) -> str:
    """Return what was asked, in words that are the same each time."""
    if scope["path"] != "/slack/events":
        parts = str(scope["path"]).split("/")
        return f"{scope['method']} {'/'.join([*parts[:2], *parts[3:]])}"
    if body.startswith(b"{"):
        return f"event {json.loads(body)['event']['type']}"
    fields = parse_qs(body.decode())
    if "command" in fields:
        return f"command {fields['command'][0]} {fields.get('text', [''])[0].partition(' ')[0]}"
    payload = json.loads(fields["payload"][0])
    if "actions" in payload:
        return f"click {payload['actions'][0]['action_id'].partition(':')[0]}"
    return f"{payload['type']} {payload.get('view', payload).get('callback_id', '')}"
