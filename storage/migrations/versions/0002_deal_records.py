"""What is kept beside requests: files, clients' links, deals, opinions; and requests on hold."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

Instant = sa.DateTime(timezone=True)
Serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_TABLES = ("opinions", "deal_notes", "deals", "links", "files")


def upgrade() -> None:
    op.add_column("requests", sa.Column("held", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_requests_resting", "requests", ["workflow", "stage", "ref"])
    op.create_index("ix_audit_at", "audit", ["at"])
    failed = sa.text("state = 'due' AND error != ''")
    op.create_index(
        *("ix_outbox_failed", "outbox", ["key", "due_at"]),
        sqlite_where=failed,
        postgresql_where=failed,
    )
    _files_and_links()
    _deals()
    _opinions()


def downgrade() -> None:
    for table in _TABLES:
        op.drop_table(table)
    op.drop_index("ix_outbox_failed", "outbox")
    op.drop_index("ix_audit_at", "audit")
    op.drop_index("ix_requests_resting", "requests")
    op.drop_column("requests", "held")


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _instant(name: str) -> sa.Column[datetime]:
    return sa.Column(name, Instant, nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _files_and_links() -> None:
    op.create_table(
        "files",
        *(_text("sha256"), _text("name"), _text("mime")),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_files"),
    )
    op.create_table(
        "links",
        *(_text("token_hash"), _text("ref"), _number("version"), _text("email"), _text("name")),
        _number("step"),
        *(_instant("created_at"), _instant("expires_at")),
        sa.PrimaryKeyConstraint("token_hash", name="pk_links"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_links_ref", "links", ["ref", "created_at", "token_hash"])


def _deals() -> None:
    op.create_table(
        "deals",
        *(_text("ref"), _text("name"), _text("account")),
        sa.Column("amount_minor", sa.BigInteger()),
        _text("amount_currency", nullable=True),
        *(_text("stage"), sa.Column("close_on", sa.Date())),
        *(_text("contact_name"), _text("contact_email"), _text("owner_email"), _text("url")),
        *(_instant("updated_at"), _text("folded")),
        sa.PrimaryKeyConstraint("ref", name="pk_deals"),
    )
    op.create_index("ix_deals_updated_at", "deals", ["updated_at", "ref"])
    op.create_table(
        "deal_notes",
        sa.Column("nth", Serial, sa.Identity(), nullable=False),
        *(_text("key"), _text("ref"), _text("text"), _instant("at")),
        sa.PrimaryKeyConstraint("nth", name="pk_deal_notes"),
        sa.UniqueConstraint("key", name="uq_deal_notes_key"),
    )
    op.create_index("ix_deal_notes_ref", "deal_notes", ["ref", "at", "nth"])


def _opinions() -> None:
    op.create_table(
        "opinions",
        *(_text("ref"), _text("user"), _number("score"), _text("word"), _instant("at")),
        sa.PrimaryKeyConstraint("ref", "user", name="pk_opinions"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_opinions_at", "opinions", ["at", "ref", "user"])
