"""Unfinished forms that are filled in by talking: where, and what was understood."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"

_DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("drafts", sa.Column("place", sa.Text(), nullable=False, server_default=""))
    op.add_column("drafts", sa.Column("talk", _DOCUMENT, nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("drafts", "talk")
    op.drop_column("drafts", "place")
