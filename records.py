"""What is kept, looked up and added to from the command line: the audit, one request, deals."""

import argparse
import hashlib
import os
import re
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot import deal_csv, erasing, evidence
from bot.company import Company
from bot.errors import CannotGoOn, NotFound, Problem
from bot.ports import NotRendered, SealUnavailable
from bot.rulebook import Rulebook
from integrations.clock import SystemClock
from integrations.documents.renderer import TypstRenderer
from partners import connecting
from settings import Settings
from storage.chain import Anchor
from storage.database import Database
from workflows.registry import find_workflows

_HEAD = re.compile(r"\b[0-9]{1,18}:[0-9a-f]{64}\b")

_NAMELESS = (
    "--root needs --name, as an authority may vouch for many: the whole name of who has to have "
    "sealed it, which stands behind `It has the seal of` when this is asked without both."
)
_AS_SEALED = "✓ All of this is well."
_NOT_SEALED = "✗ Not all of this is well: this file is not known to be as that seal left it."

OURS_ALONE = 0o077
"""What is written is nobody else's: requests, clients' addresses and the sandbox's tokens."""


@contextmanager
def open_record(settings: Settings) -> Iterator[Database]:
    """Open the database to look something up, and close it afterwards."""
    database = Database(settings.database_url, audit_key=settings.audit_key)
    try:
        if problem := database.schema_problem():
            raise CannotGoOn(problem)
        yield database
    finally:
        database.close()


def _company(settings: Settings, database: Database) -> Company:
    """Return the company as it is set up now."""
    rulebook = Rulebook(settings.company, settings.handbook)
    with database.unit() as unit:
        rulebook.catch_up(unit)
    return rulebook.company


def anchor(text: str) -> Anchor:
    """Return the head of the audit that an earlier run printed."""
    if not _HEAD.fullmatch(text):
        raise argparse.ArgumentTypeError("right is the SEQ:MAC that an earlier run printed")
    seq, _, mac = text.partition(":")
    return Anchor(int(seq), mac)


def anchors_in(file: str) -> tuple[Anchor, ...]:
    """Return every head that stands in a text file, such as the daily messages copied into one."""
    try:
        text = Path(file).read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise argparse.ArgumentTypeError(f"{file} cannot be read: {error.strerror}") from None
    if not (found := _HEAD.findall(text)):
        raise argparse.ArgumentTypeError(f"there is no SEQ:MAC in {file}")
    return tuple(anchor(each) for each in found)


def verify_audit(settings: Settings, anchors: Collection[Anchor]) -> int:
    """Recompute the audit chain; print every break and return 1 when there is one.

    With ``anchors``, heads that were posted or printed earlier, a cut tail is found.
    """
    with open_record(settings) as database:
        library = connecting.library(settings)
        breaks = database.verify_audit(*anchors, library=library)
        head = database.head()
    for found in breaks:
        print(f"✗ {found}")
    if not breaks:
        print("✓ The audit is whole: every row is as it was written, in order, none missing,")
        print(f"  {_compared(anchors)}")
    print(f"Its head is now {head.seq}:{head.mac}; keep it where the database's owner is not.")
    return 1 if breaks else 0


def _compared(anchors: Collection[Anchor]) -> str:
    match len(anchors):
        case 0:
            return "up to its last row; a removed tail is only found with --anchor."
        case 1:
            [only] = anchors
            return f"and row {only.seq} is the one that was there before."
        case count:
            last = max(each.seq for each in anchors)
            return f"and all {count} heads up to row {last} are what was there before."


