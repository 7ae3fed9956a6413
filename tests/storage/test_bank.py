"""Bank statements on both databases: each row once, settled once; mappings by their header."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.ports import BankRow, BankStatement, RowState
from bot.ports.bank import header_key
from storage.database import Database
from tests.bot.bank.statements import PLAIN
from tests.storage.examples import add, sow
from workflows.money import Money

NOW = datetime(2026, 11, 22, 19, 14, tzinfo=UTC)
ROW = BankRow(
    key="k1",
    bank="Globex Bank",
    on=date(2026, 11, 20),
    amount=Money(10**15, "JPY"),
    payer="Kai Example",
    reference="INV-1",
    statement="s1",
    sha256="ab" * 32,
    file="november.csv",
    line=2,
    at=NOW,
)
FILE = BankStatement(
    id="s1", name="november.csv", sha256="ab" * 32, text="Date;Payer\n1;Kai", by="U_BEA", at=NOW
)


def bring(database: Database, *rows: BankRow) -> None:
    with database.unit() as unit:
        unit.bank.add(rows)
        unit.commit()


def waiting(database: Database) -> list[BankRow]:
    with database.unit() as unit:
        return [*unit.bank.rows(RowState.WAITING, 100)]


def test_a_mapping_comes_back_by_its_header_in_any_case(database: Database) -> None:
    with database.unit() as unit:
        unit.bank.keep_mapping(PLAIN)
        unit.bank.keep_mapping(changed := replace(PLAIN, bank="Another", amount=None, credit=1))
        unit.commit()
    with database.unit() as unit:
        assert unit.bank.mapping(header_key([name.upper() for name in PLAIN.header])) == changed
        assert unit.bank.mappings() == [changed]
        assert unit.bank.mapping(header_key(("Date",))) is None
        assert unit.bank.drop_mapping(PLAIN.key)
        assert not unit.bank.drop_mapping(PLAIN.key)


def test_a_statement_waits_until_it_is_dropped(database: Database) -> None:
    with database.unit() as unit:
        unit.bank.keep(FILE)
        unit.bank.keep(replace(FILE, text="another"))
        assert unit.bank.statement("s1") == FILE
        unit.bank.drop("s1")
        assert unit.bank.statement("s1") is None


def test_a_row_is_brought_once_by_whoever_is_first(database: Database) -> None:
    bring(database, ROW, replace(ROW, key="k0", on=date(2026, 11, 19)))
    bring(database, replace(ROW, statement="s2", payer="Another"), replace(ROW, key="k2"))
    assert [each.key for each in waiting(database)] == ["k0", "k1", "k2"]
    with database.unit() as unit:
        assert (unit.bank.brought("s1"), unit.bank.brought("s2")) == (3, 0)
        assert unit.bank.count(RowState.WAITING) == 3
        [second] = unit.bank.rows(RowState.WAITING, 1, skip=1)
        assert replace(second, id=0) == ROW
        assert unit.bank.row(second.id) == second
        assert unit.bank.row(10**9) is None


def test_of_two_who_settle_a_row_at_once_one_does(database: Database) -> None:
    bring(database, ROW)
    [row] = waiting(database)
    done: list[bool] = []

    def settle(user: str) -> None:
        said = replace(row, state=RowState.RECORDED, ref="SOW-1", by=user, settled_at=NOW)
        with database.unit() as unit:
            done.append(unit.bank.settle(said, RowState.WAITING))
            unit.commit()

    threads = [threading.Thread(target=settle, args=(f"U{n}",)) for n in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(done) == [False, False, False, True]
    bring(database, ROW)
    assert waiting(database) == []


def test_rows_of_a_request_go_with_it(database: Database) -> None:
    add(database, sow("SOW-1"))
    bring(database, replace(ROW, state=RowState.RECORDED, ref="SOW-1"), replace(ROW, key="k2"))
    with database.unit() as unit:
        unit.retention.forget(["SOW-1"])
        unit.commit()
    with database.unit() as unit:
        assert unit.bank.count(RowState.RECORDED) == 0
        assert unit.bank.count(RowState.WAITING) == 1


def test_who_paid_is_erased_from_rows_and_from_what_is_not_read_yet(database: Database) -> None:
    bring(database, ROW)
    with database.unit() as unit:
        unit.bank.keep(replace(FILE, text="Date;Payer\n1;Kai Example"))
        count = unit.erasure.words(("Kai Example",), lambda _ref: False, "")
        unit.commit()
    assert (count["rows of bank statements"], count["unread bank statements"]) == (1, 1)
    assert waiting(database)[0].payer == "(erased)"
    bring(database, ROW)
    assert len(waiting(database)) == 1
    with database.unit() as unit:
        statement = unit.bank.statement("s1")
        assert statement is not None
        assert "Kai" not in statement.text


def test_who_settled_a_row_is_erased_as_a_member(database: Database) -> None:
    bring(database, replace(ROW, state=RowState.DISMISSED, by="U_BEA"))
    with database.unit() as unit:
        unit.bank.keep(FILE)
        count = unit.erasure.member("U_BEA")
        [row] = unit.bank.rows(RowState.DISMISSED, 9)
        assert unit.bank.statement("s1") is None
    assert count["rows of bank statements they settled"] == 1
    assert row.by.startswith("erased-")
