"""Delivers events and interactions, and retries events by Slack's schedule."""

import asyncio
import time
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any

from sandbox.alarms import Alarms
from sandbox.clock import Clock
from sandbox.delivery.outcome import EVENTS, INTERACTIONS, Outcome, Parcel, Transport
from sandbox.delivery.signed_http import SignedHttp
from sandbox.delivery.sockets import Sockets
from sandbox.facts import limit, limits
from sandbox.faults import Faults
from sandbox.log import Delivery, Log
from sandbox.state.pending import Undelivered
from sandbox.state.records import JSON, App
from sandbox.state.store import Store


class Courier:
    """One event source for both transports; each app has the transport it was installed with."""

    def __init__(self, store: Store, clock: Clock, alarms: Alarms, faults: Faults) -> None:
        self._store = store
        self._clock = clock
        self._alarms = alarms
        self._faults = faults
        self.sockets = Sockets()
        self.http = SignedHttp()
        self.log: Log[Delivery] = Log()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Work in this loop.

        Events left from before a restart wait for their next attempt again.
        """
        self._loop = loop
        for left in self._store.undelivered.all():
            self._wait(left)

    async def stop(self) -> None:
        """Drop what is under way and close the connections."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.http.close()
        self._loop = None

    async def ask(self, app: App, type_: str, payload: JSON) -> Outcome:
        """Hand a command or an interaction to an app, once.

        The app's answer or its failure comes back.
        """
        kind = (
            str(payload.get("type", "slash_command"))
            if type_ == INTERACTIONS
            else str(payload["command"])
        )
        return await self._attempt(app, Parcel(type_, payload), kind)

    def publish(self, app: App, body: JSON) -> None:
        """Hand an event to an app, with up to three retries."""
        parcel = Undelivered(body["event_id"], app.id, body, 0, "", "")
        self._store.afterwards(lambda: self._spawn(self._event(parcel)))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        if self._loop is None:
            work.close()
            return
        self._loop.call_soon_threadsafe(self._begin, work)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _event(self, parcel: Undelivered) -> None:
        app = self._store.apps.get(parcel.app_id)
        if app is None or app.revoked:
            self._store.undelivered.drop(parcel.id)
            return
        kind = str(parcel.body["event"]["type"])
        more = self._faults.take_redeliveries(kind) if parcel.attempt == 0 else 0
        begun = self._clock.now()
        outcome = await self._attempt(
            app, Parcel(EVENTS, parcel.body, parcel.attempt, parcel.reason), kind
        )
        if outcome.acknowledged:
            self._store.undelivered.drop(parcel.id)
            for number in range(more):
                await self._attempt(
                    app, Parcel(EVENTS, parcel.body, number + 1, "http_timeout"), kind
                )
        elif outcome.final or parcel.attempt >= limit("events.retry.max"):
            self._store.undelivered.drop(parcel.id)
        else:
            self._again(parcel, outcome.failure, begun)

    def _again(self, parcel: Undelivered, reason: str, tried: datetime) -> None:
        delay = limits("events.retry.schedule_s")[parcel.attempt]
        due = tried + timedelta(seconds=delay)
        again = Undelivered(
            parcel.id, parcel.app_id, parcel.body, parcel.attempt + 1, reason, due.isoformat()
        )
        self._wait(self._store.undelivered.save(again))

    def _wait(self, parcel: Undelivered) -> None:
        self._alarms.at(
            datetime.fromisoformat(parcel.due), lambda: self._spawn(self._event(parcel))
        )

    async def _attempt(self, app: App, parcel: Parcel, kind: str) -> Outcome:
        transport: Transport = self.sockets if app.transport == "socket" else self.http
        at, begun = self._clock.now(), time.perf_counter()
        if app.transport == "socket" and self._faults.take_cut(kind):
            outcome = await self.sockets.cut(app, parcel)
        else:
            outcome = await transport.send(app, parcel)
        if outcome.acknowledged and self._faults.take_lost_ack(kind):
            outcome = Outcome(acknowledged=False, failure="http_timeout")
        self.log.add(
            Delivery(
                kind=kind,
                payload=parcel.payload,
                at=at,
                app=app.name,
                acknowledged=outcome.acknowledged,
                attempt=parcel.attempt,
                reason=parcel.reason,
                failure=outcome.failure,
                answer=outcome.answer,
                milliseconds=(time.perf_counter() - begun) * 1000,
            )
        )
        return outcome
