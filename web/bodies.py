"""The bodies of calls by machines: read whole as they are, within a length and a time."""

import asyncio
import re

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

LONGEST_BODY = 1024 * 1024
"""Bytes. What Slack and partners send is far below."""


async def read(request: Request, patience: float) -> bytes | Response:
    """Return the body, or the answer to a caller who does not get it across.

    That is 413 to what is too long, unread where that is announced, and 408 to what takes longer
    than ``patience`` seconds; the connection is closed after it.
    """
    try:
        async with asyncio.timeout(patience):
            body = await _read(request)
    except TimeoutError:
        return _hang_up("too slow", 408)
    except ClientDisconnect:
        return _hang_up("nobody is there", 400)
    return _hang_up("too long", 413) if body is None else body


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
