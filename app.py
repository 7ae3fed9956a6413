"""Frontdesk: the composition root and the command line. Run ``python app.py help``."""

import argparse
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import yaml
from slack_bolt.adapter.socket_mode import SocketModeHandler
from starlette.applications import Starlette

from bot import doctor, evidence, roles
from bot.desk import Desk
from bot.errors import NotFound, SlackError, Unavailable
from bot.ports import Clock
from handlers.manifest import SCOPES, manifest
from handlers.registration import build
from integrations.clock import SystemClock
from integrations.slack.client import web_client
from integrations.slack.clock import FollowedClock
from integrations.slack.redaction import Redacted
from integrations.slack.workspace import SlackWorkspace
from modals.registry import find_forms
from sandbox import Server as SandboxServer
from sandbox import Workspace, page
from scheduler.jobs import Jobs
from scheduler.worker import Bell, Worker
from settings import Mode, Settings, WrongSettings, load
from storage.database import Database
from storage.migrate import migrate
from storage.revision import is_current
from web.health import Check
from web.server import Server, doors
from web.slack_door import slack_door
from workflows.diagram import mermaid
from workflows.registry import find_workflows

ROOT = Path(__file__).parent
_LAST_PORT = 65535
log = logging.getLogger("frontdesk")


class Frontdesk:
    """The whole bot, put together from its settings; :meth:`start` and :meth:`stop` run it.

    ``pace`` is the time between two messages to one channel and ``settle`` the wait before an
    attempt of unknown outcome is looked up, both in real seconds.
    """

    def __init__(self, settings: Settings, *, pace: float = 1.0, settle: float = 60.0) -> None:
        """Connect the parts; nothing runs yet. Needs a bot token and the address of Slack's API."""
        self.settings = settings
        token, api_url = settings.bot_token or "", settings.api_url or ""
        self.database = Database(settings.database_url, audit_key=settings.audit_key, pace=pace)
        self.bell = Bell()
        self.clock = _clock(settings)
        self.desk = Desk(
            company=settings.company,
            workflows=find_workflows(),
            forms=find_forms(),
            store=self.database,
            post_office=self.database.post_office,
            slack=SlackWorkspace(token, api_url),
            clock=self.clock,
            wake=self.bell.ring,
            settle=settle,
        )
        self._words = ThreadPoolExecutor(2, thread_name_prefix="words")
        self._pool = ThreadPoolExecutor(16, thread_name_prefix="slack")
        self.bolt = build(self.desk, token, web_client(None, api_url), self._words)
        self.worker = Worker(self.desk, self.bell)
        self.jobs = Jobs(self.desk)
        self.server = Server(self._doors(), settings.host, settings.port)
        self._socket: SocketModeHandler | None = None
        self._settled = threading.Event()
        self._stopping = threading.Event()
        self._settling = threading.Thread(target=self._settle_in, name="settling-in", daemon=True)

    def start(self) -> None:
        """Serve, connect to Slack, and learn who is who in the background."""
        self.server.start()
        self.worker.start()
        self.jobs.start()
        self._settling.start()
        if self.settings.mode is not Mode.HTTP:
            self._socket = SocketModeHandler(self.bolt, self.settings.app_token or "")
            self._socket.connect()  # type: ignore[no-untyped-call] # Bolt's handler has no types

    def stop(self) -> None:
        """Finish what is in hand and stop. What is promised waits in the database."""
        self._stopping.set()
        if self._socket is not None:
            self._socket.close()  # type: ignore[no-untyped-call] # likewise
        self.server.stop()
        self.jobs.stop()
        self.worker.stop()
        self._words.shutdown()
        self._pool.shutdown()
        if isinstance(self.clock, FollowedClock):
            self.clock.close()
        self.database.close()

    def wait_until_settled(self, timeout: float) -> bool:
        """Return whether the members and roles were learned within ``timeout`` seconds."""
        return self._settled.wait(timeout)

    def _settle_in(self) -> None:
        while not self._stopping.is_set():
            try:
                roles.learn_members(self.desk)
                unheld = roles.refresh(self.desk)
            except (SlackError, Unavailable) as error:
                log.warning("Slack or the database does not answer yet: %s", error)
                self._stopping.wait(2)
                continue
            if unheld:
                names = ", ".join(role.label for role in unheld)
                log.warning("Nobody holds these roles: %s. See frontdesk.toml.", names)
            self._settled.set()
            return

    def _doors(self) -> Starlette:
        door = None
        if self.settings.mode is Mode.HTTP:
            door = slack_door(self.bolt, self.settings.signing_secrets, self._pool, SystemClock())
        checks = (
            Check("database", self._database_problem),
            Check(
                "slack", lambda: None if self._settled.is_set() else "Slack has not answered yet."
            ),
        )
        return doors(self.desk, checks, self.settings.metrics_token, door)

    def examine_settings(self) -> Iterator[doctor.Finding]:
        """Yield what the doctor finds beside Slack: the database and the public address."""
        problem = self._database_problem()
        yield doctor.Finding("Database", problem or "answers, and is current", problem or "")
        if self.settings.mode is Mode.HTTP:
            url = self.settings.public_url
            fix = "" if url else "Set FRONTDESK_PUBLIC_URL to the https address Slack calls."
            yield doctor.Finding("Public address", url or "is not set", fix)

    def _database_problem(self) -> str | None:
        if not self.database.alive():
            return "The database does not answer."
        if not is_current(self.settings.database_url):
            return "The schema is not current: run `python app.py migrate`."
        return None


