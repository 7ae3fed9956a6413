"""All addresses of the sandbox."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route, WebSocketRoute

from sandbox.slack import Slack
from sandbox.web import administration, api, gestures, reading, stream, wire
from sandbox.web.guard import Guard


def application(slack: Slack, host: str, pages: Sequence[BaseRoute] = ()) -> Starlette:
    """The ASGI application, with whatever `pages` draw on it.

    `request.app.state.slack` is the workspace.
    """
    routes: list[BaseRoute] = [
        Route("/api/{method}", api.api, methods=["GET", "POST"]),
        WebSocketRoute("/link/", wire.Link()),
        Route("/upload/v1/{file_id}", wire.upload, methods=["POST"]),
        Route("/files-pri/{file_id}/{name}", wire.private_file),
        Route("/files-pri/{file_id}/download/{name}", wire.private_file),
        Route("/response/{key}", wire.response_url, methods=["POST"]),
        *reading.routes,
        *gestures.routes,
        *administration.routes,
        Route("/sandbox/events", stream.events),
        *pages,
    ]
    app = Starlette(routes=routes, middleware=[Middleware(Guard, host=host)])
    app.state.slack = slack
    return app
