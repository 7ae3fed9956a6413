"""What was asked of a partner through which clients sign."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "envelopes",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("key", "ref")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("version", "move")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("envelope", "standing")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_envelopes"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_envelopes_ref", "envelopes", ["ref", "move"])
    op.create_index("ix_envelopes_envelope", "envelopes", ["envelope"])


def downgrade() -> None:
    op.drop_index("ix_envelopes_envelope", "envelopes")
    op.drop_index("ix_envelopes_ref", "envelopes")
    op.drop_table("envelopes")
