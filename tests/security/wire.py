"""Slack's end of the wire, without a network: signed requests go to the bot's real doors."""

import asyncio
import json
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

import httpx

from integrations.clock import SystemClock
from sandbox.delivery.outcome import EVENTS, INTERACTIONS, Parcel
from sandbox.delivery.signed_http import signature
from tests.journeys.house import House

FORM = "application/x-www-form-urlencoded"
SLACK = "/slack/events"


class Wire:
    """Hands requests to the doors of a house, one after the other, from a thread of its own.

    What escapes a door is raised here: no request may bring a door down.
    """

    def __init__(self, house: House) -> None:
        self._secret = house.settings.signing_secrets[0]
        self._house = house

    def __enter__(self) -> Self:
        self._runner = asyncio.Runner()
        transport = httpx.ASGITransport(app=self._house.frontdesk.server.app)
        self._client = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._runner.run(self._client.aclose())
        self._runner.close()

    def slack(self, parcel: Parcel) -> httpx.Response:
        """Send what Slack would send, signed as Slack signs."""
        body, kind = encoded(parcel)
        return self.send("POST", SLACK, content=body, headers=signed(self._secret, body, kind))

    def send(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Send any request to any door."""
        return self._runner.run(self._client.request(method, path, **more))


def signed(secret: str, body: bytes, kind: str = FORM, age: int = 0) -> dict[str, str]:
    """Return the headers of a request that Slack signed ``age`` seconds ago."""
    at = int(SystemClock().now().timestamp()) - age
    return {
        "content-type": kind,
        "x-slack-request-timestamp": str(at),
        "x-slack-signature": signature(secret, at, body),
    }


def encoded(parcel: Parcel) -> tuple[bytes, str]:
    """Return the body and its content type, as Slack writes them; lone surrogates are escaped."""
    if parcel.type == EVENTS:
        return json.dumps(parcel.payload).encode(), "application/json"
    if parcel.type == INTERACTIONS:
        return urlencode({"payload": json.dumps(parcel.payload)}).encode(), FORM
    fields = {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in parcel.payload.items()
    }
    return urlencode(fields, errors="replace").encode(), FORM
