"""The document is brought to the client through a partner, and taken back.

What is meant to be done is a row before it is done, and the partner is called outside of
transactions: an envelope is made as a draft, its name is kept, and only then is it sent. Whatever
is cut short goes on from there, so that nobody is asked twice.
"""

import hmac
import json
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
    SignaturesUnavailable,
    Signing,
    Standing,
    Unit,
)
from bot.sending import NotYet
from bot.signing import hearing
from bot.unmoved import beside
from messages import printed_fields
from messages.mails import signing_invitation
from workflows.deal import record_of
from workflows.engine import Entry
from workflows.request import Request
from workflows.roles import Seat

SENT = "signing_sent"
"""The action under which it is on record that an envelope has left."""

_TAKEN_BACK = "This version is not to be signed any more. If there is another, you will get it."


def intend(unit: Unit, request: Request, entry: Entry, now: datetime) -> None:
    """Keep that the newest version is to be signed, as the move ``entry`` promised."""
    if unit.envelopes.get(_key(entry)) is None:
        unit.envelopes.put(
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

    Raises NotYet while the partner is away; the card says so then.
    """
    partner, entry = desk.signatures, entry_from_json(claimed.parcel.payload["entry"])
    if partner is None:
        return
    try:
        _take_back(desk, partner, entry.ref, entry.version)
        _bring(desk, partner, entry)
    except SignaturesUnavailable as away:
        raise NotYet(f"{partner.name}: {away}") from None
    except SignaturesRefused as refused:
        _refused(desk, claimed, entry, f"{partner.name} does not take it: {refused}")


def remind(desk: Desk, ref: str) -> None:
    """Have the partner remind the client of what they have not answered."""
    partner = desk.signatures
    if partner is None:
        return
    with desk.store.unit() as unit:
        rows = [each for each in unit.envelopes.of(ref) if each.standing is Standing.OPEN]
    try:
        for each in rows:
            partner.remind(each.envelope)
    except SignaturesUnavailable as away:
        raise NotYet(f"{partner.name}: {away}") from None


def withdraw(desk: Desk, claimed: Claimed) -> None:
    """Take back what is with the client and is not to be signed any more."""
    partner, entry = desk.signatures, entry_from_json(claimed.parcel.payload["entry"])
    if partner is None:
        return
    try:
        _take_back(desk, partner, entry.ref, entry.version)
    except SignaturesUnavailable as away:
        raise NotYet(f"{partner.name}: {away}") from None


def _bring(desk: Desk, partner: Signatures, entry: Entry) -> None:
    signing = _signing(desk, entry)
    if signing is None:
        return
    envelope = _named(desk, _key(entry), partner.prepare(signing))
    if not envelope:
        return
    partner.send(envelope)
    if not _mark(desk, _key(entry), Standing.OPEN):  # it was taken back while it left
        _mark(desk, _key(entry), Standing.ENDING)
        _take_back(desk, partner, entry.ref, entry.version)


def _refused(desk: Desk, claimed: Claimed, entry: Entry, why: str) -> None:
    """Bring the request back to its owner: the partner will never take what is to be signed."""
    with desk.store.unit() as unit:
        row = unit.envelopes.get(_key(entry))
    if row is None:
        return
    occasion = f"refused:{claimed.parcel.key}:{claimed.id}"
    what = {"version": row.version, "reason": why}
    moves.by_frontdesk(desk, entry.ref, "signing_void", occasion, **what)
    _mark(desk, row.key, Standing.VOID)


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
        first, *others = letters.recipients(request, version)
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

    What is being taken back already is so again: it may have been cut short.
    """
    with desk.store.unit() as unit:
        rows = unit.envelopes.of(ref)
    for row in rows:
        if row.standing in OVER or (row.move >= before and row.standing is not Standing.ENDING):
            continue
        _mark(desk, row.key, Standing.ENDING if row.envelope else Standing.VOID)
        if row.envelope:
            partner.void(row.envelope, _TAKEN_BACK)
            hearing.hear(desk, partner, row.envelope)


def _named(desk: Desk, key: str, envelope: str) -> str:
    """Keep the partner's name for an envelope, and return it; "" where it is not to be sent now.

    The first name that is kept stays: two hands at once send one envelope.
    """
    with desk.store.unit() as unit:
        row = unit.envelopes.get(key)
        if row is None or row.standing is not Standing.DRAFT:
            return ""
        if not row.envelope:
            unit.envelopes.put(row.called(envelope))
            unit.commit()
        return row.envelope or envelope


def _mark(desk: Desk, key: str, standing: Standing) -> bool:
    """Keep how an envelope stands; False where it is open, and has been taken back meanwhile."""
    now = desk.clock.now()
    with desk.store.unit() as unit:
        row = unit.envelopes.get(key)
        if row is None or (standing is Standing.OPEN and row.standing is not Standing.DRAFT):
            return False
        unit.envelopes.put(row.now(standing, now))
        request = unit.requests.get(row.ref)
        if standing is Standing.OPEN and request is not None and desk.signatures is not None:
            detail = {"envelope": row.envelope, "document version": str(row.version)}
            surface = desk.signatures.name.lower()
            entry = beside(request, SENT, Seat.FRONTDESK.value, surface, now, detail)
            unit.audit.append(entry)
        unit.commit()
    return True


def _partners_key(desk: Desk, row: Envelope) -> str:
    """Return the key for the partner: no other Frontdesk with the same account makes it."""
    return hmac.digest(desk.link_key, f"envelope\0{row.key}".encode(), "sha256").hex()[:32]


def _key(entry: Entry) -> str:
    return f"{entry.ref}:{entry.version}"
