"""Every fact of the record, told to the endpoints of others: in order, once or again, signed.

Each endpoint is an address of the outbox. So it takes one fact at a time, in their order;
while it takes none, everything for it waits, and nothing else does.
"""

import json
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from bot import parcels
from bot.api.showing import Reader, entry_facts, is_fact, request_facts
from bot.api.tokens import Grants
from bot.desk import Desk
from bot.ports import Claimed, Json, Store
from bot.ports.webhooks import Endpoint, NotTaken
from bot.recorded import recorded
from bot.sending import Needless, opaque
from workflows.definition import Workflow

_AT_ONCE = timedelta(days=1)
_ELSEWHERE = 8
"""Attempts, within some four minutes: so long processes may differ in what is set."""


def deliver(desk: Desk, claimed: Claimed) -> None:
    """Tell an endpoint of a fact, as it stands on record, with its request as it stands now.

    What is private is told only where that is granted, as of now; amounts likewise. Raises
    NotTaken.
    """
    what = claimed.parcel.payload
    endpoint = desk.webhooks.endpoints.get(str(what["to"]))
    if endpoint is None:
        if claimed.attempts < _ELSEWHERE:  # another process may have it set already
            raise NotTaken("It is not set here.")
        raise Needless
    body = _body(desk, endpoint, what)
    if body is None:
        raise Needless
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    desk.webhooks.send(endpoint, message_of(what), text.encode())


def message_of(what: Json) -> str:
    """Return the id of a fact at an endpoint: the same however often it is sent."""
    return f"msg_{opaque('webhook:{to}:{ref}:{version}:{action}'.format_map(what))}"


def replay(
    store: Store,
    workflows: Mapping[str, Workflow],
    names: Collection[str],
    since: datetime,
    now: datetime,
) -> int:
    """Promise every fact from ``since`` on again, to the endpoints ``names``; return how many."""
    count = 0
    while since < now:
        until = min(since + _AT_ONCE, now)
        with store.unit() as unit:
            entries = [
                entry
                for workflow in workflows.values()
                for entry in recorded(unit, workflow, since, until)
                if is_fact(workflow, entry)
            ]
            for entry in sorted(entries, key=lambda each: (each.at, each.ref, each.version)):
                for name in sorted(names):
                    unit.outbox.add(parcels.webhook(name, entry, now, now.isoformat()))
            unit.commit()
        count += len(entries)
        since = until
    return count


def _body(desk: Desk, endpoint: Endpoint, what: Json) -> Json | None:
    """Return what is said; None where there is nothing to say, or nothing that is theirs."""
    grants = Grants(private=endpoint.private, amounts=endpoint.amounts)
    with desk.store.unit() as unit:
        reader = Reader.of(desk, unit, grants)
        request = unit.requests.get(str(what["ref"]))
        if request is None or not reader.may_see(request):
            return None
        workflow, withheld = desk.workflows[request.workflow], reader.withholding(request)
        for entry in unit.requests.timeline(request.ref):
            if (entry.version, entry.action) == (what["version"], what["action"]):
                told = withheld.entry(entry) if withheld else entry
                return {
                    "type": f"{workflow.key}.{entry.action}",
                    "timestamp": entry.at.isoformat(),
                    "data": {
                        "fact": entry_facts(reader, workflow, told),
                        "request": request_facts(reader, request),
                    },
                }
    return None
