"""The bare Bolt app of :mod:`bench.floor` as a WSGI application, for granian."""

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from slack_bolt import BoltRequest

from bench.floor import bare_app
from integrations.clock import SystemClock
from web.slack_door import is_from_slack

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

_APP = bare_app()
_SECRETS = (os.environ["SLACK_SIGNING_SECRET"],)
_REAL_TIME = SystemClock()


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Answer Slack's signed requests at any path, `/readyz`, and everything unsigned with 401."""
    if environ["PATH_INFO"] == "/readyz":
        start_response("200 OK", [("content-length", "0")])
        return [b""]
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    timestamp = environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")
    signature = environ.get("HTTP_X_SLACK_SIGNATURE", "")
    now = _REAL_TIME.now().timestamp()
    if not is_from_slack(_SECRETS, timestamp, signature, body, now):
        start_response("401 Unauthorized", [("content-length", "0")])
        return [b""]
    headers: dict[str, str | Sequence[str]] = {"content-type": environ.get("CONTENT_TYPE", "")}
    answer = _APP.dispatch(BoltRequest(body=body.decode(), headers=headers))
    said = (answer.body or "").encode()
    start_response(f"{answer.status} OK", [("content-length", str(len(said)))])
    return [said]
