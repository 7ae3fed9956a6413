"""A place where Frontdesk is installed, to try settings in."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from settings import Settings, WrongSettings, load

EXAMPLE = Path(__file__).parents[2] / "frontdesk.example.toml"

KEY = "5a" * 32
SOCKET = {
    "SLACK_BOT_TOKEN": "xoxb-not-a-real-token",
    "SLACK_APP_TOKEN": "xapp-not-a-real-token",
    "FRONTDESK_AUDIT_KEY": KEY,
}
HTTP = {
    "SLACK_BOT_TOKEN": "xoxb-not-a-real-token",
    "SLACK_SIGNING_SECRET": "not-a-real-signing-secret",
    "FRONTDESK_AUDIT_KEY": KEY,
}


class Installation:
    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, name: str, text: str) -> None:
        (self.root / name).write_text(text, encoding="utf-8")

    def describe_company(self) -> None:
        self.write("frontdesk.toml", EXAMPLE.read_text(encoding="utf-8"))

    def load(self, environ: Mapping[str, str] | None = None) -> Settings:
        return load(environ or {}, self.root)

    def problems(self, environ: Mapping[str, str] | None = None) -> tuple[str, ...]:
        with pytest.raises(WrongSettings) as caught:
            self.load(environ)
        return caught.value.problems
