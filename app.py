"""The command line of Frontdesk. Run ``python app.py --help``."""

import argparse
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import yaml

from bot import doctor, evidence
from bot.errors import NotFound
from frontdesk import Frontdesk
from handlers.manifest import SCOPES, manifest
from integrations.slack.redaction import Redacted
from settings import Mode, Settings, WrongSettings, load
from storage.chain import Anchor
from storage.database import Database
from storage.revision import is_current
from workflows.diagram import mermaid
from workflows.registry import find_workflows

if TYPE_CHECKING:
    from sandbox import Server as SandboxServer

ROOT = Path(__file__).parent
_LAST_PORT = 65535


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
    if settings.database_url.startswith("sqlite") and not is_current(settings.database_url):
        _migrate(settings.database_url)
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
) -> tuple["SandboxServer", Settings]:
    """Start the local workspace with its seeded company; return it and the settings to join it.

    Its page names ``doors_shown`` at the top: where else the bot can be reached.
    """
    from sandbox import Server, Workspace, page  # noqa: PLC0415 - a connected bot never loads it

    workspace = Workspace.open(journal=settings.data / "sandbox.jsonl")
    pages = page.routes(workspace.slack, doors_shown)
    server = Server(workspace, host=settings.host, port=settings.port, pages=pages)
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


def _invitation(sandbox: "SandboxServer | None", frontdesk: Frontdesk) -> str:
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
    owner = settings.migration_database_url
    bot_role = urlsplit(settings.database_url).username if owner else None
    _migrate(owner or settings.database_url, bot_role)
    print("The database is up to date.")
    return 0


def _migrate(url: str, bot_role: str | None = None) -> None:
    from storage.migrate import migrate  # noqa: PLC0415 - Alembic is loaded only to migrate

    migrate(url, bot_role)


def verify_audit(settings: Settings, anchor: str | None) -> int:
    """Recompute the audit chain; print every break and return 1 when there is one.

    ``anchor`` is what an earlier run printed (``SEQ:MAC``): with it a cut tail is found.
    """
    seq, _, mac = (anchor or "").partition(":")
    known = Anchor(int(seq), mac) if seq.isdigit() else None
    database = Database(settings.database_url, audit_key=settings.audit_key)
    breaks, head = database.verify_audit(known), database.head()
    database.close()
    for found in breaks:
        print(f"✗ {found}")
    if not breaks:
        print("✓ The audit is whole: every row is as it was written, in order, none missing.")
    print(f"Its head is now {head.seq}:{head.mac}; keep it where the database's owner is not.")
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
    chain = commands.add_parser("verify-audit", help="recompute the audit chain")
    chain.add_argument("--anchor", metavar="SEQ:MAC", help="the head that an earlier run printed")
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
        "verify-audit": lambda found: verify_audit(found, asked.anchor),
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
