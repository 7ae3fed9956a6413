"""Looking requests up in a big company, and in one a hundredth of its size.

The requests are written as the bot's own writing would leave them, without the bot: the first ones
row by row, all others as their copies, by SQL, each asked a little earlier.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random

from sqlalchemy import Engine, text

from bench.desk import idle_desk
from bench.figures import Row
from bench.lookup_raw import PLANNED
from bench.lookup_trials import ADMIN, ASSISTANT, CLIENTS, HEAD, LEFT, PROJECTS, REP, trials
from bench.machine import cores, kept_on
from bench.size import Size
from bench.trials import Company, rows
from bench.unit import open_engine
from bot.desk import Desk
from bot.ports import Person
from storage.filed import filed, rows_of
from storage.request_rows import RequestRows, identity, requests
from workflows.deal import SowDetails
from workflows.money import Money
from workflows.registry import find_workflows
from workflows.request import Request
from workflows.roles import Role

SMALLER = 100
"""The small company has one of so many requests."""
_SEED = 1999
_PATTERN = 1_000
"""Requests that are made; all others are copies of them."""
_LEFT = 500
"""One of so many was asked for by somebody who has left, and waits for them."""
_OPEN = 0.05
_REPS = (REP, *(f"UREP{number}" for number in range(199)))
_OPEN_STAGES = ("acceptance", "drafting", "with_client", "awaiting_payment")
_WORKFLOWS = find_workflows()
_ROWS = RequestRows(_WORKFLOWS)


def lookups(database: str, urls: tuple[str, str], size: Size, folder: Path) -> Iterator[list[Row]]:
    """Yield the rows of Home, then those of each kind of search, on two empty databases.

    Raises Broken.
    """
    with (
        kept_on(cores()[0]),
        _company(database, urls[0], size, size.looked_up // SMALLER, folder) as small,
        _company(database, urls[1], size, size.looked_up, folder) as large,
    ):
        for what in large.trials:
            yield rows(what, small, large, "a hundredth")


@contextmanager
def _company(database: str, url: str, size: Size, count: int, folder: Path) -> Iterator[Company]:
    """Yield a company that has asked for so many Statements of Work."""
    with idle_desk(url, folder) as desk:
        _open(desk)
        raw = open_engine(url)
        try:
            _fill(raw, desk, min(count, _PATTERN), count)
            named = f"{size.looked_up:,} requests"
            made = trials(desk, size.answers)
            kinds = {f"{named}, {kind}, {database}": each for kind, each in made.items()}
            yield Company(desk, raw, kinds, PLANNED)
        finally:
            raw.dispose()


def _open(desk: Desk) -> None:
    """Have a rep, an assistant and a head of sales, who look at their Home tabs, and an admin."""
    held = (
        (ASSISTANT, Role.SALES_ASSISTANT),
        (HEAD, Role.HEAD_OF_SALES),
        (ADMIN, Role.ADMIN),
    )
    with desk.store.unit() as unit:
        for user in (REP, ASSISTANT, HEAD):
            unit.people.put(Person(user=user, team="T1", name=user))
            unit.cards.ensure("home", "home", f"home:{user}")
        unit.people.put(Person(user=ADMIN, team="T1", name=ADMIN))
        unit.people.put(Person(user=LEFT, team="T1", name=LEFT, active=False))
        for user, role in held:
            unit.people.hold(role, frozenset({user}))
        unit.commit()


def _fill(engine: Engine, desk: Desk, first: int, count: int) -> None:
    made = _made(desk, first)
    now, copies = text(_NUMBERS[engine.dialect.name]), {"copies": count // first - 1}
    with engine.begin() as connection:
        connection.execute(requests.insert(), [_row(each) for each in made])
        workflow = _WORKFLOWS["sow"]
        terms = [row for each in made for row in rows_of(workflow, each)]
        connection.execute(filed.insert(), terms)
        connection.execute(now, copies)
        for statement in (_COPY_REQUESTS, _COPY_FILED):
            connection.execute(text(statement))
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


_NUMBERS = {
    "sqlite": """
        CREATE TEMPORARY TABLE copies AS WITH RECURSIVE c(nth) AS (
            SELECT 1 UNION ALL SELECT nth + 1 FROM c WHERE nth < :copies
        ) SELECT nth FROM c WHERE nth <= :copies
    """,
    "postgresql": """
        CREATE TEMPORARY TABLE copies AS SELECT generate_series(1, CAST(:copies AS INTEGER)) AS nth
    """,
}
_REF = "replace(ref, '-', '-' || copies.nth)"
_KEPT = ", ".join(
    f'"{each.name}"' for each in requests.c if each.name not in ("ref", "source_view")
)
_COPY_REQUESTS = f"INSERT INTO requests (ref, {_KEPT}) SELECT {_REF}, {_KEPT} FROM requests, copies"  # noqa: S608 - our own columns
_COPY_FILED = f"""
    INSERT INTO filed (term, at, ref)
    SELECT term, at - copies.nth * CAST(3600000000 AS BIGINT), {_REF} FROM filed, copies
    ORDER BY 1, 2, 3
"""  # noqa: S608 - our own columns


def _made(desk: Desk, count: int) -> list[Request]:
    dice, now = Random(_SEED), desk.clock.now()  # noqa: S311 - nothing is a secret here
    made: list[Request] = []
    for nth in range(count):
        is_open = dice.random() < _OPEN
        at = now - timedelta(minutes=nth)
        details = SowDetails(
            client=dice.choice(CLIENTS),
            client_type="api",
            need=f"{dice.choice(PROJECTS)} for their year's end",
            amount=Money.of(7000, "USD"),
            contact_name="Jane Doe",
            contact_email="jane@client.example",
            needed_by=at.date(),
        )
        stage = dice.choice(_OPEN_STAGES if is_open else ("closed", "rejected"))
        asker = dice.choice(_REPS)
        if nth % _LEFT == 0:
            stage, asker = "changes_requested", LEFT
        made.append(
            Request(
                workflow="sow",
                ref=f"SOW-{10_000 + nth}",
                stage=stage,
                asker=asker,
                owner=ASSISTANT,
                details=details,
                created_at=at,
                since=at,
            )
        )
    return made


def _row(request: Request) -> dict[str, object]:
    number = int(request.ref.rpartition("-")[2])
    return _ROWS.write(request) | identity(request) | {"number": number}
