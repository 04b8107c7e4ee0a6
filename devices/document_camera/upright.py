"""Which way a flat page reads: along its lines of text, ascenders up."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.document_camera.evidence import Image

_DPI = 100
_MIN_LINES = 12
_SIDEWAYS = 1.35
"""Rows must be told from columns by this factor, else the page stays as it lies."""
_LEAD = 0.15
"""Ink above the lines' bodies must outweigh that below by this share of both : 0.18 to 0.46 in
print, below 0.09 in capitals and pencil, which say nothing."""


def quarter_turns(page: Image, dpi: float) -> int:
    """How many quarter turns anticlockwise make a grey page (height × width) read upright.

    0 where there is too little text to say.
    """
    ink = _ink(page, dpi)
    across, down = _stripes(ink.sum(1)), _stripes(ink.sum(0))
    turned = down > _SIDEWAYS * across
    if turned:
        ink = np.rot90(ink)
    balance, lines = _ascent(ink)
    if lines < _MIN_LINES or abs(balance) < _LEAD:
        return 0
    return (1 if turned else 0) + (2 if balance < 0 else 0)


def _ink(page: Image, dpi: float) -> NDArray[np.float32]:
    """1 where there are strokes, 0 elsewhere; solid areas and photographs count as none."""
    small = cv2.resize(page, None, fx=_DPI / dpi, fy=_DPI / dpi, interpolation=cv2.INTER_AREA)
    margin = 8
    small = small[margin:-margin, margin:-margin] if min(small.shape) > 60 else small
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    stroke = (paper.astype(np.int16) - small > 45).astype(np.uint8)
    solid = np.zeros_like(stroke)
    # Solid areas, and the rules of tables.
    for size in ((7, 7), (1, 41), (41, 1)):
        kernel = np.ones(size, np.uint8)
        solid = np.maximum(solid, cv2.morphologyEx(stroke, cv2.MORPH_OPEN, kernel))
    near = np.asarray(cv2.dilate(solid, np.ones((3, 3), np.uint8)), np.uint8)
    return np.asarray(stroke * (1 - near), np.float32)


def _stripes(profile: NDArray[np.float32]) -> float:
    """How strongly a profile goes up and down within the height of a line of text."""
    if profile.sum() == 0:
        return 0.0
    smooth = np.convolve(profile, np.ones(25) / 25, "same")
    return float(((profile - smooth) ** 2).sum() / (smooth**2).sum())


def _ascent(ink: NDArray[np.float32]) -> tuple[float, int]:
    """(ink above − ink below) ÷ both, over the bodies of all lines; and how many there are."""
    above = below = 0.0
    lines = 0
    # Columns apart, so that neighbouring columns of text and slight bends don't blur the lines.
    for strip in np.array_split(ink, 4, axis=1):
        profile = strip.sum(1)
        if profile.max() < 4:
            continue
        body = profile > 0.45 * np.percentile(profile[profile > 0], 90)
        edges = np.flatnonzero(np.diff(np.concatenate(([0], body.view(np.int8), [0]))))
        for start, end in edges.reshape(-1, 2):
            reach = max(2, round(0.7 * (end - start)))
            if not 3 <= end - start <= 30 or start < reach or end + reach > len(profile):
                continue
            above += float(profile[start - reach : start].sum())
            below += float(profile[end : end + reach].sum())
            lines += 1
    return (above - below) / (above + below + 1e-6), lines
