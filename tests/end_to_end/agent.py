"""An agent at their desk page, who signs in, answers, sees, hears and hangs up."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from playwright.sync_api import Error as PlaywrightError

from tests.end_to_end.waiting import eventually

#: A signalling message takes milliseconds; the rest is for a machine that does much else.
ANSWERS_WITHIN_MS = 20_000

#: Keeps every peer connection and socket that the page makes, and the ticket of its last call.
_KEEP_CONNECTIONS = """
window.testSockets = [];
window.WebSocket = class extends window.WebSocket {
  constructor(...parts) {
    super(...parts);
    window.testSockets.push(this);
    this.addEventListener("message", (event) => {
      const message = JSON.parse(event.data);
      if (message.type === "call") window.testTicket = message.ticket;
    });
  }
};
window.testConnections = [];
window.RTCPeerConnection = class extends window.RTCPeerConnection {
  constructor(...parts) { super(...parts); window.testConnections.push(this); }
};
"""

_STATISTICS = """async () => {
  const reports = [];
  for (const connection of window.testConnections) {
    if (connection.connectionState !== "connected") continue;
    for (const report of (await connection.getStats()).values()) {
      if (["inbound-rtp", "outbound-rtp"].includes(report.type)) reports.push(report);
    }
  }
  return reports;
}"""


@dataclass(frozen=True, slots=True)
class Flow:
    """One direction of one medium, measured between two readings of the page's statistics."""

    frames_per_second: float
    kilobits_per_second: float
    width: int
    height: int
    sound_energy: float
    """What was heard meanwhile (`totalAudioEnergy`); 0 for pictures."""

    def __str__(self) -> str:
        return (
            f"{self.width}×{self.height}, {self.frames_per_second:.1f} fps, "
            f"{self.kilobits_per_second:.0f} kb/s"
        )


class Agent:
    """One agent in a browser of their own (cookies and all)."""

    def __init__(self, browser: Browser, desk_url: str) -> None:
        """Open the desk's page."""
        self._context: BrowserContext = browser.new_context(
            permissions=["camera", "microphone"], viewport={"width": 1366, "height": 768}
        )
        self._context.add_init_script(_KEEP_CONNECTIONS)
        self.page: Page = self._context.new_page()
        self.page.set_default_timeout(ANSWERS_WITHIN_MS)
        self._desk_url = desk_url
        self.page.goto(desk_url)

    def close(self) -> None:
        """Close the browser's window."""
        self._context.close()

    def testify(self) -> dict[str, str]:
        """Return the words that the page shows."""
        try:
            return {"the agent's page": self.page.inner_text("body")}
        except PlaywrightError as error:
            return {"the agent's page": str(error)}

    def sign_in(self, user: str, password: str) -> None:
        """Sign in, and wait until the page offers to be available."""
        self.page.get_by_label("Identifiant").fill(user)
        self.page.get_by_label("Mot de passe").fill(password)
        self.button("Se connecter").click()
        expect(self.button("Disponible")).to_be_visible(timeout=ANSWERS_WITHIN_MS)

    def be_available(self) -> None:
        """Choose « Disponible »."""
        self.button("Disponible").click()

    def be_away(self) -> None:
        """Choose « Absent »."""
        self.button("Absent").click()

    def answer(self) -> None:
        """Press the first « Répondre » once a ticket shows."""
        self.button("Répondre").first.click()

    def hang_up(self) -> None:
        """Press « Raccrocher »."""
        self.button("Raccrocher").click()

    def button(self, name: str) -> Locator:
        """Return the buttons whose accessible name begins with `name`."""
        return self.page.get_by_role("button", name=name)

    def waits_for_words(self, words: str, within_s: float) -> None:
        """Return once the page shows `words`."""
        expect(self.page.get_by_text(words).first).to_be_visible(timeout=within_s * 1000)

    def reload(self) -> None:
        """Press the browser's reload."""
        self.page.reload()

    def ticket(self) -> str:
        """Return the ticket of the call that the page is in."""
        return str(self.page.evaluate("window.testTicket"))

    def says(self, text: str) -> None:
        """Send `text` to the gateway over the page's own socket, once that is open."""
        self.page.wait_for_function("() => window.testSockets.at(-1).readyState === WebSocket.OPEN")
        self.page.evaluate("text => window.testSockets.at(-1).send(text)", text)

    def flow(self, direction: str, kind: str, between_s: float = 1.0) -> Flow | None:
        """Return what flows over the connection that carries most; None when there is none.

        `direction` is `inbound` or `outbound`, `kind` is `video` or `audio`.
        """
        before = self._streams(direction, kind)
        self.page.wait_for_timeout(between_s * 1000)
        after = self._streams(direction, kind)
        flows = [_between(before[ssrc], now) for ssrc, now in after.items() if ssrc in before]
        return max(flows, key=lambda flow: flow.kilobits_per_second, default=None)

    def shows_movement(self) -> bool:
        """Return whether the picture in the page moved on within half a second."""
        painted = "document.querySelector('#remote').getVideoPlaybackQuality().totalVideoFrames"
        before = self.page.evaluate(painted)
        self.page.wait_for_timeout(500)
        return int(self.page.evaluate(painted)) > int(before)

    def moves_on_for(self, seconds: float) -> None:
        """Watch the picture for so long; it must never stand still for as long as a lost call does.

        Raises:
            AssertionError: it stood still for two seconds, after which a booth tells the resident.
        """
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            assert any(self.shows_movement() for _ in range(4)), "the picture stood still"

    def connections(self) -> int:
        """Return how many peer connections the page has made since it was loaded."""
        return int(self.page.evaluate("window.testConnections.length"))

    def sees_and_is_seen(self, within_s: float = 30.0) -> None:
        """Return once pictures flow both ways."""
        for direction in ("inbound", "outbound"):
            eventually(
                partial(self._moves, direction),
                within_s=within_s,
                what=f"{direction} pictures at the desk",
            )

    def _moves(self, direction: str) -> bool:
        flow = self.flow(direction, "video", between_s=0.5)
        return flow is not None and flow.frames_per_second > 0

    def _streams(self, direction: str, kind: str) -> dict[str, dict[str, Any]]:
        return {
            report["id"]: report
            for report in self.page.evaluate(_STATISTICS)
            if report["type"] == f"{direction}-rtp" and report["kind"] == kind
        }


def _between(before: dict[str, Any], after: dict[str, Any]) -> Flow:
    seconds = max(0.001, (after["timestamp"] - before["timestamp"]) / 1000)
    inbound = after["type"] == "inbound-rtp"
    octets = "bytesReceived" if inbound else "bytesSent"
    frames = "framesDecoded" if inbound else "framesEncoded"
    return Flow(
        frames_per_second=(after.get(frames, 0) - before.get(frames, 0)) / seconds,
        kilobits_per_second=(after[octets] - before[octets]) * 8 / 1000 / seconds,
        width=after.get("frameWidth", 0),
        height=after.get("frameHeight", 0),
        sound_energy=after.get("totalAudioEnergy", 0) - before.get("totalAudioEnergy", 0),
    )
