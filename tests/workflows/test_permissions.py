"""Who may do what to a deal, and where: a table written from the process, not from the code."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.workflows.contracts import with_client
from tests.workflows.harborlight import (
    ADAM,
    ANA,
    BEA,
    BEN,
    DIAN,
    EVERYBODY,
    HUGO,
    LEO,
    OFFICE,
    OUTSIDE,
    PRIYA,
    RYAN,
    staffed,
)
from workflows.permission import authorise
from workflows.refusals import NotAllowed, OwnRequest
from workflows.request import Request
from workflows.roles import Role
from workflows.sow import WORKFLOW

OFFICE_OF_TWO = staffed(Role.SALES_ASSISTANT, DIAN, PRIYA, office=OFFICE)
"""Dian owns the deal; Priya is a sales assistant who does not."""

PEOPLE: Mapping[str, tuple[str, ...]] = {
    "asker": (ANA,),
    "owner": (DIAN,),
    "assistant": (DIAN, PRIYA),
    "executive": (RYAN,),
    "billing": (BEA,),
    "head of sales": (HUGO,),
    "admin": (ADAM,),
    "client": ("client",),
    "frontdesk": ("frontdesk",),
}

REQUESTED = "executive_approval acceptance"
WRITING = "drafting ready with_client client_changes client_declined"
CLIENTS = f"{WRITING} document_approval invoicing awaiting_payment paid on_hold"
UNPAID = (
    "executive_approval large_client_check acceptance changes_requested drafting "
    "document_approval ready with_client client_changes client_declined invoicing awaiting_payment"
)
OPEN = f"{UNPAID} paid on_hold"

TABLE: Mapping[str, Mapping[str, str]] = {
    # 1. "Submit the request for SOW to Sales Assistant ... For larger-scale clients, involve Ryan"
    "approve": {"executive_approval": "executive"},
    "reject": {"executive_approval document_approval": "executive", "acceptance": "assistant"},
    "request_changes": {"executive_approval": "executive", "acceptance": "assistant"},
    "ask": {
        "executive_approval large_client_check document_approval": "executive",
        "acceptance": "assistant",
        "drafting": "owner",
    },
    "answer": {OPEN: "asker"},
    "resubmit": {"changes_requested": "asker"},
    "accept": {"acceptance": "assistant"},
    "make_private": {OPEN: "asker assistant"},
    "make_open": {OPEN: "asker assistant"},
    "mark_large_client": {"acceptance": "assistant"},
    "propose_clearing": {REQUESTED: "assistant"},
    "clear_large_client": {"large_client_check": "executive"},
    "keep_large_client": {"large_client_check": "executive"},
    # 2. "Sales Assistant: Utilize the approved template"
    "draft": {f"{WRITING} document_approval": "owner"},
    "approve_document": {"document_approval": "executive"},
    "request_document_changes": {"document_approval": "executive"},
    "rendered": {f"{WRITING} document_approval on_hold": "frontdesk"},
    "render_failed": {f"{WRITING} document_approval on_hold": "frontdesk"},
    "render_again": {"document_approval ready": "owner admin"},
    # 3. "Sales Assistant: Send the completed SOW to the client for their review and approval"
    "send": {"ready": "owner"},
    "send_again": {"with_client": "owner"},
    "client_approve": {"with_client": "client"},
    "client_request_changes": {"with_client": "client"},
    "client_decline": {"with_client": "client"},
    "client_ask": {CLIENTS: "client"},
    "answer_client": {CLIENTS: "owner"},
    "record_approval": {"with_client": "owner"},
    "client_reminded": {"with_client": "frontdesk"},
    "expire": {"with_client": "frontdesk"},
    "bounced": {f"{CLIENTS} closed": "frontdesk"},
    "signing_void": {"with_client": "frontdesk"},
    "signed_late": {f"{CLIENTS} closed rejected cancelled": "frontdesk"},
    "declined_late": {f"{CLIENTS} closed rejected cancelled": "frontdesk"},
    "kept": {"invoicing awaiting_payment paid on_hold closed": "frontdesk"},
    # 4. "Upon client approval, the Billing Department takes charge"
    "record_invoice": {"invoicing": "billing"},
    "record_further_invoice": {"awaiting_payment paid": "billing"},
    "void_invoice": {"invoicing": "billing"},
    "void_further_invoice": {"awaiting_payment": "billing"},
    "send_invoices": {"invoicing": "billing"},
    "send_further_invoices": {"awaiting_payment": "billing"},
    "readdress_invoices": {"invoicing": "billing"},
    "send_invoices_again": {"awaiting_payment": "billing"},
    "invoice_kept": {"invoicing awaiting_payment paid on_hold": "frontdesk"},
    "invoice_failed": {"invoicing awaiting_payment paid on_hold": "frontdesk"},
    # 5. "Sales Assistant: Take ownership of the payment follow-up process"
    "nudged": {"awaiting_payment": "frontdesk"},
    "overdue": {"awaiting_payment": "frontdesk"},
    "remind_client": {"awaiting_payment": "owner"},
    "talked": {"awaiting_payment": "owner"},
    "promised": {"awaiting_payment": "owner"},
    "snooze": {"awaiting_payment": "owner"},
    "dispute": {"awaiting_payment": "owner"},
    "resolve_dispute": {"awaiting_payment": "owner head_of_sales"},
    # 6. "Collaborate with the Billing Department to ensure accurate ... financial records"
    "record_payment": {"awaiting_payment paid": "billing"},
    "reverse_payment": {"awaiting_payment paid": "billing"},
    "write_off": {"awaiting_payment": "billing"},
    "confirm": {"paid": "billing"},
    "payment_heard": {"awaiting_payment paid": "frontdesk"},
    "payment_heard_beside": {"invoicing on_hold closed rejected cancelled": "frontdesk"},
    "void_heard": {"awaiting_payment paid": "frontdesk"},
    "void_heard_beside": {"invoicing on_hold": "frontdesk"},
    "write_off_heard": {"awaiting_payment paid": "frontdesk"},
    "write_off_heard_beside": {"invoicing on_hold": "frontdesk"},
    "settled_meanwhile": {"awaiting_payment": "frontdesk"},
    "payment_doubted": {
        "invoicing awaiting_payment paid on_hold closed rejected cancelled": "frontdesk"
    },
    "money_returned": {
        "invoicing awaiting_payment paid on_hold closed rejected cancelled": "frontdesk"
    },
    "balance_differs": {"invoicing awaiting_payment paid on_hold": "frontdesk"},
    "close_short": {"paid": "billing"},
    # At any time
    "reassign": {OPEN.replace("changes_requested ", "").replace(" on_hold", ""): "admin"},
    "hand_on": {OPEN.replace("changes_requested ", "").replace(" on_hold", ""): "frontdesk"},
    "hold": {UNPAID: "asker owner admin"},
    "resume": {"on_hold": "asker owner admin"},
    "cancel": {f"{UNPAID} on_hold": "asker owner admin"},
}
"""By transition, and by the stages in which it is possible: who may do it."""

STAGES = tuple(stage.name for stage in WORKFLOW.stages)


def permitted(name: str, stage: str) -> set[str]:
    """Return who may do ``name`` in ``stage``, as the table has it."""
    parties = [
        party.replace("_", " ")
        for stages, who in TABLE[name].items()
        if stage in stages.split()
        for party in who.split()
    ]
    return {person for party in parties for person in PEOPLE[party]}


def standing_in(stage: str, asker: str = ANA, owner: str = DIAN) -> Request:
    """Return a deal as far as can be, which is said to be in ``stage``."""
    request = with_client().request
    return replace(request, stage=stage, asker=asker, owner=owner, held="with_client")


def may(name: str, request: Request) -> set[str]:
    """Return who of all people may do it, as the engine has it."""
    transition = WORKFLOW.transition(name)
    assert transition is not None
    if request.stage not in transition.source:
        return set()
    return {
        user
        for user in (*EVERYBODY, *OUTSIDE, "U0NOBODY")
        if authorise(WORKFLOW, transition, request, user, OFFICE_OF_TWO) is None
    }


def sources(name: str) -> tuple[str, ...]:
    """Return where it is possible at all."""
    transition = WORKFLOW.transition(name)
    assert transition is not None
    return transition.source


def test_the_table_has_every_transition_and_no_other() -> None:
    assert sorted(TABLE) == sorted(each.name for each in WORKFLOW.transitions)
    named = {stage for row in TABLE.values() for stages in row for stage in stages.split()}
    assert named == {*WORKFLOW.open_stages, "closed", "rejected", "cancelled"}


@pytest.mark.parametrize("name", TABLE)
def test_everybody_may_do_exactly_what_the_table_says(name: str) -> None:
    found = {stage: may(name, standing_in(stage)) for stage in STAGES}
    assert found == {stage: permitted(name, stage) for stage in STAGES}


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("asker", [RYAN, PRIYA, BEA, HUGO, ADAM])
def test_whoever_asked_decides_nothing_in_any_other_role(name: str, asker: str) -> None:
    for stage in sources(name):
        decides = permitted(name, stage)
        mine = {asker} if ANA in decides else set()
        expected = decides - {ANA, asker} | mine
        assert may(name, standing_in(stage, asker=asker)) == expected


@pytest.mark.parametrize("name", TABLE)
def test_an_asker_who_owns_the_deal_does_the_owners_part_only(name: str) -> None:
    for stage in sources(name):
        decides = permitted(name, stage)
        owners = {
            party
            for stages, who in TABLE[name].items()
            if stage in stages.split()
            for party in who.split()
        }
        is_theirs = bool(owners & {"asker", "owner"}) and name != "ask"
        expected = decides - {ANA, DIAN} | ({DIAN} if is_theirs else set())
        assert may(name, standing_in(stage, asker=DIAN, owner=DIAN)) == expected


def test_a_refusal_says_whether_it_is_ones_own_request() -> None:
    approve = WORKFLOW.transition("approve")
    assert approve is not None
    mine = standing_in("executive_approval", asker=RYAN)
    assert isinstance(authorise(WORKFLOW, approve, mine, RYAN, OFFICE), OwnRequest)
    for user in (BEN, LEO, *OUTSIDE):
        assert isinstance(authorise(WORKFLOW, approve, mine, user, OFFICE), NotAllowed)


@pytest.mark.parametrize("user", OUTSIDE)
def test_no_role_lets_anybody_act_as_the_client_or_as_frontdesk(user: str) -> None:
    everything = replace(OFFICE, holders={role: frozenset(EVERYBODY) for role in Role})
    for stage in STAGES:
        request = standing_in(stage)
        for transition in WORKFLOW.leaving(stage):
            if [party.value for party in transition.by] == [user]:
                for person in EVERYBODY:
                    refusal = authorise(WORKFLOW, transition, request, person, everything)
                    assert isinstance(refusal, NotAllowed | OwnRequest)
