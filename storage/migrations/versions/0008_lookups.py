"""What requests are filed under, to be looked up; at its start the bot files those it finds."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    term = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "filed",
        sa.Column("term", term, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("term", "at", "ref", name="pk_filed"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_filed_ref", "filed", ["ref"])


def downgrade() -> None:
    op.drop_table("filed")