def _clock(settings: Settings) -> Clock:
    if settings.clock == "sandbox":
        return FollowedClock(settings.bot_token or "", settings.api_url or "")
    return SystemClock()


def run(settings: Settings) -> int:
    """Run the bot until Ctrl-C or SIGTERM; without tokens, with a sandbox beside it."""
    print(settings.why)
    for warning in settings.warnings:
        print(f"Note: {warning}")
    enough = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: enough.set())
    sandbox, doors_shown = None, dict[str, str]()
    if settings.mode is Mode.SANDBOX:
        sandbox, settings = _with_sandbox(settings, doors_shown)
    if settings.database_url.startswith("sqlite"):
        migrate(settings.database_url)
    frontdesk = Frontdesk(settings)
    frontdesk.start()
    doors_shown["Health"] = f"http://{settings.host}:{frontdesk.server.port}/readyz"
    print(_invitation(sandbox, frontdesk), flush=True)
    enough.wait()
    print("\nStopping; what was promised is kept for the next start.", flush=True)
    frontdesk.stop()
    if sandbox is not None:
        sandbox.stop()
    return 0


def _with_sandbox(
    settings: Settings, doors_shown: Mapping[str, str]
) -> tuple[SandboxServer, Settings]:
    """Start the local workspace with its seeded company; return it and the settings to join it.

    Its page names ``doors_shown`` at the top: where else the bot can be reached.
    """
    workspace = Workspace.open(journal=settings.data / "sandbox.jsonl")
    pages = page.routes(workspace.slack, doors_shown)
    server = SandboxServer(workspace, host=settings.host, port=settings.port, pages=pages)
    server.start()
    installed = workspace.install(manifest(find_workflows(), socket=True), transport="socket")
    joined = replace(
        settings,
        bot_token=installed.bot_token,
        app_token=installed.app_token,
        api_url=server.api_url,
        port=settings.port + 1 if 0 < settings.port < _LAST_PORT else 0,
    )
    return server, joined


def _invitation(sandbox: SandboxServer | None, frontdesk: Frontdesk) -> str:
    health = f"http://{frontdesk.settings.host}:{frontdesk.server.port}/readyz"
    if sandbox is None:
        return f"Frontdesk is running. Health: {health}"
    return f"""
Frontdesk is running in a sandbox: a Slack workspace on this machine, nothing leaves it.

    Open {sandbox.url}

Three things to try:
  1. As Ana, type /sow in #sales and ask for a Statement of Work over 8,000 USD;
     then be Dian and press Accept.
  2. As Ana, ask for one over 250,000 USD: Ryan gets it first, and can request changes.
  3. As Ben, type /asset; then be Sol and accept it with an owner and a date.

Health: {health}    Stop with Ctrl-C."""


def show_manifest(*, socket: bool, public_url: str) -> str:
    """Return the app manifest for Socket Mode or HTTP, as YAML."""
    found = manifest(find_workflows(), socket=socket, public_url=public_url)
    return yaml.safe_dump(found, sort_keys=False, allow_unicode=True)


