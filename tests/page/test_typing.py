"""What is typed stays, arrives, and counts when Slack says so."""

from playwright.async_api import Browser, FilePayload, Locator, Page, expect

from sandbox.log import Delivery, Log
from tests.browser import new_page
from tests.page.conftest import Desk


async def open_form(page: Page, desk: Desk, command: str, title: str) -> Locator:
    await page.goto(f"{desk.url}/?as=ana&in=sales")
    composer = page.get_by_role("combobox", name="Message #sales")
    await composer.fill(command)
    await composer.press("Enter")
    form = page.get_by_role("dialog", name=title)
    await expect(form).to_be_visible()
    return form


async def test_a_field_that_appears_leaves_what_is_being_typed(
    desk: Desk, page: Page, browser: Browser
) -> None:
    form = await open_form(page, desk, "/sow", "New request")
    client = form.get_by_label("Client", exact=True)
    await client.press_sequentially("Northwind")
    async with new_page(browser) as second:
        await second.goto(f"{desk.url}/?as=ana&in=sales")
        other = second.get_by_role("dialog", name="New request")
        await expect(other.get_by_label("Client", exact=True)).to_have_value("Northwind")
        await client.press("Home")
        await client.press_sequentially("The ")
        await other.get_by_label("Client type").select_option("Existing client")
        await expect(form.get_by_label("Project")).to_be_visible()
    await expect(client).to_be_focused()
    await expect(client).to_have_value("The Northwind")
    await client.press_sequentially("new ")
    await expect(client).to_have_value("The new Northwind")


async def test_a_reload_keeps_what_is_typed(desk: Desk, page: Page) -> None:
    form = await open_form(page, desk, "/gallery", "Gallery")
    await form.get_by_label("Name").fill("Harborlight <Ltd>")
    await form.get_by_label("Why").fill("\nTwo\n\nlines")
    await form.get_by_role("checkbox", name="Logo").first.check()
    await form.get_by_role("radio", name="Urgent").check()
    await form.get_by_label("Kick-off").fill("2026-12-04T09:30")
    modal = desk.workspace.person("ana").modal
    assert modal is not None
    await desk.workspace.until(lambda: modal.value("Kick-off") == 1_796_394_600)
    await page.reload()
    await expect(form.get_by_label("Name")).to_have_value("Harborlight <Ltd>")
    await expect(form.get_by_label("Why")).to_have_value("\nTwo\n\nlines")
    await expect(form.get_by_role("checkbox", name="Logo").first).to_be_checked()
    await expect(form.get_by_role("radio", name="Urgent")).to_be_checked()
    await expect(form.get_by_label("Kick-off")).to_have_value("2026-12-04T09:30")


async def test_menus_of_the_app_are_asked_while_typing(desk: Desk, page: Page) -> None:
    form = await open_form(page, desk, "/gallery", "Gallery")
    owner = form.get_by_role("combobox", name="Owner")
    await owner.press_sequentially("mi")
    offered = form.get_by_role("listbox", name="Suggestions").get_by_role("option")
    await expect(offered).to_have_text(["Mia Tanaka", "Milan Works"])
    await owner.press("ArrowDown")
    await owner.press("Enter")
    await expect(owner).to_have_value("Mia Tanaka")
    helpers = form.get_by_role("combobox", name="Contributors")
    await helpers.press_sequentially("han")
    await form.get_by_role("option", name="Hana Kim").click()
    await expect(form.get_by_role("checkbox", name="Hana Kim").first).to_be_checked()
    modal = desk.workspace.person("ana").modal
    assert modal is not None
    await desk.workspace.until(lambda: modal.fields["Contributors"] == "Hana Kim")
    assert modal.fields["Owner"] == "Mia Tanaka"


async def test_inputs_report_when_their_app_wants_it(desk: Desk, page: Page) -> None:
    form = await open_form(page, desk, "/gallery", "Gallery")
    heard = desk.workspace.deliveries
    search = form.get_by_label("Search")
    await search.press_sequentially("light")
    await desk.workspace.until(lambda: _value(heard, "light"))
    await search.press_sequentially("house")
    await desk.workspace.until(lambda: _value(heard, "lighthouse"))
    await form.get_by_label("Code").focus()
    heard.clear()
    code = form.get_by_label("Code")
    await code.press_sequentially("A7")
    await code.press("Enter")
    await desk.workspace.until(lambda: _value(heard, "A7"))
    assert len(heard.of("block_actions")) == 1
    assert heard.of("view_submission") == []
    await expect(form).to_be_visible()


def _value(heard: Log[Delivery], value: str) -> bool:
    """Whether the last thing the app heard is this value."""
    pressed = heard.of("block_actions")
    return bool(pressed) and pressed[-1].payload["actions"][0]["value"] == value


async def test_files_are_uploaded_into_a_form_and_taken_out(desk: Desk, page: Page) -> None:
    form = await open_form(page, desk, "/gallery", "Gallery")
    given: FilePayload = {"name": "terms.txt", "mimeType": "text/plain", "buffer": b"Net 30"}
    await form.get_by_label("Files").set_input_files(given)
    modal = desk.workspace.person("ana").modal
    assert modal is not None
    remove = form.get_by_role("button", name="Remove terms.txt")
    await expect(remove).to_be_visible()
    assert modal.fields["Files"] == "terms.txt"
    await remove.click()
    await desk.workspace.until(lambda: modal.fields["Files"] == "")
    await expect(remove).not_to_be_attached()


async def test_a_form_upon_a_form_and_back(desk: Desk, page: Page) -> None:
    form = await open_form(page, desk, "/gallery", "Gallery")
    await form.get_by_label("Name").fill("Harborlight")
    await form.get_by_role("button", name="Go deeper").click()
    deeper = page.get_by_role("dialog", name="Deeper")
    await expect(deeper.get_by_label("Reason")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(form.get_by_label("Name")).to_have_value("Harborlight")
    await form.get_by_role("button", name="Close").click()
    await expect(form).not_to_be_attached()


async def test_with_the_keyboard_alone(desk: Desk, page: Page) -> None:
    await page.goto(f"{desk.url}/?as=ana&in=sales")
    composer = page.get_by_role("combobox", name="Message #sales")
    await composer.focus()
    press = page.keyboard.press
    await page.keyboard.type("/s")
    await expect(page.get_by_role("option", name="/sow [list | help]")).to_be_visible()
    await press("ArrowDown")
    await press("Enter")
    await expect(composer).to_have_value("/sow ")
    await press("Enter")
    form = page.get_by_role("dialog", name="New request")
    await expect(form.get_by_label("Client", exact=True)).to_be_focused()
    await page.keyboard.type("Northwind")
    await press("Tab")
    await page.keyboard.type("New")
    await press("Tab")
    await page.keyboard.type("500")
    await press("Tab")
    await page.keyboard.type("Ryan")
    await press("Tab")
    await press("Tab")
    await expect(form.get_by_role("button", name="Send")).to_be_focused()
    await press("Enter")
    await expect(form).not_to_be_attached()
    dm = desk.workspace.person("ryan").dm_with_bot()
    assert "Northwind" in dm.messages[0].text
