"""A folder of mails, and the page that shows it."""

import http.client
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Office:
    """Where the page is, and the folder with the mails."""

    url: str
    folder: Path

    def put(self, number: int, letter: EmailMessage | bytes) -> str:
        """Put a mail there and return its address."""
        name = f"20261123T12000{number}000000Z-{'0' * 31}{number}.eml"
        raw = letter if isinstance(letter, bytes) else letter.as_bytes()
        (self.folder / name).write_bytes(raw)
        return f"{self.url}/mail/{name}"

    def answer(self, path: str) -> http.client.HTTPResponse:
        """Ask for exactly this path, as no browser would."""
        wire = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=10)
        wire.request("GET", path, headers={"connection": "close"})
        return wire.getresponse()


def letter(subject: str, to: str = "Hank Scorpio <hank@globex.example>") -> EmailMessage:
    written = EmailMessage()
    written["From"] = "Harborlight Sales <sales@harborlight.example>"
    written["To"] = to
    written["Reply-To"] = "Dian Porter <dian@harborlight.example>"
    written["Subject"] = subject
    written["Date"] = "Mon, 23 Nov 2026 13:00:00 +0100"
    written.set_content("Dear Hank,\nplease look at it.")
    return written
