"""Numbers that are given out once each, whoever asks: requests' numbers, and turns at a thing."""

from functools import cache

from sqlalchemy import Column, Connection, Executable, Integer, Table, bindparam, select, update

from storage.columns import Words, insert, metadata

counters = Table(
    "counters",
    metadata,
    Column("workflow", Words, primary_key=True),
    Column("last", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""``workflow``: the key of a workflow, or the name of something else that is counted."""

_reached = bindparam("reached", type_=Integer)
_REACH = (
    update(counters)
    .where(counters.c.workflow == bindparam("counted"), counters.c.last < _reached)
    .values(last=_reached)
)

_REACHED = select(counters.c.last).where(counters.c.workflow == bindparam("counted"))


@cache
def _count(dialect: str) -> Executable:
    first = insert(counters, dialect).values(last=1)
    return first.on_conflict_do_update(
        index_elements=["workflow"], set_={"last": counters.c.last + 1}
    ).returning(counters.c.last)


@cache
def _begin(dialect: str) -> Executable:
    return insert(counters, dialect).values(last=0).on_conflict_do_nothing()


def count(connection: Connection, name: str) -> int:
    """Return the next number of ``name``, from 1. Who asks next waits until this unit is over."""
    number: int = connection.execute(
        _count(connection.dialect.name), {"workflow": name}
    ).scalar_one()
    return number


def reached(connection: Connection, name: str) -> int:
    """Return the number that ``name`` has come to, 0 at first."""
    found: int | None = connection.execute(_REACHED, {"counted": name}).scalar()
    return found or 0


def reach(connection: Connection, name: str, number: int) -> bool:
    """Let ``name`` have come to ``number``; return False when it had come as far before."""
    connection.execute(_begin(connection.dialect.name), {"workflow": name})
    return connection.execute(_REACH, {"counted": name, "reached": number}).rowcount == 1
