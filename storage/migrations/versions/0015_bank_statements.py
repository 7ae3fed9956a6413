"""Bank statements: how each bank's files are read, those that wait for it, and their rows."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "bank_mappings",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("says", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_bank_mappings"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "bank_statements",
        sa.Column("id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "sha256", "text", "by")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bank_statements"),
    )
    op.create_index("ix_bank_statements_at", "bank_statements", ["at"])
    _create_rows()


def _create_rows() -> None:
    serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "bank_rows",
        sa.Column("id", serial, sa.Identity(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("amount_currency", sa.Text(), nullable=False),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=True),
        sa.Column("invoice", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_bank_rows"),
        sa.UniqueConstraint("key", name="uq_bank_rows_key"),
    )
    op.create_index("ix_bank_rows_state", "bank_rows", ["state", "on", "line", "id"])
    op.create_index("ix_bank_rows_statement", "bank_rows", ["statement"])
    op.create_index("ix_bank_rows_at", "bank_rows", ["at"])
    op.create_index("ix_bank_rows_ref", "bank_rows", ["ref"])


def downgrade() -> None:
    op.drop_table("bank_rows")
    op.drop_table("bank_statements")
    op.drop_table("bank_mappings")
