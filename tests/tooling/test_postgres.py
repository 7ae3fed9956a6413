"""The PostgreSQL of the tests: a fresh database each, one server a run, and nothing left behind."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest

from tests.postgres import Server, open_run, running_postgres, shared_postgres

ROOT = Path(__file__).parents[2]
TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"


def connect(url: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(url.replace("postgresql+psycopg:", "postgresql:"))


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until_gone(pid: int) -> None:
    pause = threading.Event()
    for _ in range(500):
        if not is_alive(pid):
            return
        pause.wait(0.02)
    pytest.fail(f"process {pid} still runs")


def postmaster_of(server: Server) -> int:
    with connect(server.url) as connection:
        row = connection.execute("SELECT pg_read_file('postmaster.pid')").fetchone()
    assert row is not None
    return int(str(row[0]).split("\n", 1)[0])


@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_test_gets_an_empty_database(postgres_url: str, turn: str) -> None:
    with connect(postgres_url) as connection:
        assert connection.execute(TABLES).fetchone() == (0,), turn
        connection.execute("CREATE TABLE request (id int)")
        connection.commit()
        assert connection.execute(TABLES).fetchone() == (1,)


def test_a_database_is_dropped_even_while_somebody_uses_it(postgres_server: Server) -> None:
    with postgres_server.fresh_database() as url:
        connection = connect(url)
    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 1")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        connect(url)
    connection.close()


@pytest.mark.parametrize(("durable", "fsync"), [(True, "on"), (False, "off")])
def test_a_server_of_its_own_is_gone_afterwards(*, durable: bool, fsync: str) -> None:
    with running_postgres(durable=durable) as server:
        with connect(server.url) as connection:
            assert connection.execute("SHOW fsync").fetchone() == (fsync,)
        pid = postmaster_of(server)
        assert is_alive(pid)
    assert not is_alive(pid)


@pytest.mark.skipif("TEST_DATABASE_URL" in os.environ, reason="that server is nobody's to end")
def test_a_run_shares_one_server_and_ends_it(tmp_path: Path) -> None:
    with open_run(tmp_path):
        server = shared_postgres(tmp_path)
        assert shared_postgres(tmp_path) == server
        pid = postmaster_of(server)
        assert is_alive(pid)
    assert not is_alive(pid)


A_RUN = """
import pathlib, signal, sys
from tests.postgres import open_run, shared_postgres
directory = pathlib.Path(sys.argv[1])
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets its background ignore it
with open_run(directory):
    print(shared_postgres(directory).url, flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif("TEST_DATABASE_URL" in os.environ, reason="that server is nobody's to end")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_server_ends_with_its_run_however_that_ends(
    tmp_path: Path, end: signal.Signals
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", A_RUN, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as run:
        assert run.stdout is not None
        server = Server(run.stdout.readline().strip())
        pid = postmaster_of(server)
        run.send_signal(end)
        assert run.wait(20) != 0
    wait_until_gone(pid)
