"""``app.py doctor``: what is wrong with an installation, and the fix for each.

It looks and changes nothing: it posts, joins, grants and writes nothing, in Slack or the database.
Of a library that is not on this machine, only writing tells whether it can be written: a few bytes
are kept there, read, and removed.
"""

import json
import os
import re
import shutil
import stat
from collections.abc import Iterator
from dataclasses import asdict
from zoneinfo import ZoneInfo

import neighbours
from bot import doctor
from bot.doctor import Finding
from bot.errors import CannotGoOn, Unavailable, UnfitSettings
from bot.ports import MailUnavailable
from bot.setting import moving
from bot.signing.examining import examine as examine_blanks
from frontdesk import Frontdesk
from handlers.manifest import SCOPES
from integrations.clock import SystemClock
from integrations.reach import door_trouble, page_trouble
from integrations.slack.examining import app_token_trouble
from partners import examining
from settings import Mode, Settings
from settings.slack import SANDBOX_TOKENS
from storage.database import Database

_ROOM = 1024**3
"""Bytes of a disk below which somebody should make room."""
_SLACKS_SECRET = re.compile(r"[0-9a-f]{32}")
_DATABASE, _SETTINGS = "Database", "Settings"
_MARKS = {"well": "✓", "wrong": "✗", "unseen": "?"}


def see_doctor(settings: Settings, *, as_json: bool) -> int:
    """Print what was found; return 0 when all is well, 1 when something is wrong.

    2: nothing is known to be wrong, and something could not be looked at.
    """
    findings = list(_findings(settings))
    if as_json:
        print(json.dumps([{"state": _state(each), **_shown(each)} for each in findings], indent=1))
    else:
        for each in findings:
            print(f"{_MARKS[_state(each)]} {each.subject}: {each.seen}")
            if each.fix:
                print(f"    {each.fix}")
    states = {_state(each) for each in findings}
    return 1 if "wrong" in states else 2 if "unseen" in states else 0


def _state(finding: Finding) -> str:
    if finding.unseen:
        return "unseen"
    return "wrong" if finding.fix else "well"


def _shown(finding: Finding) -> dict[str, str]:
    return {name: str(asdict(finding)[name]) for name in ("subject", "seen", "fix")}


def _findings(settings: Settings) -> Iterator[Finding]:
    yield from _machine(settings)
    yield examining.language_model(settings)
    yield examining.crm(settings)
    yield from examining.signatures(settings)
    yield from examining.billing(settings)
    yield examining.seal(settings)
    if settings.mode is Mode.SANDBOX:
        yield from _database(settings)
        yield Finding("Slack", "there are no tokens, so nothing is examined but the sandbox's data")
        return
    known = list(_database(settings))
    yield from known
    yield from _outside(settings)
    if any(each.fix for each in known if each.subject == _SETTINGS):
        return  # nothing can be asked of a desk whose settings do not fit
    try:
        frontdesk = Frontdesk(settings)
    except CannotGoOn:
        return  # what the library needs is not installed, as was said above
    is_current = not any(each.fix for each in known if each.subject == _DATABASE)
    try:
        yield doctor.seen("Mail", lambda: _mail(frontdesk))
        yield from doctor.examine(frontdesk.desk, SCOPES, is_current=is_current)
        if is_current:
            yield from doctor.examine_outbox(frontdesk.desk)
            yield from examine_blanks(frontdesk.desk)
    finally:
        frontdesk.stop()


def _machine(settings: Settings) -> Iterator[Finding]:
    mode = stat.S_IMODE(settings.data.stat().st_mode)
    fix = f"chmod 700 {settings.data}" if mode & 0o077 and os.name == "posix" else ""
    yield Finding("Data folder", f"{settings.data}, mode {mode:03o}", fix)
    free = shutil.disk_usage(settings.data).free
    fix = "Make room on its disk, or move FRONTDESK_DATA to another one." if free < _ROOM else ""
    yield Finding("Disk", f"{free / 1024**3:.1f} GB are free for the data", fix)
    yield from examining.library(settings)
    try:
        zones = (settings.company.zone, ZoneInfo("America/New_York"))
        yield Finding("Time zones", f"known, the company's is {zones[0].key}")
    except KeyError:
        yield Finding("Time zones", "are not there", "Install Frontdesk's requirements.lock anew.")


