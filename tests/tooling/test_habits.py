"""The habits that no linter checks: what nothing in the repository may say, import or be called."""

import ast
import re
import sys
from pathlib import Path

import pytest

from tests.tooling.repository import OURS, ROOT, files, imported, program, project, python_files

CONTRACTS = project()["tool"]["importlinter"]["contracts"]
HOMES = {name for contract in CONTRACTS for name in contract.get("protected_modules", ())}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize(
    "banned",
    [
        pytest.param(r"(?<![\w.])/(?:root|home/\w+|Users/\w+|work)/", id="a machine's path"),
        pytest.param(r"(py[p]i|python[h]osted|npm[j]s|[d]ebian)\.org", id="a registry"),
    ],
)
def test_no_file_names(banned: str) -> None:
    found = [
        f"{relative(path)}: {match.group()}"
        for path in files()
        for match in re.finditer(banned, path.read_text(errors="ignore"))
        if path != Path(__file__)
    ]
    assert found == []


def test_no_test_asks_for_a_patch() -> None:
    patches = {"monkeypatch", "mocker", "mock"}
    found = [
        f"{relative(path)}:{node.lineno}: {node.arg}"
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.arg) and node.arg in patches
    ]
    assert found == []


def test_nothing_is_called_what_says_nothing() -> None:
    empty = {"utils", "util", "core", "common", "helpers", "services", "managers"}
    found = [
        relative(path)
        for path in files()
        if empty & {part.partition(".")[0] for part in path.relative_to(ROOT).parts}
    ]
    assert found == []


def test_every_library_has_a_home() -> None:
    homeless = {
        f"{relative(path)}: {name}"
        for path in program()
        if path != ROOT / "app.py"
        for name in imported(path) - {*sys.stdlib_module_names, *OURS, *HOMES}
    }
    assert sorted(homeless) == [], "give it a `protected` contract in pyproject.toml"


def test_every_folder_of_ours_is_under_the_contracts() -> None:
    packages = {path.parent.name for path in python_files() if path.parent.parent == ROOT}
    assert sorted(packages - {"tests", "bench", "docs"}) == sorted(OURS)


_SQL = frozenset(("text", "execute", "exec_driver_sql", "executescript", "literal_column", "DDL"))
"""What takes SQL as a text."""


def _is_put_together(node: ast.AST) -> bool:
    """Whether a text is made of parts; what is made of constants of our own alone is none."""
    match node:
        case ast.JoinedStr():
            return True
        case ast.BinOp(op=ast.Add() | ast.Mod()):
            return True
        case ast.Call(func=ast.Attribute(attr="format" | "join" | "replace" | "encode")):
            return True
        case _:
            return False


def put_together(source: str) -> list[int]:
    """Return the lines on which a database is given SQL that is put together."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) in _SQL
        and any(_is_put_together(each) for each in node.args[:1])
    ]


def test_no_sql_is_put_together_while_running() -> None:
    found = {
        relative(path): lines
        for path in program()
        if path.is_relative_to(ROOT / "storage") and "migrations" not in path.parts
        for lines in [put_together(path.read_text())]
        if lines
    }
    assert found == {}, "bind parameters; take sort keys from a list of your own"


@pytest.mark.parametrize(
    "source",
    [
        "text(f'SELECT {name}')",
        "sqlalchemy.text('SELECT ' + name)",
        "connection.execute('SELECT %s' % name)",
        "exec_driver_sql('SELECT {}'.format(name))",
    ],
)
def test_sql_that_is_put_together_is_found(source: str) -> None:
    assert put_together(source) == [1]
