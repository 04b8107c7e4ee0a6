"""The agent's page in a real Chromium: opened, signed in, and brought into a call."""

from __future__ import annotations

import os
import shutil
from contextlib import AsyncExitStack

from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from tests.desk.running import PASSWORD, RunningDesk

#: Everything here takes well under a second on a free machine; the tests share two cores.
PATIENCE_MS = 20_000

FAKE_DEVICES = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")


async def launch(stack: AsyncExitStack, *flags: str) -> Browser:
    playwright = await stack.enter_async_context(async_playwright())
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = await playwright.chromium.launch(
        executable_path=shutil.which("chromium"),
        args=[*sandbox, *flags, "--disable-dev-shm-usage", "--mute-audio"],
    )
    stack.push_async_callback(browser.close)
    return browser


async def open_page(context: BrowserContext, errors: list[str]) -> Page:
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    return page


async def sign_in(page: Page, desk: RunningDesk, user: str = "awa") -> None:
    await page.goto(desk.url)
    await page.get_by_label("Identifiant").fill(user)
    await page.get_by_label("Mot de passe").fill(PASSWORD)
    await page.get_by_role("button", name="Se connecter").click()
    await page.get_by_role("button", name="Disponible").click()


async def answer(page: Page) -> None:
    await page.get_by_role("button", name="Répondre").click()
    await in_call(page)


async def in_call(page: Page) -> None:
    await expect(page.locator("#call")).to_have_attribute("data-phase", "in_call")


async def is_shown(page: Page) -> None:
    """Wait until two different pictures of the booth were drawn."""
    await page.evaluate(
        """() => new Promise((done) => {
          const video = document.getElementById("remote");
          video.requestVideoFrameCallback(() => video.requestVideoFrameCallback(done));
        })"""
    )
