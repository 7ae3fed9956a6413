"""The stored files of a request, each under a name that says what it is."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, is_dataclass
from typing import Any

from bot.documents import sealed_name
from bot.evidence.archive import Source
from bot.ports.post_office import Dispatch
from bot.stored import stored
from workflows.asset import AssetDetails, AssetRecord
from workflows.deal import Record, SowDetails
from workflows.engine import Entry
from workflows.request import Request
from workflows.shelved import ShelfDetails, ShelfRecord

_SIGNED = ("signed_sha256", "certificate_sha256")
LATE = "documents/late/"
"""Where what was signed after it was taken back is in the bundle."""
SEAL_ROOT = "seal-root.pem"
"""The certificate that vouches for the seals."""
_HASH = re.compile(r"[0-9a-f]{64}")
_UNSAFE = re.compile(r"[^\w. -]+")
_LONGEST = 100
_SHOWN = 12
"""How many letters of a hash tell files apart."""


def papers(
    source: Source,
    request: Request,
    entries: Iterable[Entry],
    dispatches: Iterable[Dispatch],
    without: frozenset[str],
) -> dict[str, bytes]:
    """Return the bytes of every stored file of the request, by the name it has in the bundle.

    Those are the files that its details name, what the client signed by what is on record
    (``entries``), and those that were sent about it, each once;
    ``without`` are hashes of files to leave out. One that is missing is missing here, too:
    ``verify-audit`` names it.
    """
    wanted: dict[str, str] = {}
    for sha256, name in (*_named(request), *_signed(entries), *_sent(dispatches)):
        if sha256 not in without:
            wanted.setdefault(sha256, name)
    found = (
        (name, sha256, stored(source.store, source.library, sha256, _base(name)))
        for sha256, name in wanted.items()
    )
    return {
        _full(name, sha256, file.name): file.content
        for name, sha256, file in found
        if file is not None
    }


def _named(request: Request) -> Iterator[tuple[str, str]]:
    """Yield hash and name of everything that the details name; a folder where they say no more."""
    details = request.details
    if isinstance(details, SowDetails):
        yield from _of_record(request.ref, details.record)
    if isinstance(details, AssetDetails):
        yield from _of_asset(request.ref, details.record)
    if isinstance(details, ShelfDetails):
        yield from _of_shelf(request.ref, details.record)
    if is_dataclass(details) and not isinstance(details, type):
        yield from ((sha256, "files/") for sha256 in _mentioned(asdict(details)))


def _of_record(ref: str, record: Record) -> Iterator[tuple[str, str]]:
    for version in record.versions:
        yield version.sha256, f"documents/{ref}-v{version.number}.pdf"
        yield version.data_sha256, f"documents/{ref}-v{version.number}.json"
    if record.signature is not None:
        signature = record.signature
        yield signature.signed_sha256, f"documents/{ref}-signed.pdf"
        yield signature.certificate_sha256, f"documents/{ref}-certificate.pdf"
        yield signature.sealed_sha256, f"documents/{sealed_name(ref, signature.version)}"
        yield signature.seal_root_sha256, f"documents/{SEAL_ROOT}"
        yield from ((sha256, "evidence/") for sha256 in record.signature.evidence_sha256)
    for nth, invoice in enumerate(record.invoices, 1):
        yield invoice.sha256, f"invoices/{nth}-{_safe(invoice.number)}.pdf"


def _of_asset(ref: str, record: AssetRecord) -> Iterator[tuple[str, str]]:
    for draft in record.drafts:
        if draft.kept is not None:
            yield draft.kept.sha256, f"drafts/{ref}-v{draft.number}-{_safe(draft.kept.name)}"


def _of_shelf(ref: str, record: ShelfRecord) -> Iterator[tuple[str, str]]:
    for version in record.versions:
        if version.kept is not None:
            yield (
                version.kept.sha256,
                f"versions/{ref}-v{version.number}-{_safe(version.kept.name)}",
            )


def _base(name: str) -> str:
    return name.rpartition("/")[2]


def _mentioned(value: Any) -> Iterator[str]:  # noqa: ANN401 - any part of a request's details
    if isinstance(value, Mapping):
        for each in value.values():
            yield from _mentioned(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _mentioned(each)
    elif isinstance(value, str) and _HASH.fullmatch(value):
        yield value


def _signed(entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """Yield what was signed, in time or too late: of the latter the details know nothing."""
    for each in entries:
        for name in _SIGNED:
            if sha256 := each.detail.get(name, ""):
                yield sha256, LATE


def _sent(dispatches: Iterable[Dispatch]) -> Iterator[tuple[str, str]]:
    for each in dispatches:
        payload = each.parcel.payload
        if each.parcel.kind == "share":
            yield str(payload["sha256"]), "shared/"
        for sha256, _name in payload.get("enclosures", ()):
            yield str(sha256), "shared/"


def _full(name: str, sha256: str, stored: str) -> str:
    """Return ``name``; where it is only a folder, the stored name in it after some of the hash."""
    return f"{name}{sha256[:_SHOWN]}-{_safe(stored)}" if name.endswith("/") else name


def _safe(name: str) -> str:
    """Return a person's name for a file as a part of a path that leads nowhere else."""
    return _UNSAFE.sub("-", name)[-_LONGEST:].strip(". ") or "unnamed"
