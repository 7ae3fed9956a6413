"""A small HubSpot on this machine: it keeps records, and refuses what HubSpot would.

HubSpot's files for machines are not licensed for others, so what is accepted and answered here is
our own record of its developers' documents (developers.hubspot.com/docs/api-reference), of the
paths with a date:

- "Deals", "Companies", "Contacts" and "Notes": one record, lists, batches;
- "CRM search": filters, their limits, sorts, the pseudo-property of associations;
- "Associations": what stands beside a record, and the numbers of HubSpot's own kinds;
- "Pipelines", "Owners", "Properties", and "Account information";
- "Error handling" and "Usage guidelines": 401, 403 with the scopes, 429, 477.

Whatever is not written there (an unknown path, parameter, property or field of a body) is an error
here.
"""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.integrations.crm.portal import OBJECTS, PAGE, Portal, Refused, wrong
from web.server import Server

TOKEN = "pat-na1-visibly-fake-key"
API = "2026-09"
Body = dict[str, Any]


@dataclass
class HubSpotDouble(Portal):
    """An account and the doors to it.

    ``down`` answers all of it with 503; ``silent`` lets callers wait; ``trickles`` sends bodies
    byte by byte, ``floods`` without end; ``limited``: so many calls are answered with 429, which
    asks to come again after ``retry_after``; ``token`` is the key that it knows; paths that end in
    one of ``refuses`` are not for it; ``moved_to`` is
    where it sends all callers on to, and ``says`` what it says to all of them
    instead, ``as_status``.
    """

    down: bool = False
    trickles: bool = False
    floods: bool = False
    limited: int = 0
    retry_after: str = ""
    token: str = TOKEN
    refuses: set[str] = field(default_factory=set)
    moved_to: str = ""
    says: Body | None = None
    as_status: int = 200
    calls: list[str] = field(default_factory=list)
    url: str = ""
    silent: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def serving(self) -> Iterator["HubSpotDouble"]:
        """Serve on a free port of this machine."""
        kinds, deals = f"/crm/objects/{API}/{{kind}}", f"/crm/objects/{API}/deals"
        beside = f"/crm/associations/{API}/deals/{{kind}}/batch/read"
        routes = [
            self._route(f"/account-info/{API}/details", "GET", self._account),
            self._route(f"/crm/pipelines/{API}/deals", "GET", self._pipelines),
            self._route(f"/crm/owners/{API}", "GET", self._owners),
            self._route(f"/crm/properties/{API}/{{kind}}", "GET", self._properties),
            self._route(f"/crm/objects/{API}/notes", "POST", self._note),
            self._route(f"/crm/objects/{API}/notes/batch/create", "POST", self._notes),
            self._route(kinds, "GET", self._list),
            self._route(f"{deals}/{{number}}", "GET", self._deal),
            self._route(f"{kinds}/batch/read", "POST", self._batch),
            self._route(f"{kinds}/search", "POST", self._search),
            self._route(beside, "POST", self._beside),
        ]
        server = Server(Starlette(routes=routes), "127.0.0.1", 0)
        server.start()
        self.url = server.url
        try:
            yield self
        finally:
            self.released.set()
            server.stop()

    def _route(self, path: str, method: str, answer: Callable[[Request, Body], Body]) -> Route:
        async def answered(request: Request) -> Response:
            self.calls.append(f"{request.method} {request.url.path}")
            body = await request.body()
            if self.silent.is_set():
                await asyncio.to_thread(self.released.wait, 20)
            if self.moved_to:
                return RedirectResponse(f"{self.moved_to}{request.url.path}")
            if self.down:
                return Response("<html>We are down for maintenance.</html>", 503)
            try:
                self._let_in(request)
                said = answer(request, json.loads(body) if body else {})
            except Refused as refused:
                return self._refusal(refused)
            if self.says is not None:
                return JSONResponse(self.says, self.as_status)
            if self.loses and request.url.path.endswith("/notes"):
                self.loses -= 1
                return Response("<html>Gateway Timeout</html>", 504)
            return self._sent(said, 201 if path.endswith("/notes") else 200)

        return Route(path, answered, methods=[method])

    def _let_in(self, request: Request) -> None:
        if request.headers.get("authorization") != f"Bearer {self.token}":
            raise Refused(401, "EXPIRED_AUTHENTICATION", f"The key {self.token} is expired.")
        if self.limited:
            self.limited -= 1
            raise Refused(429, "RATE_LIMITS", "You have reached your secondly limit.")
        if any(request.url.path.endswith(each) for each in self.refuses):
            raise Refused(403, "MISSING_SCOPES", "This app lacks scopes.", "crm.visibly.fake")
        if request.method == "POST":
            assert request.headers["content-type"] == "application/json"
            if request.query_params:
                raise wrong("no such parameter")

    def _refusal(self, refused: Refused) -> Response:
        said: Body = {
            "status": "error",
            "message": str(refused),
            "correlationId": "aeb5f871-7f07-4993-9211-075dc63e7cbf",
            "category": refused.category,
        }
        if refused.scopes:  # any one of them is enough
            needed = {"requiredGranularScopes": list(refused.scopes)}
            said["errors"] = [{"message": "Scopes are missing.", "context": needed}]
        again = {"Retry-After": self.retry_after} if self.retry_after else {}
        return JSONResponse(said, refused.status, headers=again if refused.status == 429 else {})

    def _sent(self, said: Body, status: int) -> Response:
        status = 207 if said.get("errors") else status
        if self.floods or self.trickles:
            return StreamingResponse(self._pieces(), status, media_type="application/json")
        return JSONResponse(said, status)

    async def _pieces(self) -> AsyncIterator[bytes]:
        while not self.released.is_set():
            yield b" " * (1_000_000 if self.floods else 1)
            await asyncio.sleep(0 if self.floods else 0.05)

    def _account(self, request: Request, _body: Body) -> Body:
        _asked(request)
        return self.account()

    def _pipelines(self, request: Request, _body: Body) -> Body:
        _asked(request)
        return self.pipelines()

    def _owners(self, request: Request, _body: Body) -> Body:
        asked = _asked(request, "limit", "after")
        limit = int(asked.get("limit", "100"))
        return self.listed_owners(min(limit, self.page), asked.get("after", ""))

    def _properties(self, request: Request, _body: Body) -> Body:
        _asked(request)
        kind = self._kind(request)
        self.needs(kind)
        names = sorted(self.properties(kind))
        kinds = {"type": "string", "fieldType": "text", "groupName": f"{kind}information"}
        return {"results": [{"name": each, "label": each, **kinds} for each in names]}

    def _list(self, request: Request, _body: Body) -> Body:
        kind, limit = self._kind(request), int(_asked(request, "limit").get("limit", "10"))
        self.needs(kind)
        found = list(self.records.get(kind, {}))[:limit]
        return {"results": [self.shown(kind, each, []) for each in found]}

    def _deal(self, request: Request, _body: Body) -> Body:
        self.needs("deals")
        wanted = _asked(request, "properties").get("properties", "").split(",")
        number = request.path_params["number"]
        if number not in self.records.get("deals", {}):
            raise Refused(404, "OBJECT_NOT_FOUND", "Object not found.")
        return self.shown("deals", number, [each for each in wanted if each])

    def _batch(self, request: Request, body: Body) -> Body:
        _fields(body, {"inputs", "properties"})
        inputs = [each["id"] for each in _inputs(body, {"id"})]
        return self.batch_read(self._kind(request), inputs, body["properties"])

    def _beside(self, request: Request, body: Body) -> Body:
        _fields(body, {"inputs"})
        return self.associations(self._kind(request), _inputs(body, {"id", "after"}))

    def _search(self, request: Request, body: Body) -> Body:
        _fields(body, {"filterGroups", "sorts", "properties", "limit"})
        return self.search(self._kind(request), body)

    def _note(self, _request: Request, body: Body) -> Body:
        return self.create_note(body)

    def _notes(self, _request: Request, body: Body) -> Body:
        self.needs("write")
        if not body["inputs"]:
            raise wrong("inputs must not be empty")
        raise wrong("batches of notes are not in use here")

    def _kind(self, request: Request) -> str:
        kind = str(request.path_params["kind"])
        if kind not in OBJECTS:
            raise wrong(f"no objects are called {kind}")
        return kind


def _asked(request: Request, *known: str) -> dict[str, str]:
    asked = dict(request.query_params)
    if asked.keys() - set(known):
        raise wrong("no such parameter")
    return asked


def _fields(body: Body, known: set[str]) -> None:
    if body.keys() - known:
        raise wrong(f"no such fields: {body.keys() - known}")


def _inputs(body: Body, known: set[str]) -> list[dict[str, str]]:
    inputs: list[dict[str, str]] = body["inputs"]
    if not 0 < len(inputs) <= PAGE:
        raise wrong("a batch takes 1 to 100")
    for each in inputs:
        _fields(each, known)
        if not isinstance(each["id"], str):
            raise wrong("ids are texts")
    return inputs
