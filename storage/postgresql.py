"""PostgreSQL as the bot uses it: a small pool, and a time limit on everything."""

import select
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import QueuePool

_POOL_WAIT = 0.5
_ANSWER = 2.0
_LIMITS = "-c lock_timeout=1000 -c statement_timeout=1500 -c TimeZone=UTC"

T = TypeVar("T")


def postgresql_engine(url: URL, connections: int) -> Engine:
    """Return an engine with at most ``connections`` connections.

    A connection is waited for 0.5 s, a lock 1 s, a statement 1.5 s; a server that does not answer
    at all is given up after 2 s. Connections that a restarted server has closed are replaced.
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
