"""What the bot's own role may do on PostgreSQL: its work, and no more."""

import secrets
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ProgrammingError

from bot.ports import FORGOTTEN, KnownDeal, Passing, Rank, Sought, Unit
from storage import revision
from storage.database import Database
from storage.migrate import NotTheBotsRoleError, downgrade, migrate
from tests.storage.conftest import Open
from tests.storage.examples import NOW, entry, later, parcel, promise, sow
from tests.storage.test_deals import ROLLOUT
from tests.storage.test_erasure import ANA, WORDS
from tests.storage.test_index import DECK
from tests.storage.test_links import KAI
from tests.storage.test_observations import OPENED
from tests.storage.test_opinions import ANAS
from workflows.priority import Standing


def _as_role(url: str, role: str) -> str:
    return make_url(url).set(username=role).render_as_string(hide_password=False)


def _libpq(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _refused(url: str, statement: str) -> None:
    forbidden = pytest.raises(psycopg.errors.InsufficientPrivilege)
    with psycopg.connect(_libpq(url)) as connection, forbidden:
        connection.execute(statement.encode())


@pytest.fixture
def role(postgres_url: str) -> Iterator[str]:
    """A role of the bot's own; it owns nothing."""
    name = f"Frontdesk-{secrets.token_hex(4)}"
    with psycopg.connect(_libpq(postgres_url), autocommit=True) as connection:
        connection.execute(f'CREATE ROLE "{name}" LOGIN'.encode())
        yield name
        connection.execute(f'DROP OWNED BY "{name}"'.encode())
        connection.execute(f'DROP ROLE "{name}"'.encode())


def keep_what_assets_need(unit: Unit) -> None:
    """Write, change and remove whatever is kept beside the requests for assets."""
    unit.index.put(DECK)
    assert unit.index.find(Sought(text="fintech")) == [DECK]
    unit.index.drop("SHELF-1")
    unit.ranks.put(Rank(ref="AST-1", standing=Standing.WAITING, score=7))
    unit.ranks.seen()
    unit.ranks.drop("AST-1")
    unit.known_deals.put(KnownDeal(ref="D-7", deal=None, read_at=NOW))
    unit.observations.add(OPENED)
    unit.lists.put("goals", ["Win banks"])
    unit.marks.add("sha256:aa", "SHELF-1", 1)
    unit.preferences.put("U_ANA", "mail", "yes")
    unit.preferences.put("U_ANA", "mail", "")


def remove_and_erase(database: Database) -> None:
    """Do what the daily job and the command line do."""
    with database.unit() as unit:
        unit.people.put(ANA)
        for kind in Passing:
            unit.retention.pass_by(kind, later(days=9999), 9, ["mail"])
        unit.erasure.member("U_ANA")
        unit.erasure.words(WORDS, lambda _ref: False, "U_ANA")
        unit.erasure.said(WORDS, lambda _ref: False)
        unit.retention.forget(["SOW-1"])
        unit.audit.append(entry(action=FORGOTTEN))
        unit.commit()


def test_the_bots_role_can_do_its_work_and_no_more(
    postgres_url: str, role: str, open_database: Open
) -> None:
    migrate(postgres_url, bot_role=role)
    bots = _as_role(postgres_url, role)
    assert revision.is_current(bots)
    database = open_database(bots)
    promise(database, parcel("a"))
    with database.unit() as unit:
        unit.requests.add(sow(), "")
        unit.audit.append(entry())
        unit.cards.ensure("SOW-1", "asker", "user:U_ANA")
        unit.files.put("SOW-1.pdf", "application/pdf", b"a PDF")
        unit.links.add(KAI)
        for _ in range(2):
            unit.deals.put([ROLLOUT])
            unit.deals.note("D-7", "sent:SOW-1", "Sent to the client", NOW)
            unit.opinions.put(ANAS)
            keep_what_assets_need(unit)
        unit.commit()
    [claimed] = database.post_office.claim(NOW)
    database.post_office.done(claimed)
    assert database.verify_audit() == []
    remove_and_erase(database)
    assert database.verify_audit() == []
    for statement in (
        "UPDATE audit SET actor = 'U_ADAM'",
        "DELETE FROM audit",
        "UPDATE files SET content = ''",
        "UPDATE links SET expires_at = now()",
        "DELETE FROM deal_notes",
        "UPDATE marks SET ref = 'SHELF-2'",
        "TRUNCATE audit",
        "ALTER TABLE audit DISABLE TRIGGER USER",
        "ALTER TABLE audit DISABLE TRIGGER audit_row",
        "DROP TRIGGER audit_row ON audit",
        "DROP TRIGGER audit_statement ON audit",
        "CREATE RULE nothing AS ON INSERT TO audit DO INSTEAD NOTHING",
        "ALTER TABLE audit ADD COLUMN mine int",
        "ALTER TABLE audit OWNER TO CURRENT_USER",
        "DROP TABLE audit",
        "CREATE OR REPLACE FUNCTION audit_refuses() RETURNS trigger LANGUAGE sql AS 'SELECT 1'",
        "DROP FUNCTION audit_refuses()",
        "SET session_replication_role = replica",
        "DROP TABLE requests",
        "DELETE FROM alembic_version",
        "CREATE TABLE mine (x int)",
    ):
        _refused(bots, statement)


def test_the_bots_role_cannot_migrate(postgres_url: str, role: str) -> None:
    migrate(postgres_url, bot_role=role)
    bots = _as_role(postgres_url, role)
    with pytest.raises(ProgrammingError, match=r"must be owner|permission denied"):
        downgrade(bots, "0003")
    assert revision.is_current(bots)
    downgrade(postgres_url, "0003")
    with pytest.raises(ProgrammingError, match=r"must be owner|permission denied"):
        migrate(bots)
    assert revision.current(bots) == "0003"


def test_migrating_again_takes_back_what_the_role_should_not_have(
    postgres_url: str, role: str
) -> None:
    migrate(postgres_url, bot_role=role)
    with psycopg.connect(_libpq(postgres_url), autocommit=True) as connection:
        connection.execute(f'GRANT ALL ON audit TO "{role}"'.encode())
    migrate(postgres_url, bot_role=role)
    _refused(_as_role(postgres_url, role), "DELETE FROM audit")


@pytest.mark.parametrize("whom", ["PUBLIC", "the role"])
def test_the_bots_role_creates_nothing_in_the_schema(
    postgres_url: str, role: str, whom: str, open_database: Open
) -> None:
    bots, grantee = _as_role(postgres_url, role), "PUBLIC" if whom == "PUBLIC" else f'"{role}"'
    migrate(postgres_url, bot_role=role)
    with psycopg.connect(_libpq(postgres_url), autocommit=True) as connection:
        connection.execute(f"GRANT CREATE ON SCHEMA public TO {grantee}".encode())
    assert open_database(bots).too_mighty() == ["can create in the schema"]

    migrate(postgres_url, bot_role=role)

    assert open_database(bots).too_mighty() == []
    _refused(bots, "CREATE FUNCTION lower(text) RETURNS text LANGUAGE sql AS 'SELECT $1'")


def test_what_is_not_the_owners_to_take_away_is_left_and_said(
    postgres_url: str, role: str, open_database: Open
) -> None:
    bots, owner = _as_role(postgres_url, role), f"{role}-owner"
    with psycopg.connect(_libpq(postgres_url), autocommit=True) as connection:
        connection.execute(f'CREATE ROLE "{owner}" LOGIN'.encode())
        connection.execute(b"GRANT CREATE ON SCHEMA public TO PUBLIC")
    try:
        migrate(_as_role(postgres_url, owner), bot_role=role)

        assert revision.is_current(bots)
        assert open_database(bots).too_mighty() == ["can create in the schema"]
    finally:
        with psycopg.connect(_libpq(postgres_url), autocommit=True) as connection:
            connection.execute(f'DROP OWNED BY "{owner}"'.encode())
            connection.execute(f'DROP ROLE "{owner}"'.encode())


@pytest.mark.parametrize(
    ("wrong", "said"), [("nobody's", "no database role"), ("postgres", "another one")]
)
def test_a_role_that_cannot_be_the_bots(postgres_url: str, wrong: str, said: str) -> None:
    with pytest.raises(NotTheBotsRoleError, match=said):
        migrate(postgres_url, bot_role=wrong)
    assert revision.current(postgres_url) is None
