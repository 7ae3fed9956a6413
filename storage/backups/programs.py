"""PostgreSQL's own programs: pg_dump takes a database out, pg_restore puts one in."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.engine import URL

from storage.backups.trouble import NoBackup
from storage.revision import VERSION_TABLE

ASIDE = "frontdesk_before_"
"""How the schemas begin into which a restore moved what was there; no backup holds them."""


def dump(url: URL, into: Path, snapshot: str, server: int) -> None:
    """Write what ``snapshot`` sees to ``into``, but for the revision of the schema.

    ``server`` is the major version of the server; pg_dump must not be older. Raises NoBackup.
    """
    program = _found("pg_dump")
    if (ours := _major(program)) < server:
        raise NoBackup(
            f"pg_dump is of PostgreSQL {ours} and the server of {server}. Install the client "
            f"programs of PostgreSQL {server} (Debian, Ubuntu: postgresql-client-{server}) and put "
            "them first on PATH."
        )
    options = ["--format=custom", "--no-owner", "--no-privileges", "--lock-wait-timeout=60s"]
    options += [f"--exclude-table-data=*.{VERSION_TABLE}", f"--exclude-schema={ASIDE}*"]
    options += [f"--snapshot={snapshot}", f"--file={into}"]
    _run(program, options, url)


def load(url: URL, dumped: Path) -> None:
    """Put what is in ``dumped`` into the empty database at ``url``, all or nothing.

    Raises NoBackup.
    """
    options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    _run(_found("pg_restore"), [*options, str(dumped)], url)


def _found(name: str) -> str:
    program = shutil.which(name)
    if program is None:
        raise NoBackup(
            f"{name} is not on PATH. Install PostgreSQL's client programs (Debian, Ubuntu: "
            "postgresql-client; macOS: brew install libpq)."
        )
    return program


def _major(program: str) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 - found on PATH
    found = re.search(r"\b(\d+)", said.stdout)
    if found is None:
        raise NoBackup(f"{program} does not say its version; install PostgreSQL's own programs.")
    return int(found[1])


def _run(program: str, options: Sequence[str], url: URL) -> None:
    """Run it on the database; the password is in its environment, where nobody else reads it."""
    address = url.set(drivername="postgresql", password=None).render_as_string()
    environ = dict(os.environ)
    if url.password is not None:
        environ["PGPASSWORD"] = str(url.password)
    command = [program, *options, f"--dbname={address}"]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)  # noqa: S603 - found on PATH
    if done.returncode != 0:
        name, said = Path(program).name, done.stderr.strip().partition("\n")[0]
        lacks_rights = "permission denied" in said or "privilege" in said
        fix = " Set MIGRATION_DATABASE_URL to the owner's." if lacks_rights else ""
        raise NoBackup(f"{name} failed: {said.removeprefix(f'{name}: error: ')}.{fix}")
