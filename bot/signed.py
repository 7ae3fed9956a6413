"""What follows the client's approval: the evidence is kept, and both sides get their copies."""

from dataclasses import replace

from bot import certificates, letters, moves, parcels, waits
from bot.desk import Desk
from bot.documents import PDF, final, sealed_name, thread
from bot.parcels import entry_from_json
from bot.ports import Claimed, SealUnavailable, Unit
from bot.sending import NotYet
from messages.links import file_line
from workflows.addressing import recipients
from workflows.ball import deciders
from workflows.deal import Signature, record_of
from workflows.request import Request

_PEM = "application/x-pem-file"


def certify(desk: Desk, claimed: Claimed) -> None:
    """After the client's approval: make the certificate, and give both parties their copies.

    With a seal, the certificate and a copy of the document are sealed first. What was filed is what
    goes out, however often this is done. Raises NotYet while nothing can be sealed.
    """
    entry = entry_from_json(claimed.parcel.payload["entry"])
    ref = entry.ref
    signature = _signature(desk, ref)
    if signature is None:
        return
    made: dict[str, str] = {}
    if not signature.certificate_sha256:
        made = _made(desk, ref, signature)
        moves.by_frontdesk(desk, ref, "kept", f"certificate:{ref}", **made)
    now = desk.clock.now()
    with desk.store.unit() as unit:
        request = unit.requests.get(ref)
        version = record_of(request).version if request else None
        signature = record_of(request).signature if request else None
        if request is None or version is None or signature is None:
            return
        if not signature.certificate_sha256:  # cancelled meanwhile: nothing is filed any more
            signature = replace(signature, **made)  # type: ignore[arg-type]  # by name
        certificate = (signature.certificate_sha256, f"{ref}-certificate.pdf")
        enclosures = (final(ref, version, signature), certificate)
        owner = unit.people.get(request.owner or "")
        copies = [*recipients(request, version)]
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


def _made(desk: Desk, ref: str, signature: Signature) -> dict[str, str]:
    """Make and store what is to be filed; return its hashes. Raises NotYet, NotRendered."""
    with desk.store.unit() as unit:
        request = unit.requests.get(ref)
        version = record_of(request).versions[signature.version - 1] if request else None
        approved = unit.files.get(version.sha256) if version else None
    try:
        whose, root = keys = desk.seal.name, desk.seal.root
        certificate = certificates.make(desk, ref, whose) or b""
        said = f"{ref}, version {signature.version}"
        certificate = desk.seal.sealed(certificate, f"{said}: certificate of completion")
        content = approved.content if approved else b""
        sealed = desk.seal.sealed(content, f"{said}, as approved") if whose and content else b""
        is_one_seal = (desk.seal.name, desk.seal.root) == keys
    except SealUnavailable as trouble:
        raise NotYet(f"{waits.FOR_SEAL.saying}{trouble}. {trouble.fix}") from trouble
    if not is_one_seal:
        raise NotYet(
            f"{waits.FOR_SEAL.saying}its keys were exchanged meanwhile. It is tried again."
        )
    with desk.store.unit() as unit:
        made = {"certificate_sha256": unit.files.put(f"{ref}-certificate.pdf", PDF, certificate)}
        if sealed:
            name = sealed_name(ref, signature.version)
            made["sealed_sha256"] = unit.files.put(name, PDF, sealed)
            made["seal_root_sha256"] = unit.files.put("seal-root.pem", _PEM, root)
        unit.commit()
    return made


def _signature(desk: Desk, ref: str) -> Signature | None:
    with desk.store.unit() as unit:
        request = unit.requests.get(ref)
    return record_of(request).signature if request else None


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
