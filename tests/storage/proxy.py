"""A PostgreSQL that can stop answering: a proxy before a real one."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import make_url


class Proxy:
    """Passes everything on while it flows; frozen, it accepts connections and says nothing."""

    def __init__(self, url: str) -> None:
        self._target = make_url(url)
        self._flowing = threading.Event()
        self._flowing.set()
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        port = self._listener.getsockname()[1]
        self.url = (
            self._target.set(host="127.0.0.1", port=port)
            .difference_update_query(["host"])
            .render_as_string(hide_password=False)
        )
        threading.Thread(target=self._accept, daemon=True).start()

    def freeze(self) -> None:
        """Say nothing from now on."""
        self._flowing.clear()

    def thaw(self) -> None:
        """Pass on everything that has come meanwhile, and what comes."""
        self._flowing.set()

    def close(self) -> None:
        self._flowing.set()
        for each in (self._listener, *self._open):
            each.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = self._connect()
            self._open += [client, server]
            for source, sink in ((client, server), (server, client)):
                threading.Thread(target=self._pump, args=(source, sink), daemon=True).start()

    def _connect(self) -> socket.socket:
        directory = self._target.query.get("host")
        if directory is None:
            return socket.create_connection((self._target.host, self._target.port or 5432))
        server = socket.socket(socket.AF_UNIX)
        server.connect(f"{directory}/.s.PGSQL.{self._target.port or 5432}")
        return server

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            while some := source.recv(65536):
                self._flowing.wait()
                sink.sendall(some)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            return


@contextmanager
def proxied(url: str) -> Iterator[Proxy]:
    """Yield a proxy before the server of ``url``."""
    proxy = Proxy(url)
    try:
        yield proxy
    finally:
        proxy.close()
