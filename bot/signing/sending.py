"""The document is brought to the client through a partner, and taken back.

What is meant to be done is a row before it is done, and the partner is called outside of
transactions: an envelope is made as a draft, its name is kept, and only then is it sent. Whatever
is cut short goes on from there, so that nobody is asked twice.
"""

import hmac
import json
import logging
from datetime import datetime

from bot import letters, moves
from bot.desk import Desk
from bot.documents import file_name
from bot.parcels import entry_from_json
from bot.ports import (
    OVER,
    Claimed,
    Envelope,
    Filled,
    Signatures,
    SignaturesRefused,
    SignaturesUnsure,
    Signing,
    Standing,
    Unit,
)
from bot.signing import hearing, standing, trouble
from messages import printed_fields
from messages.mails import signing_invitation
from workflows.addressing import recipients
from workflows.deal import record_of
from workflows.engine import Entry
from workflows.request import Request

log = logging.getLogger(__name__)

_TAKEN_BACK = "This version is not to be signed any more. If there is another, you will get it."


def intend(unit: Unit, request: Request, entry: Entry, now: datetime) -> None:
    """Keep that the newest version is to be signed, as the move ``entry`` promised.

    Where another hand has kept that already, whatever has come of it stays.
    """
    unit.envelopes.add(
        Envelope(
            key=_key(entry),
            ref=entry.ref,
            version=len(record_of(request).versions),
            move=entry.version,
            at=now,
            changed_at=now,
        )
    )


def bring(desk: Desk, claimed: Claimed) -> None:
    """Bring to the client what :func:`intend` has kept, and take back what they had before.

    What they have signed already, of this very version, holds: they are not asked again.
    Raises NotYet while the partner is away; the card says so then.
    """
    partner, entry = desk.signatures, entry_from_json(claimed.parcel.payload["entry"])
    if partner is None:
        return
    with hearing.answered(partner):
        try:
            _take_back(desk, partner, entry.ref, entry.version)
            if not _holds(desk, partner, entry):
                _bring(desk, partner, entry)
        except SignaturesRefused as refused:
            why = f"{partner.name} does not take it: {refused}"
            _refused(desk, partner, claimed, entry, why)


def remind(desk: Desk, claimed: Claimed, ref: str) -> None:
    """Have the partner remind the client of what they have not answered.

    Where that may have been done it is not done again.
    """
    partner = desk.signatures
    if partner is None or claimed.unsure_since is not None:
        return
    with desk.store.unit() as unit:
        rows = [each for each in unit.envelopes.of(ref) if each.standing is Standing.OPEN]
    with hearing.answered(partner):
        for each in rows[-1:]:
            try:
                partner.remind(each.envelope)
            except SignaturesUnsure as unsure:
                log.warning("Nobody knows whether the client of %s was reminded: %s", ref, unsure)


def withdraw(desk: Desk, claimed: Claimed) -> None:
    """Take back what is with the client and is not to be signed any more."""
    partner, entry = desk.signatures, entry_from_json(claimed.parcel.payload["entry"])
    if partner is None:
        return
    with hearing.answered(partner):
        _take_back(desk, partner, entry.ref, entry.version)


def _holds(desk: Desk, partner: Signatures, entry: Entry) -> bool:
    """Whether this very version is signed already; the request moves on by that then."""
    with desk.store.unit() as unit:
        request, rows = unit.requests.get(entry.ref), unit.envelopes.of(entry.ref)
    if request is None or request.stage != "with_client":
        return False
    newest = len(record_of(request).versions)
    signed = [e for e in rows if e.standing is Standing.SIGNED and e.version == newest]
    for row in signed[:1]:
        hearing.take(desk, partner, row)
        standing.ending(desk, _key(entry))
    return bool(signed)


def _bring(desk: Desk, partner: Signatures, entry: Entry) -> None:
    signing = _signing(desk, entry)
    if signing is None:
        return
    envelope = standing.named(desk, _key(entry), partner.prepare(signing))
    if not envelope:
        return
    partner.send(envelope)
    if not standing.left(desk, _key(entry)):
        _take_back(desk, partner, entry.ref, entry.version)


def _refused(desk: Desk, partner: Signatures, claimed: Claimed, entry: Entry, why: str) -> None:
    """Bring the request back to its owner: the partner will never take what is to be signed.

    It may be with the client nevertheless, where an answer was lost: then it is taken back.
    """
    with desk.store.unit() as unit:
        row = unit.envelopes.get(_key(entry))
    if row is None:
        return
    envelope = standing.ending(desk, row.key)
    occasion = f"refused:{claimed.parcel.key}:{claimed.id}"
    what = {"version": row.version, "reason": why}
    moves.by_frontdesk(desk, entry.ref, "signing_void", occasion, **what)
    if envelope:
        _end(desk, partner, envelope)


def _signing(desk: Desk, entry: Entry) -> Signing | None:
    """Return what is to be signed; None where it has left already, or is not wanted any more."""
    with desk.store.unit() as unit:
        request, row = unit.requests.get(entry.ref), unit.envelopes.get(_key(entry))
        if request is None or request.stage != "with_client":
            return None
        if row is None or row.standing is not Standing.DRAFT:
            return None
        version = record_of(request).versions[row.version - 1]
        file, data = unit.files.get(version.sha256), unit.files.get(version.data_sha256)
        if file is None or data is None:
            raise LookupError("A document that is not there cannot be signed.")
        first, *others = recipients(request, version)
        said = {"to_name": first[0], "note": version.note}
        letter = letters.letter_of(desk, unit, request, said)
    subject, message = signing_invitation(letter)
    return Signing(
        key=_partners_key(desk, row),
        subject=subject,
        message=message,
        name=file_name(entry.ref, row.version),
        document=file.content,
        signer=first,
        copies=tuple(others),
        days=desk.company.policy(request.workflow).link_days,
        since=row.at,
        filled=_filled(data.content),
    )


def _filled(data: bytes) -> Filled | None:
    """Return the blank that is signed, with what was approved in its fields; None: the document."""
    said = json.loads(data)
    blank = said.get("signed_as")
    if not blank:
        return None
    return Filled(blank["blank"], blank["changed"], printed_fields.fields(said))


def _take_back(desk: Desk, partner: Signatures, ref: str, before: int) -> None:
    """Take back all that was promised by moves ``before``; what was too late is heard of.

    What is being taken back already is so again: it may have been cut short. Raises
    SignaturesRefused where one is refused, after all the others.
    """
    with desk.store.unit() as unit:
        rows = unit.envelopes.of(ref)
    refused = list[SignaturesRefused]()
    for row in rows:
        if row.standing in OVER or (row.move >= before and row.standing is not Standing.ENDING):
            continue
        with trouble.later(refused):
            if envelope := standing.ending(desk, row.key):
                _end(desk, partner, envelope)
    for each in refused:
        raise each


def _end(desk: Desk, partner: Signatures, envelope: str) -> None:
    partner.void(envelope, _TAKEN_BACK)
    hearing.hear(desk, partner, envelope)


def _partners_key(desk: Desk, row: Envelope) -> str:
    """Return the key for the partner: no other Frontdesk with the same account makes it."""
    return hmac.digest(desk.link_key, f"envelope\0{row.key}".encode(), "sha256").hex()[:32]


def _key(entry: Entry) -> str:
    return f"{entry.ref}:{entry.version}"
