"""Makes a document ready for a printer: pictures of its pages, and nothing else of it."""

from __future__ import annotations

import asyncio
import contextlib
import io
from dataclasses import dataclass

from devices.pdf.facts import Limits, PdfRefused, Pixels, Refusal
from devices.pdf.reader import sheets

DPI = 300
"""Eight-point letters keep their serifs; finer than that, time and memory grow fourfold."""
_QUALITY = 85
_A4_PT = (210 / 25.4 * 72, 297 / 25.4 * 72)
_MOST_BYTES = 100 * 1024 * 1024
"""Thirty pages of photographs; beyond it, small printers have no memory left for a job."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF of A4 pages that any printer's PDF reader can be trusted with."""

    pdf: bytes
    pages: int


async def printable(pdf: bytes, *, times: int = 1, limits: Limits | None = None) -> Paper:
    """Draw every page at 300 dpi and bind the pictures, `times` over (collated).

    Raises:
        PdfRefused: it is not to be printed.
    """
    pictures: list[bytes] = []
    size = 0
    async with contextlib.aclosing(sheets(pdf, dpi=DPI, limits=limits)) as drawn:
        async for page in drawn:
            pictures.append(await asyncio.to_thread(_jpeg, page))
            size += len(pictures[-1]) * times
            if size > _MOST_BYTES:
                raise PdfRefused(Refusal.TOO_LARGE)
    bound = await asyncio.to_thread(_bound, pictures * times)
    return Paper(bound, len(pictures) * times)


def _jpeg(page: Pixels) -> bytes:
    from PIL import Image, ImageChops  # noqa: PLC0415 - the booth starts without it.

    picture = Image.frombuffer("RGB", (page.width, page.height), page.data)
    red, green, blue = picture.split()
    coloured = any(
        ImageChops.difference(red, other).getextrema() != (0, 0) for other in (green, blue)
    )
    memory = io.BytesIO()
    # Full colour resolution: thin coloured letters would get fringes.
    (picture if coloured else red).save(memory, "JPEG", quality=_QUALITY, subsampling=0)
    return memory.getvalue()


def _bound(pictures: list[bytes]) -> bytes:
    import img2pdf  # noqa: PLC0415 - see above.

    def centred(width_px: int, height_px: int, _: object) -> tuple[float, float, float, float]:
        return (*_A4_PT, width_px / DPI * 72, height_px / DPI * 72)

    bound: bytes = img2pdf.convert(
        pictures, layout_fun=centred, engine=img2pdf.Engine.internal, nodate=True, producer=""
    )
    return bound
