"""The chain that shows whether somebody has tampered with the audit.

Every row carries ``HMAC-SHA256(key, code of the row before || the row)``. Without the key, which is
not in the database, nobody can write a row that fits, nor change or remove one unseen. The one
thing that needs more is a cut tail: only an anchor that was kept elsewhere shows it.
"""

import hmac
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from storage.columns import utc


class Anchor(NamedTuple):
    """The last row of the audit at some moment, to be kept where the database's owner is not."""

    seq: int
    mac: str


class Link(NamedTuple):
    """One row as the chain sees it: everything that is stored, in the columns' order."""

    seq: int
    at: datetime
    actor: str
    action: str
    ref: str
    before: str
    after: str
    version: int
    surface: str
    detail: str
    mac: str


EMPTY = Anchor(0, "0" * 64)
"""The anchor of an audit without rows."""


def canonical(detail: Mapping[str, object]) -> str:
    """Return the one JSON text of ``detail``."""
    return json.dumps(dict(detail), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def code(key: bytes, before: str, link: Link) -> str:
    """Return the ``mac`` that ``link`` must carry after a row with the mac ``before``."""
    row = [link.seq, utc(link.at).isoformat(), *link[2:-1]]
    body = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()
    return hmac.digest(key, before.encode() + body, "sha256").hex()


def findings(key: bytes, links: Iterable[Link], anchors: Collection[Anchor] = ()) -> Iterator[str]:
    """Yield a sentence for the first row that is not as it was written, and for each wrong anchor.

    ``links`` are all rows, by ``seq``. After a first finding nothing that follows is certain.
    """
    last, wanted = EMPTY, {each.seq for each in anchors}
    found = {EMPTY.seq: EMPTY.mac}
    for link in links:
        if link.seq != last.seq + 1:
            yield f"Row {last.seq + 1} of the audit is missing; the next one is row {link.seq}."
            return
        if not hmac.compare_digest(link.mac.encode(), code(key, last.mac, link).encode()):
            yield (
                f"Row {link.seq} of the audit ({link.action} on {link.ref or 'no request'}) is not "
                "as it was written, or the key is another one."
            )
            return
        last = Anchor(link.seq, link.mac)
        if last.seq in wanted:
            found[last.seq] = last.mac
    for seq, mac in sorted(set(anchors)):
        if seq not in found:
            yield f"The audit ends at row {last.seq}; rows up to {seq} were there before."
        elif found[seq] != mac:
            yield f"Row {seq} of the audit is not the one that was there before."
