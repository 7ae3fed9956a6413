"""Keeps other websites out.

Only requests addressed to this machine, and from pages of this server, are served.
"""

from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Guard:
    """Refuses a foreign Host (DNS rebinding) and a foreign Origin (cross-site requests)."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._hosts = LOOPBACK | {host}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve what is ours, refuse the rest."""
        if scope["type"] in ("http", "websocket") and not self._is_ours(dict(scope["headers"])):
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
                return
            await PlainTextResponse("This sandbox answers local requests only.", 403)(
                scope, receive, send
            )
            return
        await self._app(scope, receive, send)

    def _is_ours(self, headers: dict[bytes, bytes]) -> bool:
        host = headers.get(b"host", b"").decode("latin-1")
        if _hostname(f"//{host}") not in self._hosts:
            return False
        origin = headers.get(b"origin")
        return origin is None or urlsplit(origin.decode("latin-1")).netloc == host


def _hostname(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
