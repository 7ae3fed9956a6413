"""Files, pictures, menus of many, and what two people have between them."""

from playwright.async_api import FilePayload, Page, expect
from slack_sdk import WebClient

from sandbox import filing
from tests.page.conftest import Desk
from tests.page.test_typing import open_form
from tests.sandbox.picture import png

DECK: FilePayload = {"name": "deck.pptx", "mimeType": "application/zip", "buffer": b"PK" * 600}


async def come(page: Page, desk: Desk, who: str, place: str) -> None:
    await page.goto(f"{desk.url}/?as={who}&in={place}")


def posted_picture(desk: Desk) -> str:
    """The id of a picture that the app shows in #sales."""
    slack = desk.workspace.slack
    web = WebClient(slack.app().bot_token, base_url=f"{desk.url}/api/")
    web.proxy = None
    key = str(web.files_upload_v2(filename="page-1.png", content=png())["file"]["id"])
    web.files_info(file=key)
    picture = {"type": "image", "slack_file": {"id": key}, "alt_text": "Page one of the deck"}
    web.chat_postMessage(channel=slack.channel("sales").id, text="New", blocks=[picture])
    return key


async def test_a_file_goes_with_a_message_and_can_be_deleted(desk: Desk, page: Page) -> None:
    await come(page, desk, "ana", "asset-requests")
    await page.get_by_label("Attach files").set_input_files(DECK)
    await page.get_by_role("button", name="Send").click()
    log = page.get_by_role("log")
    await expect(log).to_contain_text("1.2 kB")
    told = desk.workspace.deliveries
    await desk.workspace.until(lambda: told.of("message"), what="the app hears of it")
    heard = told.of("message")[-1].payload["event"]
    assert (heard["subtype"], heard["files"][0]["name"]) == ("file_share", "deck.pptx")
    await come(page, desk, "ben", "asset-requests")
    await expect(log.get_by_role("link", name="deck.pptx")).to_be_visible()
    await expect(log.get_by_role("button", name="Delete deck.pptx")).to_have_count(0)
    await come(page, desk, "ana", "asset-requests")
    await log.get_by_role("button", name="Delete deck.pptx").click()
    await expect(log).to_contain_text("This file was deleted.")
    await expect(log.get_by_role("link", name="deck.pptx")).to_have_count(0)


async def test_a_picture_is_drawn_for_those_who_are_shown_it(desk: Desk, page: Page) -> None:
    key = posted_picture(desk)
    await come(page, desk, "ana", "sales")
    picture = page.get_by_role("img", name="Page one of the deck")
    await expect(picture).to_have_js_property("naturalWidth", 40)
    stranger = await page.request.get(f"{desk.url}/page/picture/{key}?as=gus")
    assert stranger.status == 404
    harm = await desk.workspace.person("ana").upload("a.svg", b"<svg onload='alert(1)'/>")
    answer = await page.request.get(f"{desk.url}/page/picture/{harm.id}?as=ana")
    assert answer.status == 404


async def test_a_picture_that_is_shared_is_shown_in_its_place(desk: Desk, page: Page) -> None:
    ana = desk.workspace.person("ana")
    chart = await ana.upload("chart.png", png())
    await ana.say("asset-requests", "Look at this.", files=[chart])
    await come(page, desk, "ben", "asset-requests")
    picture = page.get_by_role("img", name="chart.png")
    await expect(picture).to_have_js_property("naturalWidth", 40)
    stranger = await page.request.get(f"{desk.url}/page/picture/{chart.id}?as=gus")
    assert stranger.status == 404


async def test_a_picture_that_was_deleted_says_so(desk: Desk, page: Page) -> None:
    filing.delete(desk.workspace.slack, desk.workspace.slack.store.files[posted_picture(desk)])
    await come(page, desk, "ana", "sales")
    await expect(page.get_by_role("log")).to_contain_text("Page one of the deck (deleted)")
    await expect(page.get_by_role("img", name="Page one of the deck")).to_have_count(0)


async def test_a_menu_of_many_says_what_is_chosen(desk: Desk, page: Page) -> None:
    form = await open_form(page, desk, "/gallery", "Gallery")
    tags = form.get_by_role("group", name="Tags")
    await tags.get_by_role("checkbox", name="Logo").check()
    await tags.get_by_role("checkbox", name="One-pager").check()
    await expect(tags).to_contain_text("Logo, One-pager")
    people = form.get_by_role("group", name="Reviewers")
    await expect(people).to_contain_text("Nothing chosen")
    await people.get_by_role("checkbox", name="Mia Tanaka").check()
    modal = desk.workspace.person("ana").modal
    assert modal is not None
    await desk.workspace.until(lambda: modal.fields["Reviewers"] == "Mia Tanaka")
    await page.reload()
    await expect(tags).to_contain_text("Logo, One-pager")
    await tags.get_by_role("checkbox", name="Logo").uncheck()
    await expect(tags.locator(".chosen")).to_have_text("One-pager")


async def test_a_colleagues_message_is_handed_to_the_app(desk: Desk, page: Page) -> None:
    await desk.workspace.person("ana").dm("Do you have a deck?", to="mia")
    await desk.workspace.person("ana").set_status("On holiday", ":palm_tree:")
    await come(page, desk, "mia", "@ana")
    await expect(page.get_by_role("main")).to_contain_text("On holiday")
    await page.get_by_role("button", name="More actions on the message of Ana Silva").click()
    await page.get_by_role("button", name="Make a request of it").click()
    await expect(page.get_by_role("dialog", name="New request")).to_be_visible()
    payload = desk.workspace.deliveries.of("message_action")[0].payload
    assert payload["channel"]["name"] == "directmessage"
    assert payload["message"]["text"] == "Do you have a deck?"
