"""A third workflow is four new files and no edit elsewhere: tried on a copy of the project."""

from pathlib import Path

import pytest

from tests.journeys.additions import copy_with, run, run_tests

DISCOUNT = Path(__file__).parent / "discount"


@pytest.mark.prove
def test_a_discount_needs_four_files_and_no_edit(tmp_path: Path) -> None:
    copy = tmp_path / "frontdesk"
    copy_with(DISCOUNT, copy)

    manifest = run(copy, "app.py", "manifest")
    tests = [f"tests/{folder}/test_discount.py" for folder in ("workflows", "journeys")]
    walked = run_tests(copy, *tests)

    assert "command: /discount" in manifest.stdout
    assert "ask_discount" in manifest.stdout
    assert walked.returncode == 0, walked.stdout + walked.stderr
    assert "2 passed" in walked.stdout
