"""The weekly triage list ranks what waits and says why; it is there at any time, too.

The company meets on Mondays at 09:00 in New York, and the United States' holidays are free.
"""

import asyncio
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from bot.ports import Deal
from bot.triage import agenda, ranking
from sandbox import Card, Modal
from tests.journeys.house import House, ask_for_asset
from tests.journeys.test_deals import keep
from tests.journeys.test_long_lists import file_more
from tests.journeys.triage import (
    ASKS,
    ask,
    at,
    lists,
    opened,
    refused,
    row,
    saved,
    send,
    tick,
    triage,
    weekly,
    why,
)
from workflows.money import Money

GLOBEX = Deal(
    ref="D-1042",
    name="Forecasting pilot",
    account="Globex",
    amount=Money(18_000_000, "USD"),
    close_on=date(2027, 1, 20),
    stage="negotiation",
    updated_at=at("2027-01-02"),
)
INITECH = Deal(
    ref="D-7",
    name="Rollout",
    account="Initech",
    amount=Money(2_000_000, "USD"),
    close_on=date(2027, 4, 30),
    updated_at=at("2027-01-02"),
)
DECISIONS = [
    *("Accept and assign", "Decline", "Merge", "Defer", "Ask", "Answer from the shelf", "Details"),
]


@contextmanager
def crm_away(file: Path) -> Iterator[None]:
    """The deals are out of reach for a while, and nothing else is."""
    for old, new in (("deals", "deals_away"), ("deals_away", "deals")):
        with sqlite3.connect(file) as connection:
            connection.execute(f"ALTER TABLE {old} RENAME TO {new}")
        connection.close()
        if old == "deals":
            yield


def headings(shown: Card | Modal) -> list[str]:
    """Return the groups of a list, and the first line of each request in it."""
    return [
        each for each in shown.text.splitlines() if re.search(r"^[A-Z][a-z ]+: \d+$|AST-", each)
    ]


async def five_asks(house: House) -> None:
    """One ask before the meeting of 4 January, and four of different worth after it."""
    keep(house, GLOBEX, INITECH)
    await house.set_clock(at("2027-01-04", 8))
    await saved(house, "adam", "lists", goals="Win hospitals = 5\nFaster answers")
    await ask(house, "ana", "fair", deadline="2027-02-26")
    first = await weekly(house, at("2027-01-04"))
    assert "New: 1\n1. AST-1 Brochure" in first.text
    await house.set_clock(at("2027-01-07", 10))
    await ask(
        house,
        "ana",
        "board",
        opportunity="D-1042",
        deadline="2027-01-22",
        reuse="reusable",
        goal="Win hospitals",
    )
    await ask(house, "ben", "rollout", opportunity="D-7", deadline="2027-01-08")
    await ask(house, "ben", "teaser", deadline="2027-02-10")
    await ask(house, "leo", "hospital", deadline="2027-03-10", goal="Faster answers")


async def test_the_list_ranks_what_waits_and_says_why(house: House) -> None:
    await five_asks(house)
    sol = house.person("sol")

    early = await triage(sol)
    assert early.is_ephemeral
    assert early.text.startswith("Waiting for triage\n")
    assert "New: 4\n1. AST-2 Deck" in early.text
    assert "Waiting: 1\n5. AST-1 Brochure" in early.text
    form = await opened(house, early, "sol", "AST-4", "Accept and assign")
    await send(house, form, owner=house.person("mia").id, due_on="2027-01-12")
    meeting = await weekly(house, at("2027-01-11"))

    assert headings(meeting) == [
        *("Overdue: 1", "2. AST-3 One-pager, due Fri 8 Jan 2027: Rollout plan at Initech."),
        *("At risk: 1", "AST-4 Video, due Tue 12 Jan 2027: Compliance teaser on LinkedIn."),
        *("New: 2", "1. AST-2 Deck, due Fri 22 Jan 2027: Forecasting for the Globex board."),
        "4. AST-5 Case study, due Wed 10 Mar 2027: Hospital logistics reference.",
        *(
            "Waiting: 1",
            "3. AST-1 Brochure, due Fri 26 Feb 2027: Payments handout at a trade fair.",
        ),
    ]
    reasons = [
        "@Ben Okafor asked. 25 of 100: needed 3 days ago; Initech – Rollout is worth 20,000.00 USD",
        "@Ben Okafor asked, @Mia Tanaka owns it. 20 of 100: needed in 1 day",
        "93 of 100: Globex – Forecasting pilot is worth 180,000.00 USD; serves “Win hospitals”",
        "@Leo Martin asked. 5 of 100: serves “Faster answers”; needed in 58 days",
        "@Ana Silva asked. 5 of 100: needed in 46 days",
    ]
    assert [each for each in reasons if each not in meeting.text] == []
    assert meeting.buttons[:7] == DECISIONS
    assert row(house, meeting, "sol", "AST-4").buttons == ["Ask", "Details"]
    assert "is number 1 of 4 with 93 of 100." in await why(house.person("ana"), "AST-2")
    again = await triage(sol)
    assert headings(again)[4:6] == ["Waiting: 3", headings(meeting)[5]]
    assert "New" not in again.text


