"""Lines of the log, for people or for machines; each says what its thread is at."""

import json
import logging
from datetime import UTC, datetime

from bot.ports.occasion import said
from integrations.slack.redaction import Redacted, redacted

_OURS = ("seconds",)
"""What a line may carry besides, by ``extra``."""


class TextLines(Redacted):
    """A line for people, with the request or the parcel that it is about at its end."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line without secrets."""
        line = super().format(record)
        about = " ".join(f"{name}={text}" for name, text in _about(record).items())
        if not about:
            return line
        first, newline, rest = line.partition("\n")
        return f"{first} [{redacted(about)}]{newline}{rest}"


class JsonLines(logging.Formatter):
    """One JSON object a line: ``time`` (UTC, ISO 8601), ``level``, ``logger``, ``message``.

    Besides what the thread is at: ``ref`` (a request), ``gesture`` and ``key``, ``parcel`` and its
    ``kind``, ``job``, ``page``, ``error`` (the reference that a person was shown), ``seconds``; and
    ``traceback``. No secret of Slack's is in any of it.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the object."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **_about(record),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps({name: _clean(value) for name, value in line.items()}, ensure_ascii=False)


def _about(record: logging.LogRecord) -> dict[str, object]:
    extra = {name: getattr(record, name) for name in _OURS if hasattr(record, name)}
    return {**said(), **extra}


def _clean(value: object) -> object:
    return redacted(value) if isinstance(value, str) else value
