"""How people are reached: what is put off, gathered, counted and snoozed."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

Instant = sa.DateTime(timezone=True)

_COLUMNS = ("put_off_from", "digest", "pinged_at")
_INDEXES = {"digest": ["digest", "id"], "pinged": ["address", "pinged_at"]}
_CONDITIONS = {"digest": "digest IS NOT NULL", "pinged": "pinged_at IS NOT NULL"}


def upgrade() -> None:
    for name in _COLUMNS:
        kind = sa.Text() if name == "digest" else Instant
        op.add_column("outbox", sa.Column(name, kind, nullable=True))
    for name, columns in _INDEXES.items():
        only = sa.text(_CONDITIONS[name])
        op.create_index(
            *(f"ix_outbox_{name}", "outbox", columns), sqlite_where=only, postgresql_where=only
        )
    op.create_table(
        "snoozes",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("ref", "user")),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("until", Instant, nullable=False),
        sa.PrimaryKeyConstraint("ref", "step", "user", name="pk_snoozes"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("snoozes")
    # A parcel that another one carries is due by itself where nothing is carried.
    op.execute("UPDATE outbox SET state = 'due' WHERE state = 'gathered'")
    for name in _INDEXES:
        op.drop_index(f"ix_outbox_{name}", "outbox")
    for name in _COLUMNS:
        op.drop_column("outbox", name)
