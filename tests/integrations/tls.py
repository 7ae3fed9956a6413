"""A double of a partner, served by https on this machine."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import trustme
import uvicorn
from starlette.applications import Starlette


@cache
def _authority() -> trustme.CA:
    """One for all: a bot that uses several doubles believes one file."""
    return trustme.CA()


@contextmanager
def served(app: Starlette, folder: Path, name: str) -> Iterator[tuple[str, Path]]:
    """Serve ``app``; yield its address and the file of the authority that vouches for it."""
    authority = _authority()
    trusted, mine = folder / f"{name}-authority.pem", folder / f"{name}.pem"
    authority.cert_pem.write_to_path(trusted)
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(mine)
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
    thread = threading.Thread(target=server.run, name=name)
    thread.start()
    try:
        while not server.started:
            threading.Event().wait(0.01)
        yield f"https://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}", trusted
    finally:
        server.should_exit = True
        thread.join()
