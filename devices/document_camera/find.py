"""Finds the sheet of paper in a picture: many guesses, each measured, the likeliest made exact."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.document_camera import lines, measure, regions
from devices.document_camera.doubt import doubt
from devices.document_camera.evidence import WORK_PX, Evidence, Image, gather, shrink
from devices.document_camera.fit import refine, snap
from devices.document_camera.flatten import Corners, clockwise
from devices.document_camera.likely import Likelihood
from devices.document_camera.quads import apart, combine
from devices.document_camera.regions import Quads
from devices.document_camera.stretch import stretched

Odds = NDArray[np.float64]
HOUGH_LINES = 22
"""From each edge map."""
POOL = 52
COMBINED = 110
AREAS = 70
STRETCHED = 14
LEAST = 1.2
"""Log-odds from which a quad is taken for a sheet (docs/decisions/0013)."""
FOLLOWED = 3.0
"""Log-odds from which a sheet that was here a moment ago is still here, without a search."""
_EXACT_PX = 1600
"""Longer side of the picture in which the sides are refined: 1 px is 0.05 % of the diagonal."""
_NEARLY = 1.5
"""Log-odds by which a larger quad may be less likely (0.3 % more scenes right)."""
_LARGER = 1.06
_DOUBTED = 2.0
"""Below `LEAST` by more than this, a quad is not worth a doubt."""
_WALK_SHARE = 0.025
"""Of the diagonal, between the coarse and the exact corners; see `fit`."""
_FRAME_PX = 24
_AT_RIM_PX = 4.0
_MIN_PX = 64
MAX_PIXELS = 64_000_000
"""More than any document camera's sensor: what is larger is not a picture for us."""


@dataclass(frozen=True, slots=True)
class Found:
    """A sheet in a picture."""

    corners: Corners
    """In the picture's pixels, clockwise from the one that is top left on the screen; some may
    lie outside of the picture."""
    likelihood: float
    """Log-odds."""
    corner_evidence: NDArray[np.float64]
    """For each corner how clearly a sheet ends there: 0 to 1."""


