"""Whether a column's value is among many: one parameter, and one statement however many there are.

An ``IN`` with a parameter for each value is another text for every number of them, which neither
SQLAlchemy nor the database recognises as one that it knows.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import JSON, ColumnElement, FromClause, bindparam, column, func
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine


def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Return whether ``column`` is one of the sequence of values that is bound as ``name``."""
    return _Among(column, bindparam(name, type_=_Several(column.type)))


def each_of(name: str, item: TypeEngine[Any], dialect: str) -> FromClause:
    """Return a table whose ``value`` is each of the values that are bound as ``name``."""
    many = bindparam(name, type_=_Several(item))
    value = column("value", item)
    if dialect == "sqlite":
        return func.json_each(many).table_valued(value, name=f"each_{name}")
    return func.unnest(many).table_valued(value, name=f"each_{name}").render_derived()


class _Among(FunctionElement[bool]):
    """Of no type: of a Boolean SQLite would be asked whether it `= 1`, and use no index."""

    name = "among"
    inherit_cache = True


@compiles(_Among, "postgresql")
def _on_postgresql(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(each, **options) for each in element.clauses)
    return f"{column} = ANY ({values})"


@compiles(_Among, "sqlite")
def _on_sqlite(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(each, **options) for each in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - compiled SQL


class _Several(TypeDecorator[Sequence[Any]]):
    """An array on PostgreSQL, a JSON array on SQLite."""

    impl = JSON
    cache_ok = True

    def __init__(self, item: TypeEngine[Any]) -> None:
        super().__init__()
        self.item = item

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Take the array where there is one."""
        return dialect.type_descriptor(ARRAY(self.item) if dialect.name == "postgresql" else JSON())
