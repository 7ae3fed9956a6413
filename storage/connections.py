"""Transactions on either database, and :class:`bot.errors.Unavailable` for whatever it lacks."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import URL, ExceptionContext, make_url
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    NotSupportedError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.errors import Unavailable
from bot.ports import Count, Meter, NoMeter, Span
from bot.ports.haste import is_patient, patience
from bot.ports.meter import timed
from storage.postgresql import postgresql_engine
from storage.sqlite import database_file, sqlite_engine
from storage.turns import Turns

_PATIENCE = 1.0
"""Seconds to wait for another process that writes, or for a free connection."""
_TURN = 1.5
"""Seconds to wait for this process's own turn, if as many are left (:mod:`bot.ports.haste`)."""
_LONG_TURN = 6.0
"""Of whom nobody waits for: on a disk that takes its time, many are in the queue before them."""
_OURS = (DataError, IntegrityError, NotSupportedError, ProgrammingError)
"""Errors that say something of what was asked, and nothing of the database's health."""


class Connections:
    """The connections of one process to the database at ``url``.

    ``sqlite:///file`` or ``postgresql://`` (also ``postgres://`` and ``postgresql+psycopg://``).
    Nothing is connected before it is needed. Raises ValueError for any other URL.
    """

    def __init__(self, url: str, connections: int = 10, meter: Meter | None = None) -> None:
        self._meter = meter or NoMeter()
        parsed = database_url(url)
        if parsed.get_backend_name() == "sqlite":
            self._engine = sqlite_engine(parsed, patience=_PATIENCE)
            self._turns: Turns | None = Turns()
        else:
            self._engine = postgresql_engine(parsed, connections)
            self._turns = None
        report_unavailable(self._engine)

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Open a transaction, rolled back unless it is committed.

        Raises Unavailable when it cannot be had in about 2.5 s, or 7 s where nobody waits for it;
        and as soon as there is no time left to wait (see :mod:`bot.ports.haste`). So does all that
        is done in it.
        """
        try:
            with (
                timed(self._meter, Span.TRANSACTION),
                self._turn(),
                self._connected() as connection,
            ):
                yield connection
        except Unavailable:
            self._meter.count(Count.UNAVAILABLE)
            raise

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def _turn(self) -> AbstractContextManager[None]:
        if self._turns is None:
            return nullcontext()
        hasty = not is_patient()
        return self._turns.turn(patience(_TURN if hasty else _LONG_TURN), hasty=hasty)

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        try:
            connection = self._engine.connect()
        except PoolTimeoutError as error:
            raise Unavailable("No connection to the database became free in time.") from error
        with connection:
            connection.begin()
            yield connection


def database_url(url: str) -> URL:
    """Return ``url`` with the driver that we use. Raises ValueError for any other database."""
    parsed = make_url(url)
    backend = parsed.get_backend_name()
    if backend in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if backend == "sqlite":
        database_file(parsed)
        return parsed.set(drivername="sqlite+pysqlite")
    raise ValueError(f"Frontdesk works with SQLite and PostgreSQL, not with {backend!r}.")


def report_unavailable(engine: Engine) -> None:
    """Let ``engine`` raise Unavailable for a database that is gone, locked, full or slow."""

    @event.listens_for(engine, "handle_error")
    def translate(context: ExceptionContext) -> None:
        error = context.sqlalchemy_exception
        if isinstance(error, DBAPIError) and not isinstance(error, _OURS):
            raise Unavailable(f"The database is not available: {error.orig}") from error.orig
