"""From the accepted request to the client's desk: the document, its approval, its sending.

"Ensure that all necessary details, scope, and terms are accurately reflected in the document"
(Deals Requiring SOW, step 2), and send it "for their review and approval" (step 3).
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from workflows import usual
from workflows.deal import Outcome, SowDetails, Version, outline, record_of, recorded, with_version
from workflows.definition import STAY, Deed, Given, Style, Transition
from workflows.document import Document, gaps
from workflows.document_data import to_data
from workflows.effects import Errand, Tell
from workflows.executive import weighty_document
from workflows.request import Request
from workflows.roles import Role, Seat
from workflows.signing import WITHDRAW

REQUIRED = (
    *("title", "client", "contact_name", "contact_email"),
    *("scope", "deliverables", "prices", "payment_terms"),
)
"""What no Statement of Work goes without, whatever its template."""


def prefill_document(request: Request, _today: date) -> Mapping[str, Any]:
    """Return the newest version's content, or what the request says before the first."""
    document = record_of(request).document or outline(request.details)
    return {each.name: getattr(document, each.name) for each in fields(Document)}


def _document_of(values: Mapping[str, Any]) -> Document:
    known = {each.name for each in fields(Document)}
    return Document(**{name: value for name, value in values.items() if name in known})


def _is_whole(_request: Request, given: Given) -> str | None:
    """Missing parts are listed by name before anything is rendered."""
    if given.offering:
        return None
    lacking = gaps(_document_of(given.values), REQUIRED)
    return (
        f"Before it can be rendered, these are missing: {', '.join(lacking)}." if lacking else None
    )


def _drafted(request: Request, deed: Deed) -> Request:
    record, document = record_of(request), _document_of(deed.values)
    differences = record.document.differences(document) if record.document else ()
    fresh = Version(
        number=len(record.versions) + 1,
        by=deed.user,
        at=deed.at,
        total=document.total,
        differences=tuple(map(str, differences)),
    )
    earlier = tuple(
        replace(each, outcome=Outcome.REPLACED) if each.outcome is Outcome.OPEN else each
        for each in record.versions
    )
    return recorded(request, document=document, versions=(*earlier, fresh))


def document_data(details: SowDetails) -> Mapping[str, Any]:
    """Return what the renderer needs of the details as they are: the version and its content."""
    record = details.record
    return {
        "version": len(record.versions),
        "document": to_data(record.document or Document()),
    }


def _is_rendered(request: Request, _given: Given) -> str | None:
    version = record_of(request).version
    if version is None or not version.sha256:
        why = version.trouble if version and version.trouble else ""
        if why:
            return f"This version could not be rendered: {why}"
        return "This version is still being rendered; please try again in a moment."
    return None


def _is_newest(request: Request, given: Given) -> str | None:
    newest = len(record_of(request).versions)
    if given.values.get("version", newest) != newest:
        return "A newer version has been written meanwhile."
    return _is_unrendered(request, given)


def _is_unrendered(request: Request, given: Given) -> str | None:
    """The bytes of a version never change once they are there."""
    number = given.values.get("version")
    if any(each.number == number and each.sha256 for each in record_of(request).versions):
        return "This version is rendered already."
    return None


def _rendered(request: Request, deed: Deed) -> Request:
    names = ("template", "sha256", "data_sha256", "pages", "trouble")
    number = deed.values["version"]
    versions = tuple(
        replace(each, **{name: deed.values.get(name, getattr(each, name)) for name in names})
        if each.number == number
        else each
        for each in record_of(request).versions
    )
    return recorded(request, versions=versions)


def _returned(request: Request, _deed: Deed) -> Request:
    """What the executive did not like is not approved by leaving it as it was."""
    return recorded(request, returned=True)


def writer(request: Request) -> frozenset[str]:
    """Return who wrote the version that is there: they do not approve it."""
    version = record_of(request).version
    return frozenset({version.by}) if version else frozenset()


