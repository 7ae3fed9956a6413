"""Every answer of the API is JSON: what is said, or what is wrong as a code and a sentence."""

import logging
from collections.abc import Callable, Mapping, Sequence

from starlette.responses import JSONResponse, Response

from bot.api import visits
from bot.api.reading import WrongQuery
from bot.errors import NotFound, Problem, Unavailable
from bot.ports import Json
from web.review.forms import Unreadable
from workflows.refusals import NotAllowed

log = logging.getLogger(__name__)

Answered = tuple[int, Json]
"""A status, and what is said."""

_HEADERS = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex, nofollow",
}


class WrongMethod(Problem):
    """Something is there, and not by this method."""

    def __init__(self, methods: Sequence[str]) -> None:
        """Remember by which."""
        super().__init__()
        self.allow = ", ".join(methods)


def safely(work: Callable[[], Answered]) -> Response:
    """Return what ``work`` says, or why it cannot; what nobody foresaw stands in the log."""
    try:
        return _tried(work)
    except Exception:
        log.exception("A call of the API failed.")
        return _error(500, "failed", "Something went wrong; an admin finds it in the log.")


def _tried(work: Callable[[], Answered]) -> Response:
    try:
        status, said = work()
        return JSONResponse(said, status, headers=_HEADERS)
    except Unreadable as unreadable:  # what may still come in is not waited for
        headers = {"connection": "close"}
        return _error(unreadable.status, "unreadable", str(unreadable), headers=headers)
    except Problem as problem:
        return refused(problem)
    except NotAllowed as refusal:
        return _error(422, "not_understood", str(refusal))
    except Unavailable:
        return _error(503, "unavailable", "Frontdesk cannot look just now. Please try again soon.")


def refused(problem: Problem) -> Response:
    """Return the answer that says what is wrong, by field where it is about fields."""
    said, headers = str(problem), dict[str, str]()
    match problem:
        case visits.NotKnown():
            status, code, headers = 401, "unknown_token", {"www-authenticate": "Bearer"}
        case visits.NotGranted():
            status, code = 403, "not_granted"
        case visits.TooOften():
            status, code, headers = 429, "too_often", {"retry-after": str(problem.seconds)}
        case WrongMethod(allow=allow):
            status, code, headers = 405, "wrong_method", {"allow": allow}
            said = f"This address takes {allow}."
        case WrongQuery():
            return _error(422, "not_understood", said, fields=problem.fields)
        case NotFound():
            status, code, said = 404, "not_found", "There is nothing under this number."
        case _:
            status, code = 404, "not_found"
    return _error(status, code, said, headers=headers)


def _error(
    status: int,
    code: str,
    sentence: str,
    *,
    fields: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    error: Json = {"code": code, "sentence": sentence}
    if fields:
        error["fields"] = dict(fields)
    return JSONResponse({"error": error}, status, headers=_HEADERS | dict(headers or {}))
