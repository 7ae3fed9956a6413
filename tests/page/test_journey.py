"""The whole journey by hand: ask, correct, approve in another window, look at it from all sides."""

from playwright.async_api import Browser, Locator, Page, expect

from tests.browser import new_page
from tests.page.conftest import Desk


async def come(page: Page, desk: Desk, who: str, place: str) -> Locator:
    """Open a place as somebody; the composer comes back."""
    await page.goto(f"{desk.url}/?as={who}&in={place}")
    return page.get_by_role("combobox", name="Message ")


async def fill_in(form: Locator, client: str = "Northwind Traders", amount: str = "12000") -> None:
    await form.get_by_label("Client", exact=True).fill(client)
    await form.get_by_label("Client type").select_option("New client")
    await form.get_by_label("Amount").fill(amount)
    await form.get_by_label("Approver").select_option("Ryan Cole")


async def ask(page: Page, desk: Desk) -> None:
    composer = await come(page, desk, "ana", "sales")
    await composer.fill("/sow")
    await composer.press("Enter")
    form = page.get_by_role("dialog", name="New request")
    await fill_in(form)
    await form.get_by_role("button", name="Send").click()
    await expect(form).not_to_be_attached()


async def test_a_request_is_asked_for_corrected_and_sent(desk: Desk, page: Page) -> None:
    composer = await come(page, desk, "ana", "sales")
    await composer.fill("/sow")
    await composer.press("Enter")
    form = page.get_by_role("dialog", name="New request")
    await fill_in(form, amount="200000")
    await form.get_by_role("button", name="Send").click()
    amount = form.get_by_label("Amount")
    await expect(amount).to_have_accessible_description(
        "In whole dollars At most 100,000 without a contract."
    )
    await expect(amount).to_be_focused()
    await amount.fill("12000")
    await form.get_by_role("button", name="Send").click()
    await expect(form).not_to_be_attached()
    await expect(composer).to_be_focused()
    dm = desk.workspace.person("ryan").dm_with_bot()
    assert "Northwind Traders for @Ana Silva" in dm.messages[0].text


async def test_what_the_client_refuses_stands_at_its_field(desk: Desk, page: Page) -> None:
    composer = await come(page, desk, "ana", "sales")
    await composer.fill("/sow")
    await composer.press("Enter")
    form = page.get_by_role("dialog", name="New request")
    await form.get_by_role("button", name="Send").click()
    client = form.get_by_label("Client", exact=True)
    await expect(client).to_have_attribute("aria-invalid", "true")
    await expect(client).to_have_accessible_description(
        "Please complete the required field “Client”."
    )
    assert len(desk.workspace.deliveries.of("view_submission")) == 0


async def test_a_click_in_one_window_changes_the_other(
    desk: Desk, page: Page, browser: Browser
) -> None:
    await ask(page, desk)
    async with new_page(browser) as second:
        await come(second, desk, "ryan", "@frontdesk")
        await come(page, desk, "ryan", "@frontdesk")
        await expect(page.get_by_role("button", name="Approve")).to_be_visible()
        await second.get_by_role("button", name="Approve").click()
        card = page.get_by_role("log").get_by_role("listitem").filter(has_text="SOW-1")
        await expect(card).to_contain_text("Approved by @Ryan Cole", timeout=1000)
        await expect(card).to_contain_text("(edited)")
        await expect(page.get_by_role("button", name="Approve")).to_have_count(0)


async def test_a_question_is_asked_before_a_button_counts(desk: Desk, page: Page) -> None:
    await ask(page, desk)
    await come(page, desk, "ryan", "@frontdesk")
    await page.get_by_role("button", name="Reject").click()
    question = page.get_by_role("dialog", name="Reject?")
    await expect(question).to_contain_text("The rep is told at once.")
    await question.get_by_role("button", name="Keep it").click()
    await expect(question).not_to_be_visible()
    kinds = [d.payload["actions"][0]["type"] for d in desk.workspace.deliveries.of("block_actions")]
    assert "button" not in kinds
    await page.get_by_role("button", name="Reject").click()
    await question.get_by_role("button", name="Reject it").click()
    await expect(page.get_by_role("log")).to_contain_text("Rejected by @Ryan Cole")


async def test_a_thread_opens_beside_the_conversation(desk: Desk, page: Page) -> None:
    await ask(page, desk)
    await come(page, desk, "ryan", "@frontdesk")
    await page.get_by_role("button", name="Approve").click()
    await page.get_by_role("link", name="1 reply").click()
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread).to_contain_text("Noted.")
    reply = thread.get_by_role("combobox", name="Reply in thread")
    await expect(reply).to_be_focused()
    await reply.fill("Thank you")
    await reply.press("Enter")
    await expect(thread.get_by_role("log")).to_contain_text("Thank you")
    await expect(page.get_by_role("link", name="2 replies")).to_be_visible()
    await reply.fill("/sow")
    await reply.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("/sow is not supported in threads.")
    await thread.get_by_role("link", name="Close thread").click()
    await expect(thread).not_to_be_attached()


async def test_the_home_tab_is_opened_and_published(desk: Desk, page: Page) -> None:
    await come(page, desk, "ana", "@frontdesk")
    await page.get_by_role("link", name="Home").click()
    home = page.get_by_role("region", name="Home tab")
    await expect(home).to_contain_text("Opened 1 times")
    await page.reload()
    await expect(home).to_contain_text("Opened 2 times")
    await home.get_by_role("button", name="Start one").click()
    await expect(page.get_by_role("dialog", name="New request")).to_be_visible()


async def test_dates_are_shown_in_each_persons_own_zone(desk: Desk, page: Page) -> None:
    await ask(page, desk)
    await come(page, desk, "ryan", "@frontdesk")
    due = page.get_by_role("log").locator("time[datetime='2026-12-03T16:00:00+00:00']")
    await expect(due).to_have_text("Dec 3, 2026 at 8:00 AM")
    assert await due.get_attribute("title") == "America/Los_Angeles"


async def test_the_clock_moves_and_comes_back(desk: Desk, page: Page) -> None:
    await come(page, desk, "ana", "sales")
    before = desk.workspace.clock.now()
    clock = page.get_by_role("group", name="Clock of the workspace")
    await clock.get_by_role("button", name="+1 week").click()
    await expect(clock).to_contain_text("moved")
    assert (desk.workspace.clock.now() - before).days == 7
    await clock.get_by_role("button", name="Real time").click()
    await expect(clock).not_to_contain_text("moved")
    assert abs(desk.workspace.clock.offset.total_seconds()) < 1