def export(settings: Settings, ref: str, out: Path | None, *, as_json: bool) -> int:
    """Write everything that is kept of one request to ``out``, a new file; or print it as JSON."""
    os.umask(OURS_ALONE)
    with open_record(settings) as database:
        archive = evidence.Archive(
            company=_company(settings, database),
            workflows=find_workflows(),
            store=database,
            post_office=database.post_office,
            renderer=TypstRenderer(templates=settings.templates, fonts=settings.fonts),
            library=connecting.library(settings),
        )
        try:
            if as_json:
                print(evidence.of(database, ref))
                return 0
            content = evidence.bundle(archive, ref)
        except NotFound:
            print(f"There is no request {ref}.", file=sys.stderr)
            return 1
        except NotRendered as failure:
            raise CannotGoOn(f"The timeline could not be printed: {failure}") from failure
    path = out or Path(evidence.file_name(ref.upper()))
    try:
        with path.open("xb") as file:
            file.write(content)
    except OSError as error:
        raise CannotGoOn(f"{path} could not be written: {error.strerror}.") from error
    print(f"{path}: SHA-256 {hashlib.sha256(content).hexdigest()}")
    return 0


def check_seal(
    settings: Settings,
    file: Path,
    root: Path | None = None,
    name: str = "",
    stamp_root: Path | None = None,
) -> int:
    """Say whose seal a PDF has, since when, and whether it is as it was sealed; return 1 if not.

    ``root``: the certificate that must vouch for it, as PEM; None: that of our own seal. ``name``:
    whose it must be (RFC 4514), needed with ``root``; "": ours. ``stamp_root``: the certificate
    that must vouch for its time stamp, as PEM; None: any, or none.
    """
    if root and not name:
        raise CannotGoOn(_NAMELESS)
    from integrations.seal.connecting import look  # noqa: PLC0415 - only who asks needs it

    try:
        pdf = file.read_bytes()
        seal = connecting.seal(settings)
        vouching = root.read_bytes() if root else seal.root
        stamps = [stamp_root.read_bytes()] if stamp_root else []
        found = look(pdf, [vouching] if vouching else [], name or seal.whole_name, stamps)
    except OSError as error:
        raise CannotGoOn(f"{error.filename} could not be read: {error.strerror}.") from error
    except SealUnavailable as trouble:
        raise CannotGoOn(f"{trouble}. {trouble.fix}") from trouble
    for is_well, said in found:
        print(f"{'✓' if is_well else '✗'} {said}")
    is_well = all(each for each, _said in found)
    print(f"\n{_AS_SEALED if is_well else _NOT_SEALED}")
    return 0 if is_well else 1


def import_deals(settings: Settings, file: Path) -> int:
    """Take the deals in a CSV file; print the lines that could not be taken, and return 1 then."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise CannotGoOn(f"{file} could not be read: {error.strerror}.") from error
    with open_record(settings) as database:
        imported = deal_csv.import_csv(database, content, SystemClock().now())
    for problem in imported.problems:
        print(f"✗ {problem}", file=sys.stderr)
    print(f"{imported.count} deals were taken.")
    return 1 if imported.problems else 0


def erase(settings: Settings, who: str, *, rehearsed: bool, agreed: bool, by_name: bool) -> int:
    """Erase a person, after saying what that means and asking; return 1 when it cannot be."""
    with open_record(settings) as database:
        company = _company(settings, database)

        def done(*, rehearsed: bool) -> erasing.Erased:
            workflows, now = find_workflows(), SystemClock().now()
            return erasing.erase(
                *(database, company, workflows, who, now),
                rehearsed=rehearsed,
                by_name=by_name,
            )

        try:
            found = done(rehearsed=True)
            print(f"Looked for everywhere: {', '.join(found.sought) or 'nothing'}")
            for what, count in found.counts.items():
                print(f"- {what}: {count} to be erased")
            for each in found.kept:
                print(f"= {each}")
            if rehearsed:
                print("Nothing was changed.")
                return 0
            if not agreed and not sys.stdin.isatty():
                print("Nothing was changed; without a terminal add --yes.", file=sys.stderr)
                return 1
            if not agreed and input(f"Erase {who} for good? Type yes: ").strip() != "yes":
                print("Nothing was changed.")
                return 1
            done(rehearsed=False)
        except Problem as problem:
            print("\n".join(f"✗ {line}" for line in str(problem).splitlines()), file=sys.stderr)
            return 1
    print("✓ Erased, on record.")
    return 0
