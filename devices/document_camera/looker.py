"""Looks at picture after picture: finds the sheet, follows it, judges it, and takes pages."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from devices.document_camera.evidence import Image
from devices.document_camera.find import Finder, Found
from devices.document_camera.flatten import Corners, Shape
from devices.document_camera.interface import Advice, Look, Page, PageRefused
from devices.document_camera.judge import judge, moved
from devices.document_camera.page import make_page
from devices.document_camera.preview import fractions

SEARCH_AFTER_S = 2.0
"""A sheet that is followed is searched for anew this often: a better guess may have come."""


@dataclass(frozen=True, slots=True)
class _Seen:
    found: Found
    shape: Shape


class Looker:
    """The memory from one picture to the next: where the sheet was, and since when it lies."""

    def __init__(
        self, finder: Finder | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`clock` counts seconds."""
        self._finder = finder or Finder()
        self._clock = clock
        self._last: Corners | None = None
        self._still_since = 0.0
        self._searched_at = -SEARCH_AFTER_S
        self._seen: _Seen | None = None

    def look(self, image: Image) -> Look:
        """What a BGR picture shows."""
        now = self._clock()
        due = now - self._searched_at >= SEARCH_AFTER_S
        if due or self._last is None:
            self._searched_at = now
        found = self._finder.find(image, None if due else self._last)
        if found is None:
            self._last, self._seen = None, None
            return Look(Advice.NO_PAGE)
        height, width = image.shape[:2]
        if self._last is None or moved(self._last, found.corners, width, height):
            self._still_since = now
        self._last = found.corners
        still_s = now - self._still_since
        verdict = judge(image, found, still_s)
        self._seen = _Seen(found, verdict.shape)
        one, two, three, four = fractions(found.corners, width, height)
        return Look(
            verdict.advice, (one, two, three, four), verdict.sharpness, verdict.glare, still_s
        )

    def take(self, image: Image) -> Page:
        """The page in a BGR picture.

        Raises:
            PageRefused: none, or not a good one.
        """
        look = self.look(image)
        if look.advice is not Advice.GOOD or self._seen is None:
            raise PageRefused(look.advice)
        return make_page(np.ascontiguousarray(image), self._seen.found.corners, self._seen.shape)
