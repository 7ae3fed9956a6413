"""Other systems at the command line: who reads (``app.py api``), who is told (``webhooks``)."""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from bot import webhooks
from bot.api import tokens
from bot.api.tokens import Grants
from bot.doctor import Finding
from bot.errors import Problem
from bot.ports import Store
from frontdesk import link_key_of
from integrations.clock import SystemClock
from integrations.webhooks import HttpWebhooks
from records import open_record
from settings import Settings
from workflows.registry import find_workflows


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add what can be done here to the command line."""
    api = commands.add_parser("api", help="let other systems read requests and assets")
    token = api.add_subparsers(dest="what", required=True).add_parser("token", help="their tokens")
    done = token.add_subparsers(dest="way", required=True)
    add = done.add_parser("add", help="make a token; it is shown this once")
    add.add_argument("name", help="the client that it is for, such as crm")
    add.add_argument("--private", action="store_true", help="it sees private requests, too")
    add.add_argument("--amounts", action="store_true", help="and amounts, and clients' contacts")
    add.add_argument("--submit", action="store_true", help="it may hand in tickets")
    done.add_parser("list", help="who has one, what each may do, and how often it came")
    done.add_parser("remove", help="take one back").add_argument("name")
    hooks = commands.add_parser("webhooks", help="tell others' endpoints again")
    ways = hooks.add_subparsers(dest="way", required=True)
    again = ways.add_parser("replay", help="send every fact of a time again, with its own id")
    since = "from a day or time of UTC on: 2026-11-20, or 2026-11-20T14:05"
    again.add_argument("--since", type=instant, required=True, metavar="TIME", help=since)
    again.add_argument("--to", metavar="NAME", help="one endpoint; default: all of them")


def do(settings: Settings, asked: argparse.Namespace) -> int:
    """Do what the command line says and return the exit code."""
    match asked.way:
        case "add":
            grants = Grants(private=asked.private, amounts=asked.amounts, submit=asked.submit)
            return add_token(settings, asked.name, grants)
        case "list":
            return list_tokens(settings)
        case "replay":
            return replay(settings, asked.since, asked.to)
        case "remove":
            return remove_token(settings, asked.name)
        case way:
            message = f"There is no {way!r} to be done."
            raise ValueError(message)


def add_token(settings: Settings, name: str, grants: Grants) -> int:
    """Make a token of the API and print it, once; return 1 when it cannot be."""
    key = tokens.key_of(link_key_of(settings))
    with open_record(settings) as database:
        try:
            text = tokens.make(database, key, name, grants, SystemClock().now())
        except Problem as problem:
            print(f"✗ {problem}", file=sys.stderr)
            return 1
    print(text)
    print(f"Shown this once. It reads requests and assets, and: {grants.words}.", file=sys.stderr)
    return 0


def list_tokens(settings: Settings) -> int:
    """Print who has a token, what each may do, and how often it came."""
    with open_record(settings) as database, database.unit() as unit:
        found = unit.tokens.all()
    for each in found:
        may, last = tokens.grants_of(each).words, _day(each.used_at)
        print(f"{each.name}: {may}; made {_day(each.made_at)}, used {each.uses} times, last {last}")
    if not found:
        print("There are no tokens, so there is no API.")
    return 0


def remove_token(settings: Settings, name: str) -> int:
    """Take a token back; return 1 when there is none of that name."""
    with open_record(settings) as database:
        try:
            tokens.remove(database, name, SystemClock().now())
        except Problem as problem:
            print(f"✗ {problem}", file=sys.stderr)
            return 1
    print(f"✓ {name} opens nothing any more.")
    return 0


def instant(text: str) -> datetime:
    """Return the instant that an ISO date or time names, in UTC; without a zone it is of UTC."""
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        right = "right is a day or time of UTC, such as 2026-11-20 or 2026-11-20T14:05"
        raise argparse.ArgumentTypeError(right) from None


def replay(settings: Settings, since: datetime, name: str | None) -> int:
    """Promise every fact from ``since`` on again; the running bot sends them.

    They carry the ids that they had, so that what was taken before is known again. Returns 1
    when there is no such endpoint, or ``since`` is still to come.
    """
    now = SystemClock().now()
    if since > now:
        said = f"{since:%Y-%m-%d %H:%M} UTC is still to come, it is {now:%Y-%m-%d %H:%M} UTC now"
        print(f"✗ {said}. Name a day or time that has passed.", file=sys.stderr)
        return 1
    names = [each.name for each in settings.webhooks if name in (None, each.name)]
    if not names:
        said = f"There is no endpoint {name}" if name else "There is no endpoint"
        print(f"✗ {said}: see FRONTDESK_WEBHOOKS.", file=sys.stderr)
        return 1
    with open_record(settings) as database:
        count = webhooks.replay(database, find_workflows(), names, since, now)
    print(f"✓ {count} facts go to {' and '.join(names)} again.")
    return 0


def findings(settings: Settings, store: Store) -> Iterator[Finding]:
    """Yield for the doctor who reads, and what leaves; endpoints are connected to, not told."""
    with store.unit() as unit:
        readers = [f"{each.name} ({tokens.grants_of(each).words})" for each in unit.tokens.all()]
        waiting = {
            each.name: unit.outbox.stuck(f"webhook:{each.name}:") for each in settings.webhooks
        }
    yield Finding("API", f"read by {', '.join(readers)}" if readers else "off, there is no token")
    if not settings.webhooks:
        yield Finding("Webhooks", "off, no fact leaves")
    way = HttpWebhooks(settings.webhooks, SystemClock(), authorities=settings.ca_file)
    for each in settings.webhooks:
        grants = Grants(private=each.private, amounts=each.amounts)
        said = f"facts of requests go to {urlsplit(each.url).hostname}, and: {grants.words}"
        fix = ""
        if trouble := way.trouble(each):
            said = f"{said}. {trouble}"
            fix = "Start the endpoint, or correct FRONTDESK_WEBHOOKS or the entry of its name."
        elif since := waiting[each.name]:
            said = f"{said}. It has taken none since {since:%Y-%m-%d %H:%M} UTC"
            fix = "See to the endpoint; what it missed waits, or `app.py webhooks replay`."
        yield Finding(f"Webhook {each.name}", said, fix)


def _day(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d}" if at else "never"
