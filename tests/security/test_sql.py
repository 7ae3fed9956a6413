"""SQL in every field: it is stored and searched for as what it is, text."""

import asyncio
import copy
from itertools import count
from typing import Any

from sandbox.delivery.outcome import COMMANDS, INTERACTIONS, Parcel
from tests.journeys.house import House, fill_sow, sow_form
from tests.security.record import Record
from tests.security.wire import Wire

SQL = (
    "'); DROP TABLE requests; --",
    "' OR '1'='1",
    '" OR ""="',
    "1; UPDATE people SET active = 1; --",
    "x' UNION SELECT mac FROM audit --",
    "%' AND 1=1 /*",
    "\\'; DELETE FROM role_holders; --",
)
FREE = ("client", "need", "contact_name")
"""Fields that take any text."""


async def test_no_field_and_no_search_takes_sql_for_more_than_text(small_house: House) -> None:
    house = small_house
    modal = await sow_form(house.person("ana"))
    assert await modal.suggestions("Linked opportunity", "glo") is not None
    await fill_sow(modal)
    assert (await modal.submit()).closed
    await house.person("ana").command("/sow", "list", channel="sales")
    await house.quiet()

    await asyncio.to_thread(tried, house)

    await house.quiet()
    assert house.frontdesk.database.verify_audit() == []


def tried(house: House) -> None:
    """Put SQL into every text field of the form, every command and every search."""
    log, record = house.workspace.deliveries, Record(house)
    [submitted] = log.of("view_submission")
    [suggested, *_] = log.of("block_suggestion")
    listed = log.of("/sow")[-1].payload
    people = record.contents()
    numbers = count()
    with Wire(house) as wire:
        for sql in SQL:
            for parcel in filled_in(submitted.payload, sql, numbers):
                assert wire.slack(parcel).status_code == 200
            wire.slack(Parcel(INTERACTIONS, suggested.payload | {"value": sql}))
            for command in ("/sow", "/asset"):
                for text in (sql, f"status {sql}", f"find {sql}", f"why {sql}", f"usage {sql}"):
                    asked = Parcel(COMMANDS, listed | {"command": command, "text": text})
                    answer = wire.slack(asked)
                    assert answer.status_code == 200
                    assert "Something went wrong" not in answer.text
            for command, text in (("/sow", f"list {sql}"), ("/requests", sql)):
                asked = Parcel(COMMANDS, listed | {"command": command, "text": text})
                answer = wire.slack(asked)
                assert answer.status_code == 200
                assert "Something went wrong" not in answer.text
    after = record.contents()
    record.close()
    assert {name for name in people if people[name] != after[name]} <= GROWING
    stored = [house.request(ref).details for ref in house.refs("ana")]
    for sql in SQL:
        for name in FREE:
            assert sql in [getattr(each, name) for each in stored], (name, sql)


GROWING = {
    *("requests", "counters", "drafts", "cards", "indexed", "indexed_words", "known_deals"),
    *("audit_values", "filed"),
}
"""What a new request makes larger."""


def filled_in(payload: dict[str, Any], sql: str, numbers: "count[int]") -> list[Parcel]:
    """Return the form handed in once for each text field, with SQL in it."""
    values = payload["view"]["state"]["values"]
    texts = [
        (block, action)
        for block, actions in values.items()
        for action, entry in actions.items()
        if "value" in entry
    ]
    made = []
    for block, action in texts:
        again = copy.deepcopy(payload)
        again["view"]["id"] = f"V0SQL{next(numbers)}"
        again["view"]["state"]["values"][block][action]["value"] = sql
        made.append(Parcel(INTERACTIONS, again))
    return made
