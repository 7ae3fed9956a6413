"""The client's page in a browser that runs no scripts: by keyboard, by its labels, on a phone."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot import review
from tests.web.review.house import VISITOR, House, open_house
from web.server import Server

PHONE = 320


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


@pytest.fixture
def url(house: House) -> Iterator[str]:
    """The address of Jane's link."""
    with house.served() as app:
        server = Server(app, "127.0.0.1", 0)
        server.start()
        try:
            yield f"{server.url}/r/{house.jane}"
        finally:
            server.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def client(browser: Browser) -> AsyncIterator[Page]:
    """Jane's browser; what the page's own policy forbids fails the test."""
    context = await browser.new_context(java_script_enabled=False, locale="en-US")
    page = await context.new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text))
    try:
        yield page
    finally:
        await context.close()
    assert not [each for each in refused if "Content Security Policy" in each]


async def test_with_the_keyboard_alone_it_is_approved(client: Page, url: str, house: House) -> None:
    press = client.keyboard.press
    await client.goto(url)
    await press("Tab")
    await expect(client.get_by_role("link", name="Skip to your answer")).to_be_focused()
    await press("Enter")
    await press("Tab")
    await expect(client.get_by_role("textbox", name="Your full name")).to_be_focused()
    await client.keyboard.type("Jane Doe")
    await press("Tab")
    title = client.get_by_role("textbox", name="Your title")
    await expect(title).to_be_focused()
    await press("Tab")
    consent = client.get_by_role("checkbox", name="I approve Statement of Work SOW-7, version 1")
    await expect(consent).to_be_focused()
    await press("Space")
    await press("Tab")
    await expect(
        client.get_by_role("button", name="Approve this Statement of Work")
    ).to_be_focused()
    await press("Enter")

    await expect(client).to_have_title("Error: Statement of Work SOW-7, version 1 – Harborlight")
    await expect(title).to_be_focused()
    await expect(title).to_have_accessible_description(
        "Your role at Globex Corporation, for example CFO "
        "Error: Please type your title, such as “CFO”."
    )
    await expect(client.get_by_label("Your full name")).to_have_value("Jane Doe")
    await expect(consent).to_be_checked()
    await client.keyboard.type("CFO")
    await press("Enter")

    status = client.get_by_role("status")
    await expect(status).to_contain_text("Approved by Jane Doe, CFO, on Thu 3 Dec 2026, 14:05 UTC.")
    await expect(client).to_have_url(url)
    await expect(client.get_by_role("button", name="Approve this")).not_to_be_attached()
    assert house.record.signature is not None


async def test_changes_are_asked_for_from_a_part_that_opens_by_keyboard(
    client: Page, url: str, house: House
) -> None:
    await client.goto(url)
    reason = client.get_by_role("textbox", name="What should be different?")
    await expect(reason).not_to_be_visible()
    await client.get_by_text("Ask for changes", exact=True).focus()
    await client.keyboard.press("Enter")
    await expect(reason).to_be_visible()
    await reason.fill("One region only.\n\nAnd start in March.")
    await client.get_by_role("button", name="Ask for these changes").click()

    status = client.get_by_role("status")
    await expect(status).to_contain_text("Changes asked for by Jane Doe")
    await expect(status).to_contain_text("And start in March.")
    assert house.request.stage == "client_changes"


async def test_a_question_is_asked_and_its_answer_read(
    client: Page, url: str, house: House
) -> None:
    await client.goto(url)
    await client.get_by_role("textbox", name="Your question").fill("Is travel included?")
    await client.get_by_role("button", name="Ask this question").click()
    questions = client.get_by_role("region", name="Questions")
    await expect(questions).to_contain_text("Not answered yet.")
    await expect(questions).to_be_in_viewport()

    house.does("answer_client", reason="Yes, four trips.", question="1")
    await client.reload()
    await expect(questions).to_contain_text("Yes, four trips.")


async def test_a_screen_reader_finds_its_way(client: Page, url: str) -> None:
    await client.goto(url)

    for landmark in ("header", "main", "footer"):
        await expect(client.locator(f"body > {landmark}")).to_have_count(1)
    await expect(client.get_by_role("heading", level=1)).to_have_count(1)
    await expect(client.get_by_role("heading", level=2)).to_have_text(
        ["In short", "The document", "Your answer", "Questions", "How to check that this is us"]
    )
    await expect(client.get_by_role("navigation", name="On this page")).to_be_visible()
    for region in ("In short", "The document", "Your answer", "Questions"):
        await expect(client.get_by_role("region", name=region)).to_be_visible()
    await expect(client.get_by_role("form", name="Approve")).to_be_visible()


async def test_the_pages_of_the_document_are_there(client: Page, url: str, house: House) -> None:
    await client.goto(url)
    pages = house.record.versions[0].pages

    for number in range(1, pages + 1):
        picture = client.get_by_role("img", name=f"Page {number} of {pages}")
        await picture.scroll_into_view_if_needed()
        await expect(picture).to_have_js_property("naturalWidth", 1200)


@pytest.mark.parametrize("what", ["open", "wrong", "errors", "void", "long words"])
async def test_on_a_phone_nothing_is_wider_than_the_screen(
    client: Page, url: str, house: House, what: str
) -> None:
    await client.set_viewport_size({"width": PHONE, "height": 640})
    match what:
        case "wrong":
            url = url[:-5]
        case "void":
            house.later(days=31)
        case "long words":
            review.ask(house.desk, house.jane, VISITOR, text="W" * 500)
        case _:
            pass
    await client.goto(url)
    if what == "errors":
        await client.get_by_role("button", name="Approve this").click()
        await expect(client.get_by_text("Please tick the box")).to_be_visible()

    assert await client.evaluate("document.documentElement.scrollWidth") == PHONE
    for button in await client.get_by_role("button").all():
        box = await button.bounding_box()
        assert box is not None
        assert box["height"] >= 44


async def test_on_paper_there_are_no_forms(client: Page, url: str) -> None:
    await client.goto(url)
    await client.emulate_media(media="print")

    await expect(client.get_by_role("heading", level=1)).to_be_visible()
    await expect(client.get_by_text("180,000.00 USD").first).to_be_visible()
    await expect(client.locator("form:visible")).to_have_count(0)
