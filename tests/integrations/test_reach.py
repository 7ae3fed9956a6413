"""Our doors, looked at from outside."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import trustme

from integrations.reach import door_trouble, hook_trouble, page_trouble


@contextmanager
def answering(status: int, text: str, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """Serve one answer to everything; give the address."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", 0)))
            self.send_response(status)
            self.send_header("content-length", str(len(text)))
            self.send_header("location", "/elsewhere")
            self.end_headers()
            self.wfile.write(text.encode())

        do_POST = do_GET  # noqa: N815 - the name that http.server looks for

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Answer)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http{'s' if tls else ''}://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "text", "said"),
    [(301, "", "leads elsewhere"), (200, "welcome", "is answered by something else (200)")],
)
def test_what_is_not_ours_is_told_apart(status: int, text: str, said: str) -> None:
    with answering(status, text) as url:
        assert said in page_trouble(url)
        assert door_trouble(url, "s", datetime(2026, 1, 1, tzinfo=UTC)).startswith("gives another")


def test_a_name_that_cannot_be_called_is_a_reason() -> None:
    emoji = "https://xn--ls8h.example"  # a browser reaches it
    assert "cannot be reached from here" in page_trouble(emoji)
    assert "cannot be" in door_trouble(emoji, "s", datetime(2026, 1, 1, tzinfo=UTC))
    assert "cannot be" in hook_trouble(emoji, b"{}", {})


def test_nobody_there_is_a_reason() -> None:
    assert "cannot be reached from here" in page_trouble("http://127.0.0.1:9")
    assert "cannot be" in door_trouble("http://127.0.0.1:9", "s", datetime(2026, 1, 1, tzinfo=UTC))


def test_a_certificate_has_to_be_trusted() -> None:
    authority = trustme.CA()
    tls, trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    authority.configure_trust(trust)
    with answering(200, "ok\n", tls) as url:
        assert page_trouble(url, trust) == ""
        assert "certificate" in page_trouble(url).lower()
