"""Reports as pictures: asked for by a form, drawn for a DM, with the rows behind them as files."""

import asyncio
import csv
import io
import zipfile
from dataclasses import replace
from datetime import timedelta

from bot.ports import Claimed, Observation, Parcel, Seen
from bot.reports import exporting, on_home
from bot.reports.wish import Wish
from messages.buttons import Sheet, encode
from sandbox import Card, Modal, Person
from sandbox.state.records import Message
from tests.journeys.assets import is_whole
from tests.journeys.deals import COMPLETE, MONDAY, offering
from tests.journeys.house import House, ask_for_sow
from tests.journeys.planted import planted
from tests.journeys.triage import at, tick
from workflows.roles import Role

FOR_SOME = "Reports are for those who oversee requests, for auditors and admins."


async def form(person: Person) -> Modal:
    return await (await person.command("/requests", "report")).modal_opened()


async def drawn(house: House, handle: str, **answers: object) -> Card:
    """Ask for a report; return its picture."""
    modal = await form(house.person(handle))
    await modal.fill(**answers)
    result = await modal.submit()
    assert result.closed, result.errors
    await house.quiet()
    return files(house, handle, ".png")[-1]


def files(house: House, handle: str, ending: str) -> list[Card]:
    found = house.person(handle).dm_with_bot().messages
    return [each for each in found if each.files and each.files[0].endswith(ending)]


def content(house: House, card: Card) -> bytes:
    record = card.record
    assert isinstance(record, Message)
    return house.frontdesk.desk.slack.download(record.files[0], None).content


def described(house: House, card: Card) -> str:
    record = card.record
    assert isinstance(record, Message)
    return house.workspace.slack.store.files[record.files[0]].alt_txt


async def asked(house: House) -> None:
    """Two Statements of Work are asked for on a Monday, for two clients."""
    await house.set_clock(MONDAY)
    ana = house.person("ana")
    await ask_for_sow(ana, "8,000", **COMPLETE)
    await ask_for_sow(ana, "9,000", **(COMPLETE | {"client": "=Initech()"}))
    await house.quiet()


async def test_a_report_comes_as_a_picture_that_says_what_it_shows_and_its_rows_as_files(
    house: House,
) -> None:
    await asked(house)

    picture = await drawn(house, "hugo", workflow="Statement of Work")

    assert content(house, picture).startswith(b"\x89PNG")
    assert described(house, picture) == (
        "Requests over time, 25 Oct 2026 to 23 Nov 2026, Statement of Work. "
        "2 asked for, 0 ended. Requests by day: 23 Nov: 2 asked for, 0 ended."
    )
    words = offering(house.person("hugo"), "CSV")
    assert "2 asked for" in words.text
    for _ in range(2):
        await words.click("CSV")
        await words.click("XLSX")
    await house.quiet()
    [as_csv], [as_xlsx] = files(house, "hugo", ".csv"), files(house, "hugo", ".xlsx")
    head, *rows = csv.reader(io.StringIO(content(house, as_csv).decode("utf-8-sig")))
    assert head == ["day", "reference", "workflow", "what", "stage", "asked by", "client"]
    assert [(row[0], row[1], row[6]) for row in rows] == [
        ("2026-11-23", "SOW-1", "Globex"),
        ("2026-11-23", "SOW-2", "'=Initech()"),
    ]
    with zipfile.ZipFile(io.BytesIO(content(house, as_xlsx))) as book:
        assert b"=Initech()" in book.read("xl/sharedStrings.xml")
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    is_whole(house)


