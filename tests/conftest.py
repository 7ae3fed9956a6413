"""What every test may ask for: a fresh PostgreSQL database, a real browser, a row of figures.

And what no test can do: reach another machine (tests/tooling/loopback).
"""

import gc
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio
from hypothesis import settings

from tests.browser import (
    BrowserTestsNotRun,
    NoBrowserError,
    find_browser,
    new_page,
    running_browser,
)
from tests.poppler import NoPdfsigError, find_pdfsig
from tests.postgres import PostgresUnavailableError, Server, open_run, shared_postgres
from tests.proof import Table, proof
from tests.tooling.loopback import sitecustomize

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

    from tests.softhsm import Token

__all__ = ["proof"]

# How long an example takes is the machine's affair; `make bench` measures.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

_RUN = pytest.StashKey[Path]()
_MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own in it
"""Tests' files need not outlive the machine: there no write waits for a disk, which may be busy."""
_ROOM = 2 << 30
_BROWSER_IS_REQUIRED = os.environ.get("REQUIRE_BROWSER") == "1"
_PDFSIG_IS_REQUIRED = os.environ.get("REQUIRE_PDFSIG") == "1"
_SOFTHSM_IS_REQUIRED = os.environ.get("REQUIRE_SOFTHSM") == "1"


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Run half as many again as there are cores: most tests wait for a third of their time.

    As many as there are cores where bots are killed, or crowds come.
    """
    is_usual = config.option.markexpr in config.getini("addopts")
    return (os.cpu_count() or 1) * 3 // 2 if is_usual else None


@pytest.fixture(scope="session")
def postgres_server(pytestconfig: pytest.Config) -> Server:
    """The PostgreSQL of this run: TEST_DATABASE_URL's, else one that starts here and now."""
    try:
        return shared_postgres(pytestconfig.stash[_RUN])
    except PostgresUnavailableError as reason:
        raise _outcome(reason, is_failure="CI" in os.environ) from None


@pytest.fixture
def postgres_url(postgres_server: Server) -> Iterator[str]:
    """The URL (postgresql+psycopg://) of an empty database of the test's own."""
    with postgres_server.fresh_database() as url:
        yield url


@pytest.fixture(scope="session")
def browser_path() -> Path:
    """The path of a Chromium; without one the test is skipped, or fails where one is required."""
    try:
        return find_browser()
    except NoBrowserError as reason:
        raise _outcome(reason, is_failure=_BROWSER_IS_REQUIRED) from None


@pytest.fixture(scope="session")
def pdfsig() -> Path:
    """Poppler's pdfsig; without one the test is skipped, or fails where one is required."""
    try:
        return find_pdfsig()
    except NoPdfsigError as reason:
        raise _outcome(reason, is_failure=_PDFSIG_IS_REQUIRED) from None


@pytest.fixture(scope="session")
def token(tmp_path_factory: pytest.TempPathFactory) -> "Token":
    """A token of SoftHSM's, for the whole run; likewise.

    Its library looks for it once in a process, by an environment variable.
    """
    from tests.softhsm import NoSoftHsmError, new_token  # noqa: PLC0415 - few tests need all of it

    try:
        return new_token(tmp_path_factory.mktemp("softhsm"))
    except NoSoftHsmError as reason:
        raise _outcome(reason, is_failure=_SOFTHSM_IS_REQUIRED) from None


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(browser_path: Path) -> AsyncIterator["Browser"]:
    """A headless browser that reaches nothing beyond this machine."""
    async with running_browser(browser_path) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: "Browser") -> AsyncIterator["Page"]:
    """A page of a fresh profile; an error that its scripts do not catch fails the test."""
    async with new_page(browser) as fresh:
        yield fresh


def _outcome(reason: Exception, *, is_failure: bool) -> BaseException:
    if is_failure:
        return pytest.fail.Exception(str(reason), pytrace=False)
    return pytest.skip.Exception(str(reason))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep the garbage collector from going again and again through all that is collected.

    Fifteen thousand tests and what they import stay for the whole run.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks for a browser, and run it in the browser's own event loop."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


def pytest_configure(config: pytest.Config) -> None:
    """Open the run; xdist's workers join the one of the process that started them."""
    workerinput: dict[str, Any] | None = getattr(config, "workerinput", None)
    if workerinput is not None:
        config.stash[_RUN] = Path(workerinput["run"])
        return
    if _is_roomy(_MEMORY):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))
    guard = str(Path(sitecustomize.__file__).parent)
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [guard, os.environ.get("PYTHONPATH")]))
    stack = ExitStack()
    config.add_cleanup(stack.close)
    directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="frontdesk-tests-")))
    config.stash[_RUN] = directory
    stack.enter_context(open_run(directory))
    config.pluginmanager.register(BrowserTestsNotRun(required=_BROWSER_IS_REQUIRED))
    config.pluginmanager.register(Table())


def _is_roomy(folder: Path) -> bool:
    """Whether a run's files have room there, and then some."""
    return folder.is_dir() and os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > _ROOM


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:  # noqa: ANN401 - xdist has no public type for it
    """Tell a worker of xdist which run it is a part of."""
    node.workerinput["run"] = str(node.config.stash[_RUN])
