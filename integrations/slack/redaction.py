"""No secret of Slack's reaches a log: tokens and webhook addresses are blacked out."""

import logging
import re

_SECRET = re.compile(r"x(?:ox[a-z](?:\.xox[a-z])?|app)-[\w-]+|hooks\.slack\.com/\S+", re.IGNORECASE)
BLACK = "[a secret of Slack's]"


def redacted(text: str) -> str:
    """Return ``text`` with every secret of Slack's blacked out."""
    return _SECRET.sub(BLACK, text)


class Redacted(logging.Formatter):
    """Formats as usual, then blacks out what must not be read, in tracebacks too."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line without secrets."""
        return redacted(super().format(record))
