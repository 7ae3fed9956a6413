"""The command line of Frontdesk. Run ``python app.py --help``."""

import argparse
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import yaml

import neighbours
import relocating
import upkeep
from bot.errors import CannotGoOn, Unavailable
from checkup import see_doctor
from exchange import export_config, import_config
from frontdesk import Frontdesk
from handlers.flooding import GESTURES
from handlers.manifest import manifest
from integrations.logs import JsonLines, TextLines
from records import (
    OURS_ALONE,
    anchor,
    anchors_in,
    check_seal,
    erase,
    export,
    import_deals,
    verify_audit,
)
from settings import Mode, Settings, WrongSettings, load
from settings.chosen import LogFormat
from stopping import end_process_after
from storage.revision import is_current
from web.server import CannotListen
from workflows.diagram import mermaid
from workflows.registry import find_workflows

ROOT = Path(__file__).parent
_CONNECTED = ("run", "doctor")
"""The commands that need a Slack: the others look after what is kept."""


def run(settings: Settings, gestures: int = GESTURES) -> int:
    """Run the bot until Ctrl-C or SIGTERM; without tokens, with a sandbox beside it.

    ``gestures``: how many a minute of one person are taken.
    """
    print(settings.why)
    for warning in settings.warnings:
        print(f"Note: {warning}")
    os.umask(OURS_ALONE)
    enough = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: enough.set())
    end_process_after(enough)
    with ExitStack() as opened:
        if settings.mode is Mode.SANDBOX:
            greeting = _beside_sandbox(settings, opened)
        else:
            frontdesk = _started(settings, opened, gestures=gestures)
            greeting = f"Frontdesk is running. Health: {frontdesk.server.url}/readyz"
        print(greeting, flush=True)
        while not enough.wait(0.5):  # a signal may have been given to another thread
            pass
        print("\nStopping; what was promised is kept for the next start.", flush=True)
    return 0


def _beside_sandbox(settings: Settings, opened: ExitStack) -> str:
    """Start the local workspace and the bot in it; return what to say to whoever tries it."""
    from sandboxed import invitation, open_sandbox  # noqa: PLC0415 - a connected bot never loads it

    doors_shown: dict[str, str] = {}
    sandbox, joined = open_sandbox(settings, doors_shown)
    opened.callback(sandbox.stop)
    try:
        health = f"{_started(joined, opened, leaps=True).server.url}/readyz"
    except CannotListen as taken:
        raise CannotGoOn(f"{taken} Beside a sandbox the bot has the port after PORT.") from taken
    doors_shown["Health"] = health
    return invitation(sandbox, health)


def _started(
    settings: Settings, opened: ExitStack, *, leaps: bool = False, gestures: int = GESTURES
) -> Frontdesk:
    """Start the bot, on a database that is migrated first where it is a file."""
    if settings.database_url.startswith("sqlite") and not is_current(settings.database_url):
        upkeep.migrate(settings.database_url)
    frontdesk = Frontdesk(settings, leaps=leaps, gestures=gestures)
    opened.callback(frontdesk.stop)
    frontdesk.start()
    return frontdesk


def show_manifest(*, socket: bool, public_url: str) -> str:
    """Return the app manifest for Socket Mode or HTTP, as YAML."""
    found = manifest(find_workflows(), socket=socket, public_url=public_url)
    return yaml.safe_dump(found, sort_keys=False, allow_unicode=True)


def command_line() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(prog="app.py", description="Frontdesk, a Slack bot.")
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("run", help="run the bot (the default); a sandbox without Slack tokens")
    doctor = commands.add_parser("doctor", help="say what is wrong with the set-up, and the fix")
    doctor.add_argument("--json", action="store_true", help="print the findings for a script")
    commands.add_parser("migrate", help="bring the database schema up to date")
    backup = commands.add_parser("backup", help="put all that is kept into one file")
    backup.add_argument("file", nargs="?", type=Path, help="default: frontdesk-TIME.zip here")
    restore = commands.add_parser("restore", help="put a backup into an empty place")
    restore.add_argument("file", type=Path, help="what backup wrote")
    restore.add_argument("--replace", action="store_true", help="move aside what is there first")
    chain = commands.add_parser("verify-audit", help="recompute the audit chain")
    chain.add_argument(
        "--anchor",
        type=anchor,
        action="append",
        default=[],
        metavar="SEQ:MAC",
        help="a head that was posted, or that an earlier run printed; again for each",
    )
    chain.add_argument(
        "--anchors",
        type=anchors_in,
        default=(),
        metavar="FILE",
        help="a text file with any number of them, such as the posts copied into one",
    )
    library = commands.add_parser("library", help="look after the files of assets")
    ways = library.add_subparsers(dest="way", required=True)
    moving = ways.add_parser("move", help="take them to another place; interrupted, it goes on")
    moving.add_argument("--to", required=True, metavar="PLACE", help="as in FRONTDESK_LIBRARY")
    moving.add_argument("--from", dest="whence", metavar="PLACE", help="default: where it is now")
    _add_records(commands)
    shape = commands.add_parser("manifest", help="print the Slack app manifest")
    transport = shape.add_mutually_exclusive_group()
    transport.add_argument("--socket", action="store_true", help="for Socket Mode (the default)")
    transport.add_argument("--http", metavar="URL", help="for HTTP, at this public address")
    shape.add_argument("--public-url", metavar="URL", help="where links to requests lead")
    commands.add_parser("diagrams", help="print the state diagrams of the workflows as Markdown")
    return parser


