"""The table of what was proved: figures of all workers, added up by subject, at the end."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.proof import laid_out
from tests.tooling.repository import ROOT

pytestmark = pytest.mark.prove

_PROVING = '''
"""Two tests of one subject, a third of another; one of them fails after it has proved something."""
import pytest

@pytest.mark.parametrize("lost", [0, 1])
def test_kill(lost, proof):
    proof("killed", found=1, tried=1, messages=1000, lost=lost, seed=str(lost + 7))
    assert lost == 0

def test_forged(proof):
    proof("forged", tried=3, wrong=0)
'''
_CONFTEST = """
from tests.proof import Table, proof

def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Table())
"""


@pytest.mark.parametrize("workers", ["0", "2"])
def test_the_figures_of_all_workers_are_one_table(tmp_path: Path, workers: str) -> None:
    (tmp_path / "test_proving.py").write_text(_PROVING)
    (tmp_path / "conftest.py").write_text(_CONFTEST)
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", workers]
    done = subprocess.run(
        [*command, f"--rootdir={tmp_path}", str(tmp_path)],
        cwd=tmp_path,
        env=environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()
    table = next(at for at, line in enumerate(lines) if " proved " in line)
    header, forged, killed = lines[table + 1 : table + 4]
    assert header.split() == "subject found tried requests messages lost duplicated wrong".split()
    assert forged.split() == ["forged", "3", "0"]
    assert killed.split() == ["killed", "2", "2", "2,000", "1", "seed", "7,", "8"]


def test_numbers_stand_to_the_right_and_words_to_the_left() -> None:
    rows = [["subject", "tried", ""], ["a", "7", "seed 1"], ["longer than that", "1,000", ""]]
    assert laid_out(rows) == [
        "subject           tried",
        "a                     7  seed 1",
        "longer than that  1,000",
    ]
