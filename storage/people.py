"""Members of the workspace, and who holds which role."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from functools import cache

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Executable,
    PrimaryKeyConstraint,
    Table,
    bindparam,
    delete,
    false,
    func,
    select,
)

from bot.errors import Stale
from bot.ports import Person
from storage.audit import last_of_role
from storage.columns import Instant, Words, insert, metadata, storable
from storage.counters import count, reach
from workflows.roles import Role

people = Table(
    "people",
    metadata,
    Column("user", Words, primary_key=True),
    Column("team", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("email", Words, nullable=False),
    Column("tz", Words, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("status", Words, nullable=False, server_default=""),
    Column("erased", Boolean, nullable=False, server_default=false()),
    Column("emoji", Words, nullable=False, server_default=""),
    Column("status_until", Instant),
    sqlite_with_rowid=False,
)
role_holders = Table(
    "role_holders",
    metadata,
    Column("role", Words, nullable=False),
    Column("user", Words, nullable=False),
    PrimaryKeyConstraint("role", "user"),
    sqlite_with_rowid=False,
)
bindings = Table(
    "bindings",
    metadata,
    Column("identity", Words, primary_key=True),
    Column("user", Words, nullable=False),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

_AT_ONCE = 500
"""Rows a statement: a whole workspace at once would not be written within its time limit."""

_NAMES = tuple(field.name for field in fields(Person))
_ONE = select(*(people.c[name] for name in _NAMES)).where(people.c.user == bindparam("wanted"))
_ACTIVE_HOLDERS = select(role_holders).join(
    people, (people.c.user == role_holders.c.user) & people.c.active
)
LEFT = select(people.c.user).where(people.c.active.is_(False))
"""Selects everybody who is not active."""
_TURNS, _STORED = "turns at the roles", "roles as of turn"
_BOUND = select(bindings.c.user).where(bindings.c.identity == bindparam("wanted"))


@cache
def _put(dialect: str) -> Executable:
    new = insert(people, dialect)
    said = {name: new.excluded[name] for name in _NAMES if name != "user"}
    return new.on_conflict_do_update(
        index_elements=["user"],
        set_=said | {"erased": false()},
        where=people.c.erased.is_(false()) | new.excluded.active,
    )


@cache
def _hold(dialect: str) -> Executable:
    return insert(role_holders, dialect).on_conflict_do_nothing(index_elements=["role", "user"])


@cache
def _bind(dialect: str) -> Executable:
    return insert(bindings, dialect).on_conflict_do_nothing(index_elements=["identity"])


class StoredPeople:
    """:class:`bot.ports.People` in one transaction.

    Who somebody is and who holds what is asked several times on the way through one gesture; it is
    read once, and again after this transaction has changed it.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name
        self._read: dict[str, Person | None] = {}
        self._holders: Mapping[Role, frozenset[str]] | None = None
        self._left: frozenset[str] | None = None
        self._changed: dict[Role, datetime | None] = {}

    def get(self, user: str) -> Person | None:
        """Return the person, or None."""
        if user not in self._read:
            row = self._connection.execute(_ONE, {"wanted": user}).mappings().one_or_none()
            self._read[user] = None if row is None else Person(**row)
        return self._read[user]

    def called(self, name: str, limit: int) -> Sequence[str]:
        """Return the ids of active people with a name, or an address, that begins so; any case.

        Every person is looked at: there are as many as the company has, and few ask.
        """
        begins = name.casefold()
        said, address = (func.lower(people.c[each]) for each in ("name", "email"))
        found = select(people.c.user).where(
            people.c.active,
            said.startswith(begins, autoescape=True)
            | said.contains(f" {begins}", autoescape=True)
            | address.startswith(begins, autoescape=True),
        )
        return self._connection.execute(found.order_by(people.c.user).limit(limit)).scalars().all()

    def addressed(self, address: str) -> Sequence[str]:
        """Return the ids of the active people who have this e-mail address; any case."""
        wanted = storable(address.strip().casefold())
        found = select(people.c.user).where(people.c.active, func.lower(people.c.email) == wanted)
        found = found.where(people.c.email != "").order_by(people.c.user)
        return self._connection.execute(found).scalars().all()

    def put(self, *people: Person) -> None:
        """Store what Slack says of these people now; of an erased one only that they are back."""
        self._read, self._holders, self._left = {}, None, None
        rows = [asdict(person) for person in people]
        for start in range(0, len(rows), _AT_ONCE):
            self._connection.execute(_put(self._dialect), rows[start : start + _AT_ONCE])

    def holders(self) -> Mapping[Role, frozenset[str]]:
        """Return the active holders of every role, by user id.

        Somebody of whom Slack has said nothing yet (:meth:`put`) is not active.
        """
        if self._holders is None:
            found: dict[str, set[str]] = {role: set() for role in Role}
            for row in self._connection.execute(_ACTIVE_HOLDERS):
                found.setdefault(row.role, set()).add(row.user)
            self._holders = {role: frozenset(found[role]) for role in Role}
        return self._holders

    def left(self) -> frozenset[str]:
        """Return everybody who is not active."""
        if self._left is None:
            self._left = frozenset(self._connection.execute(LEFT).scalars())
        return self._left

    def hold(self, role: Role, users: frozenset[str]) -> None:
        """Replace the holders of ``role``."""
        self._holders = None
        gone = delete(role_holders).where(
            role_holders.c.role == role.value, role_holders.c.user.not_in(users)
        )
        self._connection.execute(gone)
        if users:
            rows = [{"role": role.value, "user": user} for user in sorted(users)]
            self._connection.execute(_hold(self._dialect), rows)

    def changed(self, role: Role) -> datetime | None:
        """Return when somebody was last put on record as getting or losing ``role``, or None."""
        if role not in self._changed:
            entry = last_of_role(self._connection, role.value)
            self._changed[role] = entry.at if entry else None
        return self._changed[role]

    def turn(self) -> int:
        """Return the next number, with which whoever changes who holds what waits for others."""
        return count(self._connection, _TURNS)

    def is_latest(self, turn: int) -> bool:
        """Whether nothing was stored yet of what was asked in a later turn."""
        return reach(self._connection, _STORED, turn)

    def binding(self, identity: str) -> str | None:
        """Return the user id that a configured identity (an e-mail address) was bound to."""
        user: str | None = self._connection.execute(_BOUND, {"wanted": identity}).scalar()
        return user

    def bind(self, identity: str, user: str, now: datetime) -> None:
        """Bind the identity for good. Raises Stale when it is bound to somebody else."""
        row = {"identity": identity, "user": user, "at": now}
        self._connection.execute(_bind(self._dialect), row)
        if (bound := self.binding(identity)) != user:
            raise Stale(f"{identity} is bound to {bound} already.")