async def test_who_may_read_what_is_offered_nothing_else(small_house: House) -> None:
    house = small_house
    await asked(house)
    for handle in ("ana", "leo"):
        answer = await (await house.person(handle).command("/requests", "report")).replied()
        assert answer.text == FOR_SOME
    offered = {
        handle: (await form(house.person(handle))).options("report")
        for handle in ("bea", "greta", "dian", "audra")
    }
    usual = ["Ageing of open requests", "Requests over time", "Time per stage"]
    assert offered["bea"] == ["Overdue money"]
    assert offered["dian"] == ["Ageing of open requests", "Overdue money", *usual[1:]]
    assert offered["greta"] == [
        *("Ageing of open requests", "Approvals by person", "Asset reuse", *usual[1:])
    ]
    assert len(offered["audra"]) == 6

    # The sales manager reads how many there are; single Statements of Work are not hers to see.
    picture = await drawn(house, "greta", workflow="Statement of Work")
    assert "2 asked for" in described(house, picture)
    await offering(house.person("greta"), "CSV").click("CSV")
    await house.quiet()
    [sheet] = files(house, "greta", ".csv")
    assert "requests that are not yours to see are left out" in sheet.text
    assert b"Globex" not in content(house, sheet)


WRONG: tuple[tuple[dict[str, object], str, str], ...] = (
    ({"first_day": "2026-11-20", "last_day": "2026-11-10"}, "Last day", "before the first day"),
    ({"first_day": "2026-11-20", "last_day": "2026-12-24"}, "Last day", "in the future"),
    ({"first_day": "1976-11-20", "last_day": "2026-11-20"}, "First day", "than five years"),
    ({"first_day": "0001-01-01", "last_day": "0001-01-02"}, "First day", "before anything"),
    ({"first_day": "2026-11-20"}, "Last day", "both days, or neither"),
    ({"report": "Ageing of open requests", "first_day": "2026-11-02"}, "First day", "today"),
    ({"report": "Overdue money", "person": "ana"}, "Of one person only", "single people"),
    ({"report": "Asset reuse", "client": "Globex"}, "Of one client only", "not about clients"),
    ({"report": "Overdue money", "workflow": "Sales asset"}, "Of which requests?", "about these"),
)


async def test_what_cannot_be_drawn_is_said_in_the_form(small_house: House) -> None:
    house, audra = small_house, small_house.person("audra")
    await house.set_clock(MONDAY)
    for answers, field, sentence in WRONG:
        modal = await form(audra)
        await modal.fill(**answers)

        result = await modal.submit()

        assert set(result.errors) == {field}
        assert sentence in result.errors[field]
        await modal.close_all()
    await house.quiet()
    assert files(house, "audra", ".png") == []


DAYS = (
    *(("9999-12-30", "9999-12-31"), ("0001-01-01", "0001-01-02"), ("2026-11-01", "2026-12-24")),
    *(("2026-11-01", "2026-10-01"), ("1976-11-20", "2026-11-20")),
)


async def test_a_forged_button_for_days_that_no_report_has_makes_no_file(
    small_house: House,
) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    for first, last in DAYS:
        meant = Sheet(form="csv", report="requests", first=first, last=last)
        forged = await planted(house, "audra", *encode(meant), channel="sales")

        pressed = await forged.click("Press")

        assert "older version" in (await pressed.replied()).text, first
    await house.quiet()
    assert house.backlog.dead == 0
    assert files(house, "audra", ".csv") == []


async def test_of_days_without_anything_there_is_a_sentence_and_no_picture(
    small_house: House,
) -> None:
    house, audra = small_house, small_house.person("audra")
    await asked(house)
    modal = await form(audra)
    await modal.fill(first_day="2026-01-01", last_day="2026-01-31", client="Globex")
    await modal.submit()
    await house.quiet()

    [said] = audra.dm_with_bot().cards("There is nothing to draw of Globex")
    assert "Requests over time, 1 Jan 2026 to 31 Jan 2026" in said.text
    assert files(house, "audra", ".png") == []


async def test_the_answers_of_both_commands_lead_to_the_pictures(small_house: House) -> None:
    house = small_house
    await asked(house)
    for handle, command, words in (("hugo", "/sow", "report"), ("hana", "/asset", "review")):
        said = await (await house.person(handle).command(command, words)).replied()
        modal = await (await said.click("Reports as pictures")).modal_opened()
        assert modal.title == "A report"


