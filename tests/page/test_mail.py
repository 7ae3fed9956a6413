"""What was mailed to people outside, as the page shows it."""

from playwright.async_api import Page, expect

from tests.page.conftest import Desk
from tests.page.office import Office, letter

PDF = b"%PDF-1.7\n" + bytes(range(256)) + b"\n%%EOF"


async def test_the_sidebar_leads_to_the_mail_and_back(office: Office, page: Page) -> None:
    await page.goto(f"{office.url}/?as=ana&in=sales")
    await page.get_by_role("navigation", name="Places").get_by_role("link", name="Mail").click()
    await expect(page.get_by_role("heading", name="Mail")).to_be_visible()
    await expect(page.get_by_text("Nothing has been mailed yet.")).to_be_visible()
    office.put(1, letter("Statement of Work SOW-7"))
    await page.get_by_role("link", name="Look again").click()
    await page.get_by_role("link", name="Statement of Work SOW-7").click()
    await page.get_by_role("link", name="All mail").click()
    await page.get_by_role("link", name="Back to the workspace").click()
    await expect(page).to_have_url(f"{office.url}/?as=ana")


async def test_whoever_is_nobody_yet_finds_the_mail(office: Office, page: Page) -> None:
    await page.goto(office.url)
    await page.get_by_role("main").get_by_role("link", name="Mail").click()
    await expect(page).to_have_url(f"{office.url}/mail")


async def test_without_a_folder_there_is_no_mail(desk: Desk, page: Page) -> None:
    await page.goto(f"{desk.url}/?as=ana")
    await expect(page.get_by_role("link", name="#sales")).to_be_visible()
    await expect(page.get_by_role("link", name="Mail")).to_have_count(0)
    answer = await page.request.get(f"{desk.url}/mail")
    assert answer.status == 404


async def test_a_folder_that_is_not_there_yet_is_an_empty_one(office: Office, page: Page) -> None:
    office.folder.rmdir()
    await page.goto(f"{office.url}/mail")
    await expect(page.get_by_text("Nothing has been mailed yet.")).to_be_visible()


async def test_the_list_is_newest_first_and_says_to_whom_and_when(
    office: Office, page: Page
) -> None:
    office.put(1, letter("The first"))
    office.put(2, letter("Die zweite – für Müller", "Zoë <zoe@globex.example>"))
    (office.folder / ".half.eml.part").write_bytes(b"Subject: not whole yet\n\n")
    await page.goto(f"{office.url}/mail")
    rows = page.get_by_role("table", name="Mails, newest first").locator("tbody tr")
    await expect(rows).to_have_count(2)
    await expect(rows.nth(0)).to_contain_text("zoe@globex.example")
    await expect(rows.nth(0)).to_contain_text("Die zweite – für Müller")
    await expect(rows.nth(1)).to_contain_text("Mon 23 Nov 2026, 12:00 UTC")


async def test_one_persons_mail(office: Office, page: Page) -> None:
    office.put(1, letter("For Hank"))
    office.put(2, letter("For Zoe", "zoe@globex.example"))
    await page.goto(f"{office.url}/mail?as=ana&to=Hank@Globex.example")
    await expect(page.get_by_role("link", name="For Hank")).to_be_visible()
    await expect(page.get_by_role("link", name="For Zoe")).to_have_count(0)
    await page.get_by_role("textbox", name="To").fill("zoe@globex.example")
    await page.get_by_role("button", name="Show").click()
    await expect(page).to_have_url(f"{office.url}/mail?as=ana&to=zoe%40globex.example")
    await page.get_by_role("link", name="For Zoe").click()
    await page.get_by_role("link", name="Mail to zoe@globex.example").click()
    await page.get_by_role("link", name="Everybody’s").click()
    await page.get_by_role("link", name="All mails to hank@globex.example").click()
    await expect(page.get_by_role("link", name="For Zoe")).to_have_count(0)


async def test_both_versions_of_a_mail(office: Office, page: Page) -> None:
    written = letter("Two versions")
    written.add_alternative('<p style="color: rgb(1, 2, 3)">Dear <b>Hank</b></p>', subtype="html")
    address = office.put(1, written)
    await page.goto(address)
    await expect(page.get_by_role("heading", name="Two versions")).to_be_visible()
    main = page.get_by_role("main")
    await expect(main).to_contain_text("Harborlight Sales <sales@harborlight.example>")
    await expect(main).to_contain_text("Hank Scorpio <hank@globex.example>")
    await expect(main).to_contain_text("Dian Porter <dian@harborlight.example>")
    said = page.frame_locator("iframe").get_by_text("Dear Hank")
    await expect(said).to_have_css("color", "rgb(1, 2, 3)")
    await page.get_by_role("link", name="Plain text").click()
    await expect(page.get_by_label("The mail as plain text")).to_have_text(
        "Dear Hank,\nplease look at it.\n", use_inner_text=True
    )
    await expect(page.locator("iframe")).to_have_count(0)
    await page.get_by_role("link", name="HTML", exact=True).click()
    await expect(said).to_be_visible()


async def test_a_link_in_a_mail_opens_in_a_tab_in_which_the_page_works(
    office: Office, page: Page
) -> None:
    written = letter("With a link")
    link = f'<p><a href="{office.url}/?as=ana&amp;in=sales">Look at it</a></p>'
    written.add_alternative(link, subtype="html")
    await page.goto(office.put(1, written))
    async with page.expect_popup() as opening:
        await page.frame_locator("iframe").get_by_role("link", name="Look at it").click()
    tab = await opening.value
    await tab.wait_for_load_state()
    composer = tab.get_by_role("combobox", name="Message #sales")
    await composer.fill("I am here")
    await composer.press("Enter")
    await expect(tab.get_by_role("log")).to_contain_text("I am here")
    assert await tab.evaluate("origin") == office.url


async def test_files_are_downloaded_or_opened_under_their_own_names(
    office: Office, page: Page
) -> None:
    written = letter("With files")
    name = "Angebot für Müller – 見積書.pdf"
    written.add_attachment(PDF, maintype="application", subtype="pdf", filename=name)
    address = office.put(1, written)
    await page.goto(address)
    async with page.expect_download() as download:
        await page.get_by_role("link", name=f"Download {name}").click()
    saved = await download.value
    assert saved.suggested_filename == name
    assert (await saved.path()).read_bytes() == PDF
    opened = await page.get_by_role("link", name=f"Open {name}").get_attribute("href")
    answer = await page.request.get(f"{office.url}{opened}")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("inline;")
    assert await answer.body() == PDF
    missing = await page.request.get(f"{address}/files/1")
    assert missing.status == 404
