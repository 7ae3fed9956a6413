"""What somebody looks for, said back to them."""

from collections.abc import Iterator

from bot.desk import Desk
from bot.lookups.query import Query
from bot.ports import Unit


def in_words(desk: Desk, unit: Unit, query: Query) -> str:
    """Return the query in words: ``Statement of Work, Drafting, client Globex``."""
    return ", ".join(_parts(desk, unit, query)) or "everything"


def _parts(desk: Desk, unit: Unit, query: Query) -> Iterator[str]:
    if query.waiting:
        yield "waiting for me"
    if query.mine:
        yield "mine"
    if query.workflow:
        yield desk.workflows[query.workflow].title
    for key, stage in query.stages:
        yield desk.workflows[key].stage(stage).label
    if query.is_open is not None:
        yield "open" if query.is_open else "closed"
    for user in query.people:
        person = unit.people.get(user)
        yield person.name if person is not None else user
    if query.client:
        yield f"client {query.client}"
    if query.words:
        yield f"“{query.words}”"
