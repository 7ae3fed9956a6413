"""The lists of a Home tab: a few requests each, none of them counted."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.concerns import Offices, first_waiting
from bot.desk import Desk
from bot.facts import next_facts
from bot.lookups.finding import Page, offices_of, search
from bot.lookups.query import Query, read_query
from bot.lookups.saying import in_words
from bot.ports import Spot, Unit
from bot.promising import LEADERS
from messages.buttons import Older
from messages.home import HomeFacts, Listed, Sought
from workflows.definition import Workflow
from workflows.permission import available
from workflows.request import Request
from workflows.roles import Role

HOME_QUERY, HOME_AFTER = "home", "home_after"
"""What is remembered of a person: what their Home tab is to show, and which page of it."""

WAITING, MINE, TEAM, CLOSED = 8, 6, 6, 4
"""How many requests of each kind are shown."""
_FOUND = 12


@dataclass(frozen=True, slots=True)
class Some:
    """The first requests of a list, and whether there are more."""

    requests: Sequence[Request]
    more: bool


def lists_of(desk: Desk, unit: Unit, user: str) -> HomeFacts:
    """Return what ``user`` sees on Home: what waits, and what is theirs or what they look for."""
    offices = offices_of(desk, unit, user)
    waiting = _waiting(desk, unit, user, offices)
    buttons = [
        available(desk.workflows[each.workflow], each, user, offices[each.workflow])
        for each in waiting.requests
    ]
    listed = _listed(desk, unit, user, waiting, offices)
    query = read_query(unit.preferences.get(user, HOME_QUERY), desk.workflows)
    if query != Query():
        sought = _sought(desk, unit, user, query, offices)
        return HomeFacts(to=user, waiting=listed, buttons=buttons, sought=sought)
    _, mine, team, closed = read_lists(desk, unit, user, offices, waiting)
    return HomeFacts(
        to=user,
        waiting=listed,
        buttons=buttons,
        mine=_listed(desk, unit, user, mine, offices),
        team=None if team is None else _listed(desk, unit, user, team, offices),
        closed=_listed(desk, unit, user, closed, offices),
    )


def read_lists(
    desk: Desk, unit: Unit, user: str, offices: Offices, waiting: Some | None = None
) -> tuple[Some, Some, Some | None, Some]:
    """Return what waits for ``user``, what is theirs, their team's, and what has ended.

    None in the place of a team: they lead none. ``waiting``, where it has been read.
    """
    first = waiting or _waiting(desk, unit, user, offices)
    shown = {each.ref for each in first.requests}
    mine = _others(desk, unit, user, Query(mine=True, is_open=True), offices, shown, MINE)
    shown |= {each.ref for each in mine.requests}
    team = None
    if leads(offices, user):
        team = _team(desk, unit, user, offices, shown)
    ended = Query(people=(user,), is_open=False)
    return first, mine, team, _others(desk, unit, user, ended, offices, set(), CLOSED)


def _waiting(desk: Desk, unit: Unit, user: str, offices: Offices) -> Some:
    requests, more = first_waiting(desk, unit, user, offices, WAITING)
    return Some(requests, more=more)


def leads(offices: Offices, user: str) -> bool:
    """Whether all of sales is the team of ``user``."""
    return any(user in office.holding(role) for office in offices.values() for role in LEADERS)


def of_sales(workflow: Workflow) -> bool:
    """Whether it is something that sales asks for."""
    return Role.REQUESTER in workflow.may_ask


def after_of(unit: Unit, user: str) -> Spot | None:
    """Return after which request the page begins that their Home tab shows; None: the first one."""
    kept = unit.preferences.get(user, HOME_AFTER)
    if not kept:
        return None
    at, ref = json.loads(kept)
    return Spot(at=int(at), ref=str(ref))


def put_after(unit: Unit, user: str, after: Spot | None) -> None:
    """Remember the page; None: the first one."""
    kept = "" if after is None else json.dumps([after.at, after.ref])
    unit.preferences.put(user, HOME_AFTER, kept)


def _team(desk: Desk, unit: Unit, user: str, offices: Offices, shown: set[str]) -> Some:
    """Return what is open of sales and neither waits for them nor is their own."""
    asked = {key: offices[key] for key, each in desk.workflows.items() if of_sales(each)}
    return _others(desk, unit, user, Query(is_open=True), asked, shown, TEAM)


def _others(
    desk: Desk,
    unit: Unit,
    user: str,
    query: Query,
    offices: Offices,
    shown: set[str],
    most: int,
) -> Some:
    """Return the newest that fit, but for those that are ``shown`` already."""
    page = search(desk, unit, user, query, offices=offices, most=most + len(shown))
    others = [each for each in page.requests if each.ref not in shown]
    return Some(others[:most], more=len(others) > most or page.after is not None)


def _sought(desk: Desk, unit: Unit, user: str, query: Query, offices: Offices) -> Sought:
    after = after_of(unit, user)
    page: Page = search(desk, unit, user, query, offices=offices, after=after, most=_FOUND)
    return Sought(
        said=in_words(desk, unit, query),
        found=_listed(desk, unit, user, Some(page.requests, more=False), offices),
        older=Older(page.after.at, page.after.ref) if page.after else None,
        later=after is not None,
    )


def _listed(desk: Desk, unit: Unit, user: str, some: Some, offices: Offices) -> Listed:
    to = f"user:{user}"
    facts = [next_facts(desk, unit, each, offices[each.workflow], to) for each in some.requests]
    return Listed(requests=facts, more=some.more)
