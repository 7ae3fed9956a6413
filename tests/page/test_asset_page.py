"""Sales assets from five asks to the quarterly review, with everybody at a browser."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import FilePayload, Locator, Page, expect

from bot import quarterly
from bot.ports import Seen
from bot.shelf import misuse
from sandbox.page import routes
from tests.journeys.assets import asset_record, is_whole, pdf
from tests.journeys.house import House, open_house
from tests.journeys.shelf import keep_deal, seen
from tests.journeys.triage import at, tick, weekly
from tests.page import asset_asks as asked
from tests.page.people import Colleagues


@pytest_asyncio.fixture(loop_scope="session")
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """The bot, whose links lead to itself, and its workspace with the page."""
    async with open_house(
        tmp_path,
        pages=lambda workspace: routes(workspace.slack, {}, tmp_path / "mail"),
        FRONTDESK_PUBLIC_URL="",
    ) as opened:
        await opened.set_clock(at("2027-01-04", 8))
        yield opened


@pytest.mark.prove
@pytest.mark.timeout(240)  # a long story, and the browser shares the machine with other tests
async def test_five_asks_from_the_form_to_the_quarterly_review(house: House, page: Page) -> None:
    us = Colleagues(house, page)
    await _an_asset_is_shelved_by_hand(us)
    await _five_requests_arrive(us)
    await _the_list_ranks_them_and_says_why(us)
    await _the_meeting_decides(us)
    await _a_draft_goes_through_its_reviews_twice(us)
    await _it_is_delivered_and_announced(us)
    await _it_is_found_and_opened(us)
    await _it_is_used_in_a_deal_and_praised(us)
    await _another_misses_its_date(us)
    await _an_outdated_link_is_caught(us)
    await _the_quarter_is_reviewed(us)
    is_whole(house)


async def _an_asset_is_shelved_by_hand(us: Colleagues) -> None:
    await us.say("mia", "general", "/shelf")
    form = await us.opened("Put on the shelf")
    await us.attach(form, "The asset as a file", _file("hospital"))
    await us.hand_in("Put on the shelf", "Hand in", asked.SHELVED)
    log = await us.press("hana", "Approve")
    await expect(log).to_contain_text("Approved by @Hana Kim")
    await expect(await us.come("ana", "sales")).to_contain_text(
        f"New on the shelf: {asked.HOSPITAL}"
    )


async def _five_requests_arrive(us: Colleagues) -> None:
    for known in (asked.GLOBEX, asked.INITECH):
        keep_deal(us.house, known)
    await us.house.set_clock(at("2027-01-07", 10))
    for who, kind, purpose, deadline, deal in asked.ASKS:
        await us.say(who, "sales", "/asset")
        form = await us.opened("Sales asset")
        if deal:
            await us.look_up(form, "Linked opportunity", deal[:5], deal)
        answers = {"Your role": "Sales", "Which kind of asset?": kind, "What is it for?": purpose}
        answers |= {"New, or an update?": "A new asset", "Needed by": deadline}
        await us.fill(form, answers)
        await us.send(form, "Send request")
        if like := asked.LIKE.get(purpose):
            alike = await us.opened("Before you send it")
            await expect(alike).to_contain_text(like)
            await us.send(alike, "Send it all the same")
    await expect(await us.come("ana")).to_contain_text("Deal: Globex – Forecasting pilot")


async def _the_list_ranks_them_and_says_why(us: Colleagues) -> None:
    await weekly(us.house, at("2027-01-11"))
    listed = _list(await us.come("sol", "asset-requests"))
    await expect(listed).to_contain_text("New: 5")
    rows = await listed.locator(".block:has(+ .actions)").all_inner_texts()
    assert [each.split()[:2] for each in rows] == [
        [f"{number}.", ref] for number, ref in enumerate(asked.RANKED, 1)
    ]
    assert "46 of 100: Globex – Forecasting pilot is worth 180,000.00 USD" in rows[0]
    assert "needed in 11 days; Initech – Rollout is worth 20,000.00 USD" in rows[1]
    await us.say("sol", "asset-requests", "/asset why AST-2")
    log = await us.come("sol", "asset-requests")
    await expect(log).to_contain_text("is number 2 of 5")
    await expect(log).to_contain_text("Deadline: 16 of 20, needed in 11 days")


async def _the_meeting_decides(us: Colleagues) -> None:
    for ref, button, submit, answers in asked.DECISIONS:
        listed = _list(await us.come("sol", "asset-requests"))
        row = listed.locator(f".block:has-text('{ref} ') + .actions")
        await row.get_by_role("button", name=button, exact=True).click()
        await us.hand_in(button, submit, answers)
    stages = [us.house.request(f"AST-{number}").stage for number in range(1, 6)]
    assert stages == ["accepted", "accepted", "merged", "declined", "answered"]
    for who, said in asked.TOLD.items():
        await expect(await us.come(who)).to_contain_text(said)
    await us.house.set_clock(at("2027-01-11", 17, 1))
    listed = _list(await us.come("sol", "asset-requests"))
    await listed.get_by_role("link", name="1 reply").click()
    minutes = us.page.get_by_role("log", name="Thread")
    for said in ("accepted by @Sol Haddad, @Leo Martin owns it", "merged into AST-1 by"):
        await expect(minutes).to_contain_text(said)


async def _a_draft_goes_through_its_reviews_twice(us: Colleagues) -> None:
    await us.house.set_clock(at("2027-01-12", 10))
    await _drafted(us, "boards", "The first version.")
    await _approved(us, "priya")
    for who, change in (("hana", "The logo is the old one."), ("greta", "Begin with a problem.")):
        await us.press(who, "Request changes")
        await us.hand_in("Request changes", "Request changes", {"What should change?": change})
    log = await us.come("mia")
    await expect(log).to_contain_text("The reviews of version 1 of AST-1")
    for change in ("The logo is the old one.", "Begin with a problem.", "Approved by pre-sales"):
        await expect(log).to_contain_text(change)

    await _drafted(us, "boards again", "New logo, new beginning.")
    await expect((await us.come("priya")).get_by_role("button", name="Approve")).to_have_count(0)
    for who in ("hana", "greta"):
        assert us.house.request("AST-1").stage == "in_review"
        await _approved(us, who)
    assert us.house.request("AST-1").stage == "approved"
    assert [each.number for each in asset_record(us.house).drafts] == [1, 2]


async def _it_is_delivered_and_announced(us: Colleagues) -> None:
    await us.press("mia", "Deliver")
    await us.hand_in("Deliver", "Deliver", asked.DELIVERED)
    await us.house.until(lambda: len(seen(us.house, Seen.PICTURED, ref="SHELF-2")), "is pictured")
    log = await us.come("ana", "sales")
    await expect(log).to_contain_text(f"New on the shelf: {asked.CALLED}")
    preview = log.get_by_role("img", name=f"The first page of {asked.CALLED}")
    await expect(preview).not_to_have_js_property("naturalWidth", 0)
    for who, said in (("ana", "What you asked for is there"), ("ben", "that you follow, AST-1")):
        await expect(await us.come(who)).to_contain_text(said)
    card = await us.come("sol", "asset-requests")
    await expect(card).to_contain_text("It came of AST-1, whose reviews approved it")


async def _it_is_found_and_opened(us: Colleagues) -> None:
    await us.say("ben", "sales", "/asset find forcasting")
    log = await us.come("ben", "sales")
    await expect(log).to_contain_text("Did you mean forecasting?")
    await log.get_by_role("button", name="Open", exact=True).last.click()
    window = await us.opened("Open")
    link = await window.get_by_role("link", name="open version 1").get_attribute("href")
    answer = await us.page.request.get(str(link))
    assert await answer.body() == pdf("boards again")
    await us.close(window)
    [opened] = seen(us.house, Seen.OPENED, ref="SHELF-2")
    assert opened.user == us.house.person("ben").id


async def _it_is_used_in_a_deal_and_praised(us: Colleagues) -> None:
    await us.press("ana", "I'll use it in a deal")
    form = await us.opened("Use it in a deal")
    await us.look_up(form, "In which deal?", "globe", "Globex – Forecasting pilot")
    await us.send(form, "Save")
    await us.say("ben", "sales", "/asset find boards")
    await expect(await us.come("ben", "sales")).to_contain_text("used in 1 deal, 0 won")
    await us.press("ana", "It helped")
    await us.press("ana", "Add a word")
    word = {"What helped, what was missing?": "They asked for a pilot."}
    await us.hand_in("Add a word", "Send", word)
    await expect(await us.come("mia")).to_contain_text("helped: They asked for a pilot.")


async def _another_misses_its_date(us: Colleagues) -> None:
    for day in ("2027-01-19", "2027-01-21", "2027-01-22"):
        await us.house.set_clock(at(day, 10))
        await us.house.quiet()
    for who in ("leo", "ben"):
        await expect(await us.come(who)).to_contain_text(
            "AST-2 (One-pager, due Wed 20 Jan 2027) is"
        )
    alarm = (await us.come("hugo")).get_by_text("was not delivered by its due date")
    await expect(alarm).to_have_count(1)
    assert us.house.audited("AST-2").count("missed") == 1


async def _an_outdated_link_is_caught(us: Colleagues) -> None:
    card = (
        (await us.come("mia")).get_by_role("listitem").filter(has_text=f"SHELF-1: {asked.HOSPITAL}")
    )
    await card.get_by_role("button", name="Details").click()
    page = await us.opened("SHELF-1")
    await page.get_by_role("button", name="Mark as outdated").click()
    why = {"Why?": "The hospital has another name now."}
    await us.hand_in("Mark as outdated", "Confirm", why)
    await expect(await us.come("leo")).to_contain_text("which you took, is outdated")

    link = f"{us.house.frontdesk.desk.public_url}/a/SHELF-1"
    await us.say("ben", "sales", f"For the call today: {link}")
    await us.house.until(lambda: seen(us.house, Seen.MISUSED), "the link is seen")
    await expect(await us.come("ben")).to_contain_text("SHELF-1, is outdated.")
    await us.house.set_clock(at("2027-01-25"))
    await tick(us.house, misuse.list_weekly)
    await expect(await us.come("greta")).to_contain_text("@Ben Okafor: SHELF-1")


async def _the_quarter_is_reviewed(us: Colleagues) -> None:
    await us.house.set_clock(at("2027-01-28", 10))
    await us.press("ana", "It helped")
    assert us.house.request("AST-1").stage == "closed"
    await us.house.set_clock(at("2027-04-01"))
    await tick(us.house, quarterly.post_quarterly)
    log = await us.come("hana")
    report = log.get_by_role("listitem").filter(has_text="2027 Q1").last
    for said in asked.QUARTER:
        await expect(report).to_contain_text(said)
    await report.get_by_role("link", name="1 reply").click()
    thread = us.page.get_by_role("log", name="Thread")
    chart = await thread.get_by_role("link", name="asset-review").get_attribute("href")
    size = await us.page.evaluate(asked.SIZE, chart)
    assert min(size) > 400, size


async def _drafted(us: Colleagues, text: str, note: str) -> None:
    await us.press("mia", "Post a draft")
    form = await us.opened("Post a draft")
    await us.attach(form, "The draft as a file", _file(text))
    await us.hand_in("Post a draft", "Make this version", {"What is new in it?": note})


async def _approved(us: Colleagues, who: str) -> None:
    await us.press(who, "Approve")
    await us.tick(await us.opened("Approve"))
    await us.hand_in("Approve", "Approve")


def _list(log: Locator) -> Locator:
    """Return the weekly list in the channel."""
    return log.get_by_role("listitem").filter(has_text="Triage this week").last


def _file(text: str) -> FilePayload:
    name = f"{text.replace(' ', '-')}.pdf"
    return {"name": name, "mimeType": "application/pdf", "buffer": pdf(text)}
