"""The document: rendered by the worker, kept by its hash, and shown to those who work with it."""

import json

from bot import moves, parcels, templates
from bot.desk import Desk
from bot.parcels import entry_from_json
from bot.ports import Claimed, Json, NotRendered, Template, Unit
from messages import printed
from messages.links import version_line
from workflows.ball import deciders
from workflows.deal import Signature, Version, record_of
from workflows.document import gaps
from workflows.document_data import of_data
from workflows.request import Request

PDF = "application/pdf"


def render(desk: Desk, claimed: Claimed) -> None:
    """Render one version and keep its bytes and its data; say why where that is not possible.

    What it is made of came with the promise, so a version that was replaced meanwhile is kept, too.
    """
    payload = claimed.parcel.payload
    entry, number = entry_from_json(payload["entry"]), int(payload["version"])
    ref, occasion = entry.ref, f"{claimed.parcel.key}:{claimed.id}"
    try:
        template, data, kept = _rendered(desk, payload)
        pages = len(desk.renderer.pages(kept, width=60))
    except NotRendered as failure:
        trouble = str(failure)
        moves.by_frontdesk(
            desk,
            ref,
            "render_failed",
            f"failed:{occasion}",
            reason=trouble,
            version=number,
            trouble=trouble,
        )
        return
    with desk.store.unit() as unit:
        sha256 = unit.files.put(file_name(ref, number), PDF, kept)
        data_sha256 = unit.files.put(f"{ref}-v{number}.json", "application/json", data)
        unit.commit()
    moves.by_frontdesk(
        desk,
        ref,
        "rendered",
        f"rendered:{occasion}",
        version=number,
        sha256=sha256,
        data_sha256=data_sha256,
        pages=pages,
        template=f"{template.key} {template.version} ({template.sha256[:12]})",
        trouble="",
    )


def _rendered(desk: Desk, payload: Json) -> tuple[Template, bytes, bytes]:
    """Return the template, the data as JSON, and the PDF. Raises NotRendered."""
    document = of_data(payload["document"])
    with desk.store.unit() as unit:
        template = templates.approved(desk, unit, document.template)
        data = _printed(desk, unit, payload) | _signed(desk, unit, template)
    if lacking := gaps(document, template.required):
        raise NotRendered(f"The template {template.key} also needs: {', '.join(lacking)}.")
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1)
    return template, text.encode(), desk.renderer.pdf(template, data)


def _printed(desk: Desk, unit: Unit, payload: Json) -> Json:
    entry = entry_from_json(payload["entry"])
    writer = unit.people.get(entry.actor)
    return printed.sow(
        of_data(payload["document"]),
        company=desk.company.name,
        ref=entry.ref,
        version=int(payload["version"]),
        prepared_by=writer.name if writer else "",
        at=entry.at.astimezone(desk.company.zone),
        draft=False,
    )


def _signed(desk: Desk, unit: Unit, template: Template) -> Json:
    """Return what a partner needs: a blank of its own, or unseen words where its fields go."""
    if desk.signatures is None:
        return {}
    return templates.signed_as(unit, template) or {"anchored": True}


def show(desk: Desk, claimed: Claimed) -> None:
    """Share a preview of the newest version: in the thread, with the owner, with who decides it.

    A preview is the version's own bytes with DRAFT stamped across each page; the client gets the
    bytes without it, and those alone have the version's hash.
    """
    ref = str(claimed.parcel.payload["ref"])
    with desk.store.unit() as unit:
        request = unit.requests.get(ref)
        version = record_of(request).version if request else None
        file = unit.files.get(version.sha256) if version else None
        if request is None or version is None or file is None:
            return
    preview = desk.renderer.stamped(file.content)
    now = desk.clock.now()
    with desk.store.unit() as unit:
        name = f"{ref}-v{version.number}-draft.pdf"
        sha256 = unit.files.put(name, PDF, preview)
        said = version_line(request, version)
        for address in _audience(desk, unit, request, version):
            unit.outbox.add(parcels.share(ref, address, sha256, name, said, now))
        unit.commit()
    desk.wake()


def _audience(desk: Desk, unit: Unit, request: Request, version: Version) -> list[str]:
    workflow = desk.workflows[request.workflow]
    people = {version.by}
    if workflow.stage(request.stage).lanes:
        people |= deciders(workflow, request, desk.office(unit, workflow))
    return [*thread(unit, request.ref), *(f"user:{each}" for each in sorted(people))]


def thread(unit: Unit, ref: str) -> list[str]:
    """Return the address of the request's thread; nothing where it has none."""
    return list(dict.fromkeys(c.address for c in unit.cards.of(ref) if c.kind == "channel"))


def final(ref: str, version: Version, signature: Signature | None) -> tuple[str, str]:
    """Return hash and name of what the client approved as it goes out.

    That is under the seal, or with the signatures that a partner put into it, where there are any.
    """
    if signature is not None and signature.sealed_sha256:
        return signature.sealed_sha256, sealed_name(ref, signature.version)
    signed = signature.signed_sha256 if signature is not None else ""
    return signed or version.sha256, file_name(ref, version.number)


def sealed_name(ref: str, version: int) -> str:
    """Return the name under which a version goes out with a seal."""
    return f"{ref}-v{version}-sealed.pdf"


def file_name(ref: str, version: int) -> str:
    """Return the name under which a version goes out."""
    return f"{ref}-v{version}.pdf"
