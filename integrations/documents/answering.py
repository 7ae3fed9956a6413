"""The inside of a confined process: limits first, then one question, one answer, and the end.

A program of this kind is a module whose last lines hand its one function to :func:`answer`.
"""

import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from bot.ports.documents import NotRendered
from bot.ports.values import Json
from integrations.documents.wire import packed, unpacked

if sys.platform != "win32":
    import resource

MEMORY = 1024**3
"""How many bytes of address space a confined process has, where the system can limit it."""

_CPUS = 2


def answer(work: Callable[[Json, bytes], Sequence[bytes]]) -> NoReturn:
    """Read a question from stdin, answer it on stdout with what ``work`` makes of it, and exit."""
    facts, pieces = unpacked(sys.stdin.buffer.read())
    _limit(facts.pop("seconds"))
    try:
        reply = packed({}, work(facts, pieces[0]))
    except NotRendered as reason:
        reply = packed({"refused": str(reason)})
    except MemoryError:
        reply = packed({"exhausted": True})
    sys.stdout.buffer.write(reply)
    sys.stdout.buffer.flush()
    sys.exit(0)


def _limit(seconds: float) -> None:
    """Limit this process where the system allows it, for good.

    Linux: memory, computing time (so that it ends even where the one who started it died first),
    no file is written, no core dumped. macOS: the same, but its kernel does not hold processes to
    a limit of memory. Windows: none of these; only whoever started it ends it in time.
    """
    if sys.platform != "win32":
        computing = int(seconds * _CPUS) + 1
        _lower(resource.RLIMIT_CPU, computing)
        _lower(resource.RLIMIT_FSIZE, 0)
        _lower(resource.RLIMIT_CORE, 0)
        if sys.platform == "linux":
            _lower(resource.RLIMIT_AS, MEMORY)


def _lower(limit: int, to: int) -> None:
    if sys.platform != "win32":
        hard = resource.getrlimit(limit)[1]
        ceiling = to if hard == resource.RLIM_INFINITY else min(to, hard)
        resource.setrlimit(limit, (ceiling, ceiling))
