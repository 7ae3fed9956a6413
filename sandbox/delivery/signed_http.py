"""Signed HTTP requests to an app's request URL.

See docs.slack.dev/authentication/verifying-requests-from-slack.
"""

import hashlib
import hmac
import json
import secrets
import ssl
from datetime import UTC, datetime
from functools import cache
from urllib.parse import urlencode

import httpx

from sandbox.delivery.outcome import EVENTS, INTERACTIONS, Outcome, Parcel
from sandbox.errors import ChallengeFailed
from sandbox.facts import limit
from sandbox.state.records import JSON, App

FORM = "application/x-www-form-urlencoded"


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """Slack's v0 signature of a request body sent at `timestamp` (real epoch seconds)."""
    base = b"v0:%d:%s" % (timestamp, body)
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class SignedHttp:
    """Posts parcels to an app, signed with its secret."""

    def __init__(self) -> None:
        self._client: httpx.AsyncClient | None = None

    async def close(self) -> None:
        """Close the connections of this loop."""
        if self._client is not None:
            await self._client.aclose()
        self._client = None

    async def challenge(self, app: App) -> None:
        """Ask the request URL to give back a word, as Slack does before it uses one.

        Raises ChallengeFailed.
        """
        word = secrets.token_urlsafe(24)
        payload: JSON = {
            "token": app.verification_token,
            "challenge": word,
            "type": "url_verification",
        }
        outcome = await self.send(app, Parcel(EVENTS, payload))
        answer = outcome.answer
        said = answer.get("challenge") if isinstance(answer, dict) else answer
        if said != word:
            raise ChallengeFailed(
                url=app.request_url, reason=outcome.failure or "it did not give the word back"
            )

    async def send(self, app: App, parcel: Parcel) -> Outcome:
        """Post it and wait, at most the ack deadline, for a 2xx."""
        if self._client is None:
            self._client = httpx.AsyncClient(
                verify=_trusted(), trust_env=False, timeout=limit("ack.deadline_s")
            )
        body, content_type = _encoded(parcel)
        headers = signed_headers(app, body, content_type)
        if parcel.attempt:
            headers |= {
                "x-slack-retry-num": str(parcel.attempt),
                "x-slack-retry-reason": parcel.reason,
            }
        try:
            response = await self._client.post(app.request_url, content=body, headers=headers)
        except httpx.TimeoutException:
            return Outcome(acknowledged=False, failure="http_timeout")
        except httpx.HTTPError:
            return Outcome(acknowledged=False, failure="connection_failed")
        if not response.is_success:
            final = response.headers.get("x-slack-no-retry") == "1"
            return Outcome(acknowledged=False, failure="http_error", final=final)
        return Outcome(acknowledged=True, answer=_decoded(response))


def signed_headers(app: App, body: bytes, content_type: str) -> dict[str, str]:
    """The headers of a request Slack signs now."""
    now = int(datetime.now(UTC).timestamp())  # noqa: TID251 - a signature's age is real
    return {
        "content-type": content_type,
        "user-agent": "Slackbot 1.0 (sandbox)",
        "x-slack-request-timestamp": str(now),
        "x-slack-signature": signature(app.signing_secret, now, body),
    }


@cache
def _trusted() -> ssl.SSLContext:
    """The certificates that are trusted; reading them takes longer than a delivery."""
    return ssl.create_default_context()


def _encoded(parcel: Parcel) -> tuple[bytes, str]:
    if parcel.type == EVENTS:
        return json.dumps(parcel.payload).encode(), "application/json"
    if parcel.type == INTERACTIONS:
        return urlencode({"payload": json.dumps(parcel.payload)}).encode(), FORM
    return urlencode(parcel.payload).encode(), FORM


def _decoded(response: httpx.Response) -> JSON | str | None:
    if not response.content:
        return None
    if "json" in response.headers.get("content-type", ""):
        answer: JSON = response.json()
        return answer
    return response.text
