"""What was learned is shown at the next triage, and once a quarter the whole is reviewed."""

import io
import struct
import zipfile

import pytest

from bot import quarterly
from bot.triage import agenda
from sandbox import Card, Modal
from sandbox.state.records import Message
from tests.journeys.assets import is_whole, say
from tests.journeys.deals import fill_in, offering
from tests.journeys.house import House
from tests.journeys.shelf import delivered, shelved
from tests.journeys.triage import ask, at, lists, tick, triage

REPORT = "How requests for sales assets went"
LEARNED = "SHELF-1, Pricing deck: Buyers ask for prices in EUR. (@Mia Tanaka)"
FOR_SOME = "The review is for triage, marketing, the heads and auditors."


def reports(house: House, viewer: str = "") -> list[Card]:
    """The reports in the triage channel, or with ``viewer`` the ones of that person."""
    if viewer:
        found = house.person(viewer).dm_with_bot().messages
    else:
        found = house.workspace.channel("asset-requests", viewer="hana").messages
    return [each for each in found if REPORT in each.text and not each.files]


def _files(card: Card) -> list[str]:
    record = card.record
    assert isinstance(record, Message)
    return record.files


def size(picture: bytes) -> tuple[int, int]:
    """Return the width and height of a PNG, in pixels."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


async def page(house: House, handle: str, ref: str, button: str) -> Modal:
    """Press a button on the page of an asset."""
    cards = house.person(handle).dm_with_bot().cards(ref)
    card = [each for each in cards if "Details" in each.buttons][-1]
    opened = await (await card.click("Details")).modal_opened()
    return await (await opened.click(button)).modal_opened()


async def refresh(house: House, card: Card, times: int = 1) -> None:
    """Press the button for all refreshes."""
    [button] = [each for each in card.buttons if each.startswith("Ask for ")]
    for _ in range(times):
        await card.click(button)
    await house.quiet()


async def the_quarter(house: House) -> None:
    """Asks in and outside of the form, a delivery with feedback, a learning, a review date."""
    await house.set_clock(at("2026-11-30", 10))
    await shelved(house, review_by="2027-02-01")
    await say(house, "ana", "sales", "Does anyone have a fintech deck for Globex?")
    await say(house, "priya", "sales", "I need a one-pager for Globex, please.")
    await delivered(house)
    await offering(house.person("ben"), "It helped").click("It helped")
    await ask(house, "leo", "board")
    await ask(house, "ana", "fair")
    modal = await page(house, "mia", "SHELF-1", "Log a learning")
    await fill_in(house, modal, reason="Buyers ask for prices in EUR.")


async def test_what_was_learned_is_shown_at_the_next_triage_once(small_house: House) -> None:
    house = small_house
    await house.set_clock(at("2027-01-11", 9, 1))
    await shelved(house)
    await fill_in(
        house,
        await page(house, "mia", "SHELF-1", "Log a learning"),
        reason="Buyers ask for prices in EUR.",
    )
    assert f"Learned since the last list\n{LEARNED}" in (await triage(house.person("sol"))).text

    for day in ("2027-01-19", "2027-01-25"):
        await house.set_clock(at(day))
        await tick(house, agenda.post_weekly)

    first, second = lists(house)
    assert LEARNED in first.text
    assert LEARNED not in second.text


@pytest.mark.prove
async def test_the_quarter_is_reviewed_once_on_its_first_working_morning(
    house: House,
) -> None:
    await the_quarter(house)
    for early in (at("2027-01-01", 12), at("2027-01-04", 8, 55)):
        await house.set_clock(early)
        await tick(house, quarterly.post_quarterly)
        assert (reports(house), reports(house, "hana")) == ([], [])

    await house.set_clock(at("2027-01-04"))
    for _ in range(3):
        await tick(house, quarterly.post_quarterly)

    [report], [own] = reports(house), reports(house, "hana")
    assert report.text == own.text
    for words in (
        f"{REPORT}, 2026 Q4\nAsked for: 3\nDelivered: 1, ",
        "Due dates: 1 kept, 0 missed (100 % kept)\nFeedback: 1 helped, 0 did not, 0 not used yet\n",
        "Requests by type: case study 1, deck 1, brochure 1\n",
        "Asked for outside of the form\ndelivery: 0 of 1 (0 %)\npre-sales: 1 of 1 (100 %)\n",
        "\nsales: 1 of 3 (33 %)\n",
        f"What marketing learned\n{LEARNED}\n",
        "Due for a review\nSHELF-1, Pricing deck: by Mon 1 Feb 2027, @Mia Tanaka, not used in a",
    ):
        assert words in report.text
    for each in (report, own):
        [chart] = each.thread
        assert chart.files == ["asset-review-2026-10-01.png"]
    await house.restart()
    await house.set_clock(at("2027-01-05"))
    await tick(house, quarterly.post_quarterly)
    assert (len(reports(house)), len(reports(house, "hana")), len(own.thread)) == (1, 1, 1)
    [file] = _files(own.thread[0])
    width, height = size(house.frontdesk.desk.slack.download(file, None).content)
    assert width >= 1200
    assert height >= 500
    is_whole(house)


@pytest.mark.prove
async def test_only_the_head_of_marketing_starts_the_refresh_and_once(small_house: House) -> None:
    house = small_house
    await house.set_clock(at("2026-12-30", 10))
    await shelved(house, review_by="2027-02-01")
    await shelved(house, "SHELF-2", title="Old film", review_by="2027-01-05")
    await shelved(house, "SHELF-3", title="Brochure", review_by="2027-12-01")
    await house.set_clock(at("2027-01-06"))
    await house.quiet()
    await tick(house, quarterly.post_quarterly)
    [report] = reports(house)
    assert report.buttons == ["Ask for 2 refreshes"]
    assert report.text.index("SHELF-2, Old film: outdated") < report.text.index("SHELF-1, Pricing")

    as_sol = Card(house.workspace.slack, house.person("sol").id, report.key)
    refused = await (await as_sol.click("Ask for 2 refreshes")).replied()
    assert refused.text == "The head of marketing starts the refresh of the quarter."
    await house.quiet()
    assert house.refs("hana") == []
    await refresh(house, report, times=3)
    [own] = reports(house, "hana")
    await refresh(house, own)

    asked = [house.request(each) for each in house.refs("hana")]
    assert {each.ref for each in asked} == {"AST-1", "AST-2"}
    assert sorted(each.details.existing_asset for each in asked) == ["SHELF-1", "SHELF-2"]
    for each in asked:
        assert (each.details.kind, each.details.reuse, each.asker) == (
            *("update", "reusable"),
            house.person("hana").id,
        )
        assert each.stage == "submitted"
    assert "Refresh of “Old film”" in (await triage(house.person("sol"))).text

    await house.person("hana").command("/asset", "review")
    await house.quiet()
    await refresh(house, reports(house, "hana")[-1])
    assert len(house.refs("hana")) == 2
    is_whole(house)


@pytest.mark.prove
async def test_the_review_is_there_at_any_time_with_its_chart(small_house: House) -> None:
    house, hana = small_house, small_house.person("hana")
    await the_quarter(house)

    answer = await (await hana.command("/asset", "review")).replied()

    assert answer.text == (
        "The review is on its way to you, with its chart, in a direct message."
        "\n[Reports as pictures]"
    )
    await house.quiet()
    [report] = reports(house, "hana")
    assert report.text.startswith(f"{REPORT}, 90 days until Mon 30 Nov 2026\nAsked for: 3\n")
    [chart] = report.thread
    assert chart.files == ["asset-review-2026-09-01.png"]
    refused = await (await house.person("ana").command("/asset", "review")).replied()
    assert refused.text == FOR_SOME


@pytest.mark.prove
async def test_feedback_counts_in_the_quarter_in_which_it_is_given(small_house: House) -> None:
    house = small_house
    await house.set_clock(at("2026-12-30", 10))
    await delivered(house)
    await house.set_clock(at("2027-01-13", 10))
    await offering(house.person("ben"), "It did not").click("It did not")
    await house.set_clock(at("2027-04-01"))
    await tick(house, quarterly.post_quarterly)

    [report] = reports(house)
    assert report.text.startswith(
        f"{REPORT}, 2027 Q1\nAsked for: 0\nDelivered: 0\nFeedback: 0 helped"
    )
    assert "1 did not" in report.text


async def test_the_log_is_for_those_who_may_read_it(small_house: House) -> None:
    house, hana = small_house, small_house.person("hana")
    await house.set_clock(at("2026-11-30", 10))
    await ask(house, "ana", "board", purpose='=HYPERLINK("https://evil.example")')
    refused = await (await house.person("ana").command("/asset", "log")).replied()
    assert refused.text == "The log is for triage, marketing, the heads and auditors."

    for handle in ("hana", "audra"):
        said = await (await house.person(handle).command("/asset", "log")).replied()
        assert "as CSV and as XLSX, in a direct message" in said.text
        await house.quiet()

    posted = [each for each in hana.dm_with_bot().messages if each.files]
    assert sorted(each.files[0].rpartition(".")[2] for each in posted) == ["csv", "xlsx"]
    assert [each.text for each in posted] == ["1 request", "1 request"]
    slack = house.frontdesk.desk.slack
    found = {each.files[0][-4:]: slack.download(_files(each)[0], None).content for each in posted}
    assert b"\"'=HYPERLINK" in found[".csv"]
    with zipfile.ZipFile(io.BytesIO(found["xlsx"])) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
        assert b"=HYPERLINK" in book.read("xl/sharedStrings.xml")
    assert b"<f>" not in sheet
    assert b"<hyperlink" not in sheet
    assert house.person("ana").dm_with_bot().cards("asset-requests-") == []
    is_whole(house)
