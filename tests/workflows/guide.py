"""The way that most deals go: who does what next, so that walks come to every stage."""

from tests.workflows.harborlight import BEA, GRETA, HANA, HUGO, MIA, PRIYA, RYAN, SOL
from workflows import asset
from workflows.deal import Record, uninvoiced
from workflows.office import Office
from workflows.request import Request
from workflows.roles import Role

USUAL_WAYS = frozenset({"sow", "sales_asset", "shelf"})
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


_ASSET = {
    "accepted": ("", "post_draft"),
    "in_development": ("", "post_draft"),
    "changes_requested": ("", "post_draft"),
    "conflict_narrative": (HUGO, "resolve_conflict"),
    "conflict_content": (HANA, "resolve_conflict"),
    "approved": ("", "deliver"),
    "delivered": ("frontdesk", "shelved"),
    "deferred": ("frontdesk", "come_back"),
}

_REVIEWERS = {"pre_sales": PRIYA, "marketing": MIA, "sales_manager": GRETA}


def next_step(request: Request, office: Office) -> tuple[str, str] | None:
    """Return who does what next where a deal goes its usual way; None for other workflows."""
    if request.workflow not in USUAL_WAYS:
        return None
    ways = {"sow": _step, "sales_asset": _asset_step, "shelf": _shelf_step}
    user, name = ways[request.workflow](request, office)
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


def _asset_step(request: Request, office: Office) -> tuple[str, str]:
    if request.stage in ("submitted", "in_triage"):
        return min(office.holding(Role.TRIAGE) - {request.asker}), "accept"
    if request.stage == "in_review":
        return _review_step(request)
    if request.stage == "feedback":
        record = asset.record_of(request)
        is_asked = record.asked_again_at is not None
        return (request.asker, "helped") if is_asked else ("frontdesk", "ask_again")
    return _ASSET.get(request.stage, ("", "cancel"))


def _review_step(request: Request) -> tuple[str, str]:
    draft = asset.record_of(request).draft
    if draft is not None and not draft.sha256:
        return "frontdesk", "draft_kept"
    lacking = [lane for lane in _REVIEWERS if not request.votes_now(lane)]
    if not lacking:
        return "frontdesk", "conclude"
    wants = lacking[0] == "marketing" and len(asset.record_of(request).drafts) == 1
    return _REVIEWERS[lacking[0]], "want_changes" if wants else "approve"


def _shelf_step(request: Request, _office: Office) -> tuple[str, str]:
    if request.stage == "approval":
        is_kept = request.details.record.current is not None
        return (HANA, "approve") if is_kept else ("frontdesk", "asset_kept")
    return {"current": ("frontdesk", "expire"), "outdated": ("", "renew")}.get(
        request.stage, (SOL, "report_outdated")
    )
