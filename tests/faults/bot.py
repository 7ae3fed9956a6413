"""A bot that can be killed, from the side of the test (:mod:`tests.faults.nursery`)."""

import contextlib
import json
import os
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.journeys.house import ROOT


class Killed(Exception):
    """The bot died before it answered."""


@dataclass(frozen=True)
class Nursery:
    """Where bots are born."""

    path: Path


@contextmanager
def open_nursery(folder: Path) -> Iterator[Nursery]:
    """Start the process of which bots are forks; it ends with this, and bots with their tests."""
    path = folder / "nursery"
    command = [sys.executable, "-m", "tests.faults.nursery", str(path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=dict(os.environ)
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        try:
            yield Nursery(path)
        finally:
            assert process.stdin is not None
            process.stdin.close()


class Bot:
    """A running bot. Everything here may be called from any thread, and waits at most a minute."""

    def __init__(
        self, nursery: Nursery, environ: Mapping[str, str], folder: Path, kill_at: str = ""
    ) -> None:
        """Start it; ``kill_at``: a boundary at which it dies already while it starts.

        Raises Killed when it has died.
        """
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(60)
        self._socket.connect(str(nursery.path))
        self._answers = self._socket.makefile("r")
        self._turn = threading.Lock()
        scratch = folder.parent / "scratch"
        scratch.mkdir(exist_ok=True)
        log = folder.parent / "boundaries"
        self._ask(
            environ=dict(environ),
            folder=str(folder),
            log=str(log),
            scratch=str(scratch),
            kill_at=kill_at,
        )

    def _ask(self, **asked: Any) -> None:
        with self._turn:
            try:
                self._socket.sendall(json.dumps(asked).encode() + b"\n")
                answer = self._answers.readline()
            except (BrokenPipeError, ConnectionResetError):
                answer = ""
        if not answer:
            self.let_go()
            raise Killed

    @property
    def is_alive(self) -> bool:
        """Whether it has not died."""
        if self._socket.fileno() < 0:
            return False
        readable, _, _ = select.select([self._socket], [], [], 0)
        try:
            return not readable or bool(self._socket.recv(1, socket.MSG_PEEK))
        except ConnectionResetError:
            return False

    def kill_at(self, boundary: str) -> None:
        """Let it die at this boundary."""
        self._ask(kill_at=boundary)

    def kill_after(self, count: int, delay: float) -> None:
        """Let it die so many seconds after so many boundaries."""
        self._ask(kill_after=count, delay=delay)

    def look_at_clock(self, now: datetime) -> None:
        """Let it learn that it is ``now``, or later, in the sandbox."""
        self._ask(clock=now.isoformat())

    def run_job(self, name: str) -> None:
        """Let a job of the scheduler run."""
        self._ask(job=name)

    def end(self) -> None:
        """Let it die where it is; returns when it is dead."""
        with contextlib.suppress(OSError):  # it may have died by itself
            self._socket.shutdown(socket.SHUT_WR)
            while self._socket.recv(4096):
                pass
        self.let_go()

    def let_go(self) -> None:
        """Forget a dead one."""
        self._answers.close()
        self._socket.close()
