"""Whether the role that the bot connects as can do more than it must be able to."""

from collections.abc import Iterator

from sqlalchemy import Connection, text

from storage.schema import APPEND_ONLY

_ROLE = text("SELECT rolsuper, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = user")
_OWNS = text("""
    SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('audit')
""")
_MAY_CREATE = text("SELECT has_schema_privilege(current_schema(), 'CREATE')")
_MAY = text("SELECT has_table_privilege(:name, 'UPDATE, DELETE, TRUNCATE')")


def too_mighty(connection: Connection) -> Iterator[str]:
    """Yield what the role can do and must not, each to follow "it"; nothing on SQLite."""
    if connection.dialect.name != "postgresql":
        return
    is_super, makes_roles, bypasses = connection.execute(_ROLE).one()
    if is_super:
        yield "is a superuser"
    elif makes_roles or bypasses:
        yield "can make roles, or read past row security"
    if is_super or connection.execute(_OWNS).scalar():
        yield "owns the tables"
        return
    if connection.execute(_MAY_CREATE).scalar():
        yield "can create in the schema"
    for table in APPEND_ONLY:
        if connection.execute(_MAY, {"name": table.name}).scalar():
            yield f"can change what is in {table.name}"
