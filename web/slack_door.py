"""Slack's requests over HTTP: verified on the raw bytes, then handed to Bolt in a thread."""

import asyncio
import hashlib
import hmac
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from slack_bolt import App, BoltRequest
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.ports import Clock

log = logging.getLogger(__name__)

LONGEST_BODY = 1024 * 1024
"""Bytes; Slack's own payloads stay far below."""

OLDEST = 300
"""Seconds: an older signature is refused (docs.slack.dev, verifying requests from Slack)."""

PATIENCE = 3.0
"""Seconds in which a body must have come in; Slack itself waits no longer for the whole answer."""

Door = Callable[[Request], Awaitable[Response]]


def slack_door(
    bolt: App,
    secrets: Sequence[str],
    pool: ThreadPoolExecutor,
    real_time: Clock,
    *,
    patience: float = PATIENCE,
) -> Door:
    """Return the endpoint ``POST /slack/events``.

    Answers 401 to what Slack did not sign in the last five minutes, 413 to what is too long and
    408 to what takes longer than ``patience`` seconds to come in; none of it reaches a listener.
    ``secrets`` holds two while the secret is rotated.
    """

    async def slack_events(request: Request) -> Response:
        try:
            async with asyncio.timeout(patience):
                body = await _read(request)
        except TimeoutError:
            return _hang_up("too slow", 408)
        except ClientDisconnect:
            return _hang_up("nobody is there", 400)
        if body is None:
            return _hang_up("too long", 413)
        timestamp = request.headers.get("x-slack-request-timestamp", "")
        signature = request.headers.get("x-slack-signature", "")
        now = real_time.now().timestamp()
        if not is_from_slack(secrets, timestamp, signature, body, now):
            log.warning("A request without a valid signature was refused.")
            return Response("not signed by Slack", status_code=401)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(pool, _dispatch, bolt, body, dict(request.headers))

    return slack_events


def is_from_slack(
    secrets: Sequence[str], timestamp: str, signature: str, body: bytes, now: float
) -> bool:
    """Whether ``signature`` is Slack's for these raw bytes, and fresh (``now``: epoch seconds)."""
    if not re.fullmatch(r"[0-9]{1,12}", timestamp) or abs(now - int(timestamp)) > OLDEST:
        return False
    base = b"v0:" + timestamp.encode() + b":" + body
    given = signature.encode(errors="replace")
    return any(
        hmac.compare_digest(
            b"v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest().encode(), given
        )
        for secret in secrets
    )


async def _read(request: Request) -> bytes | None:
    """Return the body; None when it is too long, before reading it where that is announced."""
    announced = request.headers.get("content-length", "0")
    if not re.fullmatch(r"[0-9]{1,12}", announced) or int(announced) > LONGEST_BODY:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            return None
    return bytes(body)


def _hang_up(said: str, status: int) -> Response:
    """Answer, and close the connection: what may still come in on it is not waited for."""
    return Response(said, status_code=status, headers={"connection": "close"})


def _dispatch(bolt: App, body: bytes, headers: dict[str, str]) -> Response:
    try:
        text = body.decode()
        answer = bolt.dispatch(BoltRequest(body=text, headers=dict(headers)))
    except (ValueError, RecursionError):
        return Response("not readable", status_code=400)
    kept = {name: values[0] for name, values in answer.headers.items()}
    return Response(answer.body or "", status_code=answer.status, headers=kept)
