"""No Slack call before an ack but ``views.open``: every call written down with its thread."""

from pathlib import Path

from bench.errors import Broken
from bench.house import open_workspace, play_story, product_environment
from bench.processes import Served, free_port, module
from storage.migrate import migrate

ANSWERING = "slack_"
"""How the threads that answer Slack are called; a call made by another is not waited for."""

ALLOWED = frozenset({"views.open"})


def check_calls_before_acks(folder: Path) -> str:
    """Have one of everything done; return a line about it, or raise Broken."""
    url, port = f"sqlite:///{folder / 'calls.db'}", free_port()
    migrate(url)
    calls = folder / "calls"
    with open_workspace(f"http://127.0.0.1:{port}", folder) as workspace:
        env = product_environment(workspace, url, folder) | {"BENCH_CALLS": str(calls)}
        product = Served("product-watched", module("bench.product"), env, folder, port)
        product.start()
        try:
            play_story(workspace)
        finally:
            product.stop()
    made = [line.split() for line in calls.read_text().splitlines()]
    waited_for = [method for thread, method in made if thread.startswith(ANSWERING)]
    others = {method for thread, method in made if not thread.startswith(ANSWERING)}
    if "views.open" not in waited_for or "chat.postMessage" not in others:
        raise Broken(f"The calls were not seen as they are made: {made}")
    if wrong := sorted(set(waited_for) - ALLOWED):
        raise Broken(f"Slack was called before an ack: {', '.join(wrong)}.")
    return (
        f"Slack calls that an ack waited for: {len(waited_for)} views.open and nothing else; "
        f"{len(made) - len(waited_for)} calls of {len(others)} methods were made afterwards."
    )