def _approved_document(request: Request, deed: Deed) -> Request:
    approved = recorded(request, approved=record_of(request).document, returned=False)
    return with_version(approved, approved_by=deed.user, approved_for=deed.behalf)


def _sent(request: Request, deed: Deed) -> Request:
    """What goes to the client under the executive's approval is what is compared from now on."""
    record = record_of(request)
    baseline = record.document if record.approved is not None else None
    others = tuple(deed.values.get("others", ()))
    to = tuple(dict.fromkeys((str(deed.values["contact_email"]), *others)))
    note = str(deed.values.get("note", ""))
    sent = with_version(
        request,
        sent_at=deed.at,
        sent_to=to,
        sent_step=request.step + 1,
        contact_name=str(deed.values.get("contact_name", "")),
        note=note,
        outcome=Outcome.OPEN,
    )
    return recorded(sent, approved=baseline)


def _prefill_sending(request: Request, _today: date) -> Mapping[str, Any]:
    version = record_of(request).version
    if version is not None and version.sent_to:
        first, *others = version.sent_to
        return {
            "contact_name": version.contact_name,
            "contact_email": first,
            "others": tuple(others),
        }
    document = record_of(request).document or outline(request.details)
    return {"contact_name": document.contact_name, "contact_email": document.contact_email}


def _has_failed(request: Request, _given: Given) -> str | None:
    version = record_of(request).version
    return None if version and version.trouble else "There was no trouble in rendering it."


DRAFTED_IN = (
    *("drafting", "document_approval", "ready"),
    *("with_client", "client_changes", "client_declined"),
)
_WRITTEN = ("document_approval", "ready", "with_client")

TRANSITIONS = (
    Transition(
        name="draft",
        label="Draft",
        done="drafted",
        source=DRAFTED_IN,
        target="document_approval",
        by=(Seat.OWNER,),
        guard=_is_whole,
        form="document",
        prefill=prefill_document,
        apply=_drafted,
        renews=True,
        style=Style.PRIMARY,
        tell_asker=False,
        effects=(Errand("render", carries=document_data), WITHDRAW),
    ),
    replace(
        usual.approve(
            "document_approval",
            target="ready",
            name="approve_document",
            guard=_is_rendered,
            apply=_approved_document,
            weighty=weighty_document,
        ),
        barred=writer,
    ),
    replace(
        usual.request_changes(
            ("document_approval",), target="drafting", name="request_document_changes"
        ),
        apply=_returned,
    ),
    Transition(
        name="send",
        label="Send to client",
        done="sent to the client",
        source=("ready",),
        target="with_client",
        by=(Seat.OWNER,),
        guard=_is_rendered,
        form="sending",
        prefill=_prefill_sending,
        apply=_sent,
        style=Style.PRIMARY,
        effects=(Errand("send_document"), Errand("write_back")),
    ),
    Transition(
        name="send_again",
        label="Send again",
        done="sent to the client again",
        source=("with_client",),
        target="with_client",
        by=(Seat.OWNER,),
        guard=_is_rendered,
        form="sending",
        prefill=_prefill_sending,
        apply=_sent,
        tell_asker=False,
        effects=(Errand("send_document"),),
    ),
    usual.noted(
        "rendered",
        "Rendered",
        "rendered",
        (*DRAFTED_IN, "on_hold"),
        Errand("show_document"),
        guard=_is_unrendered,
        apply=_rendered,
        logged=False,
    ),
    usual.noted(
        "render_failed",
        "Rendering failed",
        "not rendered",
        (*DRAFTED_IN, "on_hold"),
        Tell(Seat.OWNER, "render_failed"),
        guard=_is_newest,
        apply=_rendered,
    ),
    Transition(
        name="render_again",
        label="Render again",
        done="sent to be rendered again",
        source=_WRITTEN[:2],
        target=STAY,
        by=(Seat.OWNER, Role.ADMIN),
        guard=_has_failed,
        apply=lambda request, _deed: with_version(request, trouble=""),
        on_card=False,
        tell_asker=False,
        effects=(Errand("render", carries=document_data),),
    ),
)
