"""The people of a deal, each at a browser: colleagues in the workspace, the client by mail."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import Browser, FilePayload, Locator, Page, expect

from tests.journeys.house import House


@dataclass(frozen=True)
class Colleagues:
    """Everybody of the company, one after the other in one window."""

    house: House
    page: Page

    async def come(self, who: str, place: str = "@frontdesk") -> Locator:
        """Look at a place as somebody, when everything is delivered; return what is said there."""
        await self.house.quiet()
        await self.page.goto(f"{self.house.server.url}/?as={who}&in={place}")
        return self.page.get_by_role("log", name="Messages in")

    async def say(self, who: str, place: str, words: str) -> None:
        """Say something, or give a command."""
        await self.come(who, place)
        composer = self.page.get_by_role("combobox", name="Message ")
        await composer.fill(words)
        await composer.press("Enter")

    async def press(
        self, who: str, button: str, *, place: str = "@frontdesk", sure: bool = False
    ) -> Locator:
        """Press a button of the newest message that has it, and be ``sure`` if asked.

        Returns what is said there.
        """
        log = await self.come(who, place)
        async with self.page.expect_response("**/press"):  # it comes when the bot has answered
            await log.get_by_role("button", name=button, exact=True).last.click()
            if sure:
                question = self.page.get_by_role("dialog", name="Are you sure?", exact=True)
                await question.get_by_role("button").last.click()
        return log

    async def opened(self, title: str) -> Locator:
        """Return the form with this title, as soon as it is there."""
        form = self.page.get_by_role("dialog", name=title, exact=True)
        await expect(form).to_be_visible()
        return form

    async def hand_in(
        self, title: str, button: str, answers: Mapping[str, str] | None = None
    ) -> None:
        """Fill in the open form by its labels, and hand it in."""
        form = await self.opened(title)
        await self.fill(form, answers or {})
        await self.send(form, button)

    async def fill(self, form: Locator, answers: Mapping[str, str]) -> None:
        """Fill in an open form by its labels; of a menu, the option that says the answer."""
        for label, answer in answers.items():
            field = form.get_by_label(re.compile(rf"^{re.escape(label)}( \(optional\))?$"))
            is_menu = await field.evaluate("field => field.tagName === 'SELECT'")
            if not is_menu:
                await field.fill(answer)
                continue
            option = field.get_by_role("option", name=answer).first
            await field.select_option(await option.get_attribute("value"))

    async def send(self, form: Locator, button: str) -> None:
        """Hand in an open form; it is taken."""
        await form.get_by_role("button", name=button, exact=True).click()
        await expect(form).not_to_be_attached()
        await self.house.quiet()

    async def look_up(self, form: Locator, label: str, typed: str, picked: str) -> None:
        """Type into a field that suggests, and take the suggestion that says ``picked``."""
        await form.get_by_role("combobox", name=label).press_sequentially(typed)
        await form.get_by_role("option", name=picked).click()

    async def attach(self, form: Locator, label: str, file: FilePayload) -> None:
        """Attach a file to an open form, and wait until it is uploaded."""
        await form.get_by_label(label).set_input_files(file)
        await expect(form.get_by_role("button", name=f"Remove {file['name']}")).to_be_visible()

    async def close(self, form: Locator) -> None:
        """Close a window that only shows something."""
        await form.get_by_role("button", name="Close").last.click()
        await expect(form).not_to_be_attached()

    async def tick(self, form: Locator, *boxes: str) -> None:
        """Tick boxes of an open form; without names, all there are."""
        found = form.get_by_role("checkbox")
        named = [form.get_by_role("checkbox", name=each, exact=True) for each in boxes]
        for box in named or [found.nth(count) for count in range(await found.count())]:
            await box.check()


@dataclass(frozen=True)
class Client:
    """Hank Scorpio of Globex, who reads his mail and follows the links in it; no scripts run."""

    house: House
    page: Page
    address: str = "hank@globex.example"

    async def read(self, subject: str) -> Locator:
        """Open the newest mail with this in its subject; return what is written in it."""
        await self.house.quiet()
        await self.page.goto(f"{self.house.server.url}/mail?to={self.address}")
        await self.page.get_by_role("link", name=subject).first.click()
        return self.page.frame_locator("iframe").locator("body")

    async def follow(self, letter: Locator, words: str) -> Page:
        """Follow the link of these words in a mail."""
        async with self.page.expect_popup() as opening:
            await letter.get_by_role("link", name=words).click()
        return await opening.value


@asynccontextmanager
async def client_at_a_browser(house: House, browser: Browser) -> AsyncIterator[Client]:
    """Yield the client; what the policy of a page forbids to itself fails the test."""
    context = await browser.new_context(java_script_enabled=False, locale="en-US")
    refused: list[str] = []
    context.on("console", lambda said: refused.append(said.text))
    try:
        yield Client(house, await context.new_page())
    finally:
        await context.close()
    assert not [each for each in refused if "Content Security Policy" in each]
