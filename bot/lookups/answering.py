"""Answers to what somebody typed after a command: requests, one request, or how to ask for them."""

from collections.abc import Sequence
from dataclasses import replace

from bot import overview, windows
from bot.concerns import Offices
from bot.desk import Desk, Gesture
from bot.errors import NotFound
from bot.facts import next_facts, overseen
from bot.lookups.finding import Page, offices_of, search
from bot.lookups.query import Query
from bot.lookups.reading import LONGEST, names_request, read
from bot.members import member
from bot.ports import Spot, Unit
from bot.subcommands import ref_in
from messages.buttons import FindRequests
from messages.facts import CardFacts
from messages.found import found, no_status
from messages.message import Message
from messages.requests_help import requests_help
from messages.window import window
from workflows.definition import Workflow
from workflows.office import Office
from workflows.roles import Role

PAGE = 8
TITLE, HELP = "Requests", "What you can do here"


def answer(
    desk: Desk,
    gesture: Gesture,
    text: str,
    workflow: Workflow | None,
    after: Spot | None = None,
) -> Message:
    """Return what fits ``text``, of ``workflow`` or of all; a number alone is one's status.

    Raises NotFound for the number of what is not theirs to see.
    """
    typed = " ".join(text[:LONGEST].split())
    with desk.store.unit() as unit:
        user = member(desk, unit, gesture).user
        query = read(desk, unit, user, typed, workflow)
        offices = offices_of(desk, unit, user)
        page = Page(requests=())
        if not query.ref:
            page = search(desk, unit, user, query, offices=offices, after=after, most=PAGE)
        facts = facts_of(desk, unit, page, offices, user)
    if query.ref:
        return overview.status(desk, gesture, query.ref)
    key = workflow.key if workflow else ""
    more = FindRequests(typed, key, page.after.at, page.after.ref) if page.after else None
    kinds = [workflow] if workflow else list(desk.workflows.values())
    return found(typed, facts, kinds, to=user, more=more, later=after is not None)


def show_more(desk: Desk, gesture: Gesture, pressed: FindRequests) -> None:
    """Show the next page of :func:`answer` in a window."""
    workflow = desk.workflows.get(pressed.workflow)
    after = Spot(at=pressed.at, ref=pressed.ref)
    said = answer(desk, gesture, pressed.text, workflow, after)
    windows.show(desk, gesture, window(TITLE, said))


def status(desk: Desk, gesture: Gesture, workflow: Workflow, text: str) -> Message:
    """Return how the request stands that ``text`` names: by its number, client or words.

    Several that fit are listed; none is a sentence. Raises NotFound for a number that is not
    theirs to see.
    """
    typed = " ".join(text[:LONGEST].split())
    if ref := ref_in(workflow, typed):
        return overview.status(desk, gesture, ref)
    if names_request(typed):
        raise NotFound
    base = Query(workflow=workflow.key)
    queries = [replace(base, client=typed), replace(base, words=typed)] if typed else []
    return first_of(desk, gesture, queries, typed) or no_status(workflow, typed)


def first_of(desk: Desk, gesture: Gesture, queries: Sequence[Query], typed: str) -> Message | None:
    """Return how the one request stands, or a list of the requests, that the first query finds.

    None: no query finds any. ``typed`` is what they were made of.
    """
    with desk.store.unit() as unit:
        user = member(desk, unit, gesture).user
        offices = offices_of(desk, unit, user)
        query, page = _first_page(desk, unit, user, queries, offices)
        facts = facts_of(desk, unit, page, offices, user)
    if len(facts) == 1 and page.after is None:
        return overview.status(desk, gesture, facts[0].request.ref)
    if not facts:
        return None
    kind = desk.workflows.get(query.workflow)
    more = None
    if page.after:
        more = FindRequests(typed, query.workflow, page.after.at, page.after.ref)
    kinds = [kind] if kind else list(desk.workflows.values())
    return found(typed, facts, kinds, to=user, more=more, later=False)


def help_for(desk: Desk, gesture: Gesture) -> Message:
    """Return what the person can do here, by the roles they fill now."""
    with desk.store.unit() as unit:
        user = member(desk, unit, gesture).user
        askable = overview.askable(desk, unit, user)
        offices = offices_of(desk, unit, user)
    acting = [
        (role, [desk.workflows[key] for key in kinds])
        for role in Role
        if (kinds := [each for each in offices if _is_asked(desk, each, role, user, offices)])
    ]
    seen = [each for each in desk.workflows.values() if _sees_all(each, user, offices[each.key])]
    return requests_help(askable, acting, seen)


def show_help(desk: Desk, gesture: Gesture) -> None:
    """Show :func:`help_for` in a window."""
    windows.show(desk, gesture, window(HELP, help_for(desk, gesture)))


def facts_of(desk: Desk, unit: Unit, page: Page, offices: Offices, user: str) -> list[CardFacts]:
    """Return what is said to ``user`` of the requests of a page."""
    return [
        next_facts(desk, unit, each, offices[each.workflow], f"user:{user}")
        for each in page.requests
    ]


def _first_page(
    desk: Desk, unit: Unit, user: str, queries: Sequence[Query], offices: Offices
) -> tuple[Query, Page]:
    for query in queries:
        page = search(desk, unit, user, query, offices=offices, most=PAGE)
        if page.requests:
            return query, page
    return Query(), Page(requests=())


def _is_asked(desk: Desk, key: str, role: Role, user: str, offices: Offices) -> bool:
    holders = {party for stage in desk.workflows[key].stages for party in stage.holders()}
    return role in holders and user in offices[key].filling(role)


def _sees_all(workflow: Workflow, user: str, office: Office) -> bool:
    stages = [stage.name for stage in workflow.stages]
    return overseen(workflow, stages, user, office) == stages
