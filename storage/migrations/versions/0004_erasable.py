"""What the audit's rows say moves beside them, to be erasable; people can be erased."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"

Document = sa.JSON().with_variant(JSONB(), "postgresql")
Serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "audit_values",
        sa.Column("seq", Serial, autoincrement=False, nullable=False),
        sa.Column("said", Document, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit_values"),
    )
    op.add_column(
        "people", sa.Column("erased", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    op.drop_column("people", "erased")
    op.drop_table("audit_values")
