"""What is answered to the client, page by page; everything here blocks, so it runs in threads."""

import logging
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit
from uuid import uuid4

from starlette.responses import RedirectResponse, Response

from bot import review
from bot.desk import Desk
from bot.errors import Stale, Unavailable
from bot.links import PATH
from bot.ports import Count, NotRendered
from bot.ports.occasion import note, occasion
from bot.review import AlreadyAnswered, LinkVoid, NoSuchLink, NotFilledIn, Visitor
from web.review import pages
from web.review.forms import SEAL, seal_of

log = logging.getLogger(__name__)

Fields = Mapping[str, str]
Work = Callable[[], Response]

NOTHING: Fields = {}
_SEE_OTHER = 303


def approve(desk: Desk, token: str, visitor: Visitor, fields: Fields) -> None:
    """Approve with what was typed."""
    name, title = fields.get("name", ""), fields.get("title", "")
    review.approve(desk, token, visitor, name=name, title=title, consent="consent" in fields)


def request_changes(desk: Desk, token: str, visitor: Visitor, fields: Fields) -> None:
    """Ask for changes with what was typed."""
    review.request_changes(desk, token, visitor, reason=fields.get("reason", ""))


def decline(desk: Desk, token: str, visitor: Visitor, fields: Fields) -> None:
    """Decline with what was typed."""
    review.decline(desk, token, visitor, reason=fields.get("reason", ""))


def ask(desk: Desk, token: str, visitor: Visitor, fields: Fields) -> None:
    """Ask what was typed."""
    review.ask(desk, token, visitor, text=fields.get("text", ""))


ANSWERS: Mapping[str, Callable[[Desk, str, Visitor, Fields], None]] = {
    "approve": approve,
    "changes": request_changes,
    "decline": decline,
    "ask": ask,
}
"""What a form of the page does, by the last part of its address."""


def base_of(desk: Desk, token: str) -> str:
    """Return the path of a link's page, under the public address's own path where it has one."""
    return urlsplit(desk.public_url).path.rstrip("/") + PATH + token


def show(desk: Desk, token: str, visitor: Visitor) -> Response:
    """Return the page of a link, void or not."""
    return _paper(desk, token, visitor)


def document(desk: Desk, token: str, visitor: Visitor) -> Response:
    """Return the PDF, to be kept."""
    file = review.pdf(desk, token, visitor)
    headers = {"content-disposition": f'attachment; filename="{file.name}"'}
    return Response(file.content, media_type=file.mime, headers=headers)


def picture(desk: Desk, token: str, number: int) -> Response:
    """Return one page of the document as a picture."""
    try:
        return Response(review.picture(desk, token, number), media_type="image/png")
    except NotRendered:
        log.exception("The pages of a document could not be shown.")
        return Response("This page cannot be shown; please download the PDF.", status_code=503)


def answer(desk: Desk, token: str, visitor: Visitor, action: str, fields: Fields) -> Response:
    """Do what a form asks, then lead back to the page; keep what was typed where it is wrong."""
    try:
        ANSWERS[action](desk, token, visitor, fields)
    except NotFilledIn as wrong:
        said: dict[str, object] = {"form": action, "typed": fields, "errors": wrong.errors}
        return _paper(desk, token, visitor, 422, **said)
    except (AlreadyAnswered, LinkVoid) as late:
        return _paper(desk, token, visitor, 409, notice=str(late), typed=fields)
    where = "#questions" if action == "ask" else ""
    return RedirectResponse(base_of(desk, token) + where, _SEE_OTHER)


def safely(
    desk: Desk, token: str, work: Work, *, action: str = "", typed: Fields = NOTHING
) -> Response:
    """Return what ``work`` does, or a page that says what stands in its way.

    ``action`` and ``typed`` are what was sent: when the trouble is ours it can be sent again.
    """
    again = f"{base_of(desk, token)}/{action}" if action else ""
    facts: dict[str, object] = {"company": desk.company.name, "again": again, "typed": typed}
    with occasion(page=action or "look"):
        return _safely(desk, token, work, facts)


def _safely(desk: Desk, token: str, work: Work, facts: dict[str, object]) -> Response:
    try:
        return work()
    except NoSuchLink:
        return wrong_link(desk)
    except LinkVoid:
        return RedirectResponse(base_of(desk, token), _SEE_OTHER)
    except (Unavailable, Stale):
        desk.meter.count(Count.ERRORS, where="page", kind="database")
        log.warning("A client's page was not answered: the database is not available.")
        return pages.page("trouble", 503, reference="", **facts)
    except Exception:
        reference = uuid4().hex[:8]
        note(error=reference)
        desk.meter.count(Count.ERRORS, where="page", kind="unexpected")
        log.exception("Unexpected error, reference %s", reference)
        return pages.page("trouble", 500, reference=reference, **facts)


def wrong_link(desk: Desk) -> Response:
    """Return the page for a link that is none: the same whatever is wrong with it."""
    return pages.page("wrong_link", 404, company=desk.company.name)


def refused(desk: Desk, token: str, sentence: str, status: int) -> Response:
    """Return the page that says why something is not taken, with the way back."""
    back, company = base_of(desk, token), desk.company.name
    return pages.page("refused", status, company=company, sentence=sentence, back=back)


def _paper(desk: Desk, token: str, visitor: Visitor, status: int = 200, **more: object) -> Response:
    paper = review.see(desk, token, visitor)
    facts: dict[str, object] = {
        "form": "",
        "typed": NOTHING,
        "errors": NOTHING,
        "notice": "",
        **more,
        "paper": paper,
        "company": paper.company,
        "base": base_of(desk, token),
        "address": desk.public_url,
        "seal_name": SEAL,
        "seal": seal_of(desk.link_key, token),
    }
    if paper.content is None:
        return pages.page("void", status, **facts)
    return pages.page("review", status, consent=review.CONSENT.said(paper), **facts)
