"""The Chromium that browser tests drive: Debian's, Google's or Playwright's, whichever is there.

`python -m tests.browser` prints its path, or says what is missing and ends with 1.
"""

import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_OPTIONS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]",
)


class NoBrowserError(Exception):
    """No Chromium is there to drive; the text says what helps."""


def find_browser() -> Path:
    """Return the path of a Chromium: on the PATH, else Playwright's. Raises NoBrowserError."""
    for name in _NAMES:
        if found := shutil.which(name):
            return Path(found)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - a fifth of a second

    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    if not own.exists():
        text = "there is no Chromium on this machine; `make browser` installs one"
        raise NoBrowserError(text)
    return own


@asynccontextmanager
async def running_browser(path: Path) -> AsyncIterator["Browser"]:
    """Yield the browser at `path`, headless; it reaches nothing beyond this machine."""
    from playwright.async_api import async_playwright  # noqa: PLC0415 - a fifth of a second

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=_OPTIONS)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def new_page(browser: "Browser") -> AsyncIterator["Page"]:
    """Yield a page of a fresh profile; an error that its scripts do not catch fails the test."""
    context = await browser.new_context(locale="en-US", timezone_id="UTC")
    page = await context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    try:
        yield page
    finally:
        await context.close()
    assert not errors, f"uncaught in the page: {errors}"


class BrowserTestsNotRun:
    """Says last of all that no browser test ran; fails the run where one is `required` to."""

    def __init__(self, *, required: bool) -> None:
        self._required = required
        self._ran = False
        self._why = "none was chosen" if required else ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a browser test that ran, or why it did not."""
        if "browser" not in report.keywords:
            return
        self._ran = self._ran or (report.when == "call" and not report.skipped)
        if report.when == "setup" and not report.passed:
            why = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
            self._why = str(why).removeprefix("Skipped: ")

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail a run that should have driven a browser and did not."""
        if self._required and not self._ran and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_unconfigure(self, config: pytest.Config) -> None:
        """Write the last line of all."""
        if self._why and not self._ran:
            config.get_terminal_writer().line(f"browser tests not run, because {self._why}")


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{find_browser()}\n")
    except NoBrowserError as error:
        sys.exit(str(error))
