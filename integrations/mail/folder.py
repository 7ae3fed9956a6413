"""The embedded default: mail is written into a folder, for somebody to see and to pass on."""

import os
import tempfile
import threading
from pathlib import Path

from bot.ports.clock import Clock
from bot.ports.mail import Mail, MailUnavailable
from integrations.mail.message import address, identity, message_of


class FolderMailer:
    """Writes each mail once, as ``20261121T090000000000Z-<identity of its key>.eml`` (mode 0600).

    Sorted by name the files are in the order of the clock's time. The folder is one process's.
    """

    def __init__(self, folder: Path, sender: str, sender_name: str, clock: Clock) -> None:
        """Write nothing yet. Raises ValueError for a ``sender`` that is no address."""
        address(sender_name, sender)
        self._folder = folder
        self._sender, self._sender_name = sender, sender_name
        self._clock = clock
        self._writing = threading.Lock()

    @property
    def reaches_people(self) -> bool:
        """Nobody: a link has to be passed on by somebody."""
        return False

    def check(self) -> None:
        """Whether the folder could be written. Raises MailUnavailable."""
        there = next(each for each in (self._folder, *self._folder.parents) if each.exists())
        if not os.access(there, os.W_OK | os.X_OK):
            fix = "Let Frontdesk's account write there."
            raise MailUnavailable(f"The folder for mails, {there}, cannot be written.", fix)

    def send(self, mail: Mail) -> None:
        """Write the mail, unless one with its key is there; whole or not at all.

        Raises MailRefused, and MailUnavailable when the folder cannot be written.
        """
        at = self._clock.now()
        message = message_of(mail, self._sender, self._sender_name, at)
        suffix = f"-{identity(mail.key)}.eml"
        with self._writing:
            try:
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                if not any(self._folder.glob(f"*{suffix}")):
                    self._write(f"{at:%Y%m%dT%H%M%S%fZ}{suffix}", message.as_bytes())
            except OSError as error:
                said = error.strerror or type(error).__name__
                raise MailUnavailable(
                    f"The mail could not be written to its folder: {said}."
                ) from error

    def _write(self, name: str, content: bytes) -> None:
        handle, part = tempfile.mkstemp(prefix=".", suffix=".part", dir=self._folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(part).replace(self._folder / name)
        except BaseException:
            Path(part).unlink()
            raise
