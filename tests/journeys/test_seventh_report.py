"""A seventh report is one new file and no edit elsewhere: tried on a copy of the project."""

from pathlib import Path

import pytest

from tests.journeys.additions import copy_with, run_tests

ADDED = Path(__file__).parent / "seventh_report"


@pytest.mark.prove
def test_a_seventh_report_needs_one_file_and_no_edit(tmp_path: Path) -> None:
    copy = tmp_path / "frontdesk"
    copy_with(ADDED, copy)

    walked = run_tests(copy, "tests/journeys/test_clients.py")

    assert walked.returncode == 0, walked.stdout + walked.stderr
    assert "1 passed" in walked.stdout
