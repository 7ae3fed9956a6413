"""Slack's answers, told apart by what they mean for us, in one table."""

from collections.abc import Callable
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from bot.errors import (
    RateLimited,
    SlackError,
    SlackLockedOut,
    SlackRefused,
    SlackUnsure,
    ViewGone,
)

LOCKED_OUT = frozenset(
    {"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"}
)
"""The token does not work any more: everything waits."""

UNSURE = frozenset({"fatal_error", "internal_error", "service_unavailable", "request_timeout"})
"""Slack says itself that it does not know whether it was done."""

VIEW_GONE = frozenset({"not_found", "hash_conflict", "view_not_found"})
"""For ``views.update``: the modal was closed, or is newer than what we know."""
_OVERTAKEN = "hash_conflict"
"""For ``views.publish``: the Home tab is newer than what we know."""


_FAILURES = (URLError, TimeoutError, ConnectionError, HTTPException, SlackClientError)
_TOO_MANY, _SERVER_ERROR = 429, 500


def asked(method: str, api: Callable[..., Any], **arguments: Any) -> SlackResponse:
    """Call ``api`` and return the whole answer. Raises the classes of :mod:`bot.errors`."""
    try:
        response: SlackResponse = api(**arguments)
    except _FAILURES as error:
        raise _meant(method, error) from error
    return response


def kind_of(error: SlackError) -> str:
    """Return what kind of failure it is: refused, locked_out, rate_limited or unsure."""
    match error:
        case RateLimited():
            return "rate_limited"
        case SlackLockedOut():
            return "locked_out"
        case SlackRefused():
            return "refused"
        case _:
            return "unsure"


def _meant(method: str, error: Exception) -> SlackError:
    if isinstance(error, SlackApiError):
        return _meaning(method, error)
    return SlackUnsure("no_answer", f"{method}: {type(error).__name__}")


def _meaning(method: str, error: SlackApiError) -> SlackError:
    response = error.response
    status = getattr(response, "status_code", 200)
    if status == _TOO_MANY:
        return RateLimited(method, float(response.headers.get("Retry-After", 1)))
    if status >= _SERVER_ERROR or not isinstance(response.data, dict):
        return SlackUnsure(f"http_{status}", method)
    code = str(response.get("error", "unknown"))
    said = "; ".join((response.get("response_metadata") or {}).get("messages", ()))
    return _by_code(method, code, f"{method} {said}".strip())


def _by_code(method: str, code: str, said: str) -> SlackError:
    if code == "ratelimited":
        return RateLimited(method, 1.0)
    if code in LOCKED_OUT:
        return SlackLockedOut(code, said)
    if code in UNSURE:
        return SlackUnsure(code, said)
    if method == "views.update" and code in VIEW_GONE:
        return ViewGone(code)
    if method == "views.publish" and code == _OVERTAKEN:
        return ViewGone(code)
    return SlackRefused(code, said)
