"""A program that is moto's server, ``python -m tests.integrations.library.serving PORT``.

It takes one request at a time: where one thing is put twice at once, moto answers with 500, which
no S3 does.
"""

import sys
from collections.abc import Iterable
from threading import Lock
from typing import TYPE_CHECKING

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

if __name__ == "__main__":
    server, turn = DomainDispatcherApplication(create_backend_app), Lock()

    def answer(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        with turn:
            answered: Iterable[bytes] = server(environ, start)
        return answered

    run_simple("127.0.0.1", int(sys.argv[1]), answer, threaded=True)
