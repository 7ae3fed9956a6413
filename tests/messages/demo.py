"""Requests of the demo company at every point of their way, and everything said about them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from messages.facts import CardFacts
from messages.message import Json, Message
from messages.withholding import TO_ROLE, Withholding
from tests.messages import asset_story, deal_story, shelf_story, template_story
from tests.workflows.harborlight import ADAM, ANA, BEN, DIAN, LEO, MIA, OFFICE, RYAN, SOL
from tests.workflows.journey import Journey
from workflows.asset import AssetDetails
from workflows.ball import deciders
from workflows.deal import SowDetails
from workflows.definition import STAY, Transition, Workflow
from workflows.money import Money
from workflows.permission import available
from workflows.sales_asset import WORKFLOW as SALES_ASSET
from workflows.sow import WORKFLOW as SOW

SMALL = SowDetails(
    client="Globex",
    client_type="api",
    need="They want to move their invoices over our API before their year ends.",
    amount=Money.of(7000, "USD"),
    contact_name="Jane Doe",
    contact_email="jane@client.example",
    needed_by=date(2026, 3, 20),
)
LARGE = replace(
    SMALL,
    client="Initech",
    client_type="other",
    client_type_other="Reseller",
    amount=Money.of("1200000.50", "EUR"),
    opportunity="OPP-118",
    scope="Discovery, design and build of the portal. " * 12,
    deliverables=("Design", "Portal", "Training"),
    start=date(2026, 4, 1),
    end=date(2026, 12, 31),
    fee="recurring",
    billing_period="quarterly",
    payment_terms="30 days net",
    large_client=True,
    large_client_reason="Three countries, one contract",
    notes="Their legal team is slow.",
    files=("F01", "F02"),
)
ASSET = AssetDetails(
    requester_name="Ben Okafor",
    requester_role="Sales rep",
    asset_type="case_study",
    kind="new",
    purpose="For the proposal to Umbrella next month.",
    deadline=date(2026, 3, 27),
)
DECK = replace(
    ASSET,
    asset_type="other",
    asset_type_other="Battle card",
    kind="update",
    existing_asset="https://library.harborlight.example/a/12",
    industry="Logistics",
    audience="CFOs who do not know us yet",
    special_notes="New logo.\nNo prices.",
    opportunity="OPP-7",
    reuse="reusable",
    files=("F03",),
)

Said = Message | Json | str
"""Anything that is said."""


def sow(details: object = SMALL, *deeds: tuple[str, str, str]) -> Journey:
    """A request of Ana's for a Statement of Work, and what was done to it since."""
    return _on_its_way(Journey(SOW, ANA, details), deeds)


def asset(details: object = ASSET, *deeds: tuple[str, str, str]) -> Journey:
    """A request of Ben's for a sales asset, and what was done to it since."""
    return _on_its_way(Journey(SALES_ASSET, BEN, details), deeds)


def facts(journey: Journey) -> CardFacts:
    """What is known of the request as it stands."""
    workflow, request = journey.workflow, journey.request
    stage = workflow.stage(request.stage)
    escalation = stage.escalations[0] if stage.escalations else None
    return CardFacts(
        workflow=workflow,
        request=request,
        waiting_for=tuple(sorted(deciders(workflow, request, OFFICE))),
        waiting_role=" and ".join(party.label for party in stage.holders()),
        escalates_at=request.since + timedelta(days=1) if escalation else None,
        escalates_to=escalation.to.label if escalation else "",
        today=deal_story.TODAY,
        link=f"https://frontdesk.example.com/requests/{request.ref}",
        last=[m.entry for m in journey.moves if _moved(workflow, m.entry.action)][-1],
    )


def without_amounts(known: CardFacts) -> CardFacts:
    """The same as it is told to somebody who sees no amounts of it."""
    withheld = Withholding.of(known.request, TO_ROLE)
    assert withheld is not None
    last = withheld.entry(known.last) if known.last else None
    return replace(known, request=withheld.request(known.request), last=last, withheld=withheld)


def offered(journey: Journey, user: str) -> tuple[Transition, ...]:
    """What ``user`` may do to the request now."""
    return available(journey.workflow, journey.request, user, OFFICE)


