"""Who stands in for whom, and what Slack says of somebody's absence."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

Instant = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("votes", sa.Column("behalf", sa.Text(), nullable=False, server_default=""))
    op.add_column("people", sa.Column("emoji", sa.Text(), nullable=False, server_default=""))
    op.add_column("people", sa.Column("status_until", Instant))
    op.create_table(
        "delegations",
        sa.Column("id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("user", "deputy")),
        *(sa.Column(name, Instant) for name in ("begins", "ends")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("note", "set_by")),
        sa.Column("set_at", Instant, nullable=False),
        sa.Column("ended_at", Instant),
        sa.Column("ended_by", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegations")),
        sqlite_with_rowid=False,
    )
    still = sa.text("ended_at IS NULL")
    op.create_index(
        *("ix_delegations_ends", "delegations", ["ends"]),
        sqlite_where=still,
        postgresql_where=still,
    )


def downgrade() -> None:
    op.drop_table("delegations")
    op.drop_column("people", "status_until")
    op.drop_column("people", "emoji")
    op.drop_column("votes", "behalf")
