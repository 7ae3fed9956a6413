"""What is not needed any more is forgotten, and nothing else."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot import housekeeping
from bot.company import Retention
from bot.ports import Draft, Passing
from bot.rulebook import Rulebook
from tests.journeys.deals import accepted, drafted, record
from tests.journeys.house import House, ask_for_sow, decide
from tests.storage.examples import draft, entry, sow
from tests.workflows.assets import WANTED
from workflows.asset import AssetRecord
from workflows.asset_parts import AssetDraft, Kept
from workflows.request import Request


async def test_a_form_that_nobody_went_on_with_is_forgotten_after_a_month(
    small_house: House,
) -> None:
    now, ana = small_house.clock.now(), small_house.person("ana").id
    with small_house.frontdesk.database.unit() as unit:
        for days in (31, 29):
            unit.drafts.save(
                Draft(
                    id=f"{days} days old",
                    user=ana,
                    form="sow",
                    workflow="sow",
                    transition="submit",
                    at=now - timedelta(days=days),
                )
            )
        unit.commit()

    housekeeping.forget(small_house.frontdesk.desk, now)

    assert [draft.id for draft in small_house.drafts("ana")] == ["29 days old"]
    assert passed(small_house) == {"drafts": 1}


async def test_a_statement_of_work_goes_ten_years_after_its_end_with_its_documents(
    small_house: House,
) -> None:
    house, desk = small_house, small_house.frontdesk.desk
    await accepted(house)
    await drafted(house)
    sha256 = record(house).versions[0].sha256
    now = house.clock.now()
    end(house, "SOW-1")
    await ask_for_sow(house.person("ana"), "9,000")
    await house.quiet()

    housekeeping.forget(desk, now + timedelta(days=3649))
    assert house.request("SOW-1").stage == "closed"
    housekeeping.forget(desk, now + timedelta(days=3654))
    housekeeping.forget(desk, now + timedelta(days=99 * 365))

    with house.frontdesk.database.unit() as unit:
        assert unit.requests.get("SOW-1") is None
        assert unit.requests.get("SOW-2") is not None
        assert not unit.files.has(sha256)
        assert unit.cards.of("SOW-1") == []
        [*earlier, last] = unit.requests.timeline("SOW-1")
    assert {each.action for each in earlier} >= {"submit", "accept", "draft"}
    assert (last.action, last.surface, last.actor) == ("forgotten", "retention", "frontdesk")
    assert last.detail["before"].startswith("20")
    assert house.frontdesk.database.post_office.about("SOW-1") == []
    assert house.frontdesk.database.verify_audit() == []
    said = await house.person("audra").command("/sow", "status SOW-1", channel="general")
    assert "There is no request with this number" in (await said.replied()).text


async def test_a_file_of_the_library_goes_with_the_last_request_that_names_it(
    small_house: House,
) -> None:
    house, desk = small_house, small_house.frontdesk.desk
    own, shared = desk.library.keep(b"%PDF its own"), desk.library.keep(b"%PDF shared")
    now = house.clock.now()
    with house.frontdesk.database.unit() as unit:
        for ref, since in (("AST-7", now - timedelta(days=2000)), ("AST-8", now)):
            hashes = (own, shared) if ref == "AST-7" else (shared,)
            unit.requests.add(ended_asset(ref, since, *hashes), "")
            unit.audit.append(entry(ref, version=1))
        unit.commit()

    housekeeping.forget(desk, now)
    await house.until(lambda: not desk.library.has(own), "the file is gone")

    await house.quiet()
    assert desk.library.has(shared)
    assert house.frontdesk.database.verify_audit(library=desk.library) == []
    assert house.request("AST-8").stage == "closed"


async def test_every_kind_has_its_time_and_is_on_record(small_house: House) -> None:
    house = small_house
    short = Retention(records_years={}, passing=dict.fromkeys(Passing, timedelta(days=1)))
    company = replace(house.frontdesk.desk.company, retention=short)
    desk = replace(house.frontdesk.desk, rulebook=Rulebook(company))
    await ask_for_sow(house.person("ana"))
    await decide(await house.person("dian").dm_with_bot().wait_for(text="SOW-1"), "Accept")
    await house.quiet()
    with house.frontdesk.database.unit() as unit:
        for n in range(501):
            unit.drafts.save(draft(f"D{n}", house.clock.now()))
        unit.commit()

    later = house.clock.now() + timedelta(days=2)
    count = await asyncio.to_thread(housekeeping.forget, desk, later)

    counts = passed(house)
    assert counts["drafts"] == 501
    assert counts["delivery keys"] > 0
    assert counts["kept promises"] > 0
    assert sum(counts.values()) == count
    assert house.request("SOW-1").stage == "drafting"
    assert house.frontdesk.database.verify_audit() == []
    assert await asyncio.to_thread(housekeeping.forget, desk, later) == 0


async def test_what_cannot_be_removed_keeps_nothing_else_from_going(
    small_house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house = small_house
    await accepted(house)
    end(house, "SOW-1")
    later = house.clock.now() + timedelta(days=3654)
    with house.frontdesk.database.unit() as unit:
        unit.drafts.save(draft("D1", house.clock.now()))
        unit.commit()
    refuse_removal(house, "drafts")

    with pytest.raises(housekeeping.NotAllGone, match=r"is gone: drafts\."):
        await asyncio.to_thread(housekeeping.forget, house.frontdesk.desk, later)

    with house.frontdesk.database.unit() as unit:
        assert unit.requests.get("SOW-1") is None
    assert passed(house).keys() >= {"delivery keys", "kept promises"}
    assert "Of drafts not everything" in caplog.text


def refuse_removal(house: House, table: str) -> None:
    """Let the database refuse to remove any row of a table."""
    with closing(sqlite3.connect(house.settings.database_url.removeprefix("sqlite:///"))) as file:
        file.execute(
            f"CREATE TRIGGER refused BEFORE DELETE ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )
        file.commit()


def end(house: House, ref: str) -> None:
    """Close a request, on record."""
    ended = replace(house.request(ref), stage="closed", since=house.clock.now())
    ended = replace(ended, version=ended.version + 1)
    with house.frontdesk.database.unit() as unit:
        unit.requests.save(ended)
        unit.audit.append(entry(ref, version=ended.version))
        unit.commit()


def ended_asset(ref: str, since: datetime, *hashes: str) -> Request:
    """A request for an asset that ended, with a version for each file."""
    drafts = tuple(
        AssetDraft(
            number=number,
            by="U_LEO",
            at=since,
            note="",
            file="F1",
            kept=Kept(sha256=each, name="a.pdf", mime="application/pdf", size=9),
        )
        for number, each in enumerate(hashes, 1)
    )
    details = replace(WANTED, record=AssetRecord(drafts=drafts))
    return sow(ref, workflow="sales_asset", stage="closed", details=details, since=since)


def passed(house: House) -> dict[str, int]:
    """Return by kind how many rows are on record as removed."""
    counts: dict[str, int] = {}
    with house.frontdesk.database.unit() as unit:
        for each in unit.requests.timeline(""):
            if each.action == housekeeping.PASSED:
                kind = each.detail["kind"]
                counts[kind] = counts.get(kind, 0) + int(each.detail["count"])
    return counts
