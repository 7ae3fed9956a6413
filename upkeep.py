"""What is kept, looked after from the command line: migrated, backed up, restored."""

import os
import tempfile
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bot import resuming
from bot.errors import CannotGoOn, Unavailable
from integrations.clock import SystemClock
from partners import connecting
from records import OURS_ALONE
from settings import Settings
from storage import revision

_FOR_EVER = datetime.max.replace(tzinfo=UTC)


def migrate_database(settings: Settings) -> int:
    """Bring the schema up to date, as the owner of the database where one is named."""
    os.umask(OURS_ALONE)
    owner = settings.migration_database_url
    migrate(owner or settings.database_url, _bots_role(settings))
    print("The database is up to date.")
    return 0


def migrate(url: str, bot_role: str | None = None) -> None:
    """Bring the schema at ``url`` up to date. Raises CannotGoOn with why not, and Unavailable."""
    from storage import migrate as migrations  # noqa: PLC0415 - Alembic is loaded only to migrate

    found = revision.current(url)
    if found is not None and (problem := revision.problem(found, may_be_older=True)):
        raise CannotGoOn(problem)
    try:
        migrations.migrate(url, bot_role)
    except Unavailable:
        raise
    except Exception as error:
        said = str(error).partition("\n")[0]
        raise CannotGoOn(f"The database is as it was, and not migrated: {said}") from error


def backup(settings: Settings, out: Path | None) -> int:
    """Write everything that is kept to ``out``, a new file; return 1 when a file is missing.

    The bot may run meanwhile. The audit's key is not in it.
    """
    from storage.backups import archive, copying, trouble  # noqa: PLC0415 - as Alembic above

    os.umask(OURS_ALONE)
    now = SystemClock().now()
    path = out or Path(f"frontdesk-{now:%Y%m%dT%H%M%SZ}.zip")
    library = connecting.library(settings)
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".frontdesk-backup-") as scratch:
            copied = Path(scratch) / "database"
            copy = copying.copy_out(_owners(settings), copied)
            found = archive.write(path, copy, copied, library, settings.audit_key, now)
        with path.open("rb") as file:
            print(f"{path}: SHA-256 {file_digest(file, 'sha256').hexdigest()}")
    except trouble.NoBackup as why:
        raise CannotGoOn(str(why)) from why
    except OSError as error:
        raise CannotGoOn(f"{path} could not be written: {error.strerror}.") from error
    print(f"The audit up to row {found.audit_seq}, and files of the library: {len(found.files)}.")
    print(
        f"It is restored with the audit key {found.audit_key}, which is not in it: keep that too."
    )
    for each in found.missing:
        print(f"✗ The file {each} is missing in the library, or damaged, and so in the archive.")
    return 1 if found.missing else 0


def restore(settings: Settings, file: Path, *, replace: bool) -> int:
    """Put an archive back into an empty place; with ``replace``, after moving aside what is there.

    The bot must not run.
    """
    from storage.backups import restoring, trouble  # noqa: PLC0415 - as Alembic above

    os.umask(OURS_ALONE)
    role = _bots_role(settings)
    now = SystemClock().now()
    try:
        restored = restoring.restore(
            file,
            _owners(settings),
            key=settings.audit_key,
            library=connecting.library(settings),
            now=now,
            until=_FOR_EVER if settings.clock == "sandbox" else now,
            replace=replace,
            resume=lambda unit, taken_at: resuming.resume(unit, taken_at, now),
        )
    except trouble.NoBackup as why:
        raise CannotGoOn(f"Nothing was restored. {why}") from why
    if role is not None:
        migrate(_owners(settings), role)  # the rights of the bot's role
    archived = restored.manifest
    print(f"Restored as it was at {archived.taken_at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC;")
    print(f"every hash fits, and the audit is whole up to row {archived.audit_seq}.")
    print(
        f"Slack is asked about {restored.in_doubt} messages that may have been sent since, before "
        "they are sent."
    )
    for each in archived.missing:
        print(f"✗ The file {each} was missing already when the archive was made.")
    return 0


def _owners(settings: Settings) -> str:
    return settings.migration_database_url or settings.database_url


def _bots_role(settings: Settings) -> str | None:
    """Return the database role that the bot connects as, where the owner is another one."""
    if settings.migration_database_url is None:
        return None
    role = unquote(urlsplit(settings.database_url).username or "")
    if not role:
        raise CannotGoOn("DATABASE_URL names no user; write the bot's role before the @ of it.")
    return role
