"""A ticket of another system becomes a request of its person, or their draft. It decides nothing.

"Projects submitted through the official channel" (Sales Asset Requests, 6): a CRM or a project tool
can be that channel too. The form's own rules hold; what it lacks its person adds in Slack.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot import intake, parcels
from bot.api import visits
from bot.api.answers import CURRENCY, REQUESTER, answers, is_given
from bot.api.reading import WrongQuery
from bot.desk import Desk, Gesture
from bot.forgetting import follow
from bot.limits import Limit
from bot.members import member
from bot.ports import Claimed, Draft, Json, Person, Token, Unit
from bot.request_links import link_of
from bot.sending import post_once
from bot.unmoved import beside
from messages.ticket import ticket_begun, ticket_sent
from modals.form import Form
from modals.metadata import Metadata
from workflows.definition import Workflow
from workflows.engine import SUBMIT
from workflows.permission import may_ask
from workflows.roles import Seat

TAKEN = "take_ticket"
"""The action under which it enters the audit whose ticket it was."""

SURFACE = "api"

_CANNOT_ASK = "They cannot ask for a {}; an admin can add them, under Settings in Slack."

SUBMITTED, DRAFT, DISCARDED = "submitted", "draft", "discarded"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """A ticket as it came: for whom (an e-mail address), and what it says by field."""

    workflow: str
    by: str
    ticket: str
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of it. ``missing``: a sentence for each answer that its draft lacks."""

    status: str
    ref: str = ""
    missing: Mapping[str, str] = field(default_factory=dict)
    is_new: bool = True


def hand_in(
    desk: Desk, text: str, limit: Limit, flood: Limit, read: Callable[[], HandedIn]
) -> Outcome:
    """Take a ticket for whoever has the token ``text``; the same one again changes nothing.

    It is ``read`` once the token is known: whoever has none learns nothing of what is right.
    ``limit`` is on calls of a token, ``flood`` on new tickets in the name of one person.

    Raises Closed, NotKnown, NotGranted, TooOften, and WrongQuery with a sentence by field.
    """
    with desk.store.unit() as unit:
        token = visits.admitted(desk, unit, text, limit)
        unit.commit()
    if not token.submit:
        raise visits.NotGranted
    handed = read()
    with desk.store.unit() as unit:
        outcome = _taken(desk, unit, token, handed, flood)
        unit.commit()
    if outcome.is_new:
        desk.wake()
    return outcome


def expect(desk: Desk, text: str) -> None:
    """See to it that whoever has the token ``text`` may hand in a ticket, before it is read.

    Raises Closed, NotKnown and NotGranted.
    """
    with desk.store.unit() as unit:
        if not visits.known(desk, unit, text).submit:
            raise visits.NotGranted


def shown(desk: Desk, outcome: Outcome) -> Json:
    """Return what its sender is told."""
    return {
        "status": outcome.status,
        "ref": outcome.ref or None,
        "link": link_of(desk, outcome.ref) if outcome.ref else None,
        "missing": dict(outcome.missing),
    }


def tell(desk: Desk, claimed: Claimed) -> None:
    """Tell somebody that another system has asked in their name, or begun to."""
    what = claimed.parcel.payload
    system, ticket, ref = str(what["system"]), str(what["ticket"]), str(what["ref"])
    if ref:
        message = ticket_sent(system, ticket, ref)
    else:
        title = desk.forms[str(what["form"])].title
        message = ticket_begun(system, ticket, title, list(what["missing"]), str(what["draft"]))
    post_once(desk, claimed, message)


