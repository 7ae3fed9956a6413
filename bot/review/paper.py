"""What a client's link shows: one version of a document, how it stands, and whom to ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.desk import Desk
from bot.ports import Link, Unit
from workflows.deal import Outcome, Record, Version, record_of
from workflows.definition import Given
from workflows.document import Deliverable, Document, Milestone
from workflows.money import Money
from workflows.request import Request
from workflows.roles import Role


class State(StrEnum):
    """How a version stands for whoever holds a link to it."""

    OPEN = "open"
    """It waits for the client's answer."""
    APPROVED = "approved"
    CHANGES = "changes"
    DECLINED = "declined"
    REPLACED = "replaced"
    """There is a newer version, with links of its own."""
    EXPIRED = "expired"
    ON_HOLD = "on_hold"
    CLOSED = "closed"
    """The client has paid and everything is done."""
    WITHDRAWN = "withdrawn"


VOID = frozenset({State.REPLACED, State.EXPIRED, State.WITHDRAWN, State.ON_HOLD})
"""Here the link shows whom to ask, and nothing of the document."""


@dataclass(frozen=True, slots=True)
class Assistant:
    """Who answers the client's questions. ``email`` may be empty."""

    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the client decided, who did and when (UTC). ``other_means``: not on this page."""

    by: str
    at: datetime
    title: str = ""
    words: str = ""
    """The client's reason; empty for an approval."""
    other_means: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked:
    """A question of the client's (UTC); ``answer`` is empty while it is open."""

    by: str
    text: str
    at: datetime
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What the version says, in short, and which bytes it is: ``sha256`` (hex) of its PDF."""

    title: str
    client: str
    total: Money
    fee: str
    billing_period: str
    scope: str
    deliverables: tuple[Deliverable, ...]
    milestones: tuple[Milestone, ...]
    start: date | None
    end: date | None
    payment_terms: str
    sha256: str
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Everything a link shows. Without ``content`` the link is void: it says why and whom to ask.

    ``recipient`` and ``email`` are whom the link was sent to. Instants are UTC.
    """

    company: str
    ref: str
    version: int
    state: State
    recipient: str
    email: str
    expires_at: datetime
    assistant: Assistant | None
    content: Content | None = None
    decision: Decision | None = None
    questions: tuple[QuestionAsked, ...] = ()
    may_decide: bool = False
    may_ask: bool = False


def paper_of(desk: Desk, unit: Unit, request: Request, version: Version, link: Link) -> Paper:
    """Return what ``link`` shows now of its ``version`` of the request's document."""
    record, state = record_of(request), _state(desk, request, version, link)
    return Paper(
        company=desk.company.name,
        ref=request.ref,
        version=version.number,
        state=state,
        recipient=link.name,
        email=link.email,
        expires_at=link.expires_at,
        assistant=_assistant(unit, request),
        content=_content(record.document, version) if state not in VOID else None,
        decision=_decision(unit, request, state) if state not in VOID else None,
        questions=_questions(unit, record) if state not in VOID else (),
        may_decide=state is State.OPEN,
        may_ask=state not in VOID and _may_ask(desk, request),
    )


_WITHDRAWN = ("cancelled", "rejected")
_UNANSWERED = (Outcome.EXPIRED, Outcome.WITHDRAWN)
_ENDED = ("closed", *_WITHDRAWN)


def _state(desk: Desk, request: Request, version: Version, link: Link) -> State:
    """Return the first of these that holds; where none does, the company lets it rest."""
    newest = len(record_of(request).versions)
    is_older = link.step != version.sent_step or link.email not in version.sent_to
    is_late = desk.clock.now() >= link.expires_at
    is_asked_until_the_close = version.outcome is Outcome.APPROVED and request.stage not in _ENDED
    is_over = (is_late and not is_asked_until_the_close) or version.outcome in _UNANSWERED
    found = {
        State.REPLACED: version.number != newest or is_older,
        State.WITHDRAWN: request.stage in _WITHDRAWN,
        State.EXPIRED: is_over,
        State.CLOSED: request.stage == "closed",
        State.APPROVED: version.outcome is Outcome.APPROVED,
        State.CHANGES: version.outcome is Outcome.CHANGES,
        State.DECLINED: version.outcome is Outcome.DECLINED,
        State.OPEN: request.stage == "with_client",
    }
    return next((state for state, holds in found.items() if holds), State.ON_HOLD)


def _content(document: Document | None, version: Version) -> Content:
    document = document or Document()
    return Content(
        title=document.title,
        client=document.client,
        total=version.total,
        fee=document.fee,
        billing_period=document.billing_period,
        scope=document.scope,
        deliverables=document.deliverables,
        milestones=document.milestones,
        start=document.start,
        end=document.end,
        payment_terms=document.payment_terms,
        sha256=version.sha256,
        pages=version.pages,
    )


_ACTIONS = {State.CHANGES: "client_request_changes", State.DECLINED: "client_decline"}


def _decision(unit: Unit, request: Request, state: State) -> Decision | None:
    signature = record_of(request).signature
    if signature is not None and state in (State.APPROVED, State.CLOSED):
        return Decision(
            by=signature.name,
            at=signature.at,
            title=signature.title,
            other_means=signature.other_means,
        )
    if state not in _ACTIONS:
        return None
    entry = unit.requests.last_move(request.ref, (_ACTIONS[state],))
    if entry is None:
        return None
    said = entry.detail
    return Decision(by=said.get("name", ""), at=entry.at, words=said.get("reason", ""))


def _questions(unit: Unit, record: Record) -> tuple[QuestionAsked, ...]:
    return tuple(
        QuestionAsked(
            by=each.by,
            text=each.text,
            at=each.at,
            answer=each.answer,
            answered_by=_name(unit, each.answered_by),
            answered_at=each.answered_at,
        )
        for each in record.questions
    )


def _may_ask(desk: Desk, request: Request) -> bool:
    asking = desk.workflows[request.workflow].possible(request.stage, "client_ask")
    if asking is None:
        return False
    return asking.guard is None or asking.guard(request, Given()) is None


def _assistant(unit: Unit, request: Request) -> Assistant | None:
    """Return the owner, else the first holder of the assistant's role whom Frontdesk has met."""
    holders: Sequence[str] = sorted(unit.people.holders().get(Role.SALES_ASSISTANT, ()))
    for user in filter(None, (request.owner, *holders)):
        person = unit.people.get(user)
        if person is not None and person.active:
            return Assistant(person.name, person.email)
    return None


def _name(unit: Unit, user: str) -> str:
    person = unit.people.get(user) if user else None
    return person.name if person else ""
