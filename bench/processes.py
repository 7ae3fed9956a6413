"""Servers in processes of their own: started, stopped, paused, and how much memory they take."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.errors import NotMeasured
from bench.machine import cores, kept_on

ROOT = Path(__file__).parents[1]
_START_LIMIT, _STOP_LIMIT = 30.0, 8.0
"""Seconds that a server may take to be ready, and to end in order."""
_LOOK_EVERY = 0.005


class Served:
    """A server on loopback, on the core of the server under test. Ready when `/readyz` says so."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        env: Mapping[str, str],
        folder: Path,
        port: int,
        *,
        anywhere: bool = False,
    ) -> None:
        """Prepare; :meth:`start` starts it. Its output goes to a file in ``folder``.

        ``anywhere``: on every core, beside others.
        """
        self.name = name
        self.port = port
        self._cores = cores()[0] | cores()[1] if anywhere else cores()[0]
        self._command = list(command)
        self._env = {**os.environ, **env, "PORT": str(port), "PYTHONPATH": str(ROOT)}
        self._log = folder / f"{name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, **more: str) -> float:
        """Start it, with ``more`` in its environment; return the seconds until it was ready."""
        begun = time.perf_counter()
        with kept_on(self._cores), self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own servers
                self._command, env=self._env | more, stdout=log, stderr=log, cwd=ROOT
            )
        pause = threading.Event()
        while time.perf_counter() - begun < _START_LIMIT:
            if self._process.poll() is not None:
                break
            if _is_ready(self.port):
                return time.perf_counter() - begun
            pause.wait(_LOOK_EVERY)
        self.stop()
        said = self._log.read_text(errors="replace")[-2000:]
        raise NotMeasured(f"{self.name} ended, or was not ready in {_START_LIMIT:.0f} s:\n{said}")

    def stop(self) -> None:
        """End it in order, or at once when that takes too long.

        A main thread that has just been resumed does not hear SIGTERM: another thread gets it.
        """
        if self._process is None:
            return
        self.resume()
        _is_ready(self.port)
        self._process.terminate()
        try:
            self._process.wait(_STOP_LIMIT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def pause(self) -> None:
        """Take the processor away from it; what it is asked meanwhile waits."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it run again."""
        self._signal(signal.SIGCONT)

    @contextmanager
    def awake(self) -> Iterator[None]:
        """Let a paused server run, and pause it again."""
        self.resume()
        try:
            yield
        finally:
            self.pause()

    def resident(self) -> float:
        """Return its resident memory in MiB."""
        lines = self._said_by_the_kernel("status").splitlines()
        line = next(each for each in lines if each.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def processor_ms(self) -> float:
        """Return the processor time that it has taken since its start, in ms (to about 10)."""
        user, system = self._said_by_the_kernel("stat").rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) * 1000 / os.sysconf("SC_CLK_TCK")

    def _said_by_the_kernel(self, what: str) -> str:
        if self._process is None:
            raise NotMeasured(f"{self.name} does not run.")
        file = Path(f"/proc/{self._process.pid}/{what}")
        if not file.exists():
            raise NotMeasured("Memory and processor time are read from /proc, which is not here.")
        return file.read_text()

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)


def module(name: str) -> list[str]:
    """Return the command that runs a module of ours."""
    return [sys.executable, "-m", name]


def free_port() -> int:
    """Return a port of this machine that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
