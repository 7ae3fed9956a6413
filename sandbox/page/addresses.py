"""The page's addresses; what people do goes to the sandbox's own doors."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox import filing, pictures
from sandbox.errors import Unknown
from sandbox.page import live, rendering
from sandbox.page.address import Address
from sandbox.page.headers import HEADERS
from sandbox.page.letters import Mailbox
from sandbox.page.mail import mail_routes
from sandbox.page.screen import Beside
from sandbox.page.sight import sees_picture
from sandbox.slack import Slack
from sandbox.state.records import File, Person
from sandbox.web.wire import file_body


def routes(slack: Slack, doors: Mapping[str, str], mail: Path | None = None) -> list[BaseRoute]:
    """The page at `/` and what it needs below `/page/`; `doors` are named links shown at its top.

    `doors` is read each time a page is drawn, so it may be filled later. `mail` is a folder, which
    may not be there yet, of .eml files whose names sort by the time of writing: they are shown at
    `/mail` and `/mail/NAME`.
    """
    page = Pages(slack, Beside(doors, has_mail=mail is not None))
    return [
        Route("/", page.show),
        Route("/page/live", page.live),
        Route("/page/dismiss", page.dismiss, methods=["POST"]),
        Route("/page/file/{key}", page.file),
        Route("/page/picture/{key}", page.picture),
        Mount("/page/static", StaticFiles(directory=rendering.HERE / "static")),
        *(mail_routes(slack, Mailbox(mail)) if mail is not None else ()),
    ]


class Pages:
    """The page of one workspace."""

    def __init__(self, slack: Slack, beside: Beside) -> None:
        self._slack = slack
        self._beside = beside

    async def show(self, request: Request) -> Response:
        """Somebody's screen, or the choice of whom to be."""
        here = Address.read(request.query_params)
        try:
            html, status = rendering.page(self._slack, here, self._beside), 200
        except Unknown as trouble:
            html, status = rendering.people(self._slack, self._beside, str(trouble)), 404
        return HTMLResponse(html, status, HEADERS)

    async def live(self, request: Request) -> Response:
        """The same screen, again after every change."""
        here = Address.read(request.query_params)
        try:
            self._slack.person(here.who)
        except Unknown as trouble:
            return PlainTextResponse(str(trouble), 404, HEADERS)
        return live.response(self._slack, here, self._beside)

    async def dismiss(self, request: Request) -> Response:
        """One of Slack's own sentences off somebody's screen: {as, toast}."""
        body = await request.json()
        toast = self._slack.store.toasts.get(str(body["toast"]))
        if toast is not None and toast.viewer == self._slack.person(str(body["as"])).id:
            self._slack.store.toasts.drop(toast.id)
        return JSONResponse({"ok": True}, headers=HEADERS)

    async def file(self, request: Request) -> Response:
        """A file's bytes, always as a download."""
        found = self._asked(request)
        if found is None or not filing.is_seen_by(self._slack, found[1], found[0].id):
            return PlainTextResponse("There is no such file here.", 404, HEADERS)
        record = found[1]
        named = {"content-disposition": f"attachment; filename*=UTF-8''{quote(record.name)}"}
        return file_body(self._slack, record, HEADERS | named)

    async def picture(self, request: Request) -> Response:
        """A picture, for those who are shown it."""
        found = self._asked(request)
        kind = pictures.kind(self._slack, found[1]) if found is not None else ""
        if found is None or not kind or not self._sees(*found):
            return PlainTextResponse("There is no such picture here.", 404, HEADERS)
        return file_body(self._slack, found[1], HEADERS | {"content-type": kind})

    def _sees(self, person: Person, record: File) -> bool:
        """Whether the person is shown the file: in blocks, or as one that is shared."""
        shared = filing.is_seen_by(self._slack, record, person.id)
        return shared or sees_picture(self._slack, person, record)

    def _asked(self, request: Request) -> tuple[Person, File] | None:
        """Who asks for which file; None when there is no such person or file."""
        record = self._slack.store.files.get(request.path_params["key"])
        try:
            person = self._slack.person(request.query_params.get("as", ""))
        except Unknown:
            return None
        return None if record is None or record.deleted else (person, record)
