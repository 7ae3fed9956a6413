"""Looking requests up in a big company, and in one a hundredth of its size.

The requests are written as the bot's own writing would leave them, without the bot: the first ones
row by row, all others as their copies, by SQL, each asked a little earlier.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random

from sqlalchemy import Connection, Engine, text

from bench.desk import idle_desk
from bench.figures import Row
from bench.machine import cores, kept_on
from bench.size import Size
from bench.trials import Company, Trial, rows
from bench.unit import open_engine
from bot import home
from bot.desk import Desk, Gesture
from bot.lookups import answering
from bot.lookups.finding import offices_of, search
from bot.lookups.query import Query
from bot.ports import Person, Unit
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
_OPEN = 0.05
_REP, _ASSISTANT, _HEAD = "UANA", "UDIAN", "UHUGO"
_REPS = (_REP, *(f"UREP{number}" for number in range(199)))
_CLIENTS = tuple(f"Client{number} Inc" for number in range(400))
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
            yield Company(desk, raw, _trials(desk, size, database))
        finally:
            raw.dispose()


def _open(desk: Desk) -> None:
    """Have a rep, a sales assistant and a head of sales, who look at their Home tabs."""
    held = ((_ASSISTANT, Role.SALES_ASSISTANT), (_HEAD, Role.HEAD_OF_SALES))
    with desk.store.unit() as unit:
        for user in (_REP, _ASSISTANT, _HEAD):
            unit.people.put(Person(user=user, team="T1", name=user))
            unit.cards.ensure("home", "home", f"home:{user}")
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
            client=dice.choice(_CLIENTS),
            client_type="api",
            need=f"Project{dice.randrange(50)} for their year's end",
            amount=Money.of(7000, "USD"),
            contact_name="Jane Doe",
            contact_email="jane@client.example",
            needed_by=at.date(),
        )
        made.append(
            Request(
                workflow="sow",
                ref=f"SOW-{10_000 + nth}",
                stage=dice.choice(_OPEN_STAGES) if is_open else dice.choice(("closed", "rejected")),
                asker=dice.choice(_REPS),
                owner=_ASSISTANT,
                details=details,
                created_at=at,
                since=at,
            )
        )
    return made


def _row(request: Request) -> dict[str, object]:
    number = int(request.ref.rpartition("-")[2])
    return _ROWS.write(request) | identity(request) | {"number": number}


def _trials(desk: Desk, size: Size, database: str) -> Mapping[str, Sequence[Trial]]:
    """Return by what they are about the same questions for each company."""
    dice = Random(_SEED)  # noqa: S311 - nothing is a secret here
    kinds: dict[str, list[Trial]] = {
        "Home of a rep": [_home(desk, _REP)] * size.answers,
        "Home of an assistant": [Trial(partial(_tab, desk, _ASSISTANT))] * size.answers,
        "Home of a head": [Trial(partial(_tab, desk, _HEAD))] * size.answers,
        "client": [_client(desk, dice.choice(_CLIENTS)) for _ in range(size.answers)],
        "open, of a rep": [_of_rep(desk)] * size.answers,
    }
    named = f"{size.looked_up:,} requests"
    return {f"{named}, {kind}, {database}": each for kind, each in kinds.items()}


def _tab(desk: Desk, user: str) -> object:
    return home.drawing(desk, user).view


def _home(desk: Desk, user: str) -> Trial:
    """The lists of a rep's tab that are looked up: what is open of theirs, and what ended."""
    mine = Query(workflow="sow", mine=True, is_open=True)
    ended = Query(workflow="sow", people=(user,), is_open=False)

    def query(unit: Unit) -> list[str]:
        return [*_searched(desk, user, mine, 6, unit), *_searched(desk, user, ended, 4, unit)]

    def raw(connection: Connection) -> list[str]:
        found = _raw(connection, [f"sow+ a{user}", f"sow+ o{user}"], 6)
        return found + _raw(connection, [f"sow- {by}{user}" for by in "aon"], 4)

    return Trial(partial(_tab, desk, user), query, raw)


def _client(desk: Desk, client: str) -> Trial:
    """The head of sales types a client's name, and sees everything of it."""
    word = client.split(maxsplit=1)[0].casefold()
    query = Query(workflow="sow", client=word)
    return Trial(
        partial(_typed, desk, _HEAD, f"sow client:{word}"),
        partial(_searched, desk, _HEAD, query, answering.PAGE),
        lambda connection: _raw(connection, [f"sow+ c{word}", f"sow- c{word}"], answering.PAGE),
    )


def _of_rep(desk: Desk) -> Trial:
    """The assistant looks for what is open of a rep."""
    query = Query(workflow="sow", people=(_REP,), is_open=True)
    terms = [f"sow+ {by}{_REP}" for by in "aon"]
    return Trial(
        partial(_typed, desk, _ASSISTANT, f"sow open <@{_REP}>"),
        partial(_searched, desk, _ASSISTANT, query, answering.PAGE),
        lambda connection: _raw(connection, terms, answering.PAGE),
    )


def _typed(desk: Desk, user: str, words: str) -> object:
    gesture = Gesture(user=user, team="T1", surface="command")
    return answering.answer(desk, gesture, words, None)


def _searched(desk: Desk, user: str, query: Query, most: int, unit: Unit) -> list[str]:
    offices = offices_of(desk, unit, user)
    page = search(desk, unit, user, query, offices=offices, most=most)
    return [each.ref for each in page.requests]


def _raw(connection: Connection, terms: Sequence[str], most: int) -> list[str]:
    """Read the same rows by one statement, each term in the order of the index."""
    each = (
        "SELECT * FROM (SELECT at, ref FROM filed WHERE term = :term{0} "
        "ORDER BY at DESC, ref DESC LIMIT :most) AS t{0}"
    )
    union = " UNION ".join(each.format(nth) for nth in range(len(terms)))
    statement = f"""
        SELECT requests.* FROM ({union}) AS found JOIN requests ON requests.ref = found.ref
        ORDER BY found.at DESC, found.ref DESC LIMIT :most
    """  # noqa: S608 - our own columns
    values: dict[str, object] = {f"term{nth}": term for nth, term in enumerate(terms)}
    return [row.ref for row in connection.execute(text(statement), values | {"most": most})]
