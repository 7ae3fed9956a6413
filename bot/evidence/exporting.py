"""The auditor's button: a request's whole record, made by the worker and handed over in a DM."""

from bot import parcels
from bot.amounts import sees_amounts
from bot.decisions import put_on_record
from bot.desk import Desk, Gesture
from bot.errors import NotFound
from bot.evidence.bundle import EXPORTED, bundle, file_name
from bot.facts import request_for
from bot.ports import Claimed, Unit
from bot.unmoved import beside
from messages.links import file_line
from workflows.office import Office
from workflows.refusals import NotAllowed
from workflows.request import Request
from workflows.roles import Role

EXPORTERS = (Role.AUDITOR, Role.ADMIN)
"""Who may have everything that is kept of a request, if its amounts are theirs to see."""

_ZIP = "application/zip"


def export(desk: Desk, gesture: Gesture, ref: str) -> None:
    """Promise somebody the record of ``ref``, once however often they press within a minute.

    Raises NotAllowed for anybody but auditors and admins, NotFound for what is not theirs to see;
    either is put on record.
    """
    now = desk.clock.now()
    try:
        with desk.store.unit() as unit:
            request = _exportable(desk, unit, gesture, ref)
            what = {"surface": gesture.surface}
            occasion = f"{now:%Y-%m-%dT%H:%M}"
            unit.outbox.add(parcels.word("export", request.ref, occasion, gesture.user, what, now))
            unit.commit()
    except (NotAllowed, NotFound) as refusal:
        put_on_record(desk, gesture, ref, "export", refusal)
        raise
    desk.wake()


def deliver_export(desk: Desk, claimed: Claimed) -> None:
    """Make the bundle, keep it, put it on record by its hash, and promise the file to their DM.

    Once for each promise, however often it is tried; nothing for somebody who has lost the role
    meanwhile. Raises NotRendered.
    """
    ref, address = str(claimed.parcel.payload["ref"]), claimed.parcel.address
    user, surface = address.removeprefix("user:"), str(claimed.parcel.payload["surface"])
    if not _is_still_theirs(desk, ref, user):
        return
    content, name = bundle(desk, ref), file_name(ref)
    now = desk.clock.now()
    with desk.store.unit() as unit:
        request = unit.requests.get(ref)
        if request is None or not unit.deliveries.first(claimed.parcel.key, now):
            return
        sha256 = unit.files.put(name, _ZIP, content)
        said = file_line(ref, "everything that is kept of it")
        unit.outbox.add(parcels.share(ref, address, sha256, name, said, now))
        detail = {"file": name, "sha256": sha256}
        unit.audit.append(beside(request, EXPORTED, user, surface, now, detail))
        unit.commit()
    desk.wake()


def _exportable(desk: Desk, unit: Unit, gesture: Gesture, ref: str) -> Request:
    request = request_for(desk, unit, gesture, ref)[1]
    office = desk.office(unit, desk.workflows[request.workflow], gesture.user)
    if not may_export(desk, request, office, gesture.user):
        raise NotAllowed
    return request


def may_export(desk: Desk, request: Request, office: Office, user: str) -> bool:
    """Whether somebody may have all that is kept of the request, with every amount in it."""
    is_exporter = any(user in office.holding(role) for role in EXPORTERS)
    return is_exporter and sees_amounts(desk, request, office, f"user:{user}")


def _is_still_theirs(desk: Desk, ref: str, user: str) -> bool:
    with desk.store.unit() as unit:
        person, request = unit.people.get(user), unit.requests.get(ref)
        if request is None or person is None or not person.active:
            return False
        office = desk.office(unit, desk.workflows[request.workflow], user)
        return may_export(desk, request, office, user)
