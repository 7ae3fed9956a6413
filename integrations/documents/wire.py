"""What goes through the pipes between us and a confined process: facts, and pieces of bytes.

Nothing that arrives is ever executed, as unpickling would: one line of JSON, then plain bytes.
"""

import json
from collections.abc import Sequence

from bot.ports.values import Json


def packed(facts: Json, pieces: Sequence[bytes] = ()) -> bytes:
    """Return ``facts`` (JSON) and ``pieces`` as one message."""
    sizes = [len(piece) for piece in pieces]
    head = json.dumps({"facts": facts, "sizes": sizes}, allow_nan=False)
    return b"".join([head.encode(), b"\n", *pieces])


def unpacked(message: bytes) -> tuple[Json, list[bytes]]:
    """Return what :func:`packed` was given. Raises ValueError for anything it did not make."""
    line, end, rest = message.partition(b"\n")
    head = json.loads(line)
    match head:
        case {"facts": dict(facts), "sizes": list(sizes)} if end and sum(sizes) == len(rest):
            return facts, _cut(rest, sizes)
    raise ValueError("This is no message of ours.")


def _cut(rest: bytes, sizes: Sequence[int]) -> list[bytes]:
    pieces, start = [], 0
    for size in sizes:
        pieces.append(rest[start : start + size])
        start += size
    return pieces
