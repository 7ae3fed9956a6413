"""Due payment reminders swept: claimed as the worker does, and put on record with their nudges."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from statistics import median

from sqlalchemy import text

from bench.desk import idle_desk
from bench.errors import Broken, NotMeasured
from bench.figures import Row, p99
from bench.kept import ask_database, check_audit
from bench.machine import cores, kept_on
from bench.size import Size
from bench.unit import open_engine
from bot import parcels
from bot.deliveries import DELIVER
from bot.desk import Desk
from bot.ports import Person
from bot.sending import keep
from workflows.deal import Record, SowDetails
from workflows.invoice import Invoice
from workflows.money import Money
from workflows.request import Request

HANDS = 8
"""How many parcels the bot's worker claims in one transaction when all its hands are free."""

_DIAN = Person(user="U_DIAN", team="T1", name="Dian Porter", email="dian@harborlight.example")
_FEE = Money(18_000_000, "USD")
_NUDGED = "SELECT count(DISTINCT ref) || ' of ' || count(*) FROM audit WHERE action = 'nudged'"
_PROMISED = "SELECT count(*) FROM outbox WHERE kind = 'nudge_owner' AND state = 'due'"
_WAITING = "CREATE TABLE waiting (id INTEGER PRIMARY KEY, due_at INTEGER, token TEXT, payload TEXT)"
_CLAIM = """
    UPDATE waiting SET token = :token WHERE id IN (
        SELECT id FROM waiting WHERE token IS NULL AND due_at <= :now
        ORDER BY due_at, id LIMIT :hands {lock}
    ) RETURNING id, payload
"""


def reminders(database: str, url: str, floors_url: str, size: Size, folder: Path) -> list[Row]:
    """Return the time of a reminder, on two empty databases. Raises NotMeasured and Broken.

    Bot and floor take turns: a handful claimed by raw SQL, a handful claimed by the bot, and each
    of these kept, one after the other. Every figure is that of one reminder.
    """
    count = size.reminders
    bare: list[float] = []
    claims: list[float] = []
    whole: list[float] = []
    with kept_on(cores()[0]), ExitStack() as leaving:
        desk = leaving.enter_context(idle_desk(url, folder))
        _make_due(desk, count)
        claim_raw = leaving.enter_context(_raw_claim(floors_url, count))
        for _ in range(0, count, HANDS):
            bare.append(_took(claim_raw) / HANDS)
            begun = time.perf_counter()
            claimed = desk.post_office.claim(desk.clock.now(), HANDS)
            claims.append(_since(begun) / HANDS)
            whole += [claims[-1] + _took(partial(keep, desk, each, DELIVER)) for each in claimed]
    _check(database, url, count)
    what = f"payment reminder, one of {count} due, {database}"
    return [
        Row(f"{what}: claimed, p50; floor: raw claim", "ms", median(bare), median(claims)),
        Row(f"{what}: on record, p50; floor: raw claim", "ms", median(bare), median(whole)),
        Row(f"{what}: on record, p99; floor: raw claim", "ms", p99(bare), p99(whole)),
    ]


def _make_due(desk: Desk, count: int) -> None:
    """Have so many requests whose money is awaited, with a reminder due for each."""
    now = desk.clock.now()
    with desk.store.unit() as unit:
        unit.people.put(_DIAN)
        for number in range(1, count + 1):
            request = _awaiting(number, now)
            unit.requests.add(request, "")
            what = {"invoice": f"INV-{number}"}
            unit.outbox.add(parcels.later("payment_due", request.ref, "today", what, now))
        unit.commit()


def _awaiting(number: int, now: datetime) -> Request:
    invoice = Invoice(
        number=f"INV-{number}",
        amount=_FEE,
        issued=now.date(),
        due=now.date(),
        by="U_BEA",
        at=now,
        sent_at=now,
    )
    details = SowDetails(
        client="Globex",
        client_type="10x",
        need="A pilot of the forecasting service before their budget round.",
        amount=_FEE,
        contact_name="Hank Scorpio",
        contact_email="hank@globex.example",
        needed_by=now.date(),
        record=Record(invoices=(invoice,)),
    )
    return Request(
        workflow="sow",
        ref=f"SOW-{number}",
        stage="awaiting_payment",
        asker="U_ANA",
        owner=_DIAN.user,
        details=details,
        created_at=now,
        since=now,
    )


@contextmanager
def _raw_claim(url: str, count: int) -> Iterator[Callable[[], None]]:
    """Yield what claims so many of ``count`` rows as there are hands, durably."""
    engine = open_engine(url)
    lock = "FOR UPDATE SKIP LOCKED" if engine.dialect.name == "postgresql" else ""
    statement = text(_CLAIM.format(lock=lock))
    values = {"token": "a worker's", "now": count, "hands": HANDS}
    with engine.begin() as connection:
        connection.execute(text(_WAITING))
        connection.execute(text("CREATE INDEX due ON waiting (due_at) WHERE token IS NULL"))
        rows = [{"id": each, "payload": f'{{"ref": "SOW-{each}"}}'} for each in range(count)]
        connection.execute(text("INSERT INTO waiting VALUES (:id, :id, NULL, :payload)"), rows)

    def claim() -> None:
        with engine.begin() as connection:
            claimed = connection.execute(statement, values).all()
        if len(claimed) != HANDS:
            raise NotMeasured(f"The raw claim found {len(claimed)} rows and not {HANDS}.")

    try:
        yield claim
    finally:
        engine.dispose()


def _check(database: str, url: str, count: int) -> None:
    """Raise Broken unless each is on record once, its nudge promised, and the audit whole."""
    [nudged], [promised] = (ask_database(url, each) for each in (_NUDGED, _PROMISED))
    if (nudged, promised) != (f"{count} of {count}", count):
        raise Broken(
            f"{database}: {count} reminders were due; {nudged} are on record, {promised} promised."
        )
    check_audit(database, url)


def _took(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return _since(begun)


def _since(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000
