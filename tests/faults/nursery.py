"""Bots to be killed, each in a process of its own, forked from one that has imported everything.

Started as ``python -m tests.faults.nursery SOCKET`` it makes a bot for each connection to the Unix
socket ``SOCKET``, until its standard input ends. A line of JSON goes in, one comes out:

    {"environ": {...}, "folder": "...", "log": "...", "scratch": "..."}      the bot runs    {}
    {"kill_at": "..."}                     see :class:`tests.faults.boundaries.Boundaries`   {}
    {"kill_after": 12, "delay": 0.01}      likewise                                          {}
    {"clock": "2037-..."}                  it asks the sandbox until it is as late as that   {}
    {"job": "triage"}                      the job of the scheduler runs                     {}

A bot ends with its connection, as by SIGKILL: nothing is finished. So its death can be seen by the
end of the connection.
"""

import json
import os
import select
import signal
import socket
import sys
import tempfile
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from frontdesk import Frontdesk
from integrations.slack.clock import FollowedClock
from scheduler.jobs import JOBS
from settings import load
from tests.faults.answers import Answers
from tests.faults.boundaries import Boundaries
from tests.journeys.house import PACE, ROOT, SETTLE

_SETTLING = 15.0
_PARTNERS = ("integrations.billing.stripe", "integrations.signatures.docusign")
"""What a bot loads where they are set; the libraries are large."""


class _Watched(Frontdesk):
    """The bot, whose answers over HTTP are boundaries as well."""

    boundaries: Boundaries

    def _doors(self) -> Starlette:
        doors = super()._doors()
        doors.add_middleware(Answers, boundaries=self.boundaries)
        return doors


def serve(path: str) -> None:
    """Fork a bot for each connection, until standard input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the dead
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen()
        _warm_up()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            readable, _, _ = select.select([listening, sys.stdin], [], [])
            if sys.stdin in readable:
                return
            connection, _ = listening.accept()
            if os.fork() == 0:
                listening.close()
                _live(connection)
            connection.close()


def _warm_up() -> None:
    """Put a bot together that never starts: what is read and compiled for it is so for all."""
    for each in _PARTNERS:
        import_module(each)
    with tempfile.TemporaryDirectory() as folder:
        settings = load(
            {
                "SLACK_BOT_TOKEN": "xoxb-not-a-token",
                "SLACK_SIGNING_SECRET": "not-a-secret-but-of-its-length-0",
                "DATABASE_URL": f"sqlite:///{folder}/frontdesk.db",
                "FRONTDESK_CONFIG": str(ROOT / "frontdesk.example.toml"),
                "FRONTDESK_AUDIT_KEY": "ab" * 32,
                "FRONTDESK_DATA": folder,
            },
            Path(folder),
        )
        Frontdesk(settings).stop()


def _live(connection: socket.socket) -> None:
    """Be a bot for as long as somebody is at the other end."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    try:
        with connection.makefile("rw") as wire:
            frontdesk, boundaries = _started(json.loads(wire.readline()))
            _say(wire, {})
            for line in wire:
                _do(frontdesk, boundaries, json.loads(line))
                _say(wire, {})
    finally:
        sys.stderr.flush()
        os._exit(0)


def _say(wire: Any, answer: dict[str, object]) -> None:  # noqa: ANN401 - a text stream, both ways
    wire.write(json.dumps(answer) + "\n")
    wire.flush()


def _started(asked: dict[str, Any]) -> tuple[Frontdesk, Boundaries]:
    folder, tempfile.tempdir = Path(asked["folder"]), asked["scratch"]
    boundaries = Boundaries(Path(asked["log"]), folder)
    boundaries.watch()
    _Watched.boundaries = boundaries
    if asked.get("kill_at"):
        boundaries.kill_at(asked["kill_at"])
    frontdesk = _Watched(load(asked["environ"], folder), pace=PACE, settle=SETTLE)
    frontdesk.start()
    frontdesk.wait_until_settled(_SETTLING)
    return frontdesk, boundaries


def _do(frontdesk: Frontdesk, boundaries: Boundaries, asked: dict[str, Any]) -> None:
    if "kill_at" in asked:
        boundaries.kill_at(asked["kill_at"])
    if "kill_after" in asked:
        boundaries.kill_after(asked["kill_after"], asked["delay"])
    if "clock" in asked:
        assert isinstance(frontdesk.clock, FollowedClock)
        while frontdesk.clock.now() < datetime.fromisoformat(asked["clock"]):
            frontdesk.clock.refresh()  # on a busy machine the sandbox may not answer in time
        frontdesk.bell.ring()
    if "job" in asked:
        [job] = [each for each in JOBS if each.name == asked["job"]]
        job.run(frontdesk.desk, frontdesk.clock.now())


if __name__ == "__main__":
    serve(sys.argv[1])