async def test_readers_find_the_month_before_on_their_home_tab(small_house: House) -> None:
    house = small_house
    await asked(house)
    await house.set_clock(at("2026-12-01"))
    for _ in range(2):
        await tick(house, on_home.make_monthly)
    await house.until(lambda: _is_kept(house), "Slack has looked at the picture")

    hugo = await (await house.person("hugo").open_home()).wait_for_text("The month before")
    assert hugo.pictures == ["home_chart-requests-sow-2026-11.png"]
    [image] = [each for each in hugo.blocks if each["type"] == "image"]
    assert image["alt_text"].startswith(
        "Requests over time, 1 Nov 2026 to 30 Nov 2026, Statement of Work. 2 asked for, 0 ended."
    )
    assert "Reports as pictures" in hugo.buttons
    ana = await (await house.person("ana").open_home()).wait_for_text("Ask for something")
    assert ana.pictures == []

    for file in list(house.workspace.slack.store.files.all()):
        file.deleted = True
        house.workspace.slack.store.files.save(file)
    tab = await house.person("hugo").open_home()
    await house.until(lambda: "The month before" not in tab.text, "the tab is there without it")
    assert "Ask for something" in tab.text
    is_whole(house)


def _is_kept(house: House) -> bool:
    with house.frontdesk.database.unit() as unit:
        return bool(unit.observations.of("report:requests:sow", Seen.PICTURED))


async def test_a_long_file_says_how_far_it_is_and_comes_once(small_house: House) -> None:
    house, count = small_house, exporting.AT_ONCE + 100
    await house.set_clock(MONDAY)
    with house.frontdesk.database.unit() as unit:
        for nth in range(count):
            unit.observations.add(
                Observation(
                    key=f"use:{nth}",
                    what=Seen.USED,
                    user=house.person("ana").id,
                    at=MONDAY - timedelta(minutes=nth),
                    ref="SHELF-1",
                    about=f"D-{nth}",
                )
            )
        unit.commit()
    picture = await drawn(house, "hana", report="Asset reuse")
    assert f"{count:,} used in a deal" in described(house, picture)

    await offering(house.person("hana"), "XLSX").click("XLSX")
    await house.quiet()

    [said] = house.person("hana").dm_with_bot().cards(".xlsx")[:1]
    assert said.text == f"{files(house, 'hana', '.xlsx')[0].files[0]}: {count:,} rows."
    assert len(files(house, "hana", ".xlsx")) == 1
    await _after_a_kill(house, said)


async def _after_a_kill(house: House, said: Card) -> None:
    """Make another file in the same message, told at every row; who makes it dies and begins anew.

    The use that is the 2,100th was 35 hours ago: at 23:01 two days before.
    """
    on = MONDAY.date() - timedelta(days=2)
    what = {"wish": Wish(report="reuse", first=on, last=on).to_json(), "form": "csv"}
    what |= {"at": MONDAY.isoformat(), "ts": said.ts}
    address = f"user:{house.person('hana').id}"
    parcel = Parcel(key="long", kind="long_sheet", address=address, payload=what, due=MONDAY)
    once = Claimed(id=1, token="", parcel=parcel, attempts=1)
    again = replace(once, attempts=2, unsure_since=MONDAY)
    desk, before = house.frontdesk.desk, len(house.workspace.calls.of("chat.update"))

    await asyncio.to_thread(exporting.deliver_long, desk, once, 0.0)
    told = len(house.workspace.calls.of("chat.update")) - before
    await asyncio.to_thread(exporting.deliver_long, desk, again, 0.0)
    await house.quiet()

    [sheet] = files(house, "hana", ".csv")
    count = len(content(house, sheet).splitlines()) - 1
    assert count == 59
    assert told in (2 * count, 2 * count + 1)  # read, written, and perhaps finished already
    assert said.text == f"{sheet.files[0]}: {count} rows."

    with house.frontdesk.database.unit() as unit:
        for role in Role:
            unit.people.hold(role, frozenset())
        unit.commit()
    await asyncio.to_thread(exporting.deliver_long, desk, replace(once, id=2), 0.0)
    assert said.text.endswith("is not made: this report is not yours to read any more.")
    assert len(files(house, "hana", ".csv")) == 1
