"""The agent's browser: a real Chromium, with files before its camera and microphone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium_path() -> str:
    """Return the installed Chromium.

    Raises:
        FileNotFoundError: there is none; packages.txt names it.
    """
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found is None:
        raise FileNotFoundError("no Chromium is installed: packages.txt names its package")
    return found


@contextmanager
def chromium(picture: Path, speech: Path, executable: str | None = None) -> Iterator[Browser]:
    """Run a headless Chromium whose camera is `picture` (.mjpeg) and microphone `speech` (.wav).

    `executable` may name a program that starts Chromium elsewhere, as in another network namespace.
    """
    arguments = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={picture}",
        f"--use-file-for-fake-audio-capture={speech}",
        "--autoplay-policy=no-user-gesture-required",
        "--disable-dev-shm-usage",
        "--mute-audio",
        # Root and containers have no sandbox; the only page opened is our own.
        "--no-sandbox",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable or chromium_path(), args=arguments
        )
        try:
            yield browser
        finally:
            browser.close()
