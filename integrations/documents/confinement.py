"""Starts a confined process for one piece of work, and ends it when its time is up."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.ports.documents import NotRendered
from bot.ports.values import Json
from integrations.documents.wire import packed, unpacked

_HOUSE = Path(__file__).parents[2]
_NOWHERE = "http://127.0.0.1:9"
"""The proxy of a confined process. Nobody listens there: no name is looked up, no one is asked."""

_TOO_MUCH = "It needed too much memory and was stopped."


def confined(program: str, facts: Json, content: bytes, *, seconds: float) -> Sequence[bytes]:
    """Return what the module ``program`` makes of ``facts`` and ``content``, in its own process.

    The process stands in an empty folder, has none of our environment, and has ended when this
    returns. Raises NotRendered with its own sentence, or after ``seconds``, or when it broke down.
    """
    question = packed({**facts, "seconds": seconds}, [content])
    with TemporaryDirectory(prefix="document-", ignore_cleanup_errors=True) as folder:
        try:
            done = subprocess.run(  # noqa: S603 - a module of ours, by our own Python
                [sys.executable, "-m", program],
                input=question,
                capture_output=True,
                timeout=seconds,
                cwd=folder,
                env=_environment(),
                start_new_session=True,  # Ctrl-C in a terminal is meant for us, who end it in time
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            raise NotRendered(_too_long(seconds)) from late
    return _reply(done, seconds)


def _environment() -> dict[str, str]:
    """No secret, no proxy that works, no path but the modules'; a fixed number of threads."""
    modules = [str(_HOUSE), *filter(None, [os.environ.get("PYTHONPATH")])]
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return kept | {
        "PYTHONPATH": os.pathsep.join(modules),
        "PYTHONUTF8": "1",
        "ALL_PROXY": _NOWHERE,
        "HTTPS_PROXY": _NOWHERE,
        "RAYON_NUM_THREADS": "2",
    }


def _reply(done: "subprocess.CompletedProcess[bytes]", seconds: float) -> Sequence[bytes]:
    if done.returncode != 0:
        raise NotRendered(_why(done, seconds))
    facts, pieces = unpacked(done.stdout)
    if "exhausted" in facts:
        raise NotRendered(_TOO_MUCH)
    if "refused" in facts:
        raise NotRendered(str(facts["refused"]))
    return pieces


def _why(done: "subprocess.CompletedProcess[bytes]", seconds: float) -> str:
    if b"memory allocation" in done.stderr or b"MemoryError" in done.stderr:
        return _TOO_MUCH
    if sys.platform != "win32" and done.returncode == -signal.SIGXCPU:
        return _too_long(seconds)
    last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
    return f"The program that makes documents broke down ({last or done.returncode})."


def _too_long(seconds: float) -> str:
    return f"It took longer than {seconds:g} seconds and was stopped."
