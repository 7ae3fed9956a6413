"""The people of a deal, each at a browser: colleagues in the workspace, the client by mail."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import Browser, Locator, Page, expect

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

    async def press(self, who: str, button: str, *, sure: bool = False) -> Locator:
        """Press a button of somebody's newest message that has it, and be ``sure`` if asked.

        Returns what is said there.
        """
        log = await self.come(who)
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
        for label, answer in (answers or {}).items():
            field = form.get_by_label(re.compile(rf"^{re.escape(label)}( \(optional\))?$"))
            is_menu = await field.evaluate("field => field.tagName === 'SELECT'")
            await (field.select_option(label=answer) if is_menu else field.fill(answer))
        await form.get_by_role("button", name=button, exact=True).click()
        await expect(form).not_to_be_attached()
        await self.house.quiet()


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
