"""A bank statement is handed in: the form, and what becomes of each file."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot import parcels
from bot.bank.billing import billing
from bot.bank.reading import Incoming, read
from bot.bank.showing import redraw
from bot.bank.table import LARGEST, Unusable, table_of, text_of
from bot.desk import Desk, Gesture
from bot.errors import SlackRefused
from bot.ports import BankMapping, BankRow, BankStatement, Claimed, Json, Unit
from bot.ports.bank import header_key
from bot.sending import opaque, post_once
from bot.unmoved import did
from messages import bank
from messages.buttons import BankRows
from messages.message import Message
from modals.bank import STATEMENT
from modals.metadata import Metadata

KIND = "bank_file"


def open_form(desk: Desk, gesture: Gesture) -> None:
    """Open the form for files. Raises NotAllowed for those who are not Billing."""
    with desk.store.unit() as unit:
        billing(desk, unit, gesture)
    window = gesture.view_id or None
    metadata = Metadata(form=STATEMENT.key, workflow="", transition="", ref=window)
    view = STATEMENT.view({}, metadata)
    for block in view["blocks"]:
        block.pop("dispatch_action", None)  # no draft is kept of it
    desk.slack.open_view(gesture.trigger_id, view, on_top=bool(gesture.view_id))


def hand_in(desk: Desk, gesture: Gesture, metadata: Metadata, values: Json) -> Mapping[str, str]:
    """Promise to read the files; return what is wrong, by block id. A copy changes nothing."""
    now = desk.clock.now()
    checked = STATEMENT.check(STATEMENT.read(values), today=now.date())
    with desk.store.unit() as unit:
        user = billing(desk, unit, gesture)
        if checked.errors or not unit.deliveries.first(gesture.key, now):
            return checked.errors
        for file in checked.values["files"]:
            occasion, what = f"{gesture.key}:{file}", {"file": file, "window": metadata.ref or ""}
            unit.outbox.add(parcels.aside(KIND, occasion, f"user:{user}", what, now))
            unit.audit.append(did(gesture, "import_statement", now, {"file": file}))
        unit.commit()
    desk.wake()
    return {}


def promise_reading(desk: Desk, unit: Unit, gesture: Gesture, statement: str) -> None:
    """Promise to read a statement that waited for its mapping."""
    now, what = desk.clock.now(), {"statement": statement}
    occasion = f"{gesture.key}:{statement}"
    unit.outbox.add(parcels.aside(KIND, occasion, f"user:{gesture.user}", what, now))


def read_file(desk: Desk, claimed: Claimed) -> None:
    """Take what came in by a file, and tell whoever handed it in what became of it.

    Nothing is taken of a file that cannot be read as a whole. One that a mapping may make readable
    is kept until somebody says it.
    """
    waiting = str(claimed.parcel.payload.get("statement", ""))
    if waiting:
        with desk.store.unit() as unit:
            statement = unit.bank.statement(waiting)
        if statement is None:
            return  # it has been read meanwhile, or nobody went on with it for too long
        said = _taken(desk, statement)
    else:
        said = _fetched(desk, claimed)
    post_once(desk, claimed, said.message)
    if said.is_read:  # only now: until it is told, it may be read again
        _done(desk, claimed, waiting)


def _done(desk: Desk, claimed: Claimed, waiting: str) -> None:
    """Forget a statement that was ``waiting``, and show its rows in the window behind its form."""
    window = str(claimed.parcel.payload.get("window", ""))
    user = claimed.parcel.address.removeprefix("user:")
    with desk.store.unit() as unit:
        if waiting:
            unit.bank.drop(waiting)
        if window:
            redraw(desk, unit, user, window, BankRows(), occasion=claimed.parcel.key)
        unit.commit()
    desk.wake()


@dataclass(frozen=True, slots=True)
class _Said:
    """What became of a file, and whether it was read."""

    message: Message
    is_read: bool = False


def _fetched(desk: Desk, claimed: Claimed) -> _Said:
    """Fetch the file from Slack, and read it."""
    what, user = claimed.parcel.payload, claimed.parcel.address.removeprefix("user:")
    try:
        file = desk.slack.download(str(what["file"]), (user,), LARGEST)
    except SlackRefused as refused:
        why = f"It could not be fetched from Slack: {refused.sentence}"
        return _Said(bank.not_read("your file", [why]))
    try:
        text = text_of(file.content)
    except Unusable as problem:
        return _Said(bank.not_read(file.name, [str(problem)]))
    statement = BankStatement(
        id=opaque(claimed.parcel.key),
        name=file.name,
        sha256=hashlib.sha256(file.content).hexdigest(),
        text=text,
        by=user,
        at=desk.clock.now(),
    )
    return _taken(desk, statement)


def _taken(desk: Desk, statement: BankStatement) -> _Said:
    try:
        table = table_of(statement.text)
    except Unusable as problem:
        return _Said(bank.not_read(statement.name, [str(problem)]), is_read=True)
    today = desk.clock.now().astimezone(desk.company.zone).date()
    with desk.store.unit() as unit:
        mapping = unit.bank.mapping(header_key(table.header))
        found = read(table, mapping, today) if mapping else None
        if mapping is None or found is None or found.problems:
            unit.bank.keep(statement)
            unit.commit()
    if mapping is None or found is None:
        return _Said(bank.unknown(statement.name, statement.id))
    if found.problems:
        return _Said(bank.not_read(statement.name, found.problems, statement.id))
    with desk.store.unit() as unit:
        unit.bank.add([_row(each, mapping, statement, desk.clock.now()) for each in found.rows])
        new = unit.bank.brought(statement.id)
        unit.commit()
    return _Said(bank.read(statement.name, mapping.bank, len(found.rows), new), is_read=True)


def _row(found: Incoming, mapping: BankMapping, statement: BankStatement, now: datetime) -> BankRow:
    return BankRow(
        key=found.key,
        bank=mapping.bank,
        on=found.on,
        amount=found.amount,
        payer=found.payer,
        reference=found.reference,
        statement=statement.id,
        sha256=statement.sha256,
        file=statement.name,
        line=found.line,
        at=now,
    )
