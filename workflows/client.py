"""The client's part: approve, ask for changes, decline, ask; and what is done for the client.

"Address any concerns or inquiries promptly" (Deals Requiring SOW, step 5): a question can be asked
until the close, and is the sales assistant's to answer.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from workflows import usual
from workflows.deal import ClientQuestion, Outcome, Signature, record_of, recorded, with_version
from workflows.definition import STAY, Deed, Given, Style, Transition
from workflows.effects import Errand, Tell
from workflows.request import Request
from workflows.roles import Role, Seat
from workflows.signing import WITHDRAW

ASKED_IN = (
    *("with_client", "client_changes", "client_declined", "drafting", "document_approval", "ready"),
    *("invoicing", "awaiting_payment", "paid", "on_hold"),
)
"""Where a client who has once got the document can ask something: until the close."""


MOST_OPEN, MOST_ASKED = 10, 100
"""Questions of a client that can be open at once, and that there can be at all."""


def _signed(request: Request, deed: Deed) -> Request:
    record = record_of(request)
    signature = Signature(
        version=len(record.versions),
        name=str(deed.values["name"]),
        title=str(deed.values["title"]),
        email=str(deed.values["email"]),
        at=deed.at,
        partner=str(deed.values.get("partner", "")),
        signed_sha256=str(deed.values.get("signed_sha256", "")),
        certificate_sha256=str(deed.values.get("certificate_sha256", "")),
    )
    return recorded(with_version(request, outcome=Outcome.APPROVED), signature=signature)


def _signed_otherwise(request: Request, deed: Deed) -> Request:
    signed = _signed(request, deed)
    signature = record_of(signed).signature
    if signature is None:
        return signed
    files = tuple(deed.values.get("files", ()))
    marked = replace(
        signature, other_means=True, reason=deed.reason, recorded_by=deed.user, files=files
    )
    return recorded(signed, signature=marked)


def _wants_changes(request: Request, deed: Deed) -> Request:
    return with_version(request, outcome=Outcome.CHANGES, comment=deed.reason)


def _declined(request: Request, deed: Deed) -> Request:
    return with_version(request, outcome=Outcome.DECLINED, comment=deed.reason)


def _expired(request: Request, _deed: Deed) -> Request:
    return with_version(request, outcome=Outcome.EXPIRED)


def _is_this_version(request: Request, given: Given) -> str | None:
    """A link is void as soon as a newer version exists."""
    newest = len(record_of(request).versions)
    if given.values.get("version", newest) != newest:
        return "There is a newer version of this document; this link does not work any more."
    return None


def _has_evidence(_request: Request, given: Given) -> str | None:
    if given.offering or given.values.get("files"):
        return None
    return "Please attach what shows their approval: a mail, a scan."


def _was_sent(request: Request, _given: Given) -> str | None:
    record = record_of(request)
    if not any(version.sent_at for version in record.versions):
        return "The client has not been sent anything yet."
    if len(record.open_questions) >= MOST_OPEN or len(record.questions) >= MOST_ASKED:
        return "So many questions are open that we would rather talk: please answer our mail."
    return None


def _asked(request: Request, deed: Deed) -> Request:
    record = record_of(request)
    question = ClientQuestion(
        id=len(record.questions) + 1,
        by=str(deed.values["name"]),
        email=str(deed.values.get("email", "")),
        text=deed.reason,
        at=deed.at,
    )
    return recorded(request, questions=(*record.questions, question))


def _is_asked(request: Request, given: Given) -> str | None:
    open_ids = {each.id for each in record_of(request).open_questions}
    if not open_ids:
        return "The client has no open question."
    wanted = given.values.get("question")
    if wanted is not None and int(wanted) not in open_ids:
        return "This question has been answered already."
    return None


def _answered(request: Request, deed: Deed) -> Request:
    wanted = int(deed.values["question"])
    questions = tuple(
        replace(each, answer=deed.reason, answered_by=deed.user, answered_at=deed.at)
        if each.id == wanted
        else each
        for each in record_of(request).questions
    )
    return recorded(request, questions=questions)


def _first_question(request: Request, _today: date) -> Mapping[str, Any]:
    open_questions = record_of(request).open_questions
    return {"question": str(open_questions[0].id)} if open_questions else {}


def _open_questions(request: Request) -> Mapping[str, tuple[tuple[str, str], ...]]:
    return {
        "question": tuple(
            (str(each.id), f"{each.by}: {each.text}") for each in record_of(request).open_questions
        )
    }


def _contact(request: Request, _today: date) -> Mapping[str, Any]:
    document = record_of(request).document
    if document is None:
        return {}
    return {"name": document.contact_name, "email": document.contact_email}


def _kept(request: Request, deed: Deed) -> Request:
    signature = record_of(request).signature
    if signature is None:
        return request
    evidence = (*signature.evidence_sha256, *deed.values.get("evidence_sha256", ()))
    kept = {name: deed.values[name] for name in _PAPERS if name in deed.values}
    return recorded(request, signature=replace(signature, evidence_sha256=evidence, **kept))


_PAPERS = ("certificate_sha256", "sealed_sha256", "seal_root_sha256")
"""What is made of the client's approval."""
AFTER_APPROVAL = ("invoicing", "awaiting_payment", "paid")

