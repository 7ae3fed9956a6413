"""Slack's requests over HTTP: verified on the raw bytes, then handed to Bolt in a thread."""

import asyncio
import hashlib
import hmac
import json
import logging
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeGuard
from urllib.parse import parse_qsl

from slack_bolt import App, BoltRequest
from starlette.requests import Request
from starlette.responses import Response

from bot.ports import Clock
from web import bodies

log = logging.getLogger(__name__)

OLDEST = 300
"""Seconds: an older signature is refused (docs.slack.dev, verifying requests from Slack)."""

PATIENCE = 3.0
"""Seconds in which a body must have come in; Slack itself waits no longer for the whole answer."""

Door = Callable[[Request], Awaitable[Response]]
Sound = Callable[[object], TypeGuard[dict[str, Any]]]
"""Whether something is a payload that listeners can read."""

_PASSED_ON = ("x-slack-retry-num", "x-slack-retry-reason")
"""What else is told to Bolt: no signature vouches for a header, and some of them command it."""


def slack_door(
    bolt: App,
    secrets: Sequence[str],
    pool: ThreadPoolExecutor,
    real_time: Clock,
    *,
    is_sound: Sound,
    patience: float = PATIENCE,
) -> Door:
    """Return the endpoint ``POST /slack/events``.

    Answers 401 to what Slack did not sign in the last five minutes, 413 to what is too long and
    408 to what takes longer than ``patience`` seconds to come in, 400 to what cannot be read or is
    not sound; none of it reaches a listener. ``secrets`` holds two while the secret is rotated.
    """

    async def slack_events(request: Request) -> Response:
        body = await bodies.read(request, patience)
        if isinstance(body, Response):
            return body
        timestamp = request.headers.get("x-slack-request-timestamp", "")
        signature = request.headers.get("x-slack-signature", "")
        now = real_time.now().timestamp()
        if not is_from_slack(secrets, timestamp, signature, body, now):
            log.warning("A request without a valid signature was refused.")
            return Response("not signed by Slack", status_code=401)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(pool, _dispatch, bolt, body, request.headers, is_sound)

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


def _dispatch(bolt: App, body: bytes, headers: Mapping[str, str], is_sound: Sound) -> Response:
    try:
        payload = _payload(body.decode(), headers.get("content-type", ""))
    except (ValueError, RecursionError):
        return Response("not readable", status_code=400)
    asked = _asked(payload, headers) if is_sound(payload) else None
    if asked is None:
        log.warning("A request that Slack signed is of no shape that Frontdesk knows.")
        return Response("not readable", status_code=400)
    answer = bolt.dispatch(asked)
    kept = {name: values[0] for name, values in answer.headers.items()}
    return Response(answer.body or "", status_code=answer.status, headers=kept)


def _payload(text: str, kind: str) -> object:
    """Return what Slack says: JSON in a field of a form, a form (a command), or JSON. ValueError.

    Bolt's own reading takes any command in which the word "payload" stands for an empty one.
    """
    if kind.partition(";")[0].strip() == "application/json":
        return json.loads(text)
    fields = dict(parse_qsl(text, keep_blank_values=True))
    return json.loads(fields["payload"]) if "payload" in fields else fields


def _asked(payload: dict[str, Any], headers: Mapping[str, str]) -> BoltRequest | None:
    """Return the request for Bolt, which reads here and there what no listener of ours reads.

    ``socket_mode``: what was signed has been checked and read already. None when it cannot.
    """
    told = {name: headers[name] for name in _PASSED_ON if name in headers}
    try:
        return BoltRequest(mode="socket_mode", body=payload, headers=dict(told))
    except Exception:  # noqa: BLE001 - whatever an odd payload does to it
        return None
