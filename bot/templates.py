"""Which templates documents are made from: only approved ones, and each was tried out.

Those that ship with Frontdesk are approved by whoever installs it. Others are requests of the
workflow ``template``: handed in by an admin, approved by the head of sales, kept by their hash.
"""

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal

from bot import moves
from bot.desk import Desk
from bot.errors import SlackRefused
from bot.parcels import entry_from_json
from bot.ports import (
    Blank,
    Claimed,
    Json,
    NotRendered,
    Signatures,
    SignaturesRefused,
    SignaturesUnavailable,
    Template,
    Unit,
)
from bot.sending import NotYet
from messages import printed, printed_fields
from workflows.document import Deliverable, Document, Milestone, PriceLine
from workflows.money import Money
from workflows.request import Request

WORKFLOW = "template"
LARGEST = 1024 * 1024
"""Bytes of a template's source."""


def approved(desk: Desk, unit: Unit, key: str) -> Template:
    """Return the template ``key`` that was approved last. Raises NotRendered without any."""
    found = max(_approved(unit, key), key=lambda each: each.since, default=None)
    if found is None:
        try:
            return desk.renderer.shipped(key)
        except KeyError:
            raise NotRendered(f"There is no approved template {key!r}.") from None
    file = unit.files.get(found.details.sha256)
    if file is None:
        raise NotRendered(f"The file of the template {key!r} is gone.")
    return desk.renderer.template(key, found.details.version, file.content.decode())


def signed_as(unit: Unit, template: Template) -> Json:
    """Return what is kept with a document about the blank that is signed in its place; {} if none.

    One that whoever installed Frontdesk chose is taken as it is. Raises NotRendered for another
    that was approved while nobody could look at the blank.
    """
    if not template.blank:
        return {}
    changed = blank_as_approved(unit, template)
    if template.version and not changed:
        raise NotRendered(
            f"Nobody has seen what clients would sign in the place of {template.key!r}: an admin "
            "has to hand the template in anew."
        )
    return {"signed_as": {"blank": template.blank, "changed": changed}}


def blank_as_approved(unit: Unit, template: Template) -> str:
    """Return what a template's blank was like when that was tried out last; "" if nobody knows."""
    same = (
        each for each in _approved(unit, template.key) if each.details.sha256 == template.sha256
    )
    last = max(same, key=lambda each: each.since, default=None)
    return str(last.details.blank_changed) if last else ""


def keys(unit: Unit) -> tuple[str, ...]:
    """Return the kinds of Statements of Work that can be drafted: the usual one comes first."""
    return tuple(dict.fromkeys(("sow", *sorted(each.details.key for each in _approved(unit)))))


def try_out(desk: Desk, claimed: Claimed) -> None:
    """Try out with an example what was handed in; its sender is told why it does not work."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    ref, occasion = entry.ref, f"template:{entry.ref}:{entry.version}"
    with desk.store.unit() as unit:
        request = unit.requests.get(ref)
        if request is None:
            return
        version = 1 + max(_versions(desk, unit, request.details.key), default=0)
    try:
        template = _handed_in(desk, request, version, (entry.actor, request.asker))
        desk.renderer.pdf(template, _example(desk, ref, claimed))
        blank = _blank(desk, template)
    except (NotRendered, SlackRefused) as failure:
        files = request.details.files
        moves.by_frontdesk(desk, ref, "check_failed", occasion, reason=str(failure), files=files)
        return
    with desk.store.unit() as unit:
        source = template.source.encode()
        sha256 = unit.files.put(f"{template.key}-{version}.typ", "text/plain", source)
        unit.commit()
    moves.by_frontdesk(
        desk,
        ref,
        "checked",
        occasion,
        sha256=sha256,
        version=version,
        required=template.required,
        blank=f"{blank.name} ({blank.id})" if blank else "",
        blank_changed=blank.changed if blank else "",
        files=request.details.files,
        evidence={"template": f"{template.key} {version}", "sha256": sha256} | _known(blank),
    )


def _blank(desk: Desk, template: Template) -> Blank | None:
    """Return what clients sign in the place of a template; None: they sign the document itself.

    Raises NotRendered for what cannot be signed so, NotYet while the partner is away.
    """
    partner = desk.signatures
    if partner is None or not template.blank:
        return None
    try:
        return blank_of(partner, template)
    except SignaturesUnavailable as away:
        raise NotYet(f"{partner.name}: {away}") from None
    except SignaturesRefused as refused:
        raise NotRendered(f"It cannot be signed as {template.blank}: {refused}.") from None


def blank_of(partner: Signatures, template: Template) -> Blank:
    """Return the blank that a template names.

    Raises SignaturesRefused also where it lacks a field for anything that a document can say:
    nothing that was approved may be missing from what is signed.
    """
    blank = partner.blank(template.blank)
    if lacking := sorted(printed_fields.NAMES - blank.fields):
        raise SignaturesRefused(f"{blank.name} lacks fields called {', '.join(lacking)}")
    return blank


def _known(blank: Blank | None) -> dict[str, str]:
    return {"signed as": f"{blank.name}, {blank.id}, as of {blank.changed}"} if blank else {}


def _approved(unit: Unit, key: str | None = None) -> Iterator[Request]:
    after = ""
    while page := unit.requests.at_stage(WORKFLOW, ("approved",), after):
        after = page[-1].ref
        yield from (each for each in page if key in (None, each.details.key))


def _versions(desk: Desk, unit: Unit, key: str) -> Iterator[int]:
    """Yield the numbers that templates of this key have, approved or not."""
    stages = [stage.name for stage in desk.workflows[WORKFLOW].stages]
    after = ""
    while page := unit.requests.at_stage(WORKFLOW, stages, after):
        after = page[-1].ref
        yield from (each.details.version for each in page if each.details.key == key)


def _handed_in(desk: Desk, request: Request, version: int, by: Collection[str]) -> Template:
    if not request.details.files:
        raise NotRendered("There is no file with it.")
    file = desk.slack.download(request.details.files[0], by)
    if len(file.content) > LARGEST:
        raise NotRendered("The file is larger than 1 MB.")
    try:
        source = file.content.decode()
    except UnicodeDecodeError:
        raise NotRendered("The file is not UTF-8 text; a template is a .typ file.") from None
    return desk.renderer.template(request.details.key, version, source)


def _example(desk: Desk, ref: str, claimed: Claimed) -> dict[str, object]:
    """Return the data of a document in which every part is filled in."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    day = date(2027, 3, 1)
    document = Document(
        title="Forecasting service",
        client="Globex",
        client_address="1 Main Street",
        contact_name="Jane Doe",
        contact_email="jane@globex.example",
        background="Why.",
        scope="What.",
        deliverables=(
            Deliverable(title="A report", description="All", acceptance="Read", due=day),
        ),
        milestones=(Milestone(title="Half of it", on=day),),
        prices=(PriceLine(text="Work", price=Money(100_00, "USD"), quantity=Decimal(2)),),
        start=day,
        end=day,
        payment_terms="30 days net",
        assumptions=("Access is given.",),
    )
    return printed.sow(
        document,
        company=desk.company.name,
        ref=ref,
        version=1,
        prepared_by="Dian Porter",
        at=entry.at,
        draft=False,
    )
