"""Looks at picture after picture: finds the sheet, follows it, judges it, and takes pages."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.document_camera.evidence import Image
from devices.document_camera.find import Finder, Found
from devices.document_camera.flatten import Corners, Shape
from devices.document_camera.interface import Advice, Look, Page, PageRefused
from devices.document_camera.judge import judge, moved
from devices.document_camera.page import make_page
from devices.document_camera.preview import fractions

SEARCH_AFTER_S = 2.0
"""A sheet that is followed is searched for anew this often: a better guess may have come."""

_CHANGED_LEVELS = 5.0
"""Of 255, in squares of 1/64 of the width: noise is below 1 there, a finger is not."""


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
        self._rest: Corners | None = None
        self._still_since = 0.0
        self._searched_at = -SEARCH_AFTER_S
        self._seen: _Seen | None = None
        self._thumb: NDArray[np.float32] | None = None
        self._cut_off = False

    def look(self, image: Image) -> Look:
        """What a BGR picture shows."""
        now = self._clock()
        found = self._found(image, now)
        if found is None:
            self._rest, self._seen = None, None
            return Look(Advice.WHOLE_PAGE if self._cut_off else Advice.NO_PAGE)
        height, width = image.shape[:2]
        # Against where it came to rest, not where it was a moment ago: a slow push is one too.
        if self._rest is None or moved(self._rest, found.corners, width, height):
            self._rest, self._still_since = found.corners, now
        still_s = now - self._still_since
        verdict = judge(image, found, still_s)
        self._seen = _Seen(found, verdict.shape)
        one, two, three, four = fractions(found.corners, width, height)
        return Look(
            verdict.advice, (one, two, three, four), verdict.sharpness, verdict.glare, still_s
        )

    def _found(self, image: Image, now: float) -> Found | None:
        """The sheet; what has not changed is not searched again, nor what moved a little."""
        due = now - self._searched_at >= SEARCH_AFTER_S
        thumb = _thumb(image)
        if not due and _alike(thumb, self._thumb):
            return self._seen.found if self._seen is not None else None
        self._thumb = thumb
        near = self._seen.found.corners if self._seen is not None and not due else None
        if near is None:
            self._searched_at = now
        found = self._finder.find(image, near)
        self._cut_off = found is None and self._finder.cut_off(image)
        return found

    def take(self, image: Image) -> Page:
        """The page in a BGR picture.

        Raises:
            PageRefused: none, or not a good one.
        """
        look = self.look(image)
        if look.advice is not Advice.GOOD or self._seen is None:
            raise PageRefused(look.advice)
        return make_page(np.ascontiguousarray(image), self._seen.found.corners, self._seen.shape)


def _alike(one: NDArray[np.float32], two: NDArray[np.float32] | None) -> bool:
    if two is None or one.shape != two.shape:
        return False
    return bool(np.abs(one - two).max() < _CHANGED_LEVELS)


def _thumb(image: Image) -> NDArray[np.float32]:
    size = (64, max(8, round(64 * image.shape[0] / image.shape[1])))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.float32)
