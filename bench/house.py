"""Everything one database is measured with: workspace, product and floors, each its own process."""

import json
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.desk import AUDIT_KEY
from bench.errors import Broken, NotMeasured
from bench.gestures import Gestures, is_taken
from bench.kept import ask_database, check_stored, stored
from bench.load import one_by_one
from bench.machine import cores, kept_on
from bench.processes import ROOT, Served, free_port, module
from bench.wire import Slack, get_json
from storage.migrate import migrate

WORKS = ("ack", "open", "unit")
"""What the floors do; see :mod:`bench.floor`."""


@dataclass
class RunningWorkspace:
    """The sandbox, as :mod:`bench.workspace` serves it."""

    process: subprocess.Popen[str]
    url: str
    bot_token: str
    signing_secret: str

    @property
    def api_url(self) -> str:
        """The base of its Web API."""
        return f"{self.url}/api/"

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Let it take connections and answer nothing."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def get(self, path: str, method: str = "GET") -> Any:  # noqa: ANN401 - any JSON value
        """Return what one of its doors answers. Raises NotMeasured."""
        try:
            return get_json(self.url, path, method)
        except OSError as error:
            raise NotMeasured(f"The workspace: {error}") from error


@dataclass(kw_only=True)
class House:
    """A workspace of the demo company, the product in it, and the floors beside it."""

    database: str
    """``SQLite`` or ``PostgreSQL``."""
    url: str
    workspace: RunningWorkspace
    product: Served
    acking: Served
    opening: Served
    storing: Served
    gestures: Gestures
    floor_env: dict[str, str]
    """What the floors have in their environment."""
    folder: Path
    card: str = ""
    """A request that waits for the executive."""
    taken: int = 0
    """How many forms the product has said to have taken."""

    def large_request(self) -> str:
        """Have a request made that waits for the executive; return its reference."""
        view, request = self.gestures.large_submission()
        one_by_one(self.product.port, lambda _count: [request], 1, is_taken)
        self.taken += 1
        statement = "SELECT ref FROM requests WHERE source_view = :view"
        [ref] = ask_database(self.url, statement, view=view)
        return str(ref)

    def check_promises(self) -> None:
        """End the product; raise Broken unless all forms taken are stored and the audit is whole.

        A paused product may have paused in the middle of a transaction.
        """
        self.product.stop()
        check_stored(self.database, self.url, self.taken)

    def check_one_decision(self, ref: str) -> None:
        """Raise Broken unless exactly one of the clicks decided."""
        decisions = "SELECT count(*) FROM audit WHERE ref = :ref AND action = 'approve'"
        [decided] = ask_database(self.url, decisions, ref=ref)
        if decided != 1:
            raise Broken(f"{self.database}: 200 clicks decided {ref} {decided} times.")


@contextmanager
def open_workspace(bot_url: str, folder: Path) -> Iterator[RunningWorkspace]:
    """Run a fresh workspace whose bot is at ``bot_url``."""
    with kept_on(cores()[1]), (folder / "workspace.log").open("a") as log:
        process = subprocess.Popen(  # noqa: S603 - our own sandbox
            [*module("bench.workspace"), bot_url],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    try:
        said = process.stdout.readline() if process.stdout is not None else ""
        if not said:
            raise NotMeasured(f"No workspace: {(folder / 'workspace.log').read_text()[-2000:]}")
        yield RunningWorkspace(process, **json.loads(said))
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def open_house(database: str, url: str, floors_url: str, folder: Path) -> Iterator[House]:
    """Yield a house on two empty databases: all servers ready, one of everything done, paused."""
    migrate(url)
    port = free_port()
    with ExitStack() as leaving:
        workspace = leaving.enter_context(open_workspace(f"http://127.0.0.1:{port}", folder))
        env = product_environment(workspace, url, folder)
        product = Served("product", module("bench.product"), env, folder, port)
        floor_env = env | {"DATABASE_URL": floors_url}
        acking, opening, storing = (_floor(each, floor_env, folder) for each in WORKS)
        for each in (product, acking, opening, storing):
            leaving.callback(each.stop)
            each.start()
        gestures = play_story(workspace)
        house = House(
            database=database,
            url=url,
            workspace=workspace,
            product=product,
            acking=acking,
            opening=opening,
            storing=storing,
            gestures=gestures,
            floor_env=floor_env,
            folder=folder,
        )
        house.taken = stored(url)
        house.card = house.large_request()
        for each in (product, acking, opening, storing):
            each.pause()
        yield house


def _floor(work: str, env: dict[str, str], folder: Path) -> Served:
    more = env | {"BENCH_WORK": work}
    return Served(f"floor-{work}", module("bench.floor"), more, folder, free_port())


def play_story(workspace: RunningWorkspace) -> Gestures:
    """Have people do one of everything with the bot that runs; return gestures to repeat it."""
    story = workspace.get("/bench/story", "POST")
    return Gestures(Slack(workspace.signing_secret), workspace.url, story)


def product_environment(workspace: RunningWorkspace, url: str, folder: Path) -> dict[str, str]:
    """Return the settings of the product, as it would have them in HTTP mode."""
    return {
        "SLACK_BOT_TOKEN": workspace.bot_token,
        "SLACK_APP_TOKEN": "",
        "SLACK_SIGNING_SECRET": workspace.signing_secret,
        "SLACK_API_URL": workspace.api_url,
        "DATABASE_URL": url,
        "FRONTDESK_CONFIG": str(ROOT / "frontdesk.example.toml"),
        "FRONTDESK_AUDIT_KEY": AUDIT_KEY.hex(),
        "FRONTDESK_CLOCK": "system",
        "FRONTDESK_DATA": str(folder),
        "FRONTDESK_HOST": "127.0.0.1",
        "FRONTDESK_PUBLIC_URL": "https://frontdesk.harborlight.example",
    }
