"""The client's answers: approve, ask for changes, decline, ask a question; each is evidence."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from bot import moves
from bot.desk import Desk
from bot.errors import Problem
from bot.review.looking import SURFACE, Visit, Visitor, found, shown
from bot.review.paper import Paper
from messages import cleaning
from messages.filters import money
from workflows.definition import Given
from workflows.refusals import Refusal
from workflows.roles import Seat

LONGEST_NAME = 150
LONGEST_TEXT = 3000
"""In characters, after control characters are gone; a line break is one."""


class NotFilledIn(Problem):
    """Something is missing or too long. ``errors`` says what, a sentence a field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        """Remember the sentences by field."""
        super().__init__(" ".join(errors.values()))
        self.errors = errors


class AlreadyAnswered(Problem):
    """This has been answered or changed meanwhile, so nothing of what you sent was recorded."""


@dataclass(frozen=True, slots=True)
class Consent:
    """The words next to the tick, and their version: both go into the record."""

    version: str
    words: str

    def said(self, paper: Paper) -> str:
        """Return the words for this document. Raises LinkVoid when it is not shown any more."""
        content = shown(paper)
        return self.words.format(
            ref=paper.ref,
            version=paper.version,
            total=money(content.total),
            client=content.client,
        )


CONSENT = Consent(
    "1",
    "I approve Statement of Work {ref}, version {version}, with a total of {total}, on behalf of "
    "{client}. I am authorised to do so, and agree to do so electronically.",
)


def approve(
    desk: Desk, token: str, visitor: Visitor, *, name: str, title: str, consent: bool
) -> None:
    """Approve the version for the client; a second time by the same link does nothing.

    ``name`` and ``title`` are what the person typed. Raises NotFilledIn (fields ``name``, ``title``
    and ``consent``), NoSuchLink, LinkVoid, AlreadyAnswered, Stale and Unavailable.
    """
    visit = _visit(desk, token)
    name, title = cleaning.one_line(name), cleaning.one_line(title)
    tick = None if consent else "Please tick the box; without it this is no approval."
    _check(
        name=_problem(name, "Please type your full name.", LONGEST_NAME),
        title=_problem(title, "Please type your title, such as “CFO”.", LONGEST_NAME),
        consent=tick,
    )
    values = {
        "name": name,
        "title": title,
        "email": visit.link.email,
        "version": visit.link.version,
    }
    agreed = {"consent": CONSENT.said(visit.paper), "consent version": CONSENT.version}
    evidence = _evidence(visit, visitor) | {"name": name, "title": title} | agreed
    _move(desk, visit, "client_approve", Given(values=values, evidence=evidence))


def request_changes(desk: Desk, token: str, visitor: Visitor, *, reason: str) -> None:
    """Ask for changes; the link is void as soon as there is a new version.

    Raises NotFilledIn (``reason``) and otherwise as :func:`approve`.
    """
    _with_reason(desk, token, visitor, "client_request_changes", reason)


def decline(desk: Desk, token: str, visitor: Visitor, *, reason: str) -> None:
    """Decline the document. Raises NotFilledIn (``reason``) and otherwise as :func:`approve`."""
    _with_reason(desk, token, visitor, "client_decline", reason)


def ask(desk: Desk, token: str, visitor: Visitor, *, text: str) -> None:
    """Ask a question; the same words again, while they wait for an answer, are the same question.

    Raises NotFilledIn (``text``) and otherwise as :func:`approve`.
    """
    visit = _visit(desk, token)
    text = cleaning.paragraphs(text)
    _check(text=_problem(text, "Please write your question.", LONGEST_TEXT))
    answered = sum(each.text == text and bool(each.answer) for each in visit.paper.questions)
    occasion = f"{answered}:{hashlib.sha256(text.encode()).hexdigest()}"
    values = {"name": visit.link.name or visit.link.email, "email": visit.link.email}
    given = Given(reason=text, values=values, evidence=_evidence(visit, visitor))
    _move(desk, visit, "client_ask", given, occasion)


def _with_reason(desk: Desk, token: str, visitor: Visitor, name: str, reason: str) -> None:
    visit = _visit(desk, token)
    reason = cleaning.paragraphs(reason)
    missing = "Please write what this is about; the people concerned will read it."
    _check(reason=_problem(reason, missing, LONGEST_TEXT))
    values = {"version": visit.link.version, "email": visit.link.email}
    given = Given(reason=reason, values=values, evidence=_evidence(visit, visitor))
    _move(desk, visit, name, given)


def _visit(desk: Desk, token: str) -> Visit:
    """Return what the link leads to. Raises NoSuchLink and LinkVoid."""
    with desk.store.unit() as unit:
        visit = found(desk, unit, token)
    shown(visit.paper)
    return visit


def _move(desk: Desk, visit: Visit, name: str, given: Given, occasion: str = "") -> None:
    key = f"{name}:{visit.link.token_hash}:{occasion}"
    ref = visit.request.ref
    try:
        moves.from_outside(desk, Seat.CLIENT, ref, name, given, SURFACE, key)
    except Refusal:
        raise AlreadyAnswered from None


def _evidence(visit: Visit, visitor: Visitor) -> dict[str, str]:
    sha256 = shown(visit.paper).sha256
    return {**visitor.evidence, **visit.evidence, "document": sha256}


def _check(**found: str | None) -> None:
    errors = {field: problem for field, problem in found.items() if problem}
    if errors:
        raise NotFilledIn(errors)


def _problem(text: str, missing: str, longest: int) -> str | None:
    if not text:
        return missing
    if len(text) > longest:
        return f"This is too long: {len(text):,} of at most {longest:,} characters."
    return None
