"""A house with requests of every kind, and clients that read them over the API."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import count

import httpx
from starlette.applications import Starlette

from bot import grants
from bot.api import tokens
from bot.api.tokens import Grants
from bot.ports.entitlement import GRANT
from tests.web.review.house import ANA, NOW, PUBLIC, House
from tests.web.test_shelf import asked, asset
from web import api
from workflows.request import Request
from workflows.roles import Role
from workflows.shelved import ShelfVersion

DECK = ShelfVersion(number=2, at=NOW, by=ANA.user, link="https://drive.example/deck?x=1")
NOWHERE = {"error": {"code": "not_found", "sentence": "There is nothing under this number."}}


def fill(house: House) -> None:
    """SOW-7 is open; SOW-8 is private, SOW-9 has ended; SHELF-1 and SHELF-2 are on the shelf."""
    first = house.request
    private = replace(first.details, private=True, client="Initech")
    further = [
        kept(first, "SOW-8", details=private),
        kept(first, "SOW-9", stage="rejected", details=replace(first.details, need="For $75,000.")),
        asset("SHELF-1", "current", DECK, source="AST-1"),
        asked("AST-1", "SHELF-1"),
        asset("SHELF-2", "outdated", DECK),
        asset("SHELF-3", "withdrawn", DECK),
        asset("SHELF-4", "approval"),
    ]
    add(house, *further)
    with house.database.unit() as unit:  # what is asked for from now on has numbers of its own
        for workflow in house.desk.workflows.values():
            while not unit.requests.next_ref(workflow.key, workflow.prefix).endswith("-9"):
                pass
        unit.commit()


def add(house: House, *requests: Request) -> None:
    """Keep more requests."""
    with house.database.unit() as unit:
        for request in requests:
            unit.requests.add(request, f"test:{request.ref}")
        unit.commit()


def may_ask(house: House, user: str, *roles: Role) -> None:
    """Let somebody hold roles, by which they may ask for something."""
    with house.database.unit() as unit:
        for role in roles:
            unit.people.hold(role, frozenset({user}))
            unit.audit.append(grants.entry(GRANT, NOW, role=role.value, user=user, identity=""))
        unit.commit()


def saying(request: Request, **details: object) -> Request:
    """The same, with other details."""
    return replace(request, details=replace(request.details, **details))


def kept(like: Request, ref: str, **parts: object) -> Request:
    """A request like another one, asked for a day later for each number."""
    at = NOW + timedelta(days=int(ref.partition("-")[2]) - 7)
    return replace(like, ref=ref, created_at=at, since=at, **parts)  # type: ignore[arg-type]  # fields by name


def token(house: House, name: str, **grants: bool) -> str:
    """Make a token."""
    key = tokens.key_of(house.desk.link_key)
    return tokens.make(house.database, key, name, Grants(**grants), NOW)


@contextmanager
def served(house: House, elapsed: Callable[[], float] | None = None) -> Iterator[Starlette]:
    """The API as an ASGI app; unless ``elapsed`` says otherwise, an hour passes at each look."""
    hours = count(step=3600)
    with ThreadPoolExecutor(2) as pool:
        routes = api.routes(house.desk, pool, (), elapsed or (lambda: float(next(hours))))
        yield Starlette(routes=routes)


def client_of(app: Starlette, text: str = "") -> httpx.AsyncClient:
    """Somebody who sends the token ``text``, if any."""
    headers = {"authorization": f"Bearer {text}"} if text else {}
    transport = httpx.ASGITransport(app)
    return httpx.AsyncClient(transport=transport, base_url=PUBLIC, headers=headers)
