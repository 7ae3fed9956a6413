"""Whatever comes in, spoilt and rightly signed: no error of ours, and nothing without authority."""

import asyncio
import json
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sandbox.delivery.outcome import Parcel
from sandbox.state.records import JSON
from tests.journeys.house import House, ask_for_sow, open_house
from tests.proof import Proof
from tests.security.mutations import spoilt
from tests.security.record import Record
from tests.security.story import day
from tests.security.strangers import as_if_by, strangers
from tests.security.wire import Wire

FEW = 250
"""Payloads by insiders, and as many by outsiders, in `make test`."""

ANY_NUMBER = 10**9


class Alarms(logging.Handler):
    """Remembers every error that nobody expected: what is logged with its traceback."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.rung: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info:
            self.rung.append(self.format(record))


@dataclass
class Town:
    """A house after a day, what Slack sent in it, and who has no business there."""

    house: House
    corpus: Sequence[str]
    outsiders: Sequence[str]
    record: Record
    alarms: Alarms
    statuses: Counter[int]

    def send(self, wire: Wire, parcel: Parcel) -> httpx.Response:
        """Send it; whatever it is, the answer is no error of ours."""
        answer = wire.slack(parcel)
        self.statuses[answer.status_code] += 1
        assert answer.status_code in (200, 400), answer.text
        assert "Traceback" not in answer.text
        assert self.alarms.rung == []
        return answer


@contextmanager
def listening() -> Iterator[Alarms]:
    alarms = Alarms()
    logging.getLogger().addHandler(alarms)
    try:
        yield alarms
    finally:
        logging.getLogger().removeHandler(alarms)


def actor_of(payload: JSON) -> object:
    """Return who did it, as Slack says."""
    user = payload.get("user")
    return payload.get("user_id") or (user.get("id") if isinstance(user, dict) else user)


async def fuzzed(
    folder: Path, count: int, try_all: Callable[[Town, int], None], url: str = ""
) -> Town:
    """Let ``count`` payloads come in after a day, then see that the house lives."""
    with listening() as alarms:
        async with open_house(folder, "http", url, gestures=ANY_NUMBER) as house:
            outsiders = await strangers(house)
            parcels = await day(house)
            corpus = [json.dumps([each.type, each.payload]) for each in parcels]
            record = Record(house)
            town = Town(house, corpus, outsiders, record, alarms, Counter())
            try:
                await asyncio.to_thread(try_all, town, count)
            finally:
                record.close()
            await lives(house)
    return town


async def lives(house: House) -> None:
    """Everything else goes on: somebody asks, and it is on record."""
    await house.quiet()
    greta = house.person("greta")
    before = len(house.refs("greta"))
    await ask_for_sow(greta)
    assert len(house.refs("greta")) == before + 1
    desk = house.frontdesk
    assert desk.database.verify_audit(library=desk.desk.library) == []


def drawn(count: int) -> Callable[..., Callable[[Callable[..., None]], Callable[[], None]]]:
    """As ``hypothesis.given``, so often: what fails is shown as it was drawn."""
    how = settings(
        max_examples=count,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    return lambda **strategies: lambda test: how(given(**strategies)(test))


def by_outsiders(town: Town, count: int) -> None:
    """Whatever those send who have no business here, the database stays as it is."""
    teams = (town.house.workspace.team_id, "T0OTHER000")
    before = town.record.contents()
    with Wire(town.house) as wire:

        @drawn(count)(
            parcel=spoilt(town.corpus),
            user=st.sampled_from(town.outsiders),
            team=st.sampled_from(teams),
        )
        def try_one(parcel: Parcel, user: str, team: str) -> None:
            town.send(wire, as_if_by(parcel, user, team))
            assert [row for row in town.record.news() if row.action != "refused"] == []

        try_one()
    changed = {name for name, now in town.record.contents().items() if before[name] != now}
    assert changed == set()


def by_insiders(town: Town, count: int) -> None:
    """Whatever members send, what happens is theirs to do, and on record as theirs."""
    with Wire(town.house) as wire:

        @drawn(count)(parcel=spoilt(town.corpus))
        def try_one(parcel: Parcel) -> None:
            town.send(wire, parcel)
            for row in town.record.news():
                assert row.actor in (actor_of(parcel.payload), "frontdesk"), row
                assert town.record.is_entitled(row), row

        try_one()
    assert town.record.states() == town.record.recorded()


def by_both(town: Town, count: int) -> None:
    """Some of each."""
    by_outsiders(town, count)
    by_insiders(town, count)


async def test_what_is_spoilt_does_nothing_without_authority(tmp_path: Path) -> None:
    town = await fuzzed(tmp_path, FEW, by_both)

    assert town.statuses[200] > FEW // 2


@pytest.mark.prove
@pytest.mark.at_length
@pytest.mark.timeout(900)
@pytest.mark.parametrize("try_all", [by_outsiders, by_insiders])
@pytest.mark.parametrize(("database", "count"), [("sqlite", 15_000), ("postgresql", 5_000)])
async def test_forty_thousand_payloads(
    tmp_path: Path,
    request: pytest.FixtureRequest,
    proof: Proof,
    try_all: Callable[[Town, int], None],
    database: str,
    count: int,
) -> None:
    url = request.getfixturevalue("postgres_url") if database == "postgresql" else ""

    town = await fuzzed(tmp_path, count, try_all, url)

    answers = ", ".join(f"{status}: {n:,}" for status, n in sorted(town.statuses.items()))
    proof("payloads of Slack's, spoilt", tried=town.statuses.total(), wrong=0, answers=answers)