def _taken(desk: Desk, unit: Unit, token: Token, handed: HandedIn, flood: Limit) -> Outcome:
    key = hashlib.sha256(f"{token.name}\n{handed.ticket}".encode()).hexdigest()[:32]
    if not unit.tickets.first(key, desk.clock.now()):
        return _before(unit, key)
    person, workflow = _person(unit, handed.by), desk.workflows[handed.workflow]
    if seconds := flood.wait(person.user):
        raise visits.TooOften(seconds)
    gesture = Gesture(user=person.user, team=person.team, surface=SURFACE, key=f"ticket:{key}")
    member(desk, unit, gesture)
    if not may_ask(workflow, person.user, desk.office(unit, workflow, person.user)):
        raise WrongQuery({"by": _CANNOT_ASK.format(workflow.noun)})
    form = desk.forms[workflow.key]
    state, wrong = _state(desk, form, person, handed)
    meta = Metadata(form=form.key, workflow=workflow.key, transition=SUBMIT, draft=key)
    checked = intake.checked(desk, unit, person.user, meta, state)
    shown = form.visible(state, intake.choices(desk, unit, person.user, meta))
    names = {each.name: each for each in form.fields}
    missing = {
        name: said
        for name, said in checked.errors.items()
        if name in names and not is_given(names[name], state)
    }
    wrong |= {name: said for name, said in checked.errors.items() if name not in missing}
    wrong |= {
        name: "With these answers the form does not ask for this; leave it out."
        for name in handed.fields
        if name in names and name not in shown and is_given(names[name], state)
    }
    if wrong:
        raise WrongQuery(dict(sorted(wrong.items())))
    ref = ""
    if missing:
        draft = _draft(desk, workflow, person.user, key, state)
        unit.drafts.save(draft)
        follow(unit, draft, "begun")
    else:
        ref = intake.made(desk, unit, gesture, workflow, checked.values, f"ticket:{key}")
        unit.tickets.became(key, ref)
    what: Json = {
        "system": token.name,
        "ticket": handed.ticket,
        "ref": ref,
        "form": form.key,
        "missing": [each.label for each in form.fields if each.name in missing],
        "draft": key,
    }
    _tell(desk, unit, key, person.user, what)
    return Outcome(status=SUBMITTED if ref else DRAFT, ref=ref, missing=missing)


def _before(unit: Unit, key: str) -> Outcome:
    """Return what became of a ticket that was taken before.

    The draft is looked for first: where it becomes a request at that moment, the ticket says so.
    """
    is_there = unit.drafts.get(key) is not None
    ticket = unit.tickets.get(key)
    if ticket is not None and ticket.ref:
        return Outcome(status=SUBMITTED, ref=ticket.ref, is_new=False)
    return Outcome(status=DRAFT if is_there else DISCARDED, is_new=False)


def _person(unit: Unit, address: str) -> Person:
    found = [unit.people.get(each) for each in unit.people.addressed(address)]
    people = [each for each in found if each is not None]
    if len(people) != 1:
        raise WrongQuery({"by": "This is not the address of one active member of the workspace."})
    return people[0]


def _state(desk: Desk, form: Form, person: Person, handed: HandedIn) -> tuple[Json, dict[str, str]]:
    """Return what was said over what stands in a new form, and what cannot be taken of it."""
    said, wrong = answers(form, handed.fields)
    usual = {REQUESTER: person.name, CURRENCY: desk.company.currency}
    return {name: each for name, each in usual.items() if name in form.names} | said, wrong


def _draft(desk: Desk, workflow: Workflow, user: str, key: str, state: Json) -> Draft:
    form = desk.forms[workflow.key]
    return Draft(
        id=key,
        user=user,
        form=form.key,
        workflow=workflow.key,
        transition=SUBMIT,
        state=state,
        full=form.overlong(state),
        at=desk.clock.now(),
        resumable=True,
    )


def _tell(desk: Desk, unit: Unit, key: str, user: str, what: Json) -> None:
    """Put on record whose ticket it was, and promise to tell its person."""
    now = desk.clock.now()
    told = f"{key}:{now.isoformat()}"  # one that was forgotten can come anew
    unit.outbox.add(parcels.aside("ticket", told, f"user:{user}", what, now))
    detail = {
        "token": str(what["system"]),
        "ticket": key,
        "for": user,
        "became": str(what["ref"]) or DRAFT,
    }
    request = unit.requests.get(str(what["ref"])) if what["ref"] else None
    unit.audit.append(beside(request, TAKEN, Seat.FRONTDESK.value, SURFACE, now, detail))
