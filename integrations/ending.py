"""An end for a whole conversation: libraries limit the wait for each piece of an answer alone.

So a server that sends a letter each second holds whoever waits for its answer for ever. What is
asked within :func:`ended` has an end, if its connections are known here: those of httpx by
:func:`watch`, of urllib3 by :func:`watch_pools`, of requests by :func:`watch_session`, and any
other by :meth:`Ending.hold`. Until there is a connection, the library's own limit for that holds.
"""

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic
from typing import Any, Protocol


class _Wire(Protocol):
    """A connection, whatever is spoken over it."""

    def fileno(self) -> int:
        """Return its number, -1 where it is closed."""


class Ending:
    """Cuts the connections that it was given ``seconds`` from now, unless it is let go before."""

    def __init__(self, seconds: float) -> None:
        """Begin to wait."""
        self.is_over = False
        self._until = monotonic() + seconds
        self._handles: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()

    @property
    def left(self) -> float:
        """How many seconds are left. Raises TimeoutError when there are none."""
        left = self._until - monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def hold(self, wire: _Wire) -> None:
        """Cut this connection, too: at once where the time is over."""
        number = wire.fileno()
        if number < 0:
            return
        # A handle of our own is the connection also after TLS took the socket over.
        handle = socket.fromfd(number, socket.AF_INET, socket.SOCK_STREAM)
        with self._lock:
            self._handles.append(handle)
        if self.is_over:
            self._cut()

    def let_go(self) -> None:
        """Cut nothing any more."""
        self._timer.cancel()
        with self._lock:
            for handle in self._handles:
                handle.close()
            self._handles.clear()

    def _cut(self) -> None:
        with self._lock:
            self.is_over = True
            for handle in self._handles:
                with contextlib.suppress(OSError):  # it may be over already
                    handle.shutdown(socket.SHUT_RDWR)


_NOW: ContextVar[Ending | None] = ContextVar("_NOW", default=None)
"""What ends that which this thread asks now."""


@contextmanager
def ended(seconds: float) -> Iterator[Ending]:
    """Cut every watched connection that is used herein when ``seconds`` are over.

    Raises TimeoutError then, also in the place of an answer: one that was cut may look whole.
    """
    ending = Ending(seconds)
    before = _NOW.set(ending)
    try:
        yield ending
    except Exception as error:
        if ending.is_over:
            raise TimeoutError from error
        raise
    finally:
        _NOW.reset(before)
        ending.let_go()
    if ending.is_over:
        raise TimeoutError


def watch(happened: str, about: Mapping[str, Any]) -> None:
    """Know a connection that httpx makes; given to it as ``extensions={"trace": watch}``.

    It tells of new connections only, so a client is used within one :func:`ended` alone.
    """
    ending = _NOW.get()
    if ending is not None and happened.endswith("connect_tcp.complete"):
        ending.hold(about["return_value"].get_extra_info("socket"))


def watch_pools(manager: Any) -> None:  # noqa: ANN401 - there is no urllib3 without an extra
    """Know every connection of a pool manager of urllib3, also one that is used again."""
    manager.pool_classes_by_scheme = {
        scheme: type(pool.__name__, (pool,), {"ConnectionCls": _watched(pool.ConnectionCls)})
        for scheme, pool in manager.pool_classes_by_scheme.items()
    }


def watch_session(
    session: Any,  # noqa: ANN401 - nor requests
    trust: ssl.SSLContext | None = None,
) -> None:
    """Know every connection of a new session of requests, also one through a proxy.

    They believe whom ``trust`` does, too; requests itself takes none.
    """
    for prefix, adapter in tuple(session.adapters.items()):
        session.mount(prefix, _watching(type(adapter), trust)())


def _watching(adapter: Any, trust: ssl.SSLContext | None) -> type:  # noqa: ANN401 - likewise
    class Watching(adapter):  # type: ignore[misc]  # a class of requests'
        """Makes pools whose connections are watched; these two are there to be overridden."""

        def init_poolmanager(self, *what: object, **more: object) -> None:
            super().init_poolmanager(*what, **more, ssl_context=trust)
            watch_pools(self.poolmanager)

        def proxy_manager_for(self, proxy: str, **more: object) -> object:
            is_new = proxy not in self.proxy_manager
            manager = super().proxy_manager_for(proxy, **more, ssl_context=trust)
            if is_new:
                watch_pools(manager)
            return manager

    return Watching


def _watched(connection: Any) -> type:  # noqa: ANN401 - likewise
    class Watched(connection):  # type: ignore[misc]  # a class of urllib3's
        """Tells of its socket before anybody waits for what comes from it."""

        def _new_conn(self) -> socket.socket:
            wire: socket.socket = super()._new_conn()
            _hold(wire)
            return wire

        def request(self, *what: object, **more: object) -> None:
            if self.sock is not None:
                _hold(self.sock)
            super().request(*what, **more)

    return Watched


def _hold(wire: _Wire) -> None:
    ending = _NOW.get()
    if ending is not None:
        ending.hold(wire)
