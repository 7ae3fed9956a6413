"""POST or GET /api/METHOD, with whatever faults are in force."""

import asyncio
import contextlib
import socket
import struct

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from sandbox.api.runner import Request as ApiRequest
from sandbox.api.runner import log_call, run
from sandbox.errors import Unknown
from sandbox.faults import ApiFault
from sandbox.slack import Slack
from sandbox.web.arguments import BadBody, api_request

NOTHING_STORED = ("ratelimited", "http_error", "error", "reset")


async def api(request: Request) -> Response:
    """One Web API call."""
    slack: Slack = request.app.state.slack
    try:
        call = await api_request(request)
    except ClientDisconnect:  # half a request is none
        return Response(status_code=400)
    except BadBody as error:
        return JSONResponse({"ok": False, "error": str(error)})
    fault = slack.faults.take_api(call.method, lambda channel: _is_for(slack, call, channel))
    if fault is None:
        return JSONResponse(run(slack, call), headers=_scopes(slack, call))
    if fault.how in NOTHING_STORED:
        return _spoiled(slack, request, call, fault)
    if fault.how == "stored_late":
        asyncio.get_running_loop().call_later(fault.seconds, run, slack, call)
        return _reset(request)
    answer = run(slack, call)
    if fault.how in ("slow", "stored_then_hangs"):
        await slack.pause(fault.seconds)
    return JSONResponse(answer) if fault.how == "slow" else _reset(request)


def _scopes(slack: Slack, call: ApiRequest) -> dict[str, str]:
    """Name the bot token's scopes, as Slack does beside every answer to it."""
    for app in slack.store.apps.all():
        if call.token == app.bot_token:
            return {"x-oauth-scopes": ",".join(app.scopes)}
    return {}


def _spoiled(slack: Slack, request: Request, call: ApiRequest, fault: ApiFault) -> Response:
    if fault.how == "error":
        answer = {"ok": False, "error": fault.code}
        log_call(slack, call, answer)
        return JSONResponse(answer)
    if fault.how == "ratelimited":
        limited = {"ok": False, "error": "ratelimited"}
        log_call(slack, call, limited, status=429)
        return JSONResponse(limited, 429, {"retry-after": str(fault.retry_after)})
    if fault.how == "http_error":
        log_call(slack, call, {}, status=fault.status)
        return PlainTextResponse("upstream trouble", fault.status)
    log_call(slack, call, {}, status=0)
    return _reset(request)


def _is_for(slack: Slack, call: ApiRequest, wanted: str) -> bool:
    """Whether a call is for a channel: an id, a name, or the handle of a DM's person."""
    target = str(call.arguments.get("channel") or call.arguments.get("channel_id") or "")
    if target == wanted:
        return True
    channel = slack.store.channels.get(target)
    if channel is None:
        return target.removeprefix("#") == wanted.removeprefix("#")
    if channel.name:
        return channel.name == wanted.removeprefix("#")
    try:
        return slack.person(wanted).id in channel.members
    except Unknown:
        return False


def _reset(request: Request) -> Response:
    """Tear the connection down with a TCP reset. The response given back never leaves."""
    cycle = getattr(request.receive, "__self__", None)
    transport: asyncio.Transport | None = getattr(cycle, "transport", None)
    if transport is not None:
        wire: socket.socket | None = transport.get_extra_info("socket")
        if wire is not None:
            with contextlib.suppress(OSError):  # the client may have hung up meanwhile
                wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    return Response(status_code=500)
