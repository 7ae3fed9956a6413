"""When the executive decides: over a request, and over a version of its document.

"For larger-scale clients, involve Ryan for his expertise and approval" (Deals Requiring SOW,
step 1).
"""

from workflows.confirmation import Confirmation, from_amount
from workflows.deal import SowDetails, outline, record_of, recorded
from workflows.definition import Deed, Policy, Rule
from workflows.document import Document
from workflows.money import Money
from workflows.request import Finding, Request

LANE = "executive"
"""Where the executive votes, on a request and on a document alike."""


def executive_needed(request: Request, policy: Policy) -> Finding:
    """Whether the executive decides ("For larger-scale clients, involve Ryan").

    Yes for a large client, and from the threshold of the amount's currency on (inclusive); also
    when that currency has no threshold. Not twice in one round of the same request.
    """
    details: SowDetails = request.details
    threshold = policy.thresholds.get(details.amount.currency)
    inputs = {
        "amount": str(details.amount),
        "threshold": str(threshold) if threshold else "none",
        "large_client": "yes" if details.large_client else "no",
    }

    if _is_approved(request, policy):
        applies, because = False, "the executive has already approved it in this round"
    else:
        applies, because = judge_amount(details, details.amount, policy)
    return Finding("executive_needed", applies, because, inputs)


def _is_approved(request: Request, policy: Policy) -> bool:
    """Whether the executive has approved it in this round: where more than one must, all of them.

    Of a first vote of two nothing follows yet.
    """
    if request.approved_in_round("executive_approval") is None:
        return False
    return LANE not in policy.approvals or record_of(request).approved is not None


def judge_amount(details: SowDetails, amount: Money, policy: Policy) -> tuple[bool, str]:
    """Return whether the executive decides over ``amount``, and why.

    Yes for a large client, from the threshold of the amount's currency on (inclusive), and where
    that currency has no threshold.
    """
    threshold = policy.thresholds.get(amount.currency)
    if details.large_client:
        return True, "it is marked as a large client"
    if threshold is None:
        return True, f"no threshold is set for {amount.currency}"
    if amount.minor >= threshold.minor:
        return True, f"{amount} is at or above the threshold of {threshold}"
    return False, f"{amount} is below the threshold of {threshold}"


def document_needs_executive(request: Request, policy: Policy) -> Finding:
    """Whether the executive decides this version: it differs materially from what was approved.

    What was left blank when it was approved was left to be drafted: filling it in is no difference.
    Where nobody asked the executive before, the total decides as the amount did.
    """
    record = record_of(request)
    document = record.document or Document()
    asked = outline(request.details)
    inputs = {"version": str(len(record.versions)), "total": str(document.total)}
    applies, because = _judge(request, record.approved, document, asked, policy)
    return Finding("document_needs_executive", applies, because, inputs)


def _judge(
    request: Request,
    approved: Document | None,
    document: Document,
    asked: Document,
    policy: Policy,
) -> tuple[bool, str]:
    if record_of(request).returned:
        return True, "the executive asked for changes to the version before"
    if approved is None:
        as_asked = (document.fee, document.billing_period) == (asked.fee, asked.billing_period)
        if not as_asked:
            return True, "the fee is not of the kind that was asked for"
        return judge_amount(request.details, document.total, policy)
    material = [each for each in approved.differences(document) if each.resets(policy.material)]
    if not material:
        return False, "nothing material has changed since the executive approved it"
    said = "; ".join(str(each) for each in sorted(material, key=lambda each: each.weight))
    return True, f"it differs from what the executive approved: {said}"


def weighty_request(request: Request, policy: Policy) -> Confirmation | None:
    """Return what is confirmed when a request is approved: what it asks for, and for whom."""
    details: SowDetails = request.details
    return from_amount(details.amount, details.client, policy.confirm_from)


def weighty_document(request: Request, policy: Policy) -> Confirmation | None:
    """Return what is confirmed when a version of the document is approved: its own total."""
    document = record_of(request).document or Document()
    return from_amount(document.total, request.details.client, policy.confirm_from)


REQUEST_NEEDS_EXECUTIVE = Rule("executive_needed", executive_needed)
DOCUMENT_NEEDS_EXECUTIVE = Rule("document_needs_executive", document_needs_executive)


def approved_request(request: Request, _deed: Deed) -> Request:
    """The executive approved the request: that is what a document is compared with."""
    return recorded(request, approved=outline(request.details))
