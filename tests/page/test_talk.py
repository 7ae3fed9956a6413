"""Messages as people see them, and what nobody else sees."""

from playwright.async_api import Browser, FilePayload, Page, expect

from sandbox import posting
from tests.browser import new_page
from tests.page.conftest import Desk


async def say(page: Page, text: str) -> None:
    composer = page.get_by_role("combobox", name="Message ")
    await composer.fill(text)
    await composer.press("Enter")
    await expect(composer).to_have_value("")


async def test_everybody_can_be_chosen(desk: Desk, page: Page) -> None:
    await page.goto(desk.url)
    await expect(page.get_by_role("main").get_by_role("listitem")).to_have_count(16)
    await page.get_by_role("link", name="Ana Silva").click()
    await expect(page).to_have_url(f"{desk.url}/?as=ana")
    await expect(page.get_by_text("Local sandbox, not Slack")).to_be_visible()
    health = page.get_by_role("navigation", name="The bot’s doors").get_by_role("link")
    await expect(health).to_have_attribute("href", "http://127.0.0.1:9/healthz")
    answer = await page.goto(f"{desk.url}/?as=nobody")
    assert answer is not None
    assert answer.status == 404
    await expect(page.get_by_role("alert")).to_contain_text("no person called “nobody”")


async def test_markup_in_messages_stays_text(desk: Desk, page: Page) -> None:
    harm = '<img src=x onerror=alert(1)> <script>alert(2)</script> " onmouseover="alert(3)'
    person = desk.workspace.person("ana")
    await person.say("sales", harm)
    desk.workspace.change_user("ben", name="<b>Ben</b>", title="<i>x</i>")
    card = '<javascript:alert(4)|press me> *<https://a.example/?q="><img src=x>|bold>* `<i>`'
    app = desk.workspace.slack.app()
    blocks = [{"type": "section", "block_id": "b", "text": {"type": "mrkdwn", "text": card}}]
    channel = desk.workspace.slack.channel("sales")
    posting.post_as_app(desk.workspace.slack, app, channel, {"text": "x", "blocks": blocks})
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    await page.goto(f"{desk.url}/?as=ana&in=sales")
    log = page.get_by_role("log")
    await expect(log).to_contain_text(harm)
    await expect(log).to_contain_text("press me")
    assert await log.locator("img, script, i, [onmouseover], a[href^=javascript]").count() == 0
    assert dialogs == []


async def test_a_whisper_is_for_one_person(desk: Desk, page: Page, browser: Browser) -> None:
    await page.goto(f"{desk.url}/?as=ana&in=sales")
    await say(page, "/hush")
    await expect(page.get_by_role("log")).to_contain_text("Only visible to you")
    await expect(page.get_by_role("log")).to_contain_text("Between us.")
    async with new_page(browser) as second:
        await second.goto(f"{desk.url}/?as=ben&in=sales")
        await expect(second.get_by_text("Nothing has been said here yet.")).to_be_visible()


async def test_a_command_that_fails_says_so(desk: Desk, page: Page) -> None:
    await page.goto(f"{desk.url}/?as=ana&in=sales")
    await say(page, "/broken")
    failed = page.get_by_role("alert").filter(has_text="/broken failed with the error")
    await expect(failed).to_be_visible()
    await failed.get_by_role("button", name="Dismiss").click()
    await expect(failed).not_to_be_attached()
    composer = page.get_by_role("combobox", name="Message ")
    await composer.fill("/nonsense")
    await composer.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("/nonsense is not a valid command.")
    await expect(composer).to_have_value("/nonsense")


async def test_unread_edited_and_deleted_messages_show_at_once(
    desk: Desk, page: Page, browser: Browser
) -> None:
    await page.goto(f"{desk.url}/?as=ben&in=general")
    async with new_page(browser) as second:
        await second.goto(f"{desk.url}/?as=ana&in=sales")
        await say(second, "Hello @ben")
        await expect(page.get_by_role("link", name="#sales 1 unread")).to_be_visible(timeout=1000)
        await page.get_by_role("link", name="#sales").click()
        await expect(page.get_by_role("log")).to_contain_text("Hello @Ben Okafor")
        await expect(page.get_by_role("link", name="#sales", exact=True)).to_be_visible()
        await page.get_by_role("button", name="More actions").click()
        await page.get_by_role("button", name="React with tada").click()
        await expect(second.get_by_role("button", name="tada 1", pressed=False)).to_be_visible()
        await second.get_by_role("button", name="More actions").click()
        await second.get_by_role("link", name="Edit message").click()
        text = second.get_by_role("textbox", name="Edit message")
        await expect(text).to_have_value("Hello @ben")
        await text.fill("Hello all")
        await second.get_by_role("button", name="Save").click()
        await expect(page.get_by_role("log")).to_contain_text("(edited)")
        await expect(page.get_by_role("log")).to_contain_text("Hello all")
        await second.get_by_role("button", name="More actions").click()
        await second.get_by_role("button", name="Delete message").click()
        await expect(page.get_by_text("Nothing has been said here yet.")).to_be_visible()


async def test_a_file_is_sent_and_fetched(desk: Desk, page: Page) -> None:
    await page.goto(f"{desk.url}/?as=ana&in=@ben")
    given: FilePayload = {
        "name": "brief & terms.txt",
        "mimeType": "text/plain",
        "buffer": b"Net 30",
    }
    await page.get_by_label("Attach files").set_input_files(given)
    await say(page, "Here it is")
    async with page.expect_download() as download:
        await page.get_by_role("link", name="brief & terms.txt").click()
    path = await (await download.value).path()
    assert path.read_bytes() == b"Net 30"
    stranger = await page.request.get(f"{desk.url}/page/file/{_only_file(desk)}?as=mia")
    assert stranger.status == 404


def _only_file(desk: Desk) -> str:
    return desk.workspace.slack.store.files.all()[0].id


async def test_a_long_conversation_begins_with_its_end(desk: Desk, page: Page) -> None:
    ana = desk.workspace.person("ana")
    for number in range(1, 61):
        await ana.say("sales", f"Number {number}.")
    await page.goto(f"{desk.url}/?as=ana&in=sales")
    await expect(page.get_by_text("Number 60.")).to_be_in_viewport()
    await expect(page.get_by_text("Number 10.")).to_have_count(0)
    await page.get_by_role("link", name="Show 10 earlier").click()
    await expect(page.get_by_text("Number 10.")).to_be_attached()


async def test_shortcuts_are_offered(desk: Desk, page: Page) -> None:
    await desk.workspace.person("ben").say("sales", "A deal")
    await page.goto(f"{desk.url}/?as=ana&in=sales")
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("button", name="New request").click()
    form = page.get_by_role("dialog", name="New request")
    await form.get_by_role("button", name="Not now").click()
    await expect(form).not_to_be_attached()
    await page.get_by_role("button", name="More actions on the message of Ben Okafor").click()
    await page.get_by_role("button", name="Make a request of it").click()
    await expect(form).to_be_visible()


async def test_nothing_comes_from_elsewhere(desk: Desk, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answer = await page.goto(f"{desk.url}/?as=ana&in=sales")
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    await say(page, "/gallery")
    await expect(page.get_by_role("dialog", name="Gallery")).to_be_visible()
    assert [url for url in asked if not url.startswith(desk.url)] == []
