"""A copy of the project with files added to it: what takes no edit elsewhere is tried there."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.journeys.house import ROOT

_LEFT_OUT = shutil.ignore_patterns(
    *(".*", "data", "__pycache__", "golden", "docs", "bench", "node_modules")
)
_ADDED = (".py", ".j2", ".txt")
"""Tests of what is added end in ``.py.txt``: here they would find nothing to test."""


def copy_with(added: Path, copy: Path) -> None:
    """Copy the project, and put into the copy what stands in the folder ``added``."""
    shutil.copytree(ROOT, copy, ignore=_LEFT_OUT)
    for file in sorted(added.rglob("*.*")):
        if file.suffix in _ADDED:
            place = copy / file.relative_to(added)
            place.parent.mkdir(exist_ok=True)
            shutil.copyfile(file, place.with_suffix("") if file.suffix == ".txt" else place)


def run(where: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python on the copy, without what this run of pytest has put into the environment."""
    theirs = ("PYTEST_", "REQUIRE_BROWSER")  # no browser test is chosen there
    kept = {name: value for name, value in os.environ.items() if not name.startswith(theirs)}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=where, env=kept, capture_output=True, text=True, check=False, timeout=50,
    )  # fmt: skip


def run_tests(where: Path, *tests: str) -> subprocess.CompletedProcess[str]:
    """Run tests on the copy."""
    return run(where, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests)
