"""From a good picture to a `Page`: flat, upright, white, grey or coloured, and small enough."""

from __future__ import annotations

import cv2
import numpy as np

from devices.document_camera.evidence import Image
from devices.document_camera.flatten import MAX_DPI, TARGET_DPI, Corners, Shape, flatten
from devices.document_camera.interface import Page
from devices.document_camera.upright import quarter_turns
from devices.document_camera.whiten import is_colour, whiten

MAX_PAGE_BYTES = 292_000
"""Of an A4 page's 300 kB; the rest is for the PDF around it."""
_QUALITIES = (35, 42, 50, 58, 66, 74, 82)
_COARSER = 0.85
"""When the lowest quality is not enough, the page is made this much coarser, and so on."""
_A4_MM2 = 210.0 * 297.0


def make_page(image: Image, corners: Corners, shape: Shape) -> Page:
    """The sheet under `corners` in a BGR picture, as a page of at most 200 dpi."""
    dpi = float(np.clip(round(shape.dpi), 50, TARGET_DPI if shape.a4 else MAX_DPI))
    flat = whiten(flatten(image, corners, shape, dpi), dpi)
    colour = is_colour(flat, dpi)
    grey = np.asarray(cv2.cvtColor(flat, cv2.COLOR_BGR2GRAY), np.uint8)
    kept = np.rot90(flat if colour else grey, quarter_turns(grey, dpi))
    limit = round(MAX_PAGE_BYTES * min(1.0, shape.width_mm * shape.height_mm / _A4_MM2 + 0.25))
    return _packed(np.ascontiguousarray(kept), dpi, colour, limit)


def _packed(pixels: Image, dpi: float, colour: bool, limit: int) -> Page:
    """The best JPEG of at most `limit` bytes."""
    while True:
        jpeg = _best_within(pixels, limit)
        if jpeg is not None:
            height, width = pixels.shape[:2]
            return Page(with_density(jpeg, round(dpi)), width, height, round(dpi), colour)
        dpi *= _COARSER
        smaller = cv2.resize(pixels, None, fx=_COARSER, fy=_COARSER, interpolation=cv2.INTER_AREA)
        pixels = np.asarray(smaller, np.uint8)


def _best_within(pixels: Image, limit: int) -> bytes | None:
    """Bisects the qualities, since a full page takes a tenth of a second to pack."""
    low, high, best = 0, len(_QUALITIES), None
    while low < high:
        middle = (low + high) // 2
        jpeg = _jpeg(pixels, _QUALITIES[middle])
        if len(jpeg) <= limit:
            best, low = jpeg, middle + 1
        else:
            high = middle
    return best


def _jpeg(pixels: Image, quality: int) -> bytes:
    parameters = [
        cv2.IMWRITE_JPEG_QUALITY, quality,
        cv2.IMWRITE_JPEG_OPTIMIZE, 1,
        cv2.IMWRITE_JPEG_PROGRESSIVE, 1,
    ]  # fmt: skip
    done, packed = cv2.imencode(".jpg", pixels, parameters)
    if not done:
        raise ValueError("the page can't be packed")
    return packed.tobytes()


def with_density(jpeg: bytes, dpi: int) -> bytes:
    """The same JPEG, saying its resolution in its JFIF header (ITU-T T.871, 10.1)."""
    if jpeg[2:4] != b"\xff\xe0" or jpeg[6:11] != b"JFIF\0":
        return jpeg
    density = dpi.to_bytes(2, "big")
    return jpeg[:13] + b"\x01" + density + density + jpeg[18:]
