"""What a card, a notice or a page needs to know of a request, gathered in one place."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, datetime

from bot import waits
from bot.amounts import withholding
from bot.coming import in_words, next_rung
from bot.desk import Desk, Gesture
from bot.errors import NotFound
from bot.members import member
from bot.ports import Unit, Unsealed
from bot.promising import zone_of
from bot.recorded import REFUSED
from bot.request_links import link_of
from messages.facts import CardFacts
from workflows.ball import deciders, everybody, stood_in_for
from workflows.definition import STAY, Workflow
from workflows.effects import Escalate, Remind
from workflows.engine import SUBMIT
from workflows.office import Office, missing
from workflows.privacy import concerned, is_private
from workflows.request import Request
from workflows.roles import Party, Role, Seat


def card_facts(desk: Desk, unit: Unit, request: Request, to: str) -> CardFacts:
    """Return the facts of ``request`` as they are now, read in the transaction ``unit``.

    ``to`` is who reads them (``user:U1``, ``channel:sales``): amounts that are not theirs to see
    are not among the facts.
    """
    workflow = desk.workflows[request.workflow]
    facts = row_facts(desk, request, desk.office(unit, workflow), to)
    last = unit.requests.last_move(request.ref, _moves(workflow))
    escalates_at, escalates_to = _escalation(desk, unit, request, desk.office(unit, workflow))
    opportunity = str(getattr(request.details, "opportunity", ""))
    unsealed = isinstance(desk.seal, Unsealed)
    return replace(
        facts,
        escalates_at=escalates_at,
        escalates_to=escalates_to,
        away=_away(desk, unit, workflow, request),
        last=facts.withheld.entry(last) if facts.withheld and last else last,
        today=desk.clock.now().astimezone(desk.company.zone).date(),
        stuck_mail_since=waits.since(unit, waits.FOR_MAIL, request.ref),
        stuck_crm_since=waits.since(unit, waits.FOR_CRM, request.ref) if opportunity else None,
        crm=desk.crm.name or "the CRM",
        deal=_deal(desk, unit, opportunity),
        stuck_partner=desk.signatures.name if desk.signatures else "",
        stuck_signing_since=_stuck_signing(desk, unit, waits.FOR_SIGNING, request.ref),
        still_signable_since=_stuck_signing(desk, unit, waits.FOR_TAKING_BACK, request.ref),
        billing_partner=desk.billing.name if desk.billing else "",
        stuck_billing_since=_stuck_billing(desk, unit, request.ref),
        stuck_file_since=waits.since(unit, waits.FOR_LIBRARY, request.ref),
        stuck_seal_since=None if unsealed else waits.since(unit, waits.FOR_SEAL, request.ref),
        link=link_of(desk, request.ref),
    )


def row_facts(desk: Desk, request: Request, office: Office, to: str) -> CardFacts:
    """Return what a list says of ``request``: not what moved it last, nor when it escalates.

    ``to``: as for :func:`card_facts`.
    """
    workflow = desk.workflows[request.workflow]
    waiting_for = tuple(sorted(deciders(workflow, request, office)))
    behalf = {user: stood_in_for(user, workflow, request, office) for user in waiting_for}
    withheld = withholding(desk, request, office, to)
    return CardFacts(
        workflow=workflow,
        request=withheld.request(request) if withheld else request,
        waiting_for=waiting_for,
        standing={user: others for user, others in behalf.items() if others},
        waiting_role=_joined([party.label for party in _waiting(workflow, request, office)]),
        escalates_at=None,
        escalates_to="",
        last=None,
        withheld=withheld,
    )


def next_facts(desk: Desk, unit: Unit, request: Request, office: Office, to: str) -> CardFacts:
    """Return what a list says of ``request``, with its next reminder or escalation.

    ``to``: as for :func:`card_facts`.
    """
    facts = row_facts(desk, request, office, to)
    if (found := next_rung(desk, unit, request, office, Remind, Escalate)) is None:
        return facts
    due, rung = found
    return replace(facts, next_at=due, next_is=in_words(rung, request))


def _away(
    desk: Desk, unit: Unit, workflow: Workflow, request: Request
) -> dict[str, tuple[str, date]]:
    """Return who of those that this waits for is stood in for, by whom, until which day."""
    now, office = desk.clock.now(), desk.office(unit, workflow)
    asked = {
        away
        for user in deciders(workflow, request, office)
        for away in stood_in_for(user, workflow, request, office)
    }
    found: dict[str, tuple[str, date]] = {}
    for each in unit.delegations.open(now):
        last = each.last_day(zone_of(desk, unit, each.user))
        if each.user in asked & office.deputies.keys() and each.holds_at(now) and last is not None:
            found[each.user] = (office.deputies[each.user].user, last)
    return found


def _stuck_signing(desk: Desk, unit: Unit, wait: waits.Wait, ref: str) -> datetime | None:
    return waits.since(unit, wait, ref) if desk.signatures else None


def _stuck_billing(desk: Desk, unit: Unit, ref: str) -> datetime | None:
    return waits.since(unit, waits.FOR_BILLING, ref) if desk.billing else None


def _deal(desk: Desk, unit: Unit, ref: str) -> str:
    """Return account and name of the deal as it was told last, else as we keep it ourselves.

    Where others keep it, it is said of which day that is.
    """
    known = unit.known_deals.get(ref) if ref else None
    deal = known.deal if known else unit.deals.get(ref) if ref else None
    named = " – ".join(filter(None, (deal.account, deal.name))) if deal else ""
    if not named or not known or not desk.crm.name:
        return named
    return f"{named} (as of {known.read_at.astimezone(desk.company.zone):%d %b %Y})"


def _waiting(workflow: Workflow, request: Request, office: Office) -> tuple[Party, ...]:
    """Return the roles or seats that still have the ball."""
    lanes = missing(workflow, request, office)
    return tuple(lane.role for lane in lanes) or workflow.stage(request.stage).holders()


def _joined(labels: Sequence[str]) -> str:
    *firsts, last = labels or [""]
    return f"{', '.join(firsts)} and {last}" if firsts else last


def _escalation(
    desk: Desk, unit: Unit, request: Request, office: Office
) -> tuple[datetime | None, str]:
    """Return when and to whom it escalates next; None and "" when nothing is to come."""
    if is_private(request):  # it goes to nobody who does not know of it
        return None, ""
    found = next_rung(desk, unit, request, office, Escalate)
    if found is None or not isinstance(found[1], Escalate):
        return None, ""
    return found[0], found[1].to.label


def request_for(
    desk: Desk, unit: Unit, gesture: Gesture, ref: str
) -> tuple[Workflow, Request, Office]:
    """Return the request for somebody who may see it, with its workflow and who holds what.

    Raises NotFound for anybody else, exactly as when there is no such request.
    """
    person = member(desk, unit, gesture)
    request = unit.requests.get(ref)
    if request is None:
        raise NotFound
    workflow = desk.workflows[request.workflow]
    office = desk.office(unit, workflow, person.user)
    if not visible(workflow, request, person.user, office, involved(unit, request)):
        raise NotFound
    return workflow, request, office


def may_see(desk: Desk, unit: Unit, request: Request, address: str) -> bool:
    """Whether the person at ``user:U1`` is still here and may see the request now."""
    user = address.removeprefix("user:")
    person = unit.people.get(user)
    if person is None or not person.active:
        return False
    workflow = desk.workflows[request.workflow]
    office = desk.office(unit, workflow, user)
    return visible(workflow, request, user, office, involved(unit, request))


def involved(unit: Unit, request: Request) -> frozenset[str]:
    """Return who has done something to a private request, or was summoned to; nobody of others."""
    if not is_private(request):
        return frozenset()
    entries = unit.requests.timeline(request.ref)
    acted = {
        user for each in entries if each.action != REFUSED for user in (each.actor, *each.behalf)
    }
    copies = unit.cards.of(request.ref)
    asked = {
        each.address.removeprefix("user:") for each in copies if each.kind == "decider" and each.ts
    }
    return frozenset(acted | asked)


def overseen(workflow: Workflow, stages: Sequence[str], user: str, office: Office) -> list[str]:
    """Return in which of ``stages`` ``user`` may see every request, by a role they fill."""
    if any(user in office.filling(role) for role in workflow.overseers):
        return list(stages)
    if user not in office.filling(Role.REQUESTER):
        return []
    return [stage for stage in stages if stage in workflow.for_requesters]


def visible(
    workflow: Workflow,
    request: Request,
    user: str,
    office: Office,
    involved: AbstractSet[str] = frozenset(),
) -> bool:
    """Whether ``user`` may see the request: the people it concerns, admins and auditors.

    Of a private one that is whoever asked, owns it, helps, decides or has decided, is among
    ``involved`` or stands in for one of them, and auditors; nobody for their role alone.
    """
    if is_private(request):
        people = concerned(workflow, request, office) | involved
        people |= {office.deputies[each].user for each in people & office.deputies.keys()}
        if user not in people | office.holding(Role.AUDITOR):
            return False
    seats = (Seat.ASKER, Seat.OWNER, Seat.DECIDER, *workflow.seats)
    return (
        bool(overseen(workflow, [request.stage], user, office))
        or any(user in everybody(seat, workflow, request, office) for seat in seats)
        or user in deciders(workflow, request, office)
        or any(user == vote.user for vote in request.votes)
    )


def _moves(workflow: Workflow) -> frozenset[str]:
    """Return the actions that move a request, or make what is shown of it stale."""
    moving = (each for each in workflow.transitions if each.target != STAY or each.restarts)
    return frozenset({SUBMIT, *(each.name for each in moving)})
