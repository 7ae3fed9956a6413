"""Everything that is remembered, and an audit that only grows."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None

Instant = sa.DateTime(timezone=True)
Document = sa.JSON().with_variant(JSONB(), "postgresql")
Serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_TABLES = (
    *("gates", "outbox", "deliveries", "bindings", "role_holders", "people"),
    *("cards", "drafts", "votes", "counters", "requests", "audit"),
)


def upgrade() -> None:
    _requests()
    _forms_and_copies()
    _people()
    _deliveries_and_outbox()
    _audit()
    if op.get_bind().dialect.name == "sqlite":
        _guard_audit_on_sqlite()
    else:
        _guard_audit_on_postgresql()


def downgrade() -> None:
    for table in _TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_head()")
        op.execute("DROP FUNCTION audit_refuses()")


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _instant(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, Instant, nullable=nullable)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _document(name: str) -> sa.Column[object]:
    return sa.Column(name, Document, nullable=False)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _index(table: str, name: str, *columns: str, where: str | None = None) -> None:
    only = None if where is None else sa.text(where)
    op.create_index(
        *(f"ix_{table}_{name}", table, list(columns)), sqlite_where=only, postgresql_where=only
    )


def _requests() -> None:
    op.create_table(
        "requests",
        *(_text("ref"), _text("workflow"), _number("number"), _text("stage"), _flag("open")),
        *(_number("version"), _number("step"), _number("round")),
        *(_text("asker"), _text("owner", nullable=True), sa.Column("due_on", sa.Date())),
        *(_document("details"), _document("findings")),
        *(_document("questions"), _document("assigned")),
        *(_instant("since"), _instant("created_at")),
        _text("source_view", nullable=True),
        sa.PrimaryKeyConstraint("ref", name="pk_requests"),
        sa.UniqueConstraint("source_view", name="uq_requests_source_view"),
    )
    is_open = "open IS 1" if op.get_bind().dialect.name == "sqlite" else "open IS true"
    _index("requests", "stage", "workflow", "stage", "since", "ref", where=is_open)
    _index("requests", "open", "ref", where=is_open)
    _index("requests", "asker", "asker", "created_at", "number")
    _index(
        *("requests", "owner", "owner", "since", "ref"), where=f"{is_open} AND owner IS NOT NULL"
    )
    _index("requests", "given", "since", "ref", where=f"{is_open} AND assigned != '{{}}'")
    op.create_table(
        "votes",
        *(_text("ref"), _number("nth"), _text("stage"), _text("lane"), _number("round")),
        *(_text("user"), _instant("at")),
        sa.PrimaryKeyConstraint("ref", "nth", name="pk_votes"),
        sa.UniqueConstraint(
            *("ref", "stage", "lane", "round", "user"), name="uq_votes_ref_stage_lane_round_user"
        ),
        sa.ForeignKeyConstraint(["ref"], ["requests.ref"], name="fk_votes_ref"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "counters",
        *(_text("workflow"), _number("last")),
        sa.PrimaryKeyConstraint("workflow", name="pk_counters"),
        sqlite_with_rowid=False,
    )


def _forms_and_copies() -> None:
    op.create_table(
        "drafts",
        *(_text("id"), _text("user"), _text("form"), _text("workflow"), _text("transition")),
        *(_text("ref", nullable=True), _number("step"), _document("state"), _document("full")),
        *(_text("view_id"), _text("view_hash")),
        *(_instant("at"), _flag("resumable")),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
    )
    _index("drafts", "user", "user", "at")
    op.create_table(
        "cards",
        sa.Column("nth", Serial, sa.Identity(), nullable=False),
        *(_text("id"), _text("ref"), _text("kind"), _text("address"), _number("step")),
        *(_text("channel"), _text("ts"), _number("shown")),
        sa.PrimaryKeyConstraint("nth", name="pk_cards"),
        sa.UniqueConstraint("id", name="uq_cards_id"),
        sa.UniqueConstraint(
            *("ref", "address", "kind", "step"), name="uq_cards_ref_address_kind_step"
        ),
    )


def _people() -> None:
    op.create_table(
        "people",
        *(_text("user"), _text("team"), _text("name"), _text("email"), _text("tz")),
        _flag("active"),
        sa.PrimaryKeyConstraint("user", name="pk_people"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "role_holders",
        *(_text("role"), _text("user")),
        sa.PrimaryKeyConstraint("role", "user", name="pk_role_holders"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "bindings",
        *(_text("identity"), _text("user"), _instant("at")),
        sa.PrimaryKeyConstraint("identity", name="pk_bindings"),
        sqlite_with_rowid=False,
    )


def _deliveries_and_outbox() -> None:
    op.create_table(
        "deliveries",
        *(_text("key"), _instant("at")),
        sa.PrimaryKeyConstraint("key", name="pk_deliveries"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "outbox",
        sa.Column("id", Serial, sa.Identity(), nullable=False),
        *(_text("key"), _text("kind"), _text("address"), _document("payload"), _text("state")),
        *(_instant("due_at"), _number("attempts"), _instant("free_at", nullable=True)),
        *(_instant("first_at", nullable=True), _instant("unsure_since", nullable=True)),
        *(_instant("ended_at", nullable=True), _text("token", nullable=True), _text("error")),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    _index("outbox", "due", "due_at", "address", "id", where="state = 'due'")
    _index("outbox", "over", "state", "ended_at", where="state != 'due'")
    op.create_table(
        "gates",
        *(_text("address"), _instant("opens_at")),
        *(_instant("leased_until", nullable=True), _text("token", nullable=True)),
        sa.PrimaryKeyConstraint("address", name="pk_gates"),
        sqlite_with_rowid=False,
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", Serial, autoincrement=False, nullable=False),
        *(_instant("at"), _text("actor"), _text("action"), _text("ref")),
        *(_text("before"), _text("after"), _number("version"), _text("surface")),
        *(_text("detail"), _text("mac")),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
    )
    _index("audit", "ref", "ref", "seq")


def _guard_audit_on_sqlite() -> None:
    refuse = "BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"
    op.execute(f"CREATE TRIGGER audit_update BEFORE UPDATE ON audit {refuse}")
    op.execute(f"CREATE TRIGGER audit_delete BEFORE DELETE ON audit {refuse}")
    # INSERT OR REPLACE removes a row without any DELETE trigger.
    taken = "WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq)"
    op.execute(f"CREATE TRIGGER audit_replace BEFORE INSERT ON audit {taken} {refuse}")


def _guard_audit_on_postgresql() -> None:
    op.execute("""
        CREATE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$
    """)
    for when, each in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        op.execute(f"""
            CREATE TRIGGER audit_{each.lower()} BEFORE {when} ON audit
            FOR EACH {each} EXECUTE FUNCTION audit_refuses()
        """)
    # Volatile, so that it sees what was committed while it waited for the lock, in one round trip.
    op.execute("""
        CREATE FUNCTION audit_head(OUT seq bigint, OUT mac text) LANGUAGE plpgsql VOLATILE AS $$
        BEGIN
            PERFORM pg_advisory_xact_lock(4019470002);
            SELECT a.seq, a.mac INTO seq, mac FROM audit a ORDER BY a.seq DESC LIMIT 1;
        END $$
    """)
