"""What follows the client's approval: the evidence is kept, and both sides get their copies."""

from bot import certificates, letters, moves, parcels
from bot.desk import Desk
from bot.documents import PDF, file_name, thread
from bot.parcels import entry_from_json
from bot.ports import Claimed, Unit
from messages.links import file_line
from workflows.ball import deciders
from workflows.deal import record_of
from workflows.request import Request


def certify(desk: Desk, claimed: Claimed) -> None:
    """After the client's approval: make the certificate, and give both parties their copies."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    ref = entry.ref
    with desk.store.unit() as unit:
        request = unit.requests.get(ref)
    signature = record_of(request).signature if request else None
    sha256 = signature.certificate_sha256 if signature else ""
    sha256 = sha256 or certificates.make(desk, ref) or ""
    if not sha256:
        return
    moves.by_frontdesk(desk, ref, "kept", f"certificate:{ref}", certificate_sha256=sha256)
    now = desk.clock.now()
    with desk.store.unit() as unit:
        request = unit.requests.get(ref)
        version = record_of(request).version if request else None
        if request is None or version is None:
            return
        signed = file_name(ref, version.number)
        document = signature.signed_sha256 if signature else ""
        enclosures = (
            (document or version.sha256, signed),
            (sha256, f"{ref}-certificate.pdf"),
        )
        owner = unit.people.get(request.owner or "")
        copies = [*letters.recipients(request, version)]
        if owner is not None and owner.email:
            copies.append((owner.name, owner.email))
        for to in copies:
            letters.post(unit, request, "signed_copy", to, str(version.number), now, enclosures)
        for address in _signed_audience(desk, unit, request):
            for kept, name in enclosures:
                said = file_line(ref, "approved by the client")
                unit.outbox.add(parcels.share(ref, address, kept, name, said, now))
        unit.commit()
    desk.wake()


def keep_evidence(desk: Desk, claimed: Claimed) -> None:
    """Keep the files that show an approval by other means, then certify it as such."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
    signature = record_of(request).signature if request else None
    if signature is None:
        return
    if not signature.evidence_sha256:
        evidence = tuple(_kept(desk, file_id, signature.recorded_by) for file_id in signature.files)
        moves.by_frontdesk(
            desk, entry.ref, "kept", f"evidence:{entry.ref}", evidence_sha256=evidence
        )
    certify(desk, claimed)


def _signed_audience(desk: Desk, unit: Unit, request: Request) -> list[str]:
    workflow = desk.workflows[request.workflow]
    people = deciders(workflow, request, desk.office(unit, workflow))
    return [*thread(unit, request.ref), *(f"user:{each}" for each in sorted(people))]


def _kept(desk: Desk, file_id: str, by: str) -> str:
    file = desk.slack.download(file_id, (by,))
    with desk.store.unit() as unit:
        sha256 = unit.files.put(file.name, file.mime or PDF, file.content)
        unit.commit()
    return sha256
