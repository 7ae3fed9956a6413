"""When somebody last got or lost a role, as the audit has it, on both databases."""

from sqlalchemy import event, text

from bot.grants import entry
from bot.ports.entitlement import GRANT, REVOKE
from storage.audit import LAST_OF_ROLE, audit
from storage.chain import canonical
from storage.database import Database
from tests.storage.examples import NOW, later, record
from tests.storage.examples import entry as accepted
from tests.storage.test_queries import plan, whole_table
from workflows.roles import Role

ASSISTANT, EXECUTIVE = Role.SALES_ASSISTANT, Role.EXECUTIVE


def changes(database: Database) -> None:
    """Somebody comes and goes as sales assistant, and somebody else becomes an executive."""
    said = {"user": "U_DIAN", "identity": "dian@example.com"}
    record(
        database,
        entry(GRANT, NOW, role="sales_assistant", **said),
        entry(REVOKE, later(hours=1), role="sales_assistant", **said),
        entry(GRANT, later(hours=2), role="executive", user="U_RYAN", identity="@executives"),
        entry("bind", later(hours=3), user="sales_assistant", identity="sales_assistant"),
        accepted("SOW-1", at=later(hours=4), detail={"role": "sales_assistant"}),
    )


def test_the_last_change_of_a_role_is_found_among_all_others(database: Database) -> None:
    changes(database)
    with database.unit() as unit:
        assert unit.people.changed(ASSISTANT) == later(hours=1)
        assert unit.people.changed(EXECUTIVE) == later(hours=2)
        assert unit.people.changed(Role.BILLING) is None


def test_rows_of_the_first_releases_say_it_too(database: Database) -> None:
    said = canonical({"identity": "", "role": "sales_assistant", "user": "U_DIAN"})
    row = {"seq": 1, "at": NOW, "actor": "frontdesk", "action": GRANT, "ref": "", "version": 0}
    row |= {"before": "", "after": "", "surface": "settings", "detail": said, "mac": "aa"}
    with database._connections.begin() as connection:  # noqa: SLF001
        connection.execute(audit.insert(), row)
        connection.commit()
    with database.unit() as unit:
        assert unit.people.changed(ASSISTANT) == NOW
        assert unit.people.changed(EXECUTIVE) is None


def test_it_is_looked_up_once_in_a_unit(database: Database) -> None:
    changes(database)
    asked: list[str] = []
    engine = database._connections._engine  # noqa: SLF001 - nobody else has to listen
    with database.unit() as unit:
        event.listen(engine, "before_cursor_execute", lambda *call: asked.append(str(call[2])))
        for _request in range(5):
            assert unit.people.changed(ASSISTANT) == later(hours=1)
            assert unit.people.changed(Role.BILLING) is None
    assert len(asked) == 2


def test_what_is_about_requests_is_not_read_for_it(database: Database) -> None:
    record(database, *(accepted(f"SOW-{n}") for n in range(300)))
    query = LAST_OF_ROLE.params(role="executive", plainly='%"role":"executive"%')
    with database._connections.begin() as connection:  # noqa: SLF001
        connection.execute(text("ANALYZE audit"))
        assert whole_table(plan(connection, query), "audit") == []
