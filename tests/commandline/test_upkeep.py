"""A database that a newer version made is left alone, with a sentence."""

import sqlite3
from pathlib import Path

import pytest

from bot.errors import CannotGoOn
from upkeep import migrate


def test_a_newer_schema_is_neither_migrated_nor_used(tmp_path: Path) -> None:
    file = tmp_path / "frontdesk.db"
    migrate(f"sqlite:///{file}")
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    with pytest.raises(CannotGoOn, match=r"made by a newer version of Frontdesk \(schema 9999"):
        migrate(f"sqlite:///{file}")
