"""The way that most deals go: who does what next, so that walks come to every stage."""

from tests.workflows.harborlight import BEA, RYAN
from workflows.deal import Record, uninvoiced
from workflows.office import Office
from workflows.request import Request
from workflows.roles import Role

USUAL_WAYS = frozenset({"sow"})
"""The workflows that are too long to come far in by chance."""

_USUAL = {
    "executive_approval": (RYAN, "approve"),
    "large_client_check": (RYAN, "keep_large_client"),
    "document_approval": (RYAN, "approve_document"),
    "ready": ("", "send"),
    "client_changes": ("", "draft"),
    "client_declined": ("", "draft"),
    "drafting": ("", "draft"),
    "with_client": ("client", "client_approve"),
    "awaiting_payment": (BEA, "record_payment"),
    "on_hold": ("", "resume"),
}
"""By stage; nobody in particular is the owner."""


def next_step(request: Request, office: Office) -> tuple[str, str] | None:
    """Return who does what next where a deal goes its usual way; None for other workflows."""
    if request.workflow not in USUAL_WAYS:
        return None
    user, name = _step(request, office)
    return user or request.owner or request.asker, name


def _step(request: Request, office: Office) -> tuple[str, str]:
    record = request.details.record
    is_rendered = record.version is not None and record.version.sha256
    if request.stage == "acceptance":
        return min(office.holding(Role.SALES_ASSISTANT) - {request.asker}, default=""), "accept"
    if request.stage in ("document_approval", "ready") and not is_rendered:
        return "frontdesk", "rendered"
    if request.stage == "invoicing":
        return _billing(record)
    if request.stage == "paid":
        return BEA, "confirm" if uninvoiced(request).minor <= 0 else "close_short"
    return _USUAL.get(request.stage, ("", "cancel"))


def _billing(record: Record) -> tuple[str, str]:
    if not record.invoices:
        return BEA, "record_invoice"
    kept = all(each.sha256 for each in record.invoices)
    return (BEA, "send_invoices") if kept else ("frontdesk", "invoice_kept")
