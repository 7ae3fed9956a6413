"""What every library calls its files, and what it says of one that is not as it was."""

import re

_HASH = re.compile(r"[0-9a-f]{64}")

DAMAGED = "The file in the library is damaged; an admin can restore it from a backup."


def is_hash(text: str) -> bool:
    """Whether ``text`` can name a file: a SHA-256, in small hex."""
    return _HASH.fullmatch(text) is not None
