"""The pictures of the README, taken from the sandbox: ``make screenshots``.

Beside them stands what they were made from; a test fails when that is not what there is now.
"""

import asyncio
import hashlib
import os
import sys
import tempfile
from pathlib import Path

import httpx
from playwright.async_api import Page, async_playwright

from tests.browser import find_browser

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
MADE_FROM = IMAGES / "made-from.txt"
_SOURCES = (
    "tests/modals/golden/sow.json",
    "tests/messages/golden/card-sow-assistant.json",
    "sandbox/page/static/page.css",
    "sandbox/page/templates/*.html",
    "tests/modals/golden/document.json",
    "web/review/templates/*",
    "integrations/documents/templates/s*.typ",
)
_PORT = "8790"
_HERE = f"http://127.0.0.1:{_PORT}"


def fingerprint() -> str:
    """Return the fingerprint of everything that shows in the pictures."""
    whole = hashlib.sha256()
    for pattern in _SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            whole.update(path.read_bytes())
    return whole.hexdigest() + "\n"


async def take() -> None:
    """Start the sandbox with the bot, ask for a Statement of Work, and take the pictures."""
    with tempfile.TemporaryDirectory() as data:
        environ = os.environ | {"PORT": _PORT, "FRONTDESK_DATA": data}
        bot = await asyncio.create_subprocess_exec(sys.executable, "app.py", cwd=ROOT, env=environ)
        try:
            await _until_up()
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(
                    executable_path=find_browser(), args=["--no-sandbox"]
                )
                page = await browser.new_page(
                    viewport={"width": 1100, "height": 860}, device_scale_factor=2
                )
                await _walk(page)
                await browser.close()
        finally:
            bot.terminate()
            await bot.wait()
    MADE_FROM.write_text(fingerprint(), encoding="utf-8")


async def _until_up() -> None:
    ready = f"http://127.0.0.1:{int(_PORT) + 1}/readyz"
    async with httpx.AsyncClient() as client:
        for _ in range(400):
            try:
                if (await client.get(ready)).is_success:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)
    raise TimeoutError("The bot did not come up.")


async def _walk(page: Page) -> None:
    await page.goto(f"{_HERE}/?as=ana")
    await page.get_by_role("link", name="sales", exact=False).first.click()
    composer = page.get_by_role("combobox", name="Message ")
    await composer.fill("/sow")
    await composer.press("Enter")
    form = page.get_by_role("dialog")
    await form.get_by_label("Client", exact=True).fill("Globex")
    await form.get_by_label("Client type").select_option("10x")
    need = "A pilot of the forecasting service before their budget round in March."
    await form.get_by_label("What is needed").fill(need)
    await form.get_by_label("Amount").fill("8,000")
    await form.get_by_label("Client contact").fill("Jane Doe")
    await form.get_by_label("Their e-mail address").fill("jane@globex.example")
    await form.get_by_label("Needed by").fill("2027-03-01")
    await form.get_by_label("Client", exact=True).focus()
    await form.screenshot(path=IMAGES / "form.png")
    await form.get_by_label("Scope").fill("Two phases of six weeks, each ending with a review.")
    await form.get_by_label("Deliverables").fill("A forecasting model\nA report for the board")
    await form.get_by_label("Payment terms").fill("30 days net")
    await form.get_by_role("button", name="Send request").click()
    await form.wait_for(state="detached")
    await page.goto(f"{_HERE}/?as=dian")
    await page.get_by_role("link", name="Frontdesk", exact=False).first.click()
    await page.get_by_role("button", name="Accept").wait_for()
    card = page.get_by_role("log").get_by_role("listitem").filter(has_text="SOW-1").last
    await card.screenshot(path=IMAGES / "card.png")
    await _to_the_client(page)
    await page.screenshot(path=IMAGES / "client.png")


async def _to_the_client(page: Page) -> None:
    """Accept, draft and send, and open the page that the client gets."""
    form = page.get_by_role("dialog")
    await page.get_by_role("button", name="Accept").click()
    for button, submit in (("Draft", "Make this version"), ("Send to client", "Send")):
        await page.get_by_role("button", name=button, exact=True).last.click()
        await form.get_by_role("button", name=submit, exact=True).click()
        await form.wait_for(state="detached")
    await page.get_by_text("With the client.").last.wait_for()
    await page.goto(f"{_HERE}/mail")
    await page.get_by_role("link", name="Statement of Work").first.click()
    link = page.frame_locator("iframe").get_by_role("link").first
    await page.goto(str(await link.get_attribute("href")))
    await page.set_viewport_size({"width": 900, "height": 760})


if __name__ == "__main__":
    IMAGES.mkdir(exist_ok=True)
    asyncio.run(take())
