"""A third workflow is four new files and no edit elsewhere: tried on a copy of the project."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.house import ROOT

DISCOUNT = Path(__file__).parent / "discount"
LEFT_OUT = shutil.ignore_patterns(
    *(".*", "data", "__pycache__", "golden", "docs", "bench", "node_modules")
)


@pytest.mark.prove
def test_a_discount_needs_four_files_and_no_edit(tmp_path: Path) -> None:
    copy = tmp_path / "frontdesk"
    shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
    for file in sorted(DISCOUNT.rglob("*.*")):
        if file.suffix in (".py", ".j2", ".txt"):
            place = copy / file.relative_to(DISCOUNT)
            place.parent.mkdir(exist_ok=True)
            shutil.copyfile(file, place.with_suffix("") if file.suffix == ".txt" else place)

    manifest = run(copy, "app.py", "manifest")
    tests = [f"tests/{folder}/test_discount.py" for folder in ("workflows", "journeys")]
    walked = run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests)

    assert "command: /discount" in manifest.stdout
    assert "ask_discount" in manifest.stdout
    assert walked.returncode == 0, walked.stdout + walked.stderr
    assert "2 passed" in walked.stdout


def run(where: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python on the copy, without what this run of pytest has put into the environment."""
    theirs = ("PYTEST_", "REQUIRE_BROWSER")  # no browser test is chosen there
    kept = {name: value for name, value in os.environ.items() if not name.startswith(theirs)}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=where, env=kept, capture_output=True, text=True, check=False, timeout=50,
    )  # fmt: skip
