"""Socket Mode: tickets, connections and acks (docs.slack.dev/apis/events-api/using-socket-mode)."""

import asyncio
import itertools
import secrets
from collections.abc import Awaitable, Callable
from uuid import uuid4

from sandbox.delivery.outcome import COMMANDS, INTERACTIONS, Outcome, Parcel
from sandbox.facts import limit
from sandbox.state.records import JSON, App

Send = Callable[[JSON], Awaitable[None]]
Close = Callable[[], Awaitable[None]]


class Connection:
    """One open WebSocket of an app."""

    def __init__(self, app_id: str, send: Send, close: Close) -> None:
        self.app_id = app_id
        self.send = send
        self.close = close


class Sockets:
    """Every app's connections. A parcel goes to any one of them.

    Its ack may come back on any other.
    """

    def __init__(self) -> None:
        self._tickets: dict[str, str] = {}
        self._connections: dict[str, list[Connection]] = {}
        self._waiting: dict[str, asyncio.Future[JSON | str | None]] = {}
        self._turn = itertools.count()
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

    async def open(self, app_id: str, send: Send, close: Close) -> Connection | None:
        """Greet a new connection; None when the app has as many as it may have."""
        connections = self._connections.setdefault(app_id, [])
        if len(connections) >= limit("socket.connections.max"):
            await send(
                {
                    "type": "disconnect",
                    "reason": "too_many_websockets",
                    "debug_info": {"host": "sandbox"},
                }
            )
            return None
        connection = Connection(app_id, send, close)
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

    async def hang_up(self, app_id: str) -> None:
        """Close the app's connections from Slack's side."""
        for connection in list(self._connections.get(app_id, [])):
            await connection.close()

    def forget(self, connection: Connection) -> None:
        """Forget a connection that has gone."""
        self._connections[connection.app_id].remove(connection)

    def acknowledge(self, frame: JSON) -> None:
        """Take an ack frame; one for an envelope nobody waits for is dropped, as Slack does."""
        waiting = self._waiting.pop(str(frame.get("envelope_id", "")), None)
        if waiting is not None and not waiting.done():
            waiting.set_result(frame.get("payload"))

    async def send(self, app: App, parcel: Parcel) -> Outcome:
        """Send an envelope over any connection and wait for its ack."""
        connections = self._connections.get(app.id, [])
        if not connections:
            return Outcome(acknowledged=False, failure="connection_failed")
        envelope_id = str(uuid4())
        self._waiting[envelope_id] = waiting = asyncio.get_running_loop().create_future()
        try:
            await connections[next(self._turn) % len(connections)].send(
                _envelope(envelope_id, parcel)
            )
            answer = await asyncio.wait_for(waiting, limit("ack.deadline_s"))
        except TimeoutError:
            return Outcome(acknowledged=False, failure="http_timeout")
        except Exception:  # noqa: BLE001 - whatever the WebSocket raises, it is gone
            return Outcome(acknowledged=False, failure="connection_failed")
        finally:
            self._waiting.pop(envelope_id, None)
        return Outcome(acknowledged=True, answer=answer or None)


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
