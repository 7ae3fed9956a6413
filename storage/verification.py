"""Whether what is remembered is what was written: the audit, requests, roles, and the files.

Everything is read in pages, each in a transaction of its own: the bot goes on meanwhile, and memory
holds one page, or one file, at a time.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256
from typing import Any

from bot.ports import Library, LibraryUnavailable
from storage import audit, chain, request_queries
from storage.connections import Connections
from storage.entitlements import Entitled, Grants, entitled
from storage.files import absent, first_after
from storage.sealed import Said, Seals
from storage.states import Snapshot, Witness, digest, snapshots

_PAGE = 100
_HASH = re.compile(r"[0-9A-Fa-f]{64}")
_SHOWN = 12
"""How many letters of a hash are enough to find the file by."""


def findings(
    connections: Connections,
    key: bytes,
    anchors: Collection[chain.Anchor] = (),
    library: Library | None = None,
) -> list[str]:
    """Return a sentence for everything that is not as it was written.

    After a break in the audit nothing is certain of the requests' states, nor of who holds which
    role or stands in for whom, so they are not judged.
    """
    head = _head(connections)
    witness, grants = Witness(head), Grants(head)
    now_entitled = _entitled(connections)
    stored: dict[str, str] = {}
    lacking: list[str] = []
    for page in _requests(connections):
        stored.update((each.row["ref"], digest(key, each)) for each in page)
        lacking.extend(_lacking(connections, page, library))
    seals = Seals()
    links = witness.hear(seals.hear(grants.hear(_rows(connections))))
    broken = list(chain.findings(key, links, anchors))
    found = broken or [
        *seals.findings(),
        *witness.findings(stored),
        *grants.findings(now_entitled),
    ]
    return [*found, *lacking, *_altered(connections)]


def not_stored(connections: Connections) -> frozenset[str]:
    """Return the hashes that requests name and that are not stored with them."""
    found: set[str] = set()
    for page in _requests(connections):
        named = {hash_ for each in page for hash_ in mentioned(each.row["details"])}
        with connections.begin() as connection:
            found |= absent(connection, named)
    return frozenset(found)


def mentioned(details: object) -> Iterator[str]:
    """Yield the hashes of stored files that a JSON value names, at any depth.

    They stand under keys that are ``sha256`` or end in ``_sha256``, alone or in a list.
    """
    if isinstance(details, dict):
        for key, value in details.items():
            if key == "sha256" or key.endswith("_sha256"):
                each = value if isinstance(value, list) else [value]
                yield from (one for one in each if isinstance(one, str) and _HASH.fullmatch(one))
            yield from mentioned(value)
    elif isinstance(details, list):
        for value in details:
            yield from mentioned(value)


def _lacking(
    connections: Connections, page: Sequence[Snapshot], library: Library | None
) -> Iterator[str]:
    named = {each.row["ref"]: set(mentioned(each.row["details"])) for each in page}
    with connections.begin() as connection:
        gone = absent(connection, set().union(*named.values()))
    for ref, hashes in named.items():
        for each in sorted(hashes & gone):
            if (trouble := _trouble(library, each)) is not None:
                yield f"{ref} names a file ({each[:_SHOWN]}…) that {trouble}"


def _trouble(library: Library | None, sha256: str) -> str | None:
    """Return what is wrong with a file that is not stored with the requests; None: nothing."""
    try:
        if library is None or not library.has(sha256):
            return "is not stored."
        library.read(sha256)
    except LibraryUnavailable as trouble:
        return f"cannot be read from the library: {trouble}"
    return None


def _altered(connections: Connections) -> Iterator[str]:
    last = ""
    while True:
        with connections.begin() as connection:
            file = first_after(connection, last)
        if file is None:
            return
        last = file.sha256
        if sha256(file.content).hexdigest() != last:
            yield (
                f"The file {last[:_SHOWN]}… ({file.name}) is not as it was stored: "
                "its bytes have another hash."
            )


def _head(connections: Connections) -> int:
    with connections.begin() as connection:
        return audit.head(connection).seq


def _entitled(connections: Connections) -> Entitled:
    with connections.begin() as connection:
        return entitled(connection)


def _requests(connections: Connections) -> Iterator[list[Snapshot]]:
    last = ""
    while page := _requests_after(connections, last):
        yield page
        last = page[-1].row["ref"]


def _requests_after(connections: Connections, ref: str) -> list[Snapshot]:
    wanted: dict[str, Any] = {"after": ref, "limit": _PAGE}
    with connections.begin() as connection:
        return list(snapshots(connection.execute(request_queries.every(), wanted)))


def _rows(connections: Connections) -> Iterator[tuple[chain.Link, Said | None]]:
    last = 0
    while page := _rows_after(connections, last):
        yield from page
        last = page[-1][0].seq


def _rows_after(connections: Connections, seq: int) -> list[tuple[chain.Link, Said | None]]:
    with connections.begin() as connection:
        return audit.page_after(connection, seq)
