"""Socket Mode: tickets, connections and acks (docs.slack.dev/apis/events-api/using-socket-mode)."""

import asyncio
import itertools
import json
import secrets
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import uuid4

from sandbox.delivery.outcome import COMMANDS, INTERACTIONS, Outcome, Parcel
from sandbox.facts import limit
from sandbox.state.records import JSON, App

Send = Callable[[JSON], Awaitable[None]]
Close = Callable[[], Awaitable[None]]
Tear = Callable[[bytes], None]
"""Ends the connection without a farewell, after these bytes."""

PARTING_S = 2.0
"""Real seconds between the word that a connection will end and its end; Slack's are about ten."""
_TEXT_FRAME, _LONG = 0x81, 126


class Connection:
    """One open WebSocket of an app."""

    def __init__(self, app_id: str, send: Send, close: Close, tear: Tear) -> None:
        self.app_id = app_id
        self.send = send
        self.close = close
        self.tear = tear


@dataclass
class _Waiting:
    """An envelope that was sent over a connection, and its ack."""

    connection: Connection
    ack: asyncio.Future[JSON | str | None]


class Sockets:
    """Every app's connections. A parcel goes to any one of them.

    Its ack may come back on any other.
    """

    def __init__(self) -> None:
        self._tickets: dict[str, str] = {}
        self._connections: dict[str, list[Connection]] = {}
        self._waiting: dict[str, _Waiting] = {}
        self._turn = itertools.count()
        self.disabled: set[str] = set()
        """The apps for which Socket Mode is switched off."""
        self.on_connect: list[Callable[[str], None]] = []

    def ticket(self, app_id: str) -> str:
        """A ticket good for one connection."""
        ticket = secrets.token_urlsafe(16)
        self._tickets[ticket] = app_id
        return ticket

    def redeem(self, ticket: str) -> str | None:
        """The app this ticket admits, once."""
        return self._tickets.pop(ticket, None)

    def connected(self, app_id: str) -> int:
        """How many connections the app has open."""
        return len(self._connections.get(app_id, []))

    async def open(self, app_id: str, send: Send, close: Close, tear: Tear) -> Connection | None:
        """Greet a new connection; None when the app has as many as it may have."""
        connections = self._connections.setdefault(app_id, [])
        if len(connections) >= limit("socket.connections.max"):
            await send(_disconnect("too_many_websockets"))
            return None
        connection = Connection(app_id, send, close, tear)
        connections.append(connection)
        await send(
            {
                "type": "hello",
                "num_connections": len(connections),
                "connection_info": {"app_id": app_id},
                "debug_info": {
                    "host": "sandbox",
                    "build_number": 0,
                    "approximate_connection_time": 18060,
                },
            }
        )
        for listener in self.on_connect:
            listener(app_id)
        return connection

    async def hang_up(self, app_id: str, reason: str = "") -> None:
        """Close the app's connections from Slack's side.

        With Slack's word for the ``reason`` that is announced first, and then what was sent over
        them is still answered; ``reset``: not even closed.
        """
        old = list(self._connections.get(app_id, []))
        if reason == "link_disabled":
            self.disabled.add(app_id)
        for connection in old:
            if reason == "reset":
                self._tear(connection)
            elif reason:
                await connection.send(_disconnect(reason))
        announced = reason not in ("", "reset")
        if announced:
            await asyncio.sleep(PARTING_S)
        for connection in old:
            if connection in self._connections.get(app_id, []):
                self.forget(connection)
                if announced:
                    await self._answered(connection)
                await connection.close()

    async def _answered(self, connection: Connection) -> None:
        """Wait for the acks of what was sent over a connection, as long as they may take."""
        left = [each.ack for each in self._waiting.values() if each.connection is connection]
        if left:
            await asyncio.wait(left, timeout=limit("ack.deadline_s"))

    def forget(self, connection: Connection) -> None:
        """Forget a connection that has gone."""
        if connection in self._connections[connection.app_id]:
            self._connections[connection.app_id].remove(connection)

    def _tear(self, connection: Connection, last: bytes = b"") -> None:
        self.forget(connection)
        connection.tear(last)

    def acknowledge(self, frame: JSON) -> None:
        """Take an ack frame; one for an envelope nobody waits for is dropped, as Slack does."""
        waiting = self._waiting.pop(str(frame.get("envelope_id", "")), None)
        if waiting is not None and not waiting.ack.done():
            waiting.ack.set_result(frame.get("payload"))

    async def cut(self, app: App, parcel: Parcel) -> Outcome:
        """Send the first half of an envelope's frame over any connection, which ends there."""
        if connections := self._connections.get(app.id, []):
            whole = json.dumps(_envelope(str(uuid4()), parcel)).encode()
            head = struct.pack("!BBH", _TEXT_FRAME, _LONG, len(whole))
            last = head + whole[: len(whole) // 2]
            self._tear(connections[next(self._turn) % len(connections)], last)
        return Outcome(acknowledged=False, failure="connection_failed")

    async def send(self, app: App, parcel: Parcel) -> Outcome:
        """Send an envelope over any connection and wait for its ack."""
        connections = self._connections.get(app.id, [])
        if not connections:
            return Outcome(acknowledged=False, failure="connection_failed")
        envelope_id = str(uuid4())
        connection = connections[next(self._turn) % len(connections)]
        waiting = _Waiting(connection, asyncio.get_running_loop().create_future())
        self._waiting[envelope_id] = waiting
        try:
            await connection.send(_envelope(envelope_id, parcel))
            answer = await asyncio.wait_for(waiting.ack, limit("ack.deadline_s"))
        except TimeoutError:
            return Outcome(acknowledged=False, failure="http_timeout")
        except Exception:  # noqa: BLE001 - whatever the WebSocket raises, it is gone
            return Outcome(acknowledged=False, failure="connection_failed")
        finally:
            self._waiting.pop(envelope_id, None)
        return Outcome(acknowledged=True, answer=answer or None)


def _disconnect(reason: str) -> JSON:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}


def _envelope(envelope_id: str, parcel: Parcel) -> JSON:
    envelope: JSON = {
        "envelope_id": envelope_id,
        "type": parcel.type,
        "payload": parcel.payload,
        "accepts_response_payload": parcel.type in (COMMANDS, INTERACTIONS),
    }
    if parcel.attempt:
        envelope |= {"retry_attempt": parcel.attempt, "retry_reason": parcel.reason}
    return envelope
