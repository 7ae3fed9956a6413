"""A file with the newest schema, at once: the migrations run once in a process of tests."""

import tempfile
from functools import cache
from pathlib import Path

from sqlalchemy.engine import make_url

from storage.migrate import migrate


def have_migrated(url: str) -> None:
    """Bring the schema at ``url`` to the newest revision; a file that is not there is made."""
    found = make_url(url)
    if found.get_backend_name() == "sqlite":
        file = Path(str(found.database))
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)
            file.write_bytes(_newest())
            return
    migrate(url)


@cache
def _newest() -> bytes:
    with tempfile.TemporaryDirectory(prefix="frontdesk-tests-") as folder:
        file = Path(folder) / "frontdesk.db"
        migrate(f"sqlite:///{file}")
        return file.read_bytes()