def _database(settings: Settings) -> Iterator[Finding]:
    database = Database(settings.database_url, audit_key=settings.audit_key)
    try:
        if problem := database.schema_problem():
            yield Finding(_DATABASE, "answers, and does not fit", problem)
            return
        yield Finding(_DATABASE, "answers, and is current")
        if mighty := ", ".join(database.too_mighty()):
            fix = (
                "Give the bot a role of its own and run `python app.py migrate` as the owner of "
                "tables and schema."
            )
            yield Finding("Database role", f"it {mighty}", fix)
        else:
            yield Finding("Database role", "can do what it needs and no more")
        fix = "" if database.fits_key() else "Set the FRONTDESK_AUDIT_KEY with which it began."
        said = "fits the end of the audit" if not fix else "does not fit the audit"
        yield Finding("Audit key", said, fix)
        yield _changed(settings, database)
        yield from neighbours.findings(settings, database)
    except Unavailable as error:
        fix = "Start the database, or correct DATABASE_URL."
        yield Finding(_DATABASE, str(error), fix, unseen=True)
    finally:
        database.close()


def _changed(settings: Settings, database: Database) -> Finding:
    """Say which settings are not as in the file."""
    differing = moving.differing(database)
    try:
        moving.exported(database, settings.handbook)
    except UnfitSettings as unfit:
        fix = "Correct frontdesk.toml, or `python app.py config import` one that fits."
        return Finding(_SETTINGS, f"what was changed does not fit frontdesk.toml: {unfit}", fix)
    named = ", ".join(f"{each.key} (by {each.by}, {each.at:%Y-%m-%d})" for each in differing)
    said = f"not as in frontdesk.toml: {named}" if named else "all as in frontdesk.toml"
    return Finding(_SETTINGS, said)


def _outside(settings: Settings) -> Iterator[Finding]:
    url, api_url = settings.public_url, settings.api_url or ""
    if url is None:
        fix = "Set FRONTDESK_PUBLIC_URL to the https address of clients and Slack."
        yield Finding("Public address", "is not set", fix)
    else:
        trouble = page_trouble(url)
        fix = "Start the bot, and see to the proxy and its certificate." if trouble else ""
        yield Finding("Public address", f"{url} {trouble or 'leads here'}", fix)
    if settings.mode is Mode.SOCKET:
        trouble = app_token_trouble(settings.app_token or "", api_url)
        fix = "Make one with connections:write (Basic Information), and switch Socket Mode on."
        said = f"Slack refuses it: {trouble}" if trouble else "opens Socket Mode"
        yield Finding("App-level token", said, fix if trouble else "")
        return
    is_play = (settings.bot_token or "").startswith(SANDBOX_TOKENS)
    if not is_play and not all(_SLACKS_SECRET.fullmatch(each) for each in settings.signing_secrets):
        fix = "Copy the Signing Secret from the app's page Basic Information."
        yield Finding("Signing secret", "does not look like one of Slack's", fix)
    if url is not None:
        trouble = door_trouble(url, settings.signing_secrets[0], SystemClock().now())
        fix = "Pass POST /slack/events on to the bot, with body and headers as they are."
        said = trouble or "answers Slack's test"
        yield Finding("Slack's door", f"{url}/slack/events {said}", fix if trouble else "")


def _mail(frontdesk: Frontdesk) -> Finding:
    mailer = frontdesk.desk.mailer
    try:
        mailer.check()
    except MailUnavailable as trouble:
        return Finding("Mail", str(trouble), trouble.fix or "Try again when it answers.")
    if not mailer.reaches_people:
        fix = "Set FRONTDESK_SMTP_URL and FRONTDESK_MAIL_FROM."
        return Finding("Mail", "is written to files, and reaches nobody", fix)
    return Finding("Mail", "the server takes our login")
