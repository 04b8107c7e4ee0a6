"""The child process that makes a page of a hostile photograph: a JPEG or PNG in, a PDF out.

`python -m devices.pdf.binder SETTINGS` reads the picture on its standard input and writes one line
of JSON with the length of the document that follows.
"""

from __future__ import annotations

import io
import json
import os
import sys
from typing import Any

from PIL import (
    Image,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PdfImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
)

from devices.pdf.confined import Refuse, give_up_everything, say
from devices.pdf.facts import Refusal

# Imported now, for afterwards no file can be opened any more. Exif is written as in TIFF, and a
# telephone's JPEG that has a second picture behind the first (CIPA DC-007) becomes an MPO.
_FORMATS = (JpegImagePlugin.JpegImageFile.format, PngImagePlugin.PngImageFile.format)
_OTHERS = (MpoImagePlugin, PdfImagePlugin, TiffImagePlugin)
_LONGEST_PX = 3508
"""A4's long side at 300 dpi, finer than which nothing is printed."""
_A4_INCHES = (210 / 25.4, 297 / 25.4)
_QUALITY = 88
_OF_16_BITS = 1 / 256
"""Their upper eight: Pillow's own conversion takes all that is above 255 for white."""


def _page(picture: Image.Image, most_pixels: int) -> bytes:
    if picture.width * picture.height > most_pixels:
        raise Refuse(Refusal.PAGE_TOO_LARGE)
    picture.draft("RGB", (_LONGEST_PX, _LONGEST_PX))
    if picture.mode.startswith("I;16"):
        picture = picture.point(lambda level: level * _OF_16_BITS).convert("L")
    picture.thumbnail((_LONGEST_PX, _LONGEST_PX), reducing_gap=2.0)
    upright = ImageOps.exif_transpose(picture)
    if upright.has_transparency_data:
        cut_out = upright.convert("RGBA")
        upright = Image.new("RGB", upright.size, "white")
        upright.paste(cut_out, mask=cut_out.getchannel("A"))
    page = upright.convert("RGB")
    page.info.clear()  # Where and by what it was taken is nobody's affair.
    sides = sorted(page.size)
    memory = io.BytesIO()
    page.save(
        memory,
        "PDF",
        resolution=max(sides[0] / _A4_INCHES[0], sides[1] / _A4_INCHES[1]),
        quality=_QUALITY,
        title="",
        creationDate=None,
        modDate=None,
    )
    return memory.getvalue()


def _work(settings: dict[str, Any]) -> None:
    Image.MAX_IMAGE_PIXELS = None  # Our own bound is below.
    source = io.BytesIO(sys.stdin.buffer.read())
    with Image.open(source, formats=_FORMATS) as picture:
        page = _page(picture, settings["image_pixels"])
    say({"bytes": len(page)})
    sys.stdout.buffer.write(page)
    sys.stdout.buffer.flush()


def main() -> None:
    """Do what the settings in the first argument say, then end without ceremony."""
    settings = json.loads(sys.argv[1])
    Image.preinit()
    give_up_everything(settings)
    try:
        _work(settings)
    except Refuse as refused:
        say({"refused": refused.reason.value})
    except MemoryError:
        say({"refused": Refusal.TOO_HUNGRY.value})
    except (OSError, ValueError, SyntaxError, TypeError, ArithmeticError, EOFError):
        say({"refused": Refusal.BROKEN.value})
    os._exit(0)


if __name__ == "__main__":
    main()
