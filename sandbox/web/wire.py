"""Slack's other addresses: the Socket Mode link, uploads, private files, response_url."""

import asyncio
import json
from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox import answers, filing
from sandbox.codes import SlackError
from sandbox.delivery.sockets import Tear
from sandbox.slack import Slack
from sandbox.state.records import JSON, File


class Link:
    """A Socket Mode connection: the ticket admits once, then frames go out and acks come in.

    An ASGI application, as it has to reach the TCP connection beneath in order to break it.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection to its end."""
        transport: asyncio.Transport | None = None
        if (protocol := getattr(receive, "__self__", None)) is not None:
            transport = getattr(protocol, "transport", None)

        def tear(last: bytes) -> None:
            if transport is not None:
                transport.write(last)
                transport.close() if last else transport.abort()

        await _link(WebSocket(scope, receive, send), tear)


async def _link(websocket: WebSocket, tear: Tear) -> None:
    slack: Slack = websocket.app.state.slack
    sockets = slack.courier.sockets
    app_id = sockets.redeem(websocket.query_params.get("ticket", ""))
    if app_id is None:
        await websocket.close(code=4001)
        return
    await websocket.accept()
    connection = await sockets.open(app_id, websocket.send_json, websocket.close, tear)
    if connection is None:
        await websocket.close()
        return
    try:
        while True:
            frame = _frame(await websocket.receive_text())
            if frame is not None:
                sockets.acknowledge(frame)
    except (WebSocketDisconnect, RuntimeError):  # RuntimeError: closed from this side meanwhile
        return
    finally:
        sockets.forget(connection)


def _frame(text: str) -> JSON | None:
    """An ack frame; anything else a client may say (pings in words) is nothing to us."""
    try:
        frame = json.loads(text)
    except ValueError:
        return None
    return frame if isinstance(frame, dict) else None


async def upload(request: Request) -> Response:
    """The second step of an upload: the bytes, raw or as a form's file."""
    slack: Slack = request.app.state.slack
    record = slack.store.files.get(request.path_params["file_id"])
    if record is None or record.complete:
        return PlainTextResponse("unknown upload", 404)
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        async with request.form() as form:
            parts = [value for value in form.values() if not isinstance(value, str)]
            content = await parts[0].read() if parts else b""
    else:
        content = await request.body()
    slack.blobs.put(record.id, content)
    record.size = len(content)
    slack.store.files.save(record)
    return PlainTextResponse(f"OK - {len(content)}")


async def private_file(request: Request) -> Response:
    """A private file, for a bot that has files:read and may see it.

    Everybody else is sent to where people sign in.
    """
    slack: Slack = request.app.state.slack
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    record = slack.store.files.get(request.path_params["file_id"])
    readers = [
        app
        for app in slack.store.apps.all()
        if app.bot_token == token and "files:read" in app.scopes and not app.revoked
    ]
    if not readers or (record is not None and not filing.is_seen_by_app(slack, record, readers[0])):
        return Response(status_code=302, headers={"location": f"{slack.store.url}/"})
    if record is None or record.deleted:
        return PlainTextResponse("file not found", 404)
    return file_body(slack, record, {"content-type": record.mimetype})


def file_body(slack: Slack, record: File, headers: Mapping[str, str]) -> Response:
    """The bytes of a file that is not deleted."""
    length = {"content-length": str(record.size)}
    chunks = slack.blobs.stream(record.id, record.size)
    return StreamingResponse(chunks, headers={**headers, **length})


async def response_url(request: Request) -> Response:
    """An app's answer through a response_url."""
    slack: Slack = request.app.state.slack
    body = await request.body()
    try:
        if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            fields = dict(parse_qsl(body.decode()))
            answer = json.loads(fields["payload"]) if "payload" in fields else fields
        else:
            answer = json.loads(body)
        answers.use(slack, request.path_params["key"], answer)
    except (ValueError, UnicodeDecodeError):
        return PlainTextResponse("invalid_payload", 400)
    except SlackError as error:
        gone = error.code in ("expired_url", "used_url")
        return JSONResponse({"ok": False, "error": error.code}, 404 if gone else 400)
    return PlainTextResponse("ok")