async def test_why_says_what_a_score_is_made_of_and_it_moves(small_house: House) -> None:
    house = small_house
    await five_asks(house)
    ana = house.person("ana")

    said = await why(ana, "AST-2")
    assert said.startswith(
        "AST-2 (Deck, due Fri 22 Jan 2027) is number 1 of 5 with 91 of 100.\n"
        "Deal value: 25 of 25, Globex – Forecasting pilot is worth 180,000.00 USD\n"
        "Deal urgency: 16 of 20, Globex – Forecasting pilot closes in 13 days, stage negotiation\n"
        "Deadline: 15 of 20, needed in 15 days\n"
        "Reuse: 15 of 15, others will use it, too\n"
        "Goals: 20 of 20, serves “Win hospitals”\n"
    )
    assert "no deal is linked" in await why(ana, "1")
    assert "or it is not yours to see" in await why(house.person("ben"), "AST-2")
    assert await why(ana, "") == "Of which request? For example: /asset why AST-7"

    keep(house, replace(GLOBEX, stage="lost"))
    await house.move_clock(timedelta(hours=2))
    await tick(house, ranking.look_at_deals)
    said = await why(ana, "AST-2")
    assert "is number 1 of 5 with 50 of 100." in said
    assert "Deal value: 0 of 25, Globex – Forecasting pilot is lost" in said

    weights = {"deal_value": 10, "deal_urgency": 0, "deadline": 0, "reuse": 0, "goals": 0}
    form = await (await house.person("sol").command("/asset", "weights")).modal_opened()
    assert form.value("deal_value") == "25"
    errors = await refused(form, **dict.fromkeys(weights, 0))
    assert errors == {"Value of the deal": "At least one of them must count."}
    await send(house, form, **weights)
    assert "is number 1 of 5 with 20 of 100." in await why(house.person("ben"), "AST-3")
    assert "with 0 of 100." in await why(ana, "AST-2")
    await saved(house, "hana", "lists", goals="Faster answers = 10")
    assert "“Win hospitals” is not among the goals any more" in await why(ana, "AST-2")
    refusal = await (await ana.command("/asset", "weights")).replied()
    assert refusal.text == "Only admins, triage and the head of marketing keep the lists."


async def test_a_request_is_taken_while_the_crm_is_down(small_house: House, tmp_path: Path) -> None:
    house, ana = small_house, small_house.person("ana")
    keep(house, GLOBEX)
    await house.set_clock(at("2027-01-04", 8))
    await ask(house, "ana", "board", opportunity="D-1042", deadline="2027-01-22")
    await house.set_clock(at("2027-01-07", 10))

    with crm_away(tmp_path / "frontdesk.db"):
        await ask_for_asset(
            ana, **(ASKS["rollout"] | {"opportunity": "D-1042", "deadline": "2027-01-22"})
        )
        await house.until(lambda: house.backlog.due == 1, "only the CRM is not told yet")
        for job in (ranking.look_at_deals, ranking.reckon_due):
            await asyncio.to_thread(job, house.frontdesk.desk, house.clock.now())
        for ref in ("AST-1", "AST-2"):
            assert "180,000.00 USD (deal data from 3 days ago)" in await why(ana, ref)

    await house.quiet()
    await tick(house, ranking.look_at_deals)
    for ref in ("AST-1", "AST-2"):
        assert "180,000.00 USD\n" in await why(ana, ref)
    assert house.backlog.dead == 0


async def test_a_list_that_falls_on_a_holiday_is_posted_on_the_next_working_day(
    small_house: House,
) -> None:
    house = small_house
    await house.set_clock(at("2027-01-15", 10))
    await ask(house, "ana", "board", deadline="2027-02-01")
    for early in (at("2027-01-18"), at("2027-01-18", 17), at("2027-01-19", 8, 55)):
        await house.set_clock(early)
        await tick(house, agenda.post_weekly)
        assert lists(house) == []

    assert "1. AST-1 Deck" in (await weekly(house, at("2027-01-19"))).text
    await house.set_clock(at("2027-01-20"))
    await tick(house, agenda.post_weekly)
    assert len(lists(house)) == 1
    assert "Waiting: 1" in (await weekly(house, at("2027-01-26", 15))).text  # down on Monday
    refusal = await triage(house.person("bea"))
    assert refusal.text == "The triage list is for triage, marketing and the heads."


async def test_more_than_five_are_paged(small_house: House) -> None:
    house, sol = small_house, small_house.person("sol")
    await house.set_clock(at("2027-01-04", 8))
    await ask(house, "ana", "fair", deadline="2027-02-26")
    file_more(house, house.request("AST-1"), 26)
    with house.frontdesk.database.unit() as unit:
        ranking.reckon(house.frontdesk.desk, unit, [f"AST-{n}" for n in range(1, 28)])
        unit.commit()

    shown = await triage(sol)
    assert "New: 27" in shown.text
    assert shown.text.count("Accept and assign") == 5
    page = await (await shown.click("More (22)")).modal_opened()
    assert [each.split(".")[0] for each in headings(page)[1:]] == [str(n) for n in range(6, 26)]
    assert "Earlier" in page.buttons
    await page.click("More")
    await page.wait_for_text("27. AST-27")
    assert "More" not in page.buttons
    for first in ("6. AST-6", "1. AST-1 "):
        await page.click("Earlier")
        await page.wait_for_text(first)
    form = await (await page.click("Accept and assign")).modal_opened()
    await send(house, form, owner=house.person("mia").id, due_on="2027-01-20")
    assert house.request("AST-1").stage == "accepted"
