"""A test that cannot have its browser or its database says so, and fails where it is required."""

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser import new_page
from tests.tooling.repository import ROOT

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = pytest.mark.prove

NO_BROWSER = "browser tests not run, because there is no Chromium on this machine; "
PAGE_TESTS = "tests/tooling/test_loopback.py"
DATABASE_TESTS = "tests/tooling/test_postgres.py"


def run_tests(*arguments: str, **environment: str) -> tuple[int, str]:
    """Run pytest in a process of its own; return its exit code and what it printed."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PYTEST_") and name not in {"CI", "REQUIRE_BROWSER"}
    }
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


@pytest.fixture
def no_browser(tmp_path: Path) -> dict[str, str]:
    """The environment of a machine without any browser."""
    return {"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}


@pytest.mark.parametrize("workers", ["0", "1"])
def test_without_a_browser_its_tests_are_skipped_and_said_last(
    no_browser: dict[str, str], workers: str
) -> None:
    status, said = run_tests(PAGE_TESTS, "-m", "browser", "-n", workers, **no_browser)
    assert status == 0
    assert said.splitlines()[-1] == f"{NO_BROWSER}`make browser` installs one"
    assert "2 skipped" in said


def test_without_a_required_browser_its_tests_fail(no_browser: dict[str, str]) -> None:
    status, said = run_tests(PAGE_TESTS, "-m", "browser", REQUIRE_BROWSER="1", **no_browser)
    assert status == 1
    assert said.splitlines()[-1].startswith(NO_BROWSER)
    assert "2 errors" in said


def test_a_run_that_requires_a_browser_and_chooses_no_such_test_fails() -> None:
    status, said = run_tests(PAGE_TESTS, "-m", "not browser", REQUIRE_BROWSER="1")
    assert status == 1
    assert said.splitlines()[-1] == "browser tests not run, because none was chosen"


def test_a_run_without_browser_tests_is_silent_about_them() -> None:
    status, said = run_tests(PAGE_TESTS, "-m", "not browser")
    assert status == 0
    assert "browser tests not run" not in said


async def test_an_error_that_a_page_does_not_catch_fails_its_test(browser: "Browser") -> None:
    with pytest.raises(AssertionError, match=r"uncaught in the page: .*boom"):
        async with new_page(browser) as page:
            await page.set_content("<script>throw new Error('boom')</script>")


@pytest.mark.skipif("TEST_DATABASE_URL" in os.environ, reason="that server needs no folder here")
@pytest.mark.parametrize(("environment", "outcome"), [({}, "skipped"), ({"CI": "true"}, "error")])
def test_without_postgres_its_tests_are_skipped_but_fail_in_ci(
    tmp_path: Path, environment: dict[str, str], outcome: str
) -> None:
    deep = tmp_path / ("deeper-than-a-socket-may-lie" * 5)
    deep.mkdir()
    status, said = run_tests(
        DATABASE_TESTS, "-k", "empty_database", TMPDIR=str(deep), **environment
    )
    assert status == (outcome == "error")
    assert f"2 {outcome}" in said
    assert "PostgreSQL " in said
