"""A deal in every stage before payment: from each of them it can be put on hold, or cancelled."""

from collections.abc import Callable, Mapping

from tests.workflows.contracts import (
    CLIENT,
    PAPER,
    Contract,
    awaiting,
    contract,
    ready,
    with_client,
)
from tests.workflows.harborlight import DIAN, RYAN


def _checked() -> Contract:
    way = contract("100", large_client=True)
    way.does(DIAN, "propose_clearing", "It is a small branch")
    return way


def _sent_back() -> Contract:
    way = contract()
    way.does(RYAN, "request_changes", "Which country?")
    return way


def in_approval() -> Contract:
    way = contract("100").is_accepted()
    way.drafts(PAPER)
    return way


def _after(name: str) -> Contract:
    way = with_client()
    way.does(CLIENT, name, "Too dear", version=1)
    return way


BEFORE_PAYMENT: Mapping[str, Callable[[], Contract]] = {
    "executive_approval": contract,
    "large_client_check": _checked,
    "acceptance": lambda: contract("100"),
    "changes_requested": _sent_back,
    "drafting": lambda: contract().is_accepted(),
    "document_approval": in_approval,
    "ready": ready,
    "with_client": with_client,
    "client_changes": lambda: _after("client_request_changes"),
    "client_declined": lambda: _after("client_decline"),
    "invoicing": lambda: with_client().is_signed(),
    "awaiting_payment": awaiting,
}
