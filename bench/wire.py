"""Signed requests as bytes, made beforehand, and the answers to them."""

import hashlib
import hmac
import http.client
import json
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from integrations.clock import SystemClock

Good = Callable[[bytes], bool]
"""Whether the body of a 200 is the answer that is expected."""

_END = b"\r\n\r\n"
_OK = b"HTTP/1.1 200 "


@dataclass(frozen=True, slots=True)
class Slack:
    """Who signs the requests."""

    signing_secret: str

    def command(self, payload: dict[str, Any]) -> bytes:
        """Return the request that brings a slash command."""
        return self._signed(urlencode(payload).encode())

    def interaction(self, payload: dict[str, Any]) -> bytes:
        """Return the request that brings a click or a form."""
        return self._signed(urlencode({"payload": json.dumps(payload)}).encode())

    def _signed(self, body: bytes) -> bytes:
        timestamp = str(int(SystemClock().now().timestamp()))
        base = b"v0:" + timestamp.encode() + b":" + body
        mac = hmac.new(self.signing_secret.encode(), base, hashlib.sha256).hexdigest()
        head = (
            "POST /slack/events HTTP/1.1\r\nhost: 127.0.0.1\r\n"
            "content-type: application/x-www-form-urlencoded\r\n"
            f"content-length: {len(body)}\r\nx-slack-request-timestamp: {timestamp}\r\n"
            f"x-slack-signature: v0={mac}\r\n\r\n"
        )
        return head.encode() + body


def length_of(head: bytes) -> int:
    """Return the length of the body that follows ``head``, 0 when it does not say."""
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


def is_good(head: bytes, body: bytes, good: Good) -> bool:
    """Whether this is a 200 with the expected body."""
    return head.startswith(_OK) and good(body)


class Line:
    """One connection that stays open; asks one request at a time."""

    def __init__(self, port: int) -> None:
        """Connect."""
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> tuple[bytes, bytes]:
        """Return head and body of the answer. Raises OSError."""
        self._socket.sendall(request)
        said = bytearray()
        while (end := said.find(_END)) < 0:
            said += self._more()
        head = bytes(said[:end])
        whole = end + len(_END) + length_of(head)
        while len(said) < whole:
            said += self._more()
        return head, bytes(said[end + len(_END) : whole])

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _more(self) -> bytes:
        chunk = self._socket.recv(65536)
        if not chunk:
            raise ConnectionError("The server hung up.")
        return chunk


def get_json(url: str, path: str, method: str = "GET") -> Any:  # noqa: ANN401 - any JSON value
    """Return what one of the workspace's doors answers. Raises OSError."""
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=60)
    try:
        connection.request(method, path, headers={"content-length": "0"})
        answer = connection.getresponse()
        said = answer.read()
        if answer.status != http.client.OK:
            raise ConnectionError(f"{path} answered {answer.status}: {said[:500]!r}")
        return json.loads(said)
    finally:
        connection.close()
