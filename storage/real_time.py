"""Real time, by the database's own clock: the one clock that all replicas share.

Leases, back-off and pace are real; due times are business time and are handed in.
"""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement

from storage.columns import Instant


class RealTime(FunctionElement[datetime]):
    """The instant at which the statement began; with an argument, so many seconds later.

    To the microsecond on PostgreSQL, to the millisecond on SQLite.
    """

    name = "real_time"
    inherit_cache = True
    type = Instant()


@compiles(RealTime, "postgresql")
def _on_postgresql(element: RealTime, compiler: SQLCompiler, **options: Any) -> str:
    later = [compiler.process(seconds, **options) for seconds in element.clauses]
    return " + ".join(
        ["statement_timestamp()", *(f"make_interval(secs => {each})" for each in later)]
    )


@compiles(RealTime, "sqlite")
def _on_sqlite(element: RealTime, compiler: SQLCompiler, **options: Any) -> str:
    later = [compiler.process(seconds, **options) for seconds in element.clauses]
    arguments = ", ".join(["'now'", *(f"{each} || ' seconds'" for each in later)])
    # The format in which SQLAlchemy stores a DateTime.
    return f"(strftime('%Y-%m-%d %H:%M:%f', {arguments}) || '000')"
