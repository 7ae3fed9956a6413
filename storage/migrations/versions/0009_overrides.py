"""The settings that were changed since the file; what triage set of the weights is among them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0009"
down_revision = "0008"

_Document = sa.JSON().with_variant(JSONB(), "postgresql")
_WEIGHTS = "workflows.sales_asset.weights"

_lists = sa.table("lists", sa.column("name", sa.Text()), sa.column("lines", _Document))
_overrides = sa.table(
    "overrides",
    *(sa.column(name, sa.Text()) for name in ("key", "source", "by")),
    sa.column("value", _Document),
    sa.column("version", sa.Integer()),
    sa.column("at", sa.DateTime(timezone=True)),
)
_audit = sa.table(
    "audit",
    *(sa.column(name, sa.Text()) for name in ("actor", "action")),
    sa.column("seq", sa.Integer()),
    sa.column("at", sa.DateTime(timezone=True)),
)
_counters = sa.table("counters", sa.column("workflow", sa.Text()), sa.column("last", sa.Integer()))


def upgrade() -> None:
    op.create_table(
        "overrides",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("value", _Document, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_overrides"),
    )
    op.create_index("ix_overrides_version", "overrides", ["version"])
    is_weights = _lists.c.name == "weights"
    lines = op.get_bind().execute(sa.select(_lists.c.lines).where(is_weights)).scalar()
    if lines is None:
        return
    pairs = (line.partition("=") for line in lines)
    row = {
        "key": _WEIGHTS,
        "source": "given",
        "value": {name: int(count) for name, _, count in pairs},
        "version": 1,
    }
    last = sa.select(_audit).where(_audit.c.action == "keep_weights")
    last = last.order_by(_audit.c.seq.desc()).limit(1)
    who = sa.select(last.subquery().c.actor).scalar_subquery()
    when = sa.select(last.subquery().c.at).scalar_subquery()
    on_record = {
        "by": sa.func.coalesce(who, "frontdesk"),
        "at": sa.func.coalesce(when, sa.func.current_timestamp()),
    }
    op.execute(sa.insert(_overrides).values(**row, **on_record))
    op.bulk_insert(_counters, [{"workflow": "changes of settings", "last": 1}])
    op.execute(sa.delete(_lists).where(is_weights))


def downgrade() -> None:
    is_weights = _overrides.c.key == _WEIGHTS
    found = op.get_bind().execute(sa.select(_overrides.c.value).where(is_weights)).scalar()
    if found is not None:
        lines = [f"{name}={count}" for name, count in found.items()]
        op.bulk_insert(_lists, [{"name": "weights", "lines": lines}])
    op.drop_index("ix_overrides_version", "overrides")
    op.drop_table("overrides")
    op.execute(sa.delete(_counters).where(_counters.c.workflow == "changes of settings"))
