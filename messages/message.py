"""The one shape of everything that is posted."""

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """Blocks, and the text that notifications and screen readers get in their place.

    ``text`` is escaped mrkdwn that makes sense alone.
    """

    text: str
    blocks: tuple[Json, ...] = ()
