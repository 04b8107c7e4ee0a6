"""A real Chromium as the agent's side: sign-in and queue left out, the W3C API left in."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Page, async_playwright
from pydantic import TypeAdapter

from kiosk.link.messages import Ready, SignalBody

_BODY: TypeAdapter[SignalBody] = TypeAdapter(SignalBody)
_PAGE = Path(__file__).with_name("agent_page.html")
_ADDRESS = "https://desk.test/"


class ChromiumAgent:
    """The signalling of one call whose desk is a page in Chromium; it is the call's `Signals`."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._to_booth: asyncio.Queue[SignalBody] = asyncio.Queue()
        self.sent: list[SignalBody] = []
        self.line_up = True

    async def send(self, body: SignalBody) -> bool:
        self.sent.append(body)
        if self.line_up:
            await self.page.evaluate("body => fromBooth(body)", body.model_dump(mode="json"))
        return self.line_up

    def __aiter__(self) -> AsyncIterator[SignalBody]:
        return self._bodies()

    async def _bodies(self) -> AsyncIterator[SignalBody]:
        while True:
            yield await self._to_booth.get()

    def say(self, body: SignalBody) -> None:
        if self.line_up:
            self._to_booth.put_nowait(body)

    def ready(self, page: str = "0123456789abcdef") -> None:
        self.say(Ready(page=page))

    def heard(self, text: str) -> None:
        self.say(_BODY.validate_python(json.loads(text)))

    async def figures(self) -> dict[str, Any]:
        return dict(await self.page.evaluate("figures()") or {})


@asynccontextmanager
async def chromium_agent(
    *, video: Path | None = None, audio: Path | None = None, width: int = 1280, height: int = 720
) -> AsyncIterator[ChromiumAgent]:
    arguments = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        "--autoplay-policy=no-user-gesture-required",
        "--no-sandbox",
    ]
    if video is not None:
        arguments.append(f"--use-file-for-fake-video-capture={video}")
    if audio is not None:
        arguments.append(f"--use-file-for-fake-audio-capture={audio}")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=arguments
        )
        try:
            page = await browser.new_page(ignore_https_errors=True)
            await page.route(
                "**/*",
                lambda route: route.fulfill(
                    status=200, content_type="text/html", body=_PAGE.read_text()
                ),
            )
            agent = ChromiumAgent(page)
            await page.expose_function("toBooth", agent.heard)
            await page.goto(_ADDRESS)
            await page.evaluate(f"start({width}, {height})")
            yield agent
        finally:
            await browser.close()
