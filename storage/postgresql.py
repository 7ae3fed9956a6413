"""PostgreSQL as the bot uses it: a small pool, and a time limit on everything."""

import select
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import QueuePool

from bot.ports import haste

_POOL_WAIT = 0.5
_LOCK, _STATEMENT = 1000, 1500
"""Milliseconds."""
_ANSWER = 2.0
_LIMITS = f"-c lock_timeout={_LOCK} -c statement_timeout={_STATEMENT} -c TimeZone=UTC"
_SHORTER = (
    "SELECT set_config('lock_timeout', %s::text, true),"
    " set_config('statement_timeout', %s::text, true)"
)

T = TypeVar("T")


def postgresql_engine(url: URL, connections: int) -> Engine:
    """Return an engine with at most ``connections`` connections.

    A connection is waited for 0.5 s, a lock 1 s, or what is left when its transaction begins
    (:mod:`bot.ports.haste`), and a statement 0.5 s longer; a server that does not answer at all is
    given up after 2 s. Connections that a restarted server has closed are replaced.
    """
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=_POOL_WAIT,
        hide_parameters=True,
    )

    @event.listens_for(engine, "do_connect")
    def connect(
        _dialect: object,
        _record: object,
        _args: object,
        options: dict[str, Any],
    ) -> psycopg.Connection[Any]:
        options.setdefault("connect_timeout", int(_ANSWER))
        options["options"] = f"{_LIMITS} {options.get('options', '')}"
        return _Impatient.connect(**options)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        left = int(haste.patience(_LOCK / 1000) * 1000)
        if left < _LOCK:
            connection.exec_driver_sql(_SHORTER, (left, left + _STATEMENT - _LOCK))

    @event.listens_for(engine, "checkout")
    def check(connection: psycopg.Connection[Any], *_: object) -> None:
        if _was_spoken_to(connection):
            raise DisconnectionError("The server has closed the connection.")

    return engine


class _Impatient(psycopg.Connection[Any]):
    """A connection that is given up when the server does not answer.

    The server's own limits do not help when it is frozen or the network swallows everything.
    """

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        """Wait for the server, but not for ever."""
        try:
            return super().wait(gen, interval, _ANSWER if timeout is None else timeout)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.close()
            raise


def _was_spoken_to(connection: psycopg.Connection[Any]) -> bool:
    """Whether the server has sent something unasked: its farewell. Costs no round trip."""
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))