def _add_records(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    export = commands.add_parser("export", help="put all that is kept of a request into one ZIP")
    export.add_argument("ref", help="for example SOW-7")
    export.add_argument("--out", type=Path, metavar="FILE", help="default: SOW-7-evidence.zip here")
    export.add_argument("--json", action="store_true", help="print request and timeline instead")
    erasing = commands.add_parser("erase", help="empty what need not be kept of a person")
    erasing.add_argument("person", help="a Slack id, or the e-mail address of a member or contact")
    erasing.add_argument(
        "--address-only",
        action="store_true",
        help="do not look for their name in what others wrote: it may be somebody else's, too",
    )
    how = erasing.add_mutually_exclusive_group()
    how.add_argument("--dry-run", action="store_true", help="say what would be done, do nothing")
    how.add_argument("--yes", action="store_true", help="do not ask")
    config = commands.add_parser("config", help="write the settings as a file, or take them")
    ways = config.add_subparsers(dest="way", required=True)
    out = ways.add_parser("export", help="the settings as they are now, with what was changed")
    out.add_argument("file", nargs="?", type=Path, help="a new file; default: print them")
    take = ways.add_parser("import", help="make the settings what a file says; first say how")
    take.add_argument("file", type=Path, help="what export wrote, or a frontdesk.toml")
    take.add_argument("--yes", action="store_true", help="do it")
    seal = commands.add_parser("seal", help="look at the organisation's seal on a PDF")
    looks = seal.add_subparsers(dest="way", required=True)
    check = looks.add_parser("check", help="whose it is, since when, and what was changed since")
    check.add_argument("file", type=Path, help="the PDF, as somebody has it now")
    check.add_argument(
        "--root",
        type=Path,
        metavar="PEM",
        help="the certificate that must vouch for it; default: that of FRONTDESK_SEAL",
    )
    check.add_argument(
        "--name",
        default="",
        help="whose it must be, needed with --root: CN=Harbor Light,O=Harbor Light",
    )
    check.add_argument(
        "--stamp-root",
        type=Path,
        metavar="PEM",
        help="the certificate that must vouch for its time stamp; default: nobody is asked for",
    )
    neighbours.add_commands(commands)
    deals = commands.add_parser("import-deals", help="take deals from a CSV file")
    deals.add_argument("file", type=Path, help="its first line names the columns")


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says and return the exit code."""
    asked = command_line().parse_args(arguments)
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
        os.environ.pop(name, None)  # with these Bolt switches to OAuth and a store of its own
    if asked.command == "manifest":
        url = asked.http or asked.public_url or ""
        print(show_manifest(socket=asked.http is None, public_url=url), end="")
        return 0
    if asked.command == "diagrams":
        print(diagrams(), end="")
        return 0
    try:
        settings = load(os.environ, ROOT, connects=asked.command in (None, *_CONNECTED))
    except WrongSettings as wrong:
        print(wrong, file=sys.stderr)
        return 2
    _log_to_stderr(settings.log_level, settings.log_format)
    commands: Mapping[str, Callable[[Settings], int]] = {
        "doctor": lambda found: see_doctor(found, as_json=asked.json),
        "migrate": upkeep.migrate_database,
        "backup": lambda found: upkeep.backup(found, asked.file),
        "restore": lambda found: upkeep.restore(found, asked.file, replace=asked.replace),
        "library": lambda found: relocating.move(found, asked.to, asked.whence, ROOT),
        "verify-audit": lambda found: verify_audit(found, (*asked.anchor, *asked.anchors)),
        "config": lambda found: (
            export_config(found, asked.file)
            if asked.way == "export"
            else import_config(found, asked.file, agreed=asked.yes)
        ),
        "seal": lambda found: check_seal(
            found, asked.file, asked.root, asked.name, asked.stamp_root
        ),
        "api": lambda found: neighbours.do(found, asked),
        "webhooks": lambda found: neighbours.do(found, asked),
        "import-deals": lambda found: import_deals(found, asked.file),
        "erase": lambda found: erase(
            found,
            asked.person,
            rehearsed=asked.dry_run,
            agreed=asked.yes,
            by_name=not asked.address_only,
        ),
        "export": lambda found: export(found, asked.ref, asked.out, as_json=asked.json),
    }
    try:
        return commands.get(asked.command, run)(settings)
    except (CannotGoOn, CannotListen, Unavailable) as error:
        logging.getLogger("frontdesk").debug("The command ended early.", exc_info=True)
        print(error, file=sys.stderr)
        return 2


def _log_to_stderr(level: str, form: LogFormat) -> None:
    """Log what our own code says from ``level`` on, and warnings of the libraries; no secrets."""
    handler = logging.StreamHandler()
    text = TextLines("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(JsonLines() if form == "json" else text)
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
