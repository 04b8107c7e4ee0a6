"""The simulated document camera's source: a rendered desk on which pages are put and pushed."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace

import cv2
import numpy as np

from devices.document_camera.evidence import Image
from devices.document_camera.scenes.desks import Desk
from devices.document_camera.scenes.papers import Paper
from devices.document_camera.scenes.scene import Plan, blank, render
from devices.document_camera.stills import wait_until

_GOOD = Plan(
    Desk.WOOD, Paper.STAMPED, 2560, 1920, turn_deg=94.0, tilt_deg=6.0, tilt_to_deg=30.0, fill=0.94,
    shift=(0.001, 0.0), light=0.92, unevenness=0.2, blur_px=0.7, noise=1.5, jpeg=92, scale=9.0,
)  # fmt: skip
"""A4 on its side at 205 dpi: the least of a camera (5 megapixels) that is fit for the work."""
PAGES: dict[str, Plan] = {
    "good": _GOOD,
    "blurred": replace(_GOOD, blur_px=7.0),
    "glare": replace(_GOOD, glare=0.9, light=0.75),
    "cut": replace(_GOOD, shift=(0.16, 0.0)),
    "far": replace(_GOOD, fill=0.5),
    "dark": replace(_GOOD, light=0.16),
    "card": replace(_GOOD, paper=Paper.CARD, fill=0.45, turn_deg=2.0),
    "none": blank(_GOOD),
}
"""What can lie on the simulated desk, by the names that the dock takes."""
_MOVES_S = 1.2
_PUSH_PX = 24.0
"""Within the margin around the page: it is pushed aside, and back the next time."""
_SEED = 40


class DeskStills:
    """A desk in pictures; each page is drawn once and kept for this life of the camera."""

    def __init__(self, page: str, period_s: float) -> None:
        """`page` is a name from `PAGES`; a picture every `period_s` seconds."""
        self._drawn: dict[str, Image] = {}
        self._period_s = period_s
        self._due = time.monotonic()
        self._frozen = False
        self._moving_since = -_MOVES_S
        self._aside = False
        self._wanted = page
        self._desk = self._draw(page)
        plan = PAGES[page]
        self.detail = f"simulated {plan.width}×{plan.height} at {1 / period_s:.0f} fps"

    def ask(self, message: bytes) -> None:
        """Do what the dock says: JSON with `page`, `move`, `frozen` or `period_s`."""
        told = json.loads(message)
        if "page" in told:
            self._show(told["page"])
        if "move" in told:
            self._moving_since = time.monotonic()
            self._aside = not self._aside
        self._frozen = told.get("frozen", self._frozen)
        self._period_s = told.get("period_s", self._period_s)

    def grab(self) -> float:
        """Wait for the next picture's time."""
        self._due = wait_until(self._due + self._period_s)
        return self._due

    def image(self) -> Image | None:
        """The desk now; None while the camera hangs."""
        if self._frozen:
            return None
        done = min(1.0, (time.monotonic() - self._moving_since) / _MOVES_S)
        away = _PUSH_PX * (done if self._aside else 1 - done)
        if away == 0:
            return self._desk
        push = np.array([(1, 0, away), (0, 1, away / 2)])
        size = (self._desk.shape[1], self._desk.shape[0])
        return np.asarray(
            cv2.warpAffine(self._desk, push, size, borderMode=cv2.BORDER_REFLECT), np.uint8
        )

    def close(self) -> None:
        """Nothing is open."""

    def _draw(self, page: str) -> Image:
        if page not in self._drawn:
            self._drawn[page] = render(PAGES[page], np.random.default_rng(_SEED)).image
        return self._drawn[page]

    def _show(self, page: str) -> None:
        """Change the desk once it is drawn, which takes longer than a camera may stand still."""
        self._wanted = page

        def draw() -> None:
            drawn = self._draw(page)
            if self._wanted == page:
                self._desk = drawn

        threading.Thread(target=draw, name="drawing", daemon=True).start()
