"""The triage list and the search of the shelf in a big company, and in one a tenth of its size."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench import searches, triage
from bench.desk import idle_desk
from bench.figures import Row
from bench.machine import cores, kept_on
from bench.prose import Prose
from bench.shelving import fill, multiply
from bench.size import Size
from bench.stock import Stock, deals
from bench.trials import Company, Trial, rows
from bench.unit import open_engine
from bot.desk import Desk, Gesture
from bot.ports import Observation, Person, Seen
from workflows.roles import Role

_SOL = Person(user="U_SOL", team="T1", name="Sol Haddad", email="sol@harborlight.example")
_GESTURE = Gesture(user=_SOL.user, team=_SOL.team, surface="command")
_TENTH = 10
_SEED = 1944
_ASSETS_A_NAME = 50
"""In the text of about so many assets is each of the names."""
_SEEN_A_WEEK = 20


def assets(database: str, urls: tuple[str, str], size: Size, folder: Path) -> Iterator[list[Row]]:
    """Yield the rows of the list, then those of each kind of search, on two empty databases.

    Raises Broken.
    """
    url, other = urls
    with (
        kept_on(cores()[0]),
        _company(database, url, size, 1, folder) as small,
        _company(database, other, size, _TENTH, folder) as large,
    ):
        for what in large.trials:
            yield rows(what, small, large)


@contextmanager
def _company(database: str, url: str, size: Size, tenths: int, folder: Path) -> Iterator[Company]:
    """Yield a company of so many tenths of the size."""
    with idle_desk(url, folder) as desk:
        stock = Stock(_prose(size), desk.clock.now(), desk.company.zone)
        _open(desk, stock)
        fill(url, stock, size.assets // _TENTH, size.asks // _TENTH)
        if tenths > 1:
            multiply(url, tenths)
        raw = open_engine(url)
        try:
            yield Company(desk, raw, _trials(desk, size, database))
        finally:
            raw.dispose()


def _trials(desk: Desk, size: Size, database: str) -> Mapping[str, Sequence[Trial]]:
    """Return by what they are about the same questions for each company."""
    found: dict[str, Sequence[Trial]] = {
        f"{size.asks:,} asks, triage list, {database}": triage.trials(desk, _GESTURE, size.answers)
    }
    for kind, some in searches.trials(desk, _GESTURE, _prose(size), size.answers).items():
        found[f"{size.assets:,} assets, {kind}, {database}"] = some
    return found


def _prose(size: Size) -> Prose:
    return Prose(_SEED, names=size.assets // _ASSETS_A_NAME)


def _open(desk: Desk, stock: Stock) -> None:
    """Have somebody who triages, the deals that assets are used in, and a week's observations."""
    with desk.store.unit() as unit:
        unit.people.put(_SOL)
        unit.people.hold(Role.TRIAGE, frozenset({_SOL.user}))
        for deal in deals(stock.now):
            unit.known_deals.put(deal)
        for what in (Seen.LEARNED, Seen.ASKED_OUTSIDE):
            for number in range(_SEEN_A_WEEK):
                unit.observations.add(_observation(stock, what, number))
        unit.commit()


def _observation(stock: Stock, what: Seen, number: int) -> Observation:
    return Observation(
        key=f"{what.value}-{number}",
        what=what,
        user=_SOL.user,
        at=stock.ago(days=7),
        text=stock.prose.text(8),
    )
