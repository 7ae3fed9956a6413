"""The page about security: every threat has a test, and every test that it names is there."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.proof import Proof

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "security.md"
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def rows() -> dict[str, list[tuple[str, str]]]:
    """Return the tests of every threat: file and name."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [each.strip() for each in line.strip("|").split(" | ")]
        if line.startswith("| ") and cells[0] not in ("threat", "---"):
            assert len(cells) == 3, line
            assert cells[0] not in found, f"twice: {cells[0]}"
            found[cells[0]] = _TEST.findall(cells[2])
    return found


@cache
def functions_of(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in tree.body if isinstance(node, functions))


def test_there_are_threats() -> None:
    assert len(rows()) > 40


@pytest.mark.parametrize("threat", rows())
def test_every_threat_has_tests_that_are_there(threat: str) -> None:
    named = rows()[threat]

    assert named, "name a test: `tests/folder/test_file.py::test_name`"
    missing = [f"{file}::{name}" for file, name in named if not exists(file, name)]
    assert missing == []


def exists(file: str, name: str) -> bool:
    return (ROOT / file).is_file() and name in functions_of(file)


def test_every_row_names_its_tests_and_nothing_else_looks_like_one() -> None:
    text = PAGE.read_text(encoding="utf-8")
    names = sum(len(tests) for tests in rows().values())

    assert text.count("::test_") == names


@pytest.mark.prove
@pytest.mark.at_length
@pytest.mark.timeout(900)
def test_every_threat_is_closed(tmp_path: Path, proof: Proof) -> None:
    threats = rows()
    wanted = sorted({f"{file}::{name}" for tests in threats.values() for file, name in tests})
    report = tmp_path / "report.xml"

    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", f"--junit-xml={report}", *wanted],
        cwd=ROOT,
        capture_output=True,
        timeout=840,
        check=False,
    )

    passed, failed = outcomes(report)
    closed = [
        threat
        for threat, tests in threats.items()
        if set(tests) & passed and not set(tests) & failed
    ]
    proof("threats closed", found=len(threats), tried=len(closed), wrong=len(failed))
    assert sorted(threats.keys() - closed) == []


def outcomes(report: Path) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Return the tests that passed, and those that did not; what is proved apart is neither."""
    passed, failed = set(), set()
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 - pytest's own report
        file = case.get("classname", "").replace(".", "/") + ".py"
        test = (file, case.get("name", "").partition("[")[0])
        bad = any(case.find(kind) is not None for kind in ("failure", "error"))
        if bad:
            failed.add(test)
        elif case.find("skipped") is None:
            passed.add(test)
    return passed - failed, failed