TRANSITIONS = (
    Transition(
        name="client_approve",
        label="Approve",
        done="approved by the client",
        source=("with_client",),
        target="client_approved",
        by=(Seat.CLIENT,),
        guard=_is_this_version,
        apply=_signed,
        effects=(
            Tell(Seat.OWNER, "client_approve"),
            Errand("certify"),
            Errand("write_back"),
        ),
    ),
    Transition(
        name="client_request_changes",
        label="Ask for changes",
        done="sent back by the client for changes",
        source=("with_client",),
        target="client_changes",
        by=(Seat.CLIENT,),
        guard=_is_this_version,
        reason=True,
        form="changes",
        apply=_wants_changes,
    ),
    Transition(
        name="client_decline",
        label="Decline",
        done="declined by the client",
        source=("with_client",),
        target="client_declined",
        by=(Seat.CLIENT,),
        guard=_is_this_version,
        reason=True,
        form="declining",
        apply=_declined,
        effects=(Tell(Role.HEAD_OF_SALES, "client_decline"), Errand("write_back")),
    ),
    Transition(
        name="client_ask",
        label="Ask a question",
        done="asked about by the client",
        source=ASKED_IN,
        target=STAY,
        by=(Seat.CLIENT,),
        guard=_was_sent,
        reason=True,
        form="question",
        apply=_asked,
        effects=(Tell(Seat.OWNER, "client_ask"), Errand("client_waits")),
    ),
    Transition(
        name="answer_client",
        label="Answer the client",
        done="answered to the client",
        source=ASKED_IN,
        target=STAY,
        by=(Seat.OWNER,),
        guard=_is_asked,
        reason=True,
        form="client_answer",
        prefill=_first_question,
        choices=_open_questions,
        apply=_answered,
        tell_asker=False,
        style=Style.PRIMARY,
        effects=(Errand("mail_answer"),),
    ),
    Transition(
        name="record_approval",
        label="Approved by other means",
        done="recorded as approved by the client by other means",
        source=("with_client",),
        target="client_approved",
        by=(Seat.OWNER,),
        guard=_has_evidence,
        reason=True,
        form="client_evidence",
        prefill=_contact,
        apply=_signed_otherwise,
        on_card=False,
        effects=(Errand("keep_evidence"), Errand("write_back"), WITHDRAW),
    ),
    usual.noted(
        "client_reminded",
        "Client reminded",
        "brought to the client's mind again",
        ("with_client",),
        Errand("mail_document_reminder"),
        guard=_is_this_version,
    ),
    Transition(
        name="expire",
        label="Expired",
        done="left without an answer by the client",
        source=("with_client",),
        target="ready",
        by=(Seat.FRONTDESK,),
        guard=_is_this_version,
        apply=_expired,
        on_card=False,
        tell_asker=False,
        effects=(Tell(Seat.OWNER, "expire"), WITHDRAW),
    ),
    usual.noted(
        "kept", "Kept", "filed", (*AFTER_APPROVAL, "on_hold", "closed"), apply=_kept, logged=False
    ),
    usual.noted(
        "bounced",
        "Mail came back",
        "not delivered by mail",
        (*ASKED_IN, "closed"),
        Tell(Seat.OWNER, "bounced"),
    ),
)
