"""Pages as pictures for the screen: from JPEG or pixels to planes of YUV 4:2:0."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING

from devices.pdf import Pixels
from devices.picture import Picture, Plane

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH_PX = 1600
"""Of a page on the screen: eight-point letters are 21 dots high, and two fingers may enlarge it."""
_MOST_PIXELS = 60_000_000
"""A camera of 50 megapixels; more is no page of ours."""
_LUMA = bytes(16 + round(level * 219 / 255) for level in range(256))
_CHROMA = bytes(128 + round((level - 128) * 224 / 255) for level in range(256))
"""Full range, as JPEG has it (JFIF 1.02), to limited range, as `Picture` has it (BT.601)."""


class Unreadable(Exception):
    """That is no JPEG that could be shown."""


def from_jpeg(jpeg: bytes) -> Picture:
    """Decode a page of the document camera, at most `WIDTH_PX` wide; takes a while.

    Raises:
        Unreadable: it can't be decoded.
    """
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - the booth starts without it.

    try:
        with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise Unreadable
            image.draft("YCbCr", (WIDTH_PX, WIDTH_PX * image.height // image.width))
            return _from_image(image.convert("YCbCr"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Unreadable from error


def from_pixels(pixels: Pixels) -> Picture:
    """Turn a drawn page into planes; takes a while."""
    from PIL import Image  # noqa: PLC0415 - see above.

    drawn = Image.frombuffer("RGB", (pixels.width, pixels.height), pixels.data)
    return _from_image(drawn.convert("YCbCr"))


def _from_image(image: Image) -> Picture:
    from PIL import Image as Images  # noqa: PLC0415 - see above.

    width = max(2, min(WIDTH_PX, image.width) // 2 * 2)
    height = max(2, round(image.height * width / image.width) // 2 * 2)
    if (width, height) != image.size:
        image = image.resize((width, height), Images.Resampling.LANCZOS, reducing_gap=2.0)
    luma, blue, red = image.split()
    half = (width // 2, height // 2)
    chroma = [plane.resize(half, Images.Resampling.BOX).point(_CHROMA) for plane in (blue, red)]
    planes = (
        _plane(luma.point(_LUMA), width),
        _plane(chroma[0], half[0]),
        _plane(chroma[1], half[0]),
    )
    return Picture(width, height, planes, captured_at=time.monotonic())


def _plane(image: Image, stride: int) -> Plane:
    return Plane(memoryview(image.tobytes()), stride)
