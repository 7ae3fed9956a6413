"""What all doors share.

Finding the workspace and the person, and saying in JSON what was refused.
"""

import json
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.codes import SlackError
from sandbox.errors import SandboxError, Unknown
from sandbox.slack import Slack
from sandbox.state.records import JSON

Door: TypeAlias = Callable[[Slack, "Asked"], Awaitable[JSON]]


class Asked:
    """What a door was asked.

    Its path, its query, its JSON body, and the person whose path it is.
    """

    def __init__(self, slack: Slack, request: Request, body: JSON) -> None:
        self._slack = slack
        self._request = request
        self.body = body

    @property
    def person(self) -> str:
        """The id of the person in the path. Raises Unknown."""
        return self._slack.person(str(self._request.path_params["who"])).id

    def path(self, name: str) -> str:
        """A part of the path."""
        return str(self._request.path_params[name])

    def query(self, name: str, default: str = "") -> str:
        """A query parameter."""
        return self._request.query_params.get(name, default)

    def text(self, name: str, default: str = "") -> str:
        """A field of the body as text."""
        return str(self.body.get(name, default))

    async def upload(self) -> tuple[str, bytes]:
        """The name and the bytes of the form's file."""
        async with self._request.form() as form:
            file = form["file"]
            if isinstance(file, str):
                raise BadRequest(reason="the field “file” must be a file")
            return file.filename or "file", await file.read()


class BadRequest(SandboxError):
    """That request cannot be read: {reason}."""


def route(path: str, door: Door, *, method: str = "GET") -> Route:
    """A route to a door.

    Refusals answer 409, unknown things 404, nonsense 400, each with a sentence.
    """

    async def endpoint(request: Request) -> Response:
        slack: Slack = request.app.state.slack
        try:
            return JSONResponse(
                {"ok": True} | await door(slack, Asked(slack, request, await _body(request)))
            )
        except Unknown as error:
            return _refusal(error, 404)
        except (BadRequest, KeyError, ValueError, TypeError) as error:
            return _refusal(error, 400)
        except SandboxError as error:
            return _refusal(error, 409)
        except SlackError as error:
            return JSONResponse({"ok": False, "error": error.code, "message": error.code}, 409)

    return Route(path, endpoint, methods=[method])


def _refusal(error: Exception, status: int) -> Response:
    return JSONResponse({"ok": False, "error": type(error).__name__, "message": str(error)}, status)


async def _body(request: Request) -> JSON:
    if not request.headers.get("content-type", "").startswith("application/json"):
        return {}
    body = await request.body()
    value = json.loads(body) if body.strip() else {}
    if not isinstance(value, dict):
        raise BadRequest(reason="the body must be a JSON object")
    return value
