"""The certificate of completion: who approved what, when, and how that is known."""

from collections.abc import Iterator, Sequence

from bot.desk import Desk
from bot.ports import Unit
from messages import printed_evidence
from workflows.deal import Signature, record_of
from workflows.engine import Entry
from workflows.request import Request
from workflows.roles import OUTSIDE

EVENTS = {
    "draft": "Version {version} written",
    "approve_document": "Version {version} approved by the executive",
    "send": "Sent to the client",
    "link_fetched": "Private link opened",
    "document_downloaded": "Document downloaded",
    "client_reminded": "Client reminded",
    "client_ask": "Question asked by the client",
    "answer_client": "Question answered",
    "client_request_changes": "Changes asked for by the client",
    "client_decline": "Declined by the client",
    "client_approve": "Approved by the client",
    "record_approval": "Recorded as approved by other means",
    "expire": "Link expired",
}
"""What of the audit belongs on a certificate, and how it is called there."""


LOOKS = frozenset({"link_fetched", "document_downloaded"})
MOST_LOOKS = 60
"""So many looks are printed, the first and the last of them; the audit has them all."""


def make(desk: Desk, ref: str, seal: str) -> bytes | None:
    """Return the certificate of the client's approval as PDF; None where nothing was approved.

    ``seal``: whose seal it will get, as the document gets it, or "". Raises NotRendered.
    """
    with desk.store.unit() as unit:
        request = unit.requests.get(ref)
        signature = record_of(request).signature if request else None
        if request is None or signature is None:
            return None
        entries = unit.requests.timeline(ref)
        version = record_of(request).versions[signature.version - 1]
        approved = unit.files.get(version.sha256)
        data = printed_evidence.certificate(
            request.details,
            company=desk.company.name,
            ref=ref,
            events=[*_events(unit, entries)],
            how=_how(signature),
            consent=_consent(entries),
            sent_to=_copies(unit, request),
        )
        data |= printed_evidence.seal(seal, len(approved.content) if approved else 0)
    return desk.renderer.pdf(desk.renderer.shipped("certificate"), data)


def _consent(entries: Sequence[Entry]) -> str:
    """Return the words that the client agreed to; none where they approved by other means."""
    given = [
        entry.detail.get("consent", "") for entry in entries if entry.action == "client_approve"
    ]
    return given[-1] if given else ""


def _events(unit: Unit, entries: Sequence[Entry]) -> Iterator[printed_evidence.Event]:
    version = 0
    looks = [at for at, entry in enumerate(entries) if entry.action in LOOKS]
    half = MOST_LOOKS // 2
    left_out = frozenset(looks[half:-half] if len(looks) > MOST_LOOKS else ())
    for at, entry in enumerate(entries):
        version += entry.action == "draft"
        words = EVENTS.get(entry.action)
        if words is not None and at not in left_out:
            detail = entry.detail
            said = words.format(version=version)
            others = " and ".join(_name(unit, each) for each in entry.behalf)
            acted = " for ".join(filter(None, (_name(unit, entry.actor), others)))
            who = detail.get("name") or acted
            yield entry.at, said, who, detail.get("ip", ""), detail.get("agent", "")


def _name(unit: Unit, actor: str) -> str:
    if actor in OUTSIDE:
        return "Frontdesk" if actor == "frontdesk" else "The client"
    person = unit.people.get(actor)
    return person.name if person else actor


def _how(signature: Signature) -> str:
    if signature.other_means:
        return f"approved by other means: {signature.reason}"
    return f"private link sent to {signature.email}"


def _copies(unit: Unit, request: Request) -> list[str]:
    version = record_of(request).version
    owner = unit.people.get(request.owner or "")
    sent = list(version.sent_to) if version else []
    return [*sent, owner.email] if owner and owner.email else sent
