"""Long lists: nobody's request hides another's, and asking for them costs the same."""

import threading
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import event

from bot import overview
from bot.desk import Gesture
from tests.journeys.house import House, ask_for_asset, ask_for_sow
from workflows.request import Request


def file_more(house: House, like: Request, count: int, **changes: object) -> None:
    """Store older copies of a request."""
    with house.frontdesk.database.unit() as unit:
        for _ in range(count):
            ref = unit.requests.next_ref(like.workflow, like.ref.partition("-")[0])
            copy = replace(like, ref=ref, version=1, **changes)  # type: ignore[arg-type] # any field
            unit.requests.add(copy, "")
        unit.commit()


def statements(house: House, handle: str) -> int:
    """Return how many statements the person's list takes."""
    person = house.person(handle)
    with house.frontdesk.database.unit() as unit:
        known = unit.people.get(person.id)
    assert known is not None
    asked: list[str] = []
    here = threading.get_ident()

    def listen(*call: object) -> None:
        if threading.get_ident() == here:  # the worker looks for due parcels meanwhile
            asked.append(str(call[2]))

    engine = house.frontdesk.database._connections._engine  # noqa: SLF001 - nobody else listens
    event.listen(engine, "before_cursor_execute", listen)
    overview.requests_of(
        house.frontdesk.desk, Gesture(user=person.id, team=known.team, surface="command"), None
    )
    event.remove(engine, "before_cursor_execute", listen)
    return len(asked)


async def test_a_list_costs_the_same_however_long_it_is(small_house: House) -> None:
    await ask_for_sow(small_house.person("ana"))
    await ask_for_asset(small_house.person("ana"))
    await small_house.quiet()
    anas, dians = statements(small_house, "ana"), statements(small_house, "dian")

    file_more(small_house, small_house.request("SOW-1"), 49)

    assert statements(small_house, "ana") == anas + 1  # it counts what does not fit
    assert statements(small_house, "dian") == dians
    assert anas <= 10
    assert dians <= 10


async def test_own_requests_hide_nothing_that_waits(small_house: House) -> None:
    await ask_for_sow(small_house.person("ana"))
    request = small_house.request("SOW-1")
    dian = small_house.person("dian").id
    file_more(small_house, request, 60, asker=dian, owner=dian)

    result = await small_house.person("dian").command("/sow", "list", channel="general")
    waiting, _, mine = (await result.replied()).text.partition("Your requests")

    assert "SOW-1 " in waiting
    assert "more" not in waiting
    assert "and 50 more" in mine


async def test_more_than_fit_are_counted(small_house: House) -> None:
    await ask_for_sow(small_house.person("ana"))
    request = small_house.request("SOW-1")
    file_more(small_house, request, 299)
    earlier = request.since - timedelta(hours=1)
    gretas = {"": small_house.person("greta").id}
    file_more(small_house, request, 5, assigned=gretas, since=earlier)

    result = await small_house.person("dian").command("/sow", "list", channel="general")
    waiting = (await result.replied()).text.partition("Your requests")[0]

    assert "and 290 more" in waiting
