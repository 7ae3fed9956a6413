"""The log of all requests for assets, as CSV and XLSX.

"Version Control: Request logs maintained in CRM/ticketing system" (Sales Asset Requests, 7).
"""

from collections.abc import Iterator
from datetime import datetime

from bot import parcels
from bot.desk import Desk, Gesture
from bot.members import member
from bot.ports import Claimed, Upload
from bot.sending import channel_of
from bot.triage.agenda import READERS
from messages.spreadsheet import CSV, XLSX, as_csv, as_xlsx
from workflows.asset import record_of
from workflows.privacy import is_private
from workflows.refusals import NotAllowed
from workflows.request import Request
from workflows.roles import Role
from workflows.standing import kept_its_date

WORKFLOW = "sales_asset"

COLUMNS = (
    *("reference", "asked on", "requester", "role", "type", "kind", "purpose", "industry"),
    *("audience", "language", "goal", "opportunity", "reuse", "deadline", "stage", "since"),
    *("priority", "owner", "due on", "accepted on", "versions", "delivered on", "days to deliver"),
    *("kept its date", "on the shelf as", "merged into", "answered with", "feedback", "word"),
)

_LONGEST = 500


def ask(desk: Desk, gesture: Gesture) -> str:
    """Promise the log to the person's DM, and return what to say. Raises NotAllowed."""
    now = desk.clock.now()
    with desk.store.unit() as unit:
        person = member(desk, unit, gesture)
        office = desk.office(unit, desk.workflows[WORKFLOW], person.user)
        if not any(person.user in office.holding(role) for role in READERS):
            raise NotAllowed("The log is for triage, marketing, the heads and auditors.")
        for form in ("csv", "xlsx"):
            what = {"form": form, "at": now.isoformat()}
            occasion = f"{gesture.key}:{form}"
            unit.outbox.add(
                parcels.aside("request_log", occasion, f"user:{person.user}", what, now)
            )
        unit.commit()
    desk.wake()
    return "The log is on its way to you, as CSV and as XLSX, in a direct message."


def deliver(desk: Desk, claimed: Claimed) -> None:
    """Upload the log. After an attempt of unknown outcome it is looked for first."""
    what = claimed.parcel.payload
    where = channel_of(desk, claimed.parcel.address)
    at = datetime.fromisoformat(str(what["at"])).astimezone(desk.company.zone)
    form = str(what["form"])
    name = f"asset-requests-{at:%Y-%m-%d-%H%M%S}.{form}"
    unsure = claimed.unsure_since
    if unsure is not None and desk.slack.uploaded(where, name, unsure):
        return
    rows = list(rows_of(desk, claimed.parcel.address.removeprefix("user:")))
    content, mime = (
        (as_xlsx("Requests", COLUMNS, rows), XLSX)
        if form == "xlsx"
        else (as_csv(COLUMNS, rows), CSV)
    )
    said = f"{len(rows):,} {'request' if len(rows) == 1 else 'requests'}"
    desk.slack.upload(where, Upload(name=name, mime=mime, content=content, said=said))


def rows_of(desk: Desk, reader: str) -> Iterator[tuple[str, ...]]:
    """Yield a row a request, by reference, in the order of :data:`COLUMNS`.

    Private ones are left out unless ``reader`` (a user id) is an auditor.
    """
    workflow, after = desk.workflows[WORKFLOW], ""
    stages = [stage.name for stage in workflow.stages]
    names: dict[str, str] = {}
    while True:
        with desk.store.unit() as unit:
            page = unit.requests.at_stage(WORKFLOW, stages, after)
            audits = reader in unit.people.holders().get(Role.AUDITOR, frozenset())
            for user in {each.owner for each in page if each.owner} - names.keys():
                person = unit.people.get(user)
                names[user] = person.name if person else user
        if not page:
            return
        after = page[-1].ref
        for request in (each for each in page if audits or not is_private(each)):
            stage = workflow.stage(request.stage).label
            yield tuple(_row(request, stage, names.get(request.owner or "", ""), desk))


def _row(request: Request, stage: str, owner: str, desk: Desk) -> Iterator[str]:
    details, record, zone = request.details, record_of(request), desk.company.zone
    delivered = record.delivered_at.astimezone(zone).date() if record.delivered_at else None
    accepted = record.accepted_at.astimezone(zone).date() if record.accepted_at else None
    asked = request.created_at.astimezone(zone).date()
    yield request.ref
    yield asked.isoformat()
    for name in ("requester_name", "requester_role"):
        yield getattr(details, name)
    yield details.asset_type_other or details.asset_type
    for name in ("kind", "purpose", "industry", "audience", "language", "goal", "opportunity"):
        yield " ".join(getattr(details, name).split())[:_LONGEST]
    yield details.reuse
    yield details.deadline.isoformat()
    yield stage
    yield request.since.astimezone(zone).date().isoformat()
    yield record.priority
    yield owner
    yield request.due_on.isoformat() if request.due_on else ""
    yield accepted.isoformat() if accepted else ""
    yield str(len(record.drafts))
    yield delivered.isoformat() if delivered else ""
    yield str((delivered - asked).days) if delivered else ""
    yield ("yes" if kept_its_date(request, zone) else "no") if delivered else ""
    yield record.shelved_as
    yield record.merged_into
    yield record.answered_with
    last = record.feedback[-1] if record.feedback else None
    yield last.verdict.value if last else ""
    yield last.word if last else ""
