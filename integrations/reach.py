"""Whether our own doors can be reached from outside, by the address that others use."""

import hashlib
import hmac
import json
import ssl
from collections.abc import Mapping
from datetime import datetime

import httpx

from integrations.trust import distrust

_SECONDS = 8.0
_FAILURES = (httpx.HTTPError, httpx.InvalidURL, UnicodeError)
"""What a call ends with that does not come through; an address may have letters httpx refuses."""


def page_trouble(url: str, trust: ssl.SSLContext | None = None) -> str:
    """Return why ``url``/healthz does not answer as ours does; nothing when it does."""
    try:
        answer = httpx.get(f"{url}/healthz", timeout=_SECONDS, verify=trust or True)
    except _FAILURES as error:
        return f"cannot be reached from here ({_reason(error)})"
    if answer.is_redirect:
        return f"leads elsewhere (HTTP {answer.status_code})"
    return "" if answer.text == "ok\n" else f"is answered by something else ({answer.status_code})"


def door_trouble(url: str, secret: str, now: datetime, trust: ssl.SSLContext | None = None) -> str:
    """Return why ``url``/slack/events does not answer Slack's own test; nothing when it does.

    It is the question that Slack asks when the address is entered (url_verification), signed with
    ``secret``; nothing comes of it.
    """
    challenge = hashlib.sha256(secret.encode()).hexdigest()[:16]
    body = json.dumps({"type": "url_verification", "challenge": challenge, "token": ""})
    at = str(int(now.timestamp()))
    signed = hmac.new(secret.encode(), f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": at,
        "X-Slack-Signature": f"v0={signed}",
    }
    try:
        answer = httpx.post(
            f"{url}/slack/events",
            content=body,
            headers=headers,
            timeout=_SECONDS,
            verify=trust or True,
        )
    except _FAILURES as error:
        return f"cannot be reached from here ({_reason(error)})"
    if answer.status_code == httpx.codes.UNAUTHORIZED:
        return "refuses our signature: the bot there has another SLACK_SIGNING_SECRET"
    return "" if challenge in answer.text else f"gives another answer (HTTP {answer.status_code})"


def hook_trouble(
    url: str, body: bytes, headers: Mapping[str, str], trust: ssl.SSLContext | None = None
) -> str:
    """Return why ``url`` does not take a partner's call; nothing when it does."""
    try:
        answer = httpx.post(
            url, content=body, headers=dict(headers), timeout=_SECONDS, verify=trust or True
        )
    except _FAILURES as error:
        return f"cannot be reached from here ({_reason(error)})"
    if answer.status_code == httpx.codes.UNAUTHORIZED:
        return "refuses our signature: the bot there has other keys"
    return "" if answer.text == "ok\n" else f"gives another answer (HTTP {answer.status_code})"


def _reason(error: Exception) -> str:
    """Return what happened, without any address or secret in it.

    Clients and Slack believe the usual authorities alone, and so does the doctor on their behalf.
    """
    return distrust(error) or str(error).partition("\n")[0][:120] or type(error).__name__
