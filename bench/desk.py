"""The desk of a bot that is put together and does not run: nothing sends its promises."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.processes import ROOT
from bot.desk import Desk
from frontdesk import Frontdesk
from settings import load
from storage.migrate import migrate

AUDIT_KEY = bytes.fromhex("ab" * 32)


@contextmanager
def idle_desk(url: str, folder: Path) -> Iterator[Desk]:
    """Yield it over the database at ``url``, which is migrated; it writes files to ``folder``."""
    migrate(url)
    environ = {
        "SLACK_BOT_TOKEN": "xoxb-not-a-real-token",
        "SLACK_SIGNING_SECRET": "visibly-fake-secret",
        "SLACK_API_URL": "http://127.0.0.1:9/api/",
        "DATABASE_URL": url,
        "FRONTDESK_AUDIT_KEY": AUDIT_KEY.hex(),
        "FRONTDESK_CLOCK": "system",
        "FRONTDESK_CONFIG": str(ROOT / "frontdesk.example.toml"),
        "FRONTDESK_DATA": str(folder),
    }
    frontdesk = Frontdesk(load(environ, folder))
    try:
        yield frontdesk.desk
    finally:
        frontdesk.stop()