class Finder:
    """Looks for the sheet; keeps nothing from picture to picture."""

    def __init__(self, likelihood: Likelihood | None = None) -> None:
        """`likelihood` other than the fitted one is for measuring what it is worth."""
        self._likelihood = likelihood or Likelihood()

    def find(self, image: Image, near: Corners | None = None) -> Found | None:
        """The sheet in a BGR picture of at least 64 × 64 pixels, or None when there is none.

        `near`: where it was in the picture before; it is looked for there first.

        Raises:
            ValueError: not such a picture.
        """
        check(image)
        small, factor = shrink(image)
        evidence = gather(small)
        best = self._follow(evidence, to_scale(near, factor)) if near is not None else None
        if best is None:
            best = self._search(evidence)
        if best is None:
            return None
        quad, odds = best
        exact = self._exact(image, to_scale(quad, 1 / factor))
        return Found(
            exact, odds, measure.corner_evidence(to_scale(exact, factor)[None], evidence)[0]
        )

    def cut_off(self, image: Image) -> bool:
        """Whether a sheet lies there that the picture's rim cuts; ask when `find` found none.

        The picture is framed in black: the part of the sheet that is seen has its own corners
        then, some of them at the rim.
        """
        check(image)
        small, _ = shrink(image, WORK_PX - 2 * _FRAME_PX)
        framed = cv2.copyMakeBorder(
            small, _FRAME_PX, _FRAME_PX, _FRAME_PX, _FRAME_PX, cv2.BORDER_CONSTANT, value=(0, 0, 0)
        )
        quads, odds = self._guessed(gather(np.asarray(framed, np.uint8)))
        size = np.array((small.shape[1], small.shape[0]), np.float64)
        inner = quads - _FRAME_PX
        at_rim = ((inner < _AT_RIM_PX) | (inner > size - 1 - _AT_RIM_PX)).any(2).sum(1)
        # All four corners: the desk itself.
        return bool((odds[(at_rim >= 1) & (at_rim <= 3)] >= LEAST).any())

    def _follow(self, evidence: Evidence, near: Corners) -> tuple[Corners, float] | None:
        quads = snap(snap(near[None], evidence.lab, 8.0), evidence.lab, 3.0)
        odds = float(self._likelihood(measure.measure(quads, evidence))[0])
        return (quads[0], odds) if odds >= FOLLOWED else None

    def guesses(self, evidence: Evidence) -> Quads:
        """Quads that may be the sheet, each with its sides on the edges next to it."""
        return self._guessed(evidence)[0]

    def _guessed(self, evidence: Evidence) -> tuple[Quads, Odds]:
        quads = first_guesses(evidence)
        if len(quads) == 0:
            return quads, np.zeros(0)
        odds = self._odds(quads, evidence)
        best = apart(quads[np.argsort(-odds)], STRETCHED, 6.0)
        more = snap(stretched(best, evidence), evidence.lab, 3.0)
        return np.concatenate((quads, more)), np.append(odds, self._odds(more, evidence))

    def _odds(self, quads: Quads, evidence: Evidence) -> Odds:
        odds = self._likelihood(measure.measure(quads, evidence))
        likely = odds >= LEAST - _DOUBTED
        odds[likely] -= doubt(quads[likely], evidence)
        return odds

    def _search(self, evidence: Evidence) -> tuple[Corners, float] | None:
        quads, odds = self._guessed(evidence)
        if len(quads) == 0:
            return None
        likely = np.flatnonzero(odds >= max(LEAST, float(odds.max()) - _NEARLY))
        if len(likely) == 0:
            return None
        best = likely[_areas(quads[likely]).argmax()]
        # A letterhead's lower edge looks as good as the sheet's: the larger of two is the sheet.
        if _areas(quads[best][None])[0] < _LARGER * _areas(quads[odds.argmax()][None])[0]:
            best = odds.argmax()
        return quads[best], float(odds[best])

    def _exact(self, image: Image, corners: Corners) -> Corners:
        larger, factor = shrink(image, _EXACT_PX)
        exact = to_scale(refine(to_scale(corners, factor), larger), 1 / factor)
        # A refinement that walks away has found another edge: the coarse one was measured.
        allowed = _WALK_SHARE * np.hypot(*image.shape[:2])
        moved = np.linalg.norm(exact - corners, axis=1).max()
        return clockwise(exact if moved < allowed else corners)


def _areas(quads: Quads) -> NDArray[np.float64]:
    x, y = quads[..., 0], quads[..., 1]
    return np.asarray(np.abs((x * np.roll(y, -1, 1) - y * np.roll(x, -1, 1)).sum(1)) / 2)


def first_guesses(evidence: Evidence) -> Quads:
    """Quads around areas of one colour, and between lines, snapped to the edges next to them."""
    around = snap(apart(regions.propose(evidence), AREAS, 4.0), evidence.lab, 6.0)
    pool = np.concatenate(
        [lines.from_steps(steps, HOUGH_LINES) for steps in evidence.steps] + [lines.through(around)]
    )
    crossed = combine(lines.distinct(pool, evidence, POOL), evidence, COMBINED)
    return np.concatenate((snap(around, evidence.lab, 3.0), snap(crossed, evidence.lab, 4.0)))


def check(image: Image) -> None:
    """Raise `ValueError` unless it is a BGR picture of bounded size."""
    if image.ndim != 3 or image.shape[2] != 3 or image.dtype != np.uint8:
        raise ValueError("not a BGR picture of 8 bits")
    if min(image.shape[:2]) < _MIN_PX or image.shape[0] * image.shape[1] > MAX_PIXELS:
        raise ValueError(f"a picture of {image.shape[1]}×{image.shape[0]} pixels")


def to_scale(points: NDArray[np.float64], factor: float) -> NDArray[np.float64]:
    """Points of a picture in one `factor` times as large; pixel centres are at whole numbers."""
    return np.asarray((points + 0.5) * factor - 0.5)
