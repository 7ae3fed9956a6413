"""What was asked of a partner that makes the invoices."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "partner_invoices",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("key", "ref", "number")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invoice", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_partner_invoices"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_partner_invoices_ref", "partner_invoices", ["ref", "at"])
    op.create_index("ix_partner_invoices_invoice", "partner_invoices", ["invoice"])


def downgrade() -> None:
    op.drop_index("ix_partner_invoices_invoice", "partner_invoices")
    op.drop_index("ix_partner_invoices_ref", "partner_invoices")
    op.drop_table("partner_invoices")
