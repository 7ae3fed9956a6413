"""What the first release left behind (`make.py`), laid where a bot of today finds it."""

import gzip
import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, DateTime, MetaData, create_engine
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.pool import NullPool

from sandbox import Card, Workspace
from storage.migrate import downgrade, migrate

_HERE = Path(__file__).parent

OldButton = tuple[str, str, str]
"""Who can press it (a handle), its action id and its value."""


def lay_slack(folder: Path) -> None:
    """Put the workspace of then into `folder`."""
    packed = (_HERE / "sandbox.jsonl.gz").read_bytes()
    (folder / "sandbox.jsonl").write_bytes(gzip.decompress(packed))


def lay_sqlite(folder: Path) -> None:
    """Put the database of then into `folder`."""
    with sqlite3.connect(folder / "frontdesk.db") as connection:
        connection.executescript((_HERE / "frontdesk.sql").read_text("utf-8"))
    connection.close()


def lay_postgresql(url: str, folder: Path) -> None:
    """Fill the empty PostgreSQL at `url` with the rows of then, in the schema of then."""
    migrate(url)
    downgrade(url, "0001")
    lay_sqlite(folder)
    tables, engine = MetaData(), create_engine(url, poolclass=NullPool)
    tables.reflect(engine)
    with sqlite3.connect(folder / "frontdesk.db") as old, engine.begin() as new:
        old.row_factory = sqlite3.Row
        for table in tables.sorted_tables:
            if table.name == "alembic_version":
                continue
            found = old.execute(f'SELECT * FROM "{table.name}"').fetchall()  # noqa: S608 - names of our own
            for row in found:
                values = {name: _value(table.c[name].type, row[name]) for name in row.keys()}  # noqa: SIM118 - a Row's keys
                new.execute(table.insert().values(values))
            if any(column.identity for column in table.c) and found:
                [serial] = [column.name for column in table.c if column.identity]
                last = max(row[serial] for row in found)
                new.exec_driver_sql(
                    f'ALTER TABLE "{table.name}" ALTER "{serial}" RESTART WITH {last + 1}'
                )
    old.close()
    (folder / "frontdesk.db").unlink()


def _value(kind: object, stored: Any) -> Any:  # noqa: ANN401 - any value of a row
    if stored is None:
        return None
    if isinstance(kind, Boolean):
        return bool(stored)
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(stored).replace(tzinfo=UTC)
    return json.loads(stored) if isinstance(kind, JSONB) else stored


def old_buttons(folder: Path) -> set[OldButton]:
    """Return every button that the release of then has left in people's DMs."""
    workspace = Workspace.open(journal=folder / "sandbox.jsonl")
    try:
        return {
            (handle, button["action_id"], button.get("value", ""))
            for handle in ("ana", "ben", "dian", "ryan", "sol", "mia", "adam")
            for card in workspace.person(handle).dm_with_bot().messages
            for button in _buttons(card)
        }
    finally:
        workspace.close()


def _buttons(card: Card) -> Iterator[dict[str, Any]]:
    for block in getattr(card.record, "blocks", ()):
        for element in (*block.get("elements", ()), block.get("accessory") or {}):
            if element.get("type") == "button" and "action_id" in element:
                yield element
