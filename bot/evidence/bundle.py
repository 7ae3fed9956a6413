"""Everything that is kept of one request, in one file that proves itself."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from bot.errors import NotFound
from bot.evidence.archive import Source, head_of
from bot.evidence.packing import MANIFEST, SUMS, as_json, manifest, packed, sums
from bot.evidence.papers import SEAL_ROOT, papers
from bot.evidence.story import names_of, printed_story, record_of_any
from bot.evidence.tables import as_csv, audit_rows, flat, message_rows, payment_rows
from workflows.engine import Entry
from workflows.request import Request

EXPORTED = "exported"
"""The action under which a bundle that was handed out enters the audit, by its hash."""

_README = """\
Everything that {company} keeps of {ref}, as of {at} (UTC).

request.json            the request with its whole record; people by id, their names beside them
audit.json, audit.csv   everything that was done, and every attempt that was refused
messages.json           what was sent or waits to be: messages, mails, files, and what came of each
links.json              who was given a private link to which version; a link itself by hash alone
payments.json, .csv     invoices and what was paid on them; timeline.pdf tells all of it in words
documents/, invoices/, evidence/, drafts/, versions/, shared/, files/    the stored files

1. `sha256sum -c {sums}` in this folder: every file is as it was when the bundle was made.
2. A file's hash is the one that request.json and {manifest} name for it.
3. `python app.py verify-audit` where the bot runs: its audit is whole, and the files as stored.
   With --anchor and what follows it goes back to its last row when this bundle was made:
   {head}
"""

_SEALED = """\
4. `pdfsig` (of poppler), Acrobat, or `python app.py seal check`, on documents/*-sealed.pdf and on
   the certificate: whose seal it is, that nothing was changed since, that all of it is covered.
   A sealed copy begins with the very bytes that the client approved; it is the seal of the
   organisation, and nobody's personal signature. "Issuer unknown", or "not trusted", is to be
   expected of a certificate authority of the company's own: documents/{root} is its certificate.
"""


@dataclass(frozen=True, slots=True)
class _Found:
    """What is kept of a request, read in one transaction but for the messages and the files."""

    request: Request
    chained: tuple[tuple[int, str, Entry], ...]
    """Number and code of each row, and what it says."""
    names: Mapping[str, str]
    files: Mapping[str, bytes]
    messages: bytes
    links: bytes


def bundle(source: Source, ref: str) -> bytes:
    """Return everything that is kept of the request ``ref`` as one ZIP.

    The same record makes the same bytes: its files are dated by the last thing that happened.
    Earlier bundles are not in it. Raises NotFound, and NotRendered when the timeline cannot be
    printed.
    """
    head = head_of(source.store)
    found = _find(source, ref.upper())
    request = found.request
    entries = [entry for _seq, _mac, entry in found.chained]
    at = max(request.created_at, *(entry.at for entry in entries))
    audited = audit_rows(found.chained)
    paid = payment_rows(record_of_any(request).invoices, found.names)
    contents = {
        "request.json": as_json({"request": asdict(request), "people": found.names}),
        "audit.json": as_json(audited),
        "audit.csv": as_csv([flat(row, found.names) for row in audited]),
        "messages.json": found.messages,
        "links.json": found.links,
        "payments.json": as_json(paid),
        "payments.csv": as_csv(paid),
        "timeline.pdf": printed_story(source, request, entries, found.names, at),
        **found.files,
    }
    signature = record_of_any(request).signature
    is_sealed = signature is not None and bool(signature.sealed_sha256)
    contents["README.txt"] = _readme(source, request.ref, at, head, is_sealed=is_sealed)
    contents[MANIFEST] = manifest(contents, request.ref, at, head)
    contents[SUMS] = sums(contents)
    return packed(contents, at)


def file_name(ref: str) -> str:
    """Return the name under which a bundle goes out."""
    return f"{ref}-evidence.zip"


def _find(source: Source, ref: str) -> _Found:
    dispatches = source.post_office.about(ref)
    with source.store.unit() as unit:
        request = unit.requests.get(ref)
        if request is None:
            raise NotFound
        chained = tuple(unit.requests.chained(ref))
        entries = [entry for _seq, _mac, entry in chained]
        bundles = frozenset(e.detail["sha256"] for e in entries if e.action == EXPORTED)
        names = names_of(unit, request, entries)
        links = as_json([asdict(link) for link in unit.links.of(ref)])
    files = papers(source, request, entries, dispatches, bundles)
    return _Found(request, chained, names, files, as_json(message_rows(dispatches)), links)


def _readme(source: Source, ref: str, at: datetime, head: str, *, is_sealed: bool) -> bytes:
    said = (_README + (_SEALED if is_sealed else "")).format(
        company=source.company.name,
        ref=ref,
        at=f"{at:%Y-%m-%d %H:%M:%S}",
        sums=SUMS,
        manifest=MANIFEST,
        head=head,
        root=SEAL_ROOT,
    )
    return said.encode()
