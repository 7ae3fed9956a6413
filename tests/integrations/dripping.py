"""A server whose answers come letter by letter, and never to an end."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

_PACE = 0.05
HEAD = b"HTTP/1.1 200 OK\r\nx: "


def answer(body: str, status: str = "200 OK") -> bytes:
    """A whole answer of JSON."""
    head = f"HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {len(body)}"
    return f"{head}\r\n\r\n{body}".encode()


@contextmanager
def dripping(
    before: list[bytes] | None = None, begins: bytes = HEAD, tls: ssl.SSLContext | None = None
) -> Iterator[str]:
    """Serve on a free port of this machine; yield ``127.0.0.1:port``.

    The first calls are answered by ``before``; every later one by ``begins``, and then by one more
    letter after the other.
    """
    over, threads = threading.Event(), list[threading.Thread]()
    left = [] if before is None else before

    def converse(taken: socket.socket) -> None:
        with suppress(OSError), taken, _spoken(taken, tls) as wire, wire.makefile("rb") as heard:
            while _is_asked(heard):
                if left:
                    wire.sendall(left.pop(0))
                    continue
                wire.sendall(begins)
                while not over.wait(_PACE):
                    wire.sendall(b"x")

    def listen() -> None:
        with suppress(OSError):
            while True:
                taken, _ = listening.accept()
                threads.append(threading.Thread(target=converse, args=(taken,), daemon=True))
                threads[-1].start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        try:
            yield f"127.0.0.1:{listening.getsockname()[1]}"
        finally:
            over.set()
            listening.shutdown(socket.SHUT_RDWR)
            for each in (listener, *threads):
                each.join(5)


def _spoken(taken: socket.socket, tls: ssl.SSLContext | None) -> socket.socket:
    return tls.wrap_socket(taken, server_side=True) if tls else taken


def _is_asked(heard: BinaryIO) -> bool:
    """Read a call to its end; whether there was one."""
    length, line = 0, heard.readline()
    while line.strip():
        name, _, value = line.partition(b":")
        length = int(value) if name.lower() == b"content-length" else length
        line = heard.readline()
    heard.read(length)
    return bool(line)
