"""GET /sandbox/events: a stream that says what changed, for one viewer or for everybody.

Each event is one line of JSON, `{"what": ..., ...}`, with `what` one of conversation (channel, ts,
thread_ts), modal (view), home (view), channels, people, apps, clock, toast (text), files,
inspector. A page that hears of a change reads again.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from sandbox.slack import Slack
from sandbox.state.journal import Change
from sandbox.state.records import JSON

HEARTBEAT_S = 15.0
PLAIN = {
    "channel": "channels",
    "person": "people",
    "group": "people",
    "app": "apps",
    "file": "files",
    "undelivered": "inspector",
}


async def events(request: Request) -> Response:
    """The stream; `?viewer=ana` leaves out what ana cannot see."""
    slack: Slack = request.app.state.slack
    who = request.query_params.get("viewer")
    viewer = slack.person(who).id if who else ""
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(
        _stream(slack, viewer), media_type="text/event-stream", headers=headers
    )


async def _stream(slack: Slack, viewer: str) -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[JSON | None] = asyncio.Queue()
    put = _threadsafe(loop, queue)

    def changed(changes: list[Change]) -> None:
        for change in changes:
            news = describe(change)
            if news is not None and _concerns(slack, news, viewer):
                put(news)

    def inspected(_: object) -> None:
        put({"what": "inspector"})

    stopping = asyncio.ensure_future(slack.stopping.wait())
    stopping.add_done_callback(lambda _: put(None))
    slack.store.listeners.append(changed)
    slack.calls.listeners.append(inspected)
    slack.courier.log.listeners.append(inspected)
    try:
        yield "retry: 500\n\n"
        while True:
            try:
                news = await asyncio.wait_for(queue.get(), HEARTBEAT_S)
            except TimeoutError:
                yield ": still here\n\n"
                continue
            if news is None:
                return
            yield f"data: {json.dumps(news)}\n\n"
    finally:
        stopping.cancel()
        slack.store.listeners.remove(changed)
        slack.calls.listeners.remove(inspected)
        slack.courier.log.listeners.remove(inspected)


def _threadsafe(
    loop: asyncio.AbstractEventLoop, queue: asyncio.Queue[JSON | None]
) -> Callable[[JSON | None], None]:
    def put(news: JSON | None) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(queue.put_nowait, news)

    return put


def describe(change: Change) -> JSON | None:
    """A change of the state as the stream tells it; None for what nobody sees."""
    kind, key, fields = change
    known = fields or {}
    match kind:
        case "message" | "ephemeral" | "choices" | "session":
            where = key.split("/")
            news: JSON = {"what": "conversation", "channel": where[0], "ts": where[1]}
            if known.get("thread_ts"):
                news["thread_ts"] = known["thread_ts"]
            return news | ({"viewer": known["viewer"]} if "viewer" in known else {})
        case "view":
            news = {"what": known.get("form", "modal"), "view": key}
            return news | ({"viewer": known["viewer"]} if known else {})
        case "toast":
            return {
                "what": "toast",
                "text": known.get("text", ""),
                "viewer": known.get("viewer", ""),
            }
        case "setting" if key == "clock":
            return {"what": "clock"}
    return {"what": PLAIN[kind]} if kind in PLAIN else None


def _concerns(slack: Slack, news: JSON, viewer: str) -> bool:
    if not viewer:
        return True
    if news.get("viewer", viewer) != viewer:
        return False
    channel = slack.store.channels.get(str(news.get("channel", "")))
    return channel is None or channel.form == "public" or viewer in channel.members