def _on_its_way(journey: Journey, deeds: tuple[tuple[str, str, str], ...]) -> Journey:
    for user, name, reason in deeds:
        journey.does(user, name, reason, **_values(journey, name))
    return journey


def _values(journey: Journey, name: str) -> dict[str, Any]:
    details = journey.request.details
    match name:
        case "resubmit":
            return {key: getattr(details, key) for key in type(details).__slots__}
        case "accept" if journey.workflow is SALES_ASSET:
            return {"owner": MIA, "due_on": date(2026, 3, 25)}
        case "reassign" | "hand_on":
            return {"person": LEO}
        case _:
            return {}


def _moved(workflow: Workflow, action: str) -> bool:
    transition = workflow.transition(action)
    return transition is None or transition.target != STAY or transition.restarts


CHANGES = (RYAN, "request_changes", "Please split the amount by phase.")
PROPOSED = (DIAN, "propose_clearing", "Only one country after all.")
AFTER: Mapping[str, Journey] = {
    "sow submit": sow(),
    "sow approve": sow(LARGE, (RYAN, "approve", "")),
    "sow accept": sow(SMALL, (DIAN, "accept", "")),
    "sow clear_large_client": sow(LARGE, PROPOSED, (RYAN, "clear_large_client", "")),
    "sow keep_large_client": sow(LARGE, PROPOSED, (RYAN, "keep_large_client", "Two countries.")),
    "sow resubmit": sow(LARGE, CHANGES, (ANA, "resubmit", "")),
    "sow answer": sow(LARGE, (RYAN, "ask", "Who signs?"), (ANA, "answer", "Their CFO.")),
    "sow request_changes": sow(LARGE, CHANGES),
    "sow ask": sow(LARGE, (RYAN, "ask", "Who signs?")),
    "sow reject": sow(LARGE, (RYAN, "reject", "The margin is too low.\nSee the price list.")),
    "sow mark_large_client": sow(SMALL, (DIAN, "mark_large_client", "Three countries.")),
    "sow propose_clearing": sow(LARGE, PROPOSED),
    "sow hand_on": sow(LARGE, ("frontdesk", "hand_on", "")),
    "sow reassign": sow(LARGE, (ADAM, "reassign", "Ryan is away this week.")),
    "sow cancel": sow(LARGE, (ANA, "cancel", "The deal is off.")),
    "sow make_private": sow(SMALL, (DIAN, "make_private", "")),
    "sow make_open": sow(SMALL, (DIAN, "make_private", ""), (DIAN, "make_open", "")),
    "sales_asset make_private": asset(ASSET, (SOL, "make_private", "")),
    "sales_asset make_open": asset(ASSET, (SOL, "make_private", ""), (SOL, "make_open", "")),
    "sales_asset submit": asset(),
    "sales_asset triage": asset(ASSET, (SOL, "triage", "")),
    "sales_asset resubmit": asset(
        ASSET, (SOL, "request_changes", "Which industry?"), (BEN, "resubmit", "")
    ),
    "sales_asset answer": asset(
        ASSET, (MIA, "ask", "Which logo?"), (BEN, "answer", "The new one.")
    ),
    "sales_asset request_changes": asset(ASSET, (SOL, "request_changes", "Which industry?")),
    "sales_asset ask": asset(DECK, (SOL, "accept", ""), (MIA, "ask", "Which logo?")),
    "sales_asset decline": asset(ASSET, (SOL, "decline", "We have one: see the shelf.")),
    "sales_asset hand_on": asset(ASSET, (SOL, "accept", ""), ("frontdesk", "hand_on", "")),
    "sales_asset reassign": asset(
        ASSET, (SOL, "accept", ""), (ADAM, "reassign", "Mia is on leave.")
    ),
    "sales_asset cancel": asset(ASSET, (BEN, "cancel", "Not needed any more.")),
    **{f"sow {name}": journey for name, journey in deal_story.STORY.items()},
    **{f"template {name}": journey for name, journey in template_story.STORY.items()},
    **{f"sales_asset {name}": journey for name, journey in asset_story.STORY.items()},
    **{f"shelf {name}": journey for name, journey in shelf_story.STORY.items()},
}
"""A request just after each transition of each workflow."""