def see_doctor(settings: Settings) -> int:
    """Print what is wrong with the set-up and the fix for each; return 1 when anything is."""
    if settings.mode is Mode.SANDBOX:
        print("There are no Slack tokens, so there is nothing to examine but the sandbox.")
        return 0
    frontdesk = Frontdesk(replace(settings, port=0))
    findings = [*frontdesk.examine_settings(), *doctor.examine(frontdesk.desk, SCOPES)]
    frontdesk.database.close()
    for finding in findings:
        print(f"{'✗' if finding.fix else '✓'} {finding.subject}: {finding.seen}")
        if finding.fix:
            print(f"    {finding.fix}")
    return 1 if any(finding.fix for finding in findings) else 0


def migrate_database(settings: Settings) -> int:
    """Bring the schema up to date, as the owner of the database where one is named."""
    migrate(settings.migration_database_url or settings.database_url)
    print("The database is up to date.")
    return 0


def verify_audit(settings: Settings) -> int:
    """Recompute the audit chain; print every break and return 1 when there is one."""
    database = Database(settings.database_url, audit_key=settings.audit_key)
    breaks = database.verify_audit()
    database.close()
    for found in breaks:
        print(f"✗ {found}")
    if not breaks:
        print("✓ The audit is whole: every row is as it was written, in order, none missing.")
    return 1 if breaks else 0


def export(settings: Settings, ref: str) -> int:
    """Print one request with everything that happened to it, as JSON."""
    database = Database(settings.database_url, audit_key=settings.audit_key)
    try:
        print(evidence.of(database, ref))
    except NotFound:
        print(f"There is no request {ref}.", file=sys.stderr)
        return 1
    finally:
        database.close()
    return 0


def command_line() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(prog="app.py", description="Frontdesk, a Slack bot.")
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("run", help="run the bot (the default); a sandbox without Slack tokens")
    commands.add_parser("doctor", help="check tokens, scopes, channels, roles and the database")
    commands.add_parser("migrate", help="bring the database schema up to date")
    commands.add_parser("verify-audit", help="recompute the audit chain")
    export = commands.add_parser("export", help="print one request with its history as JSON")
    export.add_argument("ref", help="for example SOW-7")
    shape = commands.add_parser("manifest", help="print the Slack app manifest")
    transport = shape.add_mutually_exclusive_group()
    transport.add_argument("--socket", action="store_true", help="for Socket Mode (the default)")
    transport.add_argument("--http", metavar="URL", help="for HTTP, at this public address")
    commands.add_parser("diagrams", help="print the state diagrams of the workflows as Markdown")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says and return the exit code."""
    asked = command_line().parse_args(arguments)
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
        os.environ.pop(name, None)  # with these Bolt switches to OAuth and a store of its own
    if asked.command == "manifest":
        print(show_manifest(socket=asked.http is None, public_url=asked.http or ""), end="")
        return 0
    if asked.command == "diagrams":
        print(diagrams(), end="")
        return 0
    try:
        settings = load(os.environ, ROOT)
    except WrongSettings as wrong:
        print(wrong, file=sys.stderr)
        return 2
    _log_to_stderr(settings.log_level)
    commands: Mapping[str, Callable[[Settings], int]] = {
        "doctor": see_doctor,
        "migrate": migrate_database,
        "verify-audit": verify_audit,
        "export": lambda found: export(found, asked.ref),
    }
    return commands.get(asked.command, run)(settings)


def _log_to_stderr(level: str) -> None:
    """Log what our own code says from ``level`` on, and warnings of the libraries; no secrets."""
    handler = logging.StreamHandler()
    handler.setFormatter(Redacted("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    for package in ("bot", "frontdesk", "handlers", "integrations", "scheduler", "storage", "web"):
        logging.getLogger(package).setLevel(level)


def diagrams() -> str:
    """Return the state diagram of every workflow, as Markdown."""
    return "\n".join(
        f"### {workflow.title}\n\n```mermaid\n{mermaid(workflow)}\n```\n"
        for workflow in find_workflows().values()
    )


if __name__ == "__main__":
    sys.exit(main())
