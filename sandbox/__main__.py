"""python -m sandbox [--port 8700] [--journal FILE].

The workspace alone, for any bot to connect to.
"""

import argparse
import signal
import threading

from sandbox.page import routes
from sandbox.server import Server
from sandbox.workspace import Workspace


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(
        prog="python -m sandbox", description="A Slack workspace in a box."
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: this machine only)"
    )
    parser.add_argument(
        "--port", type=int, default=8700, help="port, 0 for a free one (default: 8700)"
    )
    parser.add_argument(
        "--journal", help="file that keeps the workspace; without it everything is forgotten"
    )
    parser.add_argument(
        "--seed", help="TOML file of the company on its first day (default: the demo company)"
    )
    options = parser.parse_args()
    interrupted = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: interrupted.set())
    workspace = Workspace.open(journal=options.journal, seed=options.seed)
    pages = routes(workspace.slack, {})
    with Server(workspace, host=options.host, port=options.port, pages=pages) as server:
        print(f"The workspace is at {server.url}, its Web API at {server.api_url}", flush=True)
        while not interrupted.wait(0.5):  # a signal may have been given to another thread
            pass


if __name__ == "__main__":
    main()
