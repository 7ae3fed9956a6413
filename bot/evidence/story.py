"""The story of a request in plain words, with people's names, to be printed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from bot.evidence.archive import Source
from bot.ports import Json, Unit
from bot.recorded import REFUSED
from messages.facts import CardFacts
from messages.markup import Marked, parse
from messages.notice import deed
from messages.printed_evidence import timeline
from workflows.deal import Record, SowDetails
from workflows.engine import Entry
from workflows.request import Request


def printed_story(
    source: Source,
    request: Request,
    entries: Sequence[Entry],
    names: Mapping[str, str],
    at: datetime,
) -> bytes:
    """Return the whole timeline as PDF; refused attempts stand in the audit alone.

    ``names`` of people by id. Raises NotRendered.
    """
    told = [*_told(source, request, entries, names)]
    people = [*_people(request, names)]
    workflow, company = source.workflows[request.workflow], source.company.name
    data = timeline(request, workflow, told, people, names, company, at)
    return source.renderer.pdf(source.renderer.shipped("timeline"), data)


def names_of(unit: Unit, request: Request, entries: Sequence[Entry]) -> dict[str, str]:
    """Return the names of everybody who has acted on the request, or stands on it, by id."""
    record = record_of_any(request)
    ids = {request.asker, request.owner or "", *request.assigned.values()}
    ids |= {entry.actor for entry in entries} | {vote.user for vote in request.votes}
    ids |= {each for entry in entries for each in entry.behalf}
    ids |= {each for entry in entries for each in entry.detail.get("given to", "").split(", ")}
    ids |= {version.by for version in record.versions}
    for invoice in record.invoices:
        ids |= {invoice.by, *(payment.by for payment in invoice.payments)}
    people = [unit.people.get(each) for each in sorted(filter(None, ids))]
    return {person.user: person.name for person in people if person is not None}


def record_of_any(request: Request) -> Record:
    """Return what has grown from a Statement of Work; nothing, of any other request."""
    details = request.details
    return details.record if isinstance(details, SowDetails) else Record()


def plain(said: Marked, names: Mapping[str, str]) -> str:
    """Return what a template says as plain text; a quotation and a heading are on their own line.

    People are called by their ``names``, or by their ids where those are not known.
    """
    pieces = ("".join(_plain(each, names) for each in piece.elements) for piece in parse(said))
    return "\n".join(pieces)


def _told(
    source: Source, request: Request, entries: Sequence[Entry], names: Mapping[str, str]
) -> Iterator[tuple[datetime, str]]:
    facts = CardFacts(
        workflow=source.workflows[request.workflow],
        request=request,
        waiting_for=(),
        waiting_role="",
        escalates_at=None,
        escalates_to="",
        last=None,
    )
    for entry in entries:
        if entry.action != REFUSED:
            yield entry.at, plain(deed(facts, entry, "timeline"), names)


def _people(request: Request, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what somebody was for the request, and who; everybody once in each part."""
    record = record_of_any(request)
    parts = {
        "Asked by": [request.asker],
        "Owned by": [request.owner or ""],
        "Approved by": [vote.user for vote in request.votes],
        "Document by": [version.by for version in record.versions],
        "Invoiced by": [invoice.by for invoice in record.invoices],
    }
    for part, users in parts.items():
        for user in dict.fromkeys(filter(None, users)):
            yield part, names.get(user, user)
    if record.signature is not None:
        yield "For the client", f"{record.signature.name}, {record.signature.title}"


def _plain(element: Json, names: Mapping[str, str]) -> str:
    match element["type"]:
        case "user":
            return names.get(element["user_id"], str(element["user_id"]))
        case "channel":
            return f"#{element['channel_id']}"
        case "date":
            return str(element["fallback"])
        case "link":
            return f"{element['text']} ({element['url']})"
        case _:
            return str(element["text"])
