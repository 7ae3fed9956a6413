"""What the partner says of an envelope, and what follows from it.

A call of theirs says no more than that there is something to look at: the partner is asked for the
envelope before anything is done. So calls may come twice, late, or in any order.
"""

from datetime import datetime, timedelta

from bot import moves, parcels
from bot.desk import Desk
from bot.documents import PDF
from bot.ports import (
    OVER,
    Answer,
    Claimed,
    Envelope,
    Heard,
    Signatures,
    SignaturesUnavailable,
    Standing,
    Unit,
)
from bot.sending import NotYet
from messages import cleaning
from workflows.deal import record_of
from workflows.definition import Given
from workflows.refusals import Refusal
from workflows.roles import Seat

LONGEST_REASON = 3000
_OVERLAP = timedelta(days=3)
"""How far back is looked for what no call told of; what was told is known by its occasion."""
_NO_REASON = "(no reason was given)"


def keep(desk: Desk, heard: Heard) -> bool:
    """Keep what was heard, to be looked at; return False for what is about nothing of ours."""
    with desk.store.unit() as unit:
        row = unit.envelopes.named(heard.envelope)
        if row is None:
            return False
        _promise(unit, row, heard, desk.clock.now())
        unit.commit()
    desk.wake()
    return True


def look(desk: Desk, claimed: Claimed) -> None:
    """Look at an envelope of which something was heard. Raises NotYet while the partner is away."""
    partner = desk.signatures
    if partner is not None:
        _heard(desk, partner, str(claimed.parcel.payload["envelope"]))


def refresh(desk: Desk, ref: str) -> None:
    """Ask for whatever is open of a request, before something is done for lack of an answer."""
    partner = desk.signatures
    if partner is None:
        return
    with desk.store.unit() as unit:
        rows = unit.envelopes.of(ref)
    for row in rows:
        if row.envelope and row.standing not in OVER:
            _heard(desk, partner, row.envelope)


def catch_up(desk: Desk, now: datetime) -> None:
    """Ask for all that changed lately: it finds what no call has told of."""
    partner = desk.signatures
    if partner is None:
        return
    try:
        changed = partner.changed(now - _OVERLAP)
    except SignaturesUnavailable:
        return  # the next time is soon
    for each in changed:
        keep(desk, each)


def hear(desk: Desk, partner: Signatures, envelope: str) -> None:
    """Ask how an envelope stands, and do what follows. Raises SignaturesUnavailable."""
    with desk.store.unit() as unit:
        row = unit.envelopes.named(envelope)
    if row is None:
        return
    answer = partner.look(envelope)
    match answer.standing:
        case Standing.SIGNED:
            _signed(desk, partner, row, answer)
        case Standing.DECLINED:
            _declined(desk, row, answer)
        case Standing.VOID if row.standing in (Standing.DRAFT, Standing.OPEN):
            reason = _clean(answer.reason)
            what = {"version": row.version, "reason": reason}
            moves.by_frontdesk(desk, row.ref, "signing_void", f"void:{envelope}", **what)
        case _:
            _undelivered(desk, row, answer)
    _ended(desk, row, answer)


def _heard(desk: Desk, partner: Signatures, envelope: str) -> None:
    try:
        hear(desk, partner, envelope)
    except SignaturesUnavailable as away:
        raise NotYet(f"{partner.name}: {away}") from None


def _signed(desk: Desk, partner: Signatures, row: Envelope, answer: Answer) -> None:
    """Keep what was signed, and move the request; tell the owner where that was too late."""
    if row.standing is Standing.SIGNED:
        return
    papers = partner.papers(row.envelope)
    with desk.store.unit() as unit:
        name = f"{row.ref}-v{row.version}"
        signed = unit.files.put(f"{name}-signed.pdf", PDF, papers.document)
        certificate = unit.files.put(f"{name}-certificate.pdf", PDF, papers.certificate)
        request = unit.requests.get(row.ref)
        unit.commit()
    versions = record_of(request).versions if request else ()
    person = {
        "name": cleaning.one_line(answer.name),
        "title": cleaning.one_line(answer.title),
        "email": answer.email,
    }
    evidence = _evidence(row, answer) | person
    evidence |= {"document": versions[row.version - 1].sha256} if versions else {}
    evidence |= {"signed document": signed, "certificate": certificate}
    values = person | {"version": row.version, "partner": partner.name}
    values |= {"signed_sha256": signed, "certificate_sha256": certificate}
    given = Given(values=values, evidence=evidence)
    surface, key = partner.name.lower(), f"signed:{row.envelope}"
    try:
        moves.from_outside(desk, Seat.CLIENT, row.ref, "client_approve", given, surface, key)
    except Refusal:
        late = f"late:{row.envelope}"
        moves.by_frontdesk(desk, row.ref, "signed_late", late, evidence=evidence)


def _declined(desk: Desk, row: Envelope, answer: Answer) -> None:
    """Move the request as the client's reason says: they decline, or want changes."""
    reason = _clean(answer.reason)
    wants_changes = reason.casefold().startswith("change")
    name = "client_request_changes" if wants_changes else "client_decline"
    values = {"version": row.version, "email": answer.email}
    evidence = _evidence(row, answer) | {"name": answer.name, "email": answer.email}
    given = Given(reason=reason, values=values, evidence=evidence)
    surface = desk.signatures.name.lower() if desk.signatures else ""
    try:
        key = f"declined:{row.envelope}"
        moves.from_outside(desk, Seat.CLIENT, row.ref, name, given, surface, key)
    except Refusal:
        return  # it was taken back, or another version is there


def _undelivered(desk: Desk, row: Envelope, answer: Answer) -> None:
    for email in answer.undelivered:
        why = f"{email}: the invitation to sign could not be delivered."
        key = f"bounced:{row.envelope}:{email}"
        moves.by_frontdesk(desk, row.ref, "bounced", key, reason=why)


def _ended(desk: Desk, row: Envelope, answer: Answer) -> None:
    """Keep how it ended. A draft that was to be taken back has ended, too: it never leaves."""
    over = answer.standing
    if over is Standing.DRAFT and row.standing is Standing.ENDING:
        over = Standing.VOID
    if over not in OVER or over is row.standing:
        return
    with desk.store.unit() as unit:
        now = unit.envelopes.get(row.key)
        if now is not None:
            unit.envelopes.put(now.now(over, desk.clock.now()))
            unit.commit()


def _promise(unit: Unit, row: Envelope, heard: Heard, now: datetime) -> None:
    what = {"ref": row.ref, "envelope": row.envelope}
    occasion, address = f"{row.envelope}:{heard.occasion}", f"envelope:{row.envelope}"
    unit.outbox.add(parcels.aside("envelope_changed", occasion, address, what, now))


def _evidence(row: Envelope, answer: Answer) -> dict[str, str]:
    at = answer.at.isoformat() if answer.at else ""
    return {"envelope": row.envelope, "document version": str(row.version), "signed at": at}


def _clean(reason: str) -> str:
    return cleaning.paragraphs(reason)[:LONGEST_REASON] or _NO_REASON
