"""A real browser as the far end: the desk's own page, or a page that answers Chromium's kiosk.

It decodes and encodes like any agent's computer, so that on a small machine it takes its share of
the processor from what is measured: `far_end.py` is for figures, this is for the proof that they
hold.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, sync_playwright

from bench.chromium import FAKE_MEDIA, find, sandbox
from bench.material import Material

READ_EVERY_S = 0.5

#: Keeps the page's connections, so that their W3C statistics can be read from outside.
KEEP_CONNECTIONS = """
window.benchConnections = [];
window.RTCPeerConnection = class extends window.RTCPeerConnection {
  constructor(...parts) { super(...parts); window.benchConnections.push(this); }
};
"""

READ_VIDEO = """async () => {
  for (const connection of window.benchConnections.toReversed()) {
    if (connection.connectionState !== "connected") continue;
    for (const report of (await connection.getStats()).values())
      if (report.type === "inbound-rtp" && report.kind === "video")
        return [report.framesDecoded, report.bytesReceived, report.frameWidth, report.frameHeight];
  }
  return null;
}"""


def sign_in(page: Page, user: str, password: str) -> None:
    """Sign in at the desk and be available."""
    page.get_by_label("Identifiant").fill(user)
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_role("button", name="Disponible").click()


def attend(page: Page, log: Path, *, answers: bool) -> None:
    """Press « Répondre » whenever it is there, and log the statistics, for ever."""
    with log.open("w", buffering=1) as file:
        while True:
            read_at = time.monotonic()
            figures = page.evaluate(READ_VIDEO)
            if figures is not None:
                file.write(f"C {read_at:.6f} {' '.join(str(figure or 0) for figure in figures)}\n")
            button = page.get_by_role("button", name="Répondre").first
            with contextlib.suppress(PlaywrightError):
                if answers:
                    # Returns at once when the button comes: the wait is the pause of this loop.
                    button.click(timeout=READ_EVERY_S * 1000)
                    continue
            page.wait_for_timeout(READ_EVERY_S * 1000)


def main() -> None:
    """Read the command line and attend."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--material", required=True, help="a Material, as JSON")
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--user", help="sign in as this agent; the password is read from stdin")
    asked = parser.parse_args()
    material = Material(**{key: Path(value) for key, value in json.loads(asked.material).items()})
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as profile:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=find(),
            args=[
                *FAKE_MEDIA,
                *sandbox(),
                "--disable-gpu",
                "--disable-features=WebRtcHideLocalIpsWithMdns",
                f"--use-file-for-fake-video-capture={material.agent_camera}",
                f"--use-file-for-fake-audio-capture={material.microphone}",
            ],
            permissions=["camera", "microphone"],
            viewport={"width": 1366, "height": 768},
        )
        context.add_init_script(KEEP_CONNECTIONS)
        page = context.new_page()
        page.goto(asked.url)
        if asked.user:
            sign_in(page, asked.user, sys.stdin.readline().strip())
        attend(page, asked.log, answers=bool(asked.user))


if __name__ == "__main__":
    main()
