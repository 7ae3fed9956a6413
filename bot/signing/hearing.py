"""What the partner says of an envelope, and what follows from it.

A call of theirs says no more than that there is something to look at: the partner is asked for the
envelope before anything is done. So calls may come twice, late, or in any order.
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from bot import moves, parcels
from bot.desk import Desk
from bot.documents import PDF
from bot.owners import owners
from bot.ports import (
    OVER,
    Answer,
    Claimed,
    Envelope,
    Heard,
    Signatures,
    SignaturesRefused,
    SignaturesUnavailable,
    Standing,
    Unit,
)
from bot.sending import InVain, Needless, NotYet
from bot.signing import standing, trouble
from messages import cleaning
from messages.links import file_line
from workflows.deal import record_of
from workflows.definition import Given
from workflows.refusals import Refusal
from workflows.roles import Seat

log = logging.getLogger(__name__)

LONGEST_REASON = 3000
_OVERLAP = timedelta(days=3)
"""How far back is looked for what no call told of; what was told is known by its occasion."""
_NO_REASON = "(no reason was given)"


def keep(desk: Desk, heard: Heard) -> bool:
    """Keep what was heard, to be looked at; return False for what is about nothing of ours."""
    with desk.store.unit() as unit:
        row = unit.envelopes.named(heard.about)
        if row is None:
            return False
        _promise(unit, row, heard, desk.clock.now())
        unit.commit()
    desk.wake()
    return True


def look(desk: Desk, claimed: Claimed) -> None:
    """Look at an envelope of which something was heard. Raises NotYet while the partner is away.

    Where the partner refuses it that is given up aloud, once: InVain first, Needless from then on.
    """
    partner = desk.signatures
    if partner is None:
        return
    try:
        with answered(partner):
            hear(desk, partner, str(claimed.parcel.payload["envelope"]))
    except InVain as why:
        if trouble.is_known(desk, claimed, str(why)):
            raise Needless from why
        raise


def refresh(desk: Desk, ref: str) -> None:
    """Ask for whatever is open of a request, before something is done for lack of an answer.

    Raises NotYet while the partner is away, and InVain where it refuses one, after all the others.
    """
    partner = desk.signatures
    if partner is None:
        return
    with desk.store.unit() as unit:
        rows = unit.envelopes.of(ref)
    refused = list[SignaturesRefused]()
    with answered(partner):
        for row in rows:
            if row.envelope and row.standing not in OVER:
                with trouble.later(refused):
                    hear(desk, partner, row.envelope)
        for each in refused:
            raise each


def catch_up(desk: Desk, now: datetime) -> None:
    """Ask for all that changed lately: it finds what no call has told of.

    Each envelope is looked at by itself. Where the partner refuses to tell, the admins hear of it.
    """
    partner = desk.signatures
    if partner is None:
        return
    try:
        changed = partner.changed(now - _OVERLAP)
    except SignaturesUnavailable:
        return  # the next time is soon
    except SignaturesRefused as refused:
        log.warning("%s refuses to say what changed: %s", partner.name, refused)
        trouble.promise(desk, partner.name, str(refused))
        return
    for each in changed:
        keep(desk, each)


@contextmanager
def answered(partner: Signatures) -> Iterator[None]:
    """Raise NotYet while the partner is away, and InVain where it refuses what is asked."""
    try:
        yield
    except SignaturesUnavailable as away:
        raise NotYet(f"{partner.name}: {away}") from None
    except SignaturesRefused as refused:
        raise InVain(f"{partner.name} refuses that: {refused}") from refused


def hear(desk: Desk, partner: Signatures, envelope: str) -> None:
    """Ask how an envelope stands, and do what follows.

    Raises SignaturesUnavailable and SignaturesRefused.
    """
    if _row(desk, envelope) is None:
        return
    answer = partner.look(envelope)
    row = _row(desk, envelope)  # it may have been taken back during that call
    if row is None or (row.standing in OVER and row.standing is answer.standing):
        return
    match answer.standing:
        case Standing.SIGNED:
            _signed(desk, partner, row, answer)
        case Standing.DECLINED:
            _declined(desk, partner, row, answer)
        case Standing.VOID if row.standing in (Standing.DRAFT, Standing.OPEN):
            reason = _clean(answer.reason)
            what = {"version": row.version, "reason": reason}
            moves.by_frontdesk(desk, row.ref, "signing_void", f"void:{envelope}", **what)
        case _:
            _undelivered(desk, row, answer)
    standing.ended(desk, row.key, answer.standing)


def take(desk: Desk, partner: Signatures, row: Envelope) -> None:
    """Move the request by what was signed too late, now that it is with the client again.

    Raises as :func:`hear` does.
    """
    _signed(desk, partner, row, partner.look(row.envelope))


def _row(desk: Desk, envelope: str) -> Envelope | None:
    with desk.store.unit() as unit:
        return unit.envelopes.named(envelope)


def _signed(desk: Desk, partner: Signatures, row: Envelope, answer: Answer) -> None:
    """Keep what was signed, and move the request; give it to the owner where that was too late."""
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
        "email": cleaning.one_line(answer.email),
    }
    kept = {"signed_sha256": signed, "certificate_sha256": certificate}
    evidence = _evidence(row, answer) | person | kept
    evidence |= {"document": versions[row.version - 1].sha256} if versions else {}
    values = person | kept | {"version": row.version, "partner": partner.name}
    given = Given(values=values, evidence=evidence)
    surface, key = partner.name.lower(), f"signed:{row.envelope}"
    try:
        moves.from_outside(desk, Seat.CLIENT, row.ref, "client_approve", given, surface, key)
    except Refusal:
        late = f"late:{row.envelope}"
        if moves.by_frontdesk(desk, row.ref, "signed_late", late, evidence=evidence):
            _give(desk, row, kept)


def _give(desk: Desk, row: Envelope, kept: Mapping[str, str]) -> None:
    """Share with the owner what is kept of what was signed too late."""
    now, said = desk.clock.now(), file_line(row.ref, "signed after it was taken back")
    with desk.store.unit() as unit:
        request = unit.requests.get(row.ref)
        for user in owners(desk, unit, request) if request else ():
            for what, sha256 in kept.items():
                name = f"{row.ref}-v{row.version}-{what.removesuffix('_sha256')}.pdf"
                unit.outbox.add(parcels.share(row.ref, f"user:{user}", sha256, name, said, now))
        unit.commit()
    desk.wake()


def _declined(desk: Desk, partner: Signatures, row: Envelope, answer: Answer) -> None:
    """Move the request as the client's reason says: they decline, or want changes.

    Where that is too late their word is noted, and told to the owner.
    """
    reason = _clean(answer.reason)
    wants_changes = reason.casefold().startswith("change")
    name = "client_request_changes" if wants_changes else "client_decline"
    email, called = cleaning.one_line(answer.email), cleaning.one_line(answer.name)
    values = {"version": row.version, "email": email}
    evidence = _evidence(row, answer) | {"name": called, "email": email}
    given = Given(reason=reason, values=values, evidence=evidence)
    surface, key = partner.name.lower(), f"declined:{row.envelope}"
    try:
        moves.from_outside(desk, Seat.CLIENT, row.ref, name, given, surface, key)
    except Refusal:
        late = f"late:{row.envelope}"
        what = {"reason": reason, "evidence": evidence}
        moves.by_frontdesk(desk, row.ref, "declined_late", late, **what)


def _undelivered(desk: Desk, row: Envelope, answer: Answer) -> None:
    for email in answer.undelivered:
        why = f"{email}: the invitation to sign could not be delivered."
        key = f"bounced:{row.envelope}:{email}"
        moves.by_frontdesk(desk, row.ref, "bounced", key, reason=why)


def _promise(unit: Unit, row: Envelope, heard: Heard, now: datetime) -> None:
    what = {"ref": row.ref, "envelope": row.envelope}
    occasion, address = f"{row.envelope}:{heard.occasion}", f"envelope:{row.envelope}"
    unit.outbox.add(parcels.aside("envelope_changed", occasion, address, what, now))


def _evidence(row: Envelope, answer: Answer) -> dict[str, str]:
    at = answer.at.isoformat() if answer.at else ""
    return {"envelope": row.envelope, "document version": str(row.version), "signed at": at}


def _clean(reason: str) -> str:
    return cleaning.paragraphs(reason)[:LONGEST_REASON] or _NO_REASON
