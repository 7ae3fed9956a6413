"""An endpoint of somebody else's: it keeps what it was told and answers as it is told to."""

import base64
import hmac
import json
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = b"a visibly fake secret, 32 bytes "


@dataclass
class Told:
    """One delivery."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def said(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found

    def is_signed(self, secret: bytes = SECRET) -> bool:
        """Verify it as standardwebhooks.com has it, apart from our code."""
        signed = b".".join(
            (self.id.encode(), self.headers["webhook-timestamp"].encode(), self.body)
        )
        right = base64.b64encode(hmac.new(secret, signed, "sha256").digest()).decode()
        return f"v1,{right}" in self.headers["webhook-signature"].split(" ")


@dataclass
class Receiver:
    """What came, and what is answered: ``statuses`` first, then ``status``."""

    url: str = ""
    status: int = 204
    statuses: list[int] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    taken: list[Told] = field(default_factory=list)
    hangs: threading.Event | None = None

    @property
    def setting(self) -> str:
        """The end of its setting."""
        return f"{self.url}/hook#whsec_{base64.b64encode(SECRET).decode()}"

    def facts(self) -> list[tuple[str, str]]:
        """Return what it has taken, in order."""
        return [(each.said["data"]["request"]["ref"], each.said["type"]) for each in self.taken]


@contextmanager
def receiving(tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """Serve an endpoint on this machine."""
    receiver = Receiver()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            told = Told(self.path, {key.lower(): each for key, each in self.headers.items()}, body)
            receiver.told.append(told)
            if receiver.hangs is not None:
                receiver.hangs.wait(20)
            status = receiver.statuses.pop(0) if receiver.statuses else receiver.status
            if status < 300:
                receiver.taken.append(told)
            self.send_response(status)
            self.send_header("content-length", "0")
            self.send_header("location", "/elsewhere")
            self.end_headers()

        do_GET = do_POST  # noqa: N815 - the name that http.server looks for

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    receiver.url = f"http{'s' if tls else ''}://127.0.0.1:{server.server_port}"
    try:
        yield receiver
    finally:
        if receiver.hangs is not None:
            receiver.hangs.set()
        server.shutdown()
        thread.join()
        server.server_close()
