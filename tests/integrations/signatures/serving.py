"""The double of DocuSign, served by https on this machine."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import trustme
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from tests.integrations.signatures.contract import Contract, carried
from tests.integrations.signatures.double import Double


@contextmanager
def serving(folder: Path, contract: Contract | None = None) -> Iterator[tuple[Double, Path]]:
    """Serve a double by https; yield it with the file of the authority that vouches for it."""
    authority, double = trustme.CA(), Double(contract or carried())
    trusted, mine = folder / "authority.pem", folder / "docusign.pem"
    authority.cert_pem.write_to_path(trusted)
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(mine)
    app = Starlette(
        routes=[
            Route("/oauth/token", double.token, methods=["POST"]),
            Route("/oauth/userinfo", double.userinfo),
            Route("/restapi/{path:path}", double.api, methods=["GET", "POST", "PUT"]),
        ]
    )
    config = uvicorn.Config(
        app,
        port=0,
        log_level="warning",
        access_log=False,
        lifespan="off",
        ssl_certfile=mine,
        headers=[("connection", "close")],  # or its end would wait for whoever could ask more
        timeout_graceful_shutdown=2,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, name="docusign")
    thread.start()
    try:
        while not server.started:
            threading.Event().wait(0.01)
        double.url = f"https://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        yield double, trusted
    finally:
        server.should_exit = True
        thread.join()
