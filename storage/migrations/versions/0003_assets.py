"""What is kept beside requests for assets: the index, ranks, known deals, lists, what was seen."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR

revision = "0003"
down_revision = "0002"

Instant = sa.DateTime(timezone=True)
Document = sa.JSON().with_variant(JSONB(), "postgresql")
Serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Terms = sa.Text().with_variant(TSVECTOR(), "postgresql")

_TABLES = (
    *("preferences", "marks", "lists", "observations", "known_deals", "ranks"),
    *("indexed_words", "indexed"),
)

_PLACE = """
    ({0}.is_current << 54)
    | (CAST(julianday({0}.dated) - julianday('0001-01-01') AS INTEGER) << 32) | {0}.number
"""
"""FTS5 reads rows in the order of their rowids: current ones, and then the newest."""


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    owned = sa.text(f"open IS {1 if is_sqlite else 'true'} AND owner IS NOT NULL")
    op.create_index(
        *("ix_requests_load", "requests", ["workflow", "owner", "due_on"]),
        sqlite_where=owned,
        postgresql_where=owned,
    )
    op.add_column("people", sa.Column("status", sa.Text(), nullable=False, server_default=""))
    _index()
    if is_sqlite:
        _search_on_sqlite()
    else:
        op.create_index(
            *("ix_indexed_terms", "indexed", ["terms"]),
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},
        )
    _ranks()
    _deals_and_observations()
    _lists_and_choices()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE indexed_terms")
    for table in _TABLES:
        op.drop_table(table)
    op.drop_column("people", "status")
    op.drop_index("ix_requests_load", "requests")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _instant(name: str) -> sa.Column[datetime]:
    return sa.Column(name, Instant, nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _document(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, Document, nullable=nullable)


def _serial(name: str) -> sa.Column[int]:
    return sa.Column(name, Serial, sa.Identity(), nullable=False)


def _index() -> None:
    op.create_table(
        "indexed",
        *(_serial("number"), _text("ref"), _text("kind"), _text("title"), _text("text")),
        *(_document("tags"), _flag("is_current"), sa.Column("dated", sa.Date(), nullable=False)),
        sa.Column("terms", Terms, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_indexed"),
        sa.UniqueConstraint("ref", name="uq_indexed_ref"),
    )
    op.create_index("ix_indexed_newest", "indexed", ["kind", "is_current", "dated", "number"])
    op.create_table(
        "indexed_words",
        *(_text("kind"), _text("word"), _text("ref")),
        sa.PrimaryKeyConstraint("kind", "word", "ref", name="pk_indexed_words"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_indexed_words_ref", "indexed_words", ["ref"])


def _search_on_sqlite() -> None:
    op.execute("""
        CREATE VIRTUAL TABLE indexed_terms USING fts5(
            terms, content='', columnsize=0, tokenize="ascii tokenchars '+#'"
        )
    """)
    enter = "INSERT INTO indexed_terms (rowid, terms) VALUES ({place}, NEW.terms);"
    take_out = """
        INSERT INTO indexed_terms (indexed_terms, rowid, terms)
        VALUES ('delete', {place}, OLD.terms);
    """
    enter = enter.format(place=_PLACE.format("NEW"))
    take_out = take_out.format(place=_PLACE.format("OLD"))
    for when, steps in (("INSERT", enter), ("UPDATE", take_out + enter), ("DELETE", take_out)):
        op.execute(f"""
            CREATE TRIGGER indexed_{when.lower()} AFTER {when} ON indexed BEGIN {steps} END
        """)


def _ranks() -> None:
    op.create_table(
        "ranks",
        *(_text("ref"), _number("number"), _text("standing"), _number("score")),
        *(_document("parts"), _flag("queued"), _text("deal"), sa.Column("again_on", sa.Date())),
        sa.PrimaryKeyConstraint("ref", name="pk_ranks"),
    )
    queued = "queued IS 1" if op.get_bind().dialect.name == "sqlite" else "queued IS true"
    best: tuple[str | sa.TextClause, ...] = (sa.text("score DESC"), "number", "ref")
    _index_ranks("standing", "standing", *best)
    _index_ranks("queued", *best, where=queued)
    _index_ranks("again", "again_on", "ref", where="again_on IS NOT NULL")
    _index_ranks("deal", "deal", "ref", where="deal != ''")


def _index_ranks(name: str, *columns: str | sa.TextClause, where: str | None = None) -> None:
    only = None if where is None else sa.text(where)
    op.create_index(
        *(f"ix_ranks_{name}", "ranks", list(columns)), sqlite_where=only, postgresql_where=only
    )


def _deals_and_observations() -> None:
    op.create_table(
        "known_deals",
        *(_text("ref"), _document("deal", nullable=True), _instant("read_at")),
        sa.PrimaryKeyConstraint("ref", name="pk_known_deals"),
    )
    op.create_index("ix_known_deals_read_at", "known_deals", ["read_at", "ref"])
    op.create_table(
        "observations",
        *(_serial("nth"), _text("key"), _text("what"), _text("user"), _instant("at")),
        *(_text("ref"), _text("about"), _text("text")),
        sa.PrimaryKeyConstraint("nth", name="pk_observations"),
        sa.UniqueConstraint("key", name="uq_observations_key"),
    )
    op.create_index("ix_observations_ref", "observations", ["ref", "what", "user"])
    op.create_index("ix_observations_at", "observations", ["what", "at", "nth"])
    op.create_index("ix_observations_user", "observations", ["user", "what"])


def _lists_and_choices() -> None:
    op.create_table(
        "lists",
        *(_text("name"), _document("lines")),
        sa.PrimaryKeyConstraint("name", name="pk_lists"),
    )
    op.create_table(
        "marks",
        *(_serial("nth"), _text("mark"), _text("ref"), _number("version")),
        sa.PrimaryKeyConstraint("nth", name="pk_marks"),
        sa.UniqueConstraint("mark", "ref", "version", name="uq_marks_mark_ref_version"),
    )
    op.create_index("ix_marks_mark", "marks", ["mark", "nth"])
    op.create_table(
        "preferences",
        *(_text("user"), _text("name"), _text("value")),
        sa.PrimaryKeyConstraint("user", "name", name="pk_preferences"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_preferences_value", "preferences", ["name", "value", "user"])
