"""A load balancer: each request goes to the next of its targets, whoever sent it."""

import itertools
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

_PATIENCE = 10


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True


class Balancer:
    """Listens on ``port``; :attr:`targets`, ports of this machine, can be changed meanwhile."""

    def __init__(self, port: int, targets: list[int]) -> None:
        self.targets = targets
        turn, balancer = itertools.count(), self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                target = balancer.targets[next(turn) % len(balancer.targets)]
                connection = HTTPConnection("127.0.0.1", target, timeout=_PATIENCE)
                try:
                    connection.request("POST", self.path, body, dict(self.headers))
                    answer = connection.getresponse()
                    content = answer.read()
                finally:
                    connection.close()
                self.send_response(answer.status)
                self.send_header("content-type", answer.headers.get("content-type", "text/plain"))
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = _Server(("127.0.0.1", port), Handler)
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
