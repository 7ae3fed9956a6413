"""Slack's requests over HTTP: verified on the raw bytes, then handed to Bolt in a thread."""

import asyncio
import hashlib
import hmac
import logging
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from slack_bolt import App, BoltRequest
from starlette.requests import Request
from starlette.responses import Response

from bot.ports import Clock

log = logging.getLogger(__name__)

LONGEST_BODY = 1024 * 1024
"""Bytes; Slack's own payloads stay far below."""

OLDEST = 300
"""Seconds: an older signature is refused (docs.slack.dev, verifying requests from Slack)."""

Door = Callable[[Request], Awaitable[Response]]


def slack_door(
    bolt: App, secrets: Sequence[str], pool: ThreadPoolExecutor, real_time: Clock
) -> Door:
    """Return the endpoint ``POST /slack/events``.

    Answers 401 to what Slack did not sign in the last five minutes and 413 to what is too long;
    neither reaches a listener. ``secrets`` holds two while the secret is rotated.
    """

    async def slack_events(request: Request) -> Response:
        body = await _read(request)
        if body is None:
            return Response("too long", status_code=413)
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
    if not (timestamp.isascii() and timestamp.isdigit()) or abs(now - int(timestamp)) > OLDEST:
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
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            return None
    return bytes(body)


def _dispatch(bolt: App, body: bytes, headers: dict[str, str]) -> Response:
    try:
        text = body.decode()
        answer = bolt.dispatch(BoltRequest(body=text, headers=dict(headers)))
    except (ValueError, RecursionError):
        return Response("not readable", status_code=400)
    kept = {name: values[0] for name, values in answer.headers.items()}
    return Response(answer.body or "", status_code=answer.status, headers=kept)
