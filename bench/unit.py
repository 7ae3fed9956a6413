"""The bare unit of work: four rows and a commit, in SQLAlchemy Core on the product's databases."""

import sqlite3
from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    DateTime,
    Engine,
    Integer,
    MetaData,
    Table,
    Text,
    create_engine,
    event,
    func,
)

Body = dict[str, Any]

metadata = MetaData()
delivery = Table(
    "delivery",
    metadata,
    Column("key", Text, primary_key=True),
    Column("at", DateTime(timezone=True), server_default=func.now()),
)
request = Table(
    "request",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("asker", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("details", JSON, nullable=False),
    Column("created_at", DateTime(timezone=True), server_default=func.now()),
)
audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("detail", JSON, nullable=False),
)
outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("address", Text, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("state", Text, nullable=False),
    Column("due_at", DateTime(timezone=True), server_default=func.now()),
)


def unit_of_work(url: str) -> Callable[[Body], None]:
    """Make the tables and return what stores one gesture in them, durably, in one transaction."""
    engine = open_engine(url)
    metadata.create_all(engine)

    def store(body: Body) -> None:
        user, key = _who_and_which(body)
        details = body.get("view", {}).get("state", {})
        with engine.begin() as connection:
            _four_rows(connection, user, key, details)

    return store


def _four_rows(connection: Connection, user: str, key: str, details: Body) -> None:
    connection.execute(delivery.insert(), {"key": key})
    connection.execute(request.insert(), {"asker": user, "stage": "new", "details": details})
    connection.execute(audit.insert(), {"actor": user, "action": "submit", "detail": {"key": key}})
    parcel = {"address": f"user:{user}", "payload": {"key": key}, "state": "due"}
    connection.execute(outbox.insert(), parcel)


def _who_and_which(body: Body) -> tuple[str, str]:
    if "command" in body:
        return str(body["user_id"]), f"cmd:{body['trigger_id']}"
    if body["type"] == "view_submission":
        return str(body["user"]["id"]), f"view:{body['view']['id']}"
    return str(body["user"]["id"]), f"act:{body['trigger_id']}"


def open_engine(url: str) -> Engine:
    """SQLite as the product has it: WAL, FULL, one connection. PostgreSQL: ten connections."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=10, max_overflow=0)
    engine = create_engine(url, pool_size=1, max_overflow=0)

    @event.listens_for(engine, "connect")
    def connected(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
