"""The mails that left for people outside the workspace: a list, one mail, and what came with it.

A mail's HTML stands in a frame of its own in which nothing runs; only its links open, in new tabs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.errors import Unknown
from sandbox.page.headers import HEADERS, POLICY
from sandbox.page.letters import MOST, Letter, Mailbox
from sandbox.page.rendering import draw
from sandbox.slack import Slack

SANDBOX = "allow-popups allow-popups-to-escape-sandbox"
WITH_FRAME = HEADERS | {"content-security-policy": f"{POLICY}; frame-src 'self'"}
IN_FRAME = HEADERS | {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    f"form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox {SANDBOX}"
}
OPENED = {key: value for key, value in HEADERS.items() if key != "content-security-policy"}
"""For what the browser's own viewer shows: a policy of ours would keep a PDF from being drawn."""
OPENABLE = {"application/pdf", "image/gif", "image/jpeg", "image/png", "image/webp"}
"""Kinds of files in which a browser runs nothing; everything else is downloaded only."""


@dataclass(frozen=True)
class MailAddress:
    """`/mail?as=ana&to=hank@globex.example`: who looks, so as to find back, and whose mail."""

    who: str = ""
    to: str = ""
    view: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "MailAddress":
        """The address a query spells."""
        return cls(query.get("as", ""), query.get("to", ""), query.get("view", ""))

    @property
    def workspace(self) -> str:
        """Where the person came from."""
        return f"/?{urlencode({'as': self.who})}" if self.who else "/"

    def mails_to(self, to: str = "") -> str:
        """The list of one recipient's mails, or of all."""
        return f"/mail{replace(self, to=to, view='')}"

    def back(self) -> str:
        """The list again."""
        return self.mails_to(self.to)

    def at(self, letter: Letter, view: str = "") -> str:
        """One mail, as HTML or as plain text."""
        return f"/mail/{letter.name}{replace(self, view=view)}"

    def __str__(self) -> str:
        parts = {"as": self.who, "to": self.to, "view": self.view}
        query = urlencode({name: value for name, value in parts.items() if value}, safe="@")
        return f"?{query}" if query else ""


def mail_routes(slack: Slack, mailbox: Mailbox) -> list[BaseRoute]:
    """The addresses below `/mail`."""
    page = MailPages(slack, mailbox)
    return [
        Route("/mail", page.mails),
        Route("/mail/{name}", page.show),
        Route("/mail/{name}/html", page.html),
        Route("/mail/{name}/files/{number:int}", page.file),
    ]


class MailPages:
    """The pages of one mailbox."""

    def __init__(self, slack: Slack, mailbox: Mailbox) -> None:
        self._slack = slack
        self._mailbox = mailbox

    def mails(self, request: Request) -> Response:
        """The latest mails."""
        here = MailAddress.read(request.query_params)
        letters = self._mailbox.letters(here.to)
        return self._page(HEADERS, "mail.html", here, "Mail", letters=letters, most=MOST)

    def show(self, request: Request) -> Response:
        """One mail."""
        here = MailAddress.read(request.query_params)
        try:
            letter = self._mailbox.letter(request.path_params["name"])
        except Unknown as trouble:
            return PlainTextResponse(str(trouble), 404, HEADERS)
        title = letter.header("subject") or "(no subject)"
        is_html = bool(letter.html) and here.view != "text"
        facts = {"letter": letter, "is_html": is_html, "openable": OPENABLE, "sandbox": SANDBOX}
        return self._page(WITH_FRAME, "letter.html", here, title, **facts)

    def html(self, request: Request) -> Response:
        """A mail's HTML, for its frame."""
        try:
            letter = self._mailbox.letter(request.path_params["name"])
        except Unknown as trouble:
            return PlainTextResponse(str(trouble), 404, HEADERS)
        return HTMLResponse(f'<!doctype html><base target="_blank">{letter.html}', 200, IN_FRAME)

    def file(self, request: Request) -> Response:
        """A file that came with a mail: a download, or with `?open` shown where harmless."""
        try:
            letter = self._mailbox.letter(request.path_params["name"])
            file = letter.enclosures[request.path_params["number"]]
        except (Unknown, IndexError):
            return PlainTextResponse("There is no such file here.", 404, HEADERS)
        named = f"filename*=UTF-8''{quote(file.name, safe='', errors='replace')}"
        if "open" in request.query_params and file.mime in OPENABLE:
            headers = OPENED | {"content-disposition": f"inline; {named}"}
            return Response(file.content, 200, headers, file.mime)
        headers = HEADERS | {"content-disposition": f"attachment; {named}"}
        return Response(file.content, 200, headers, "application/octet-stream")

    def _page(
        self,
        headers: Mapping[str, str],
        template: str,
        here: MailAddress,
        title: str,
        **facts: object,
    ) -> Response:
        team = str(self._slack.team["name"])
        named = {"title": f"{title} · Sandbox, not Slack", "heading": title, "team": team}
        return HTMLResponse(draw(template, here=here, **named, **facts), 200, headers)
