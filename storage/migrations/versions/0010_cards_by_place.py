"""The card below which somebody writes is found by where it stands."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_index("ix_cards_ts", "cards", ["ts", "channel"])


def downgrade() -> None:
    op.drop_index("ix_cards_ts", "cards")
