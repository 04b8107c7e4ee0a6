"""What the child process tells the booth, as bytes: looks and pages, each checked on arrival."""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass

from devices.document_camera.interface import Advice, Corner, Look, Page

LOOK = b"l"
PAGE = b"g"
REFUSED = b"r"
TAKE = b"t"
"""To the child: take a page."""
MAX_JPEG_BYTES = 1 << 20
"""Three times what a page may have: room in memory that both processes share."""
_MAX_SIDE_PX = 10_000
_ADVICE = tuple(Advice)
_LOOK = struct.Struct("<cB?8ffff")
_PAGE = struct.Struct("<cIIIH?")
_REFUSED = struct.Struct("<cB")
_REACH = 4.0
"""Corners further outside of the picture than this many times its size are no corners."""
_LONGEST_STILL_S = 86_400.0


@dataclass(frozen=True, slots=True)
class PageNote:
    """A page that lies in the shared memory."""

    size: int
    width: int
    height: int
    dpi: int
    colour: bool

    def page(self, jpeg: bytes) -> Page:
        """The page itself."""
        return Page(jpeg, self.width, self.height, self.dpi, self.colour)


def pack_look(look: Look) -> bytes:
    """A look as a message."""
    corners = [value for corner in look.corners or () for value in corner] or [0.0] * 8
    return _LOOK.pack(
        LOOK,
        _ADVICE.index(look.advice),
        look.corners is not None,
        *corners,
        look.sharpness,
        look.glare,
        min(look.still_s, _LONGEST_STILL_S),
    )


def look_of(message: bytes) -> Look | None:
    """The look in a message, or None when it is none that can be."""
    if len(message) != _LOOK.size or message[:1] != LOOK:
        return None
    _, advice, there, *numbers = _LOOK.unpack(message)
    if advice >= len(_ADVICE) or not all(map(math.isfinite, numbers)):
        return None
    *flat, sharpness, glare, still_s = numbers
    if max(map(abs, flat)) > _REACH:
        return None
    if not (0 <= sharpness <= 1 and 0 <= glare <= 1 and 0 <= still_s <= _LONGEST_STILL_S):
        return None
    corners: tuple[Corner, Corner, Corner, Corner] | None = None
    if there:
        one, two, three, four = zip(flat[::2], flat[1::2], strict=True)
        corners = (one, two, three, four)
    return Look(_ADVICE[advice], corners, sharpness, glare, still_s)


def pack_page(page: Page) -> bytes:
    """The message that a page's JPEG lies in the shared memory."""
    return _PAGE.pack(PAGE, len(page.jpeg), page.width, page.height, page.dpi, page.colour)


def page_of(message: bytes) -> PageNote | None:
    """What a message says of a page, or None when it can't be."""
    if len(message) != _PAGE.size or message[:1] != PAGE:
        return None
    _, size, width, height, dpi, colour = _PAGE.unpack(message)
    if not 0 < size <= MAX_JPEG_BYTES:
        return None
    if not (0 < width <= _MAX_SIDE_PX and 0 < height <= _MAX_SIDE_PX and 0 < dpi <= 1200):
        return None
    return PageNote(size, width, height, dpi, colour)


def pack_refused(advice: Advice) -> bytes:
    """The message that there is no good page."""
    return _REFUSED.pack(REFUSED, _ADVICE.index(advice))


def refused_of(message: bytes) -> Advice | None:
    """Why there is no good page, or None when the message does not say."""
    if len(message) != _REFUSED.size or message[:1] != REFUSED:
        return None
    _, advice = _REFUSED.unpack(message)
    return _ADVICE[advice] if advice < len(_ADVICE) else None
