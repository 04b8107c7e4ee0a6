"""Checks and draws a hostile PDF by means of a disposable child process."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from typing import Any

from devices.pdf.disposable import Disposable
from devices.pdf.facts import TALLEST, Cleaned, Limits, PdfFacts, PdfRefused, Pixels, Refusal
from devices.pdf.listener import Listener

_HEADER_WITHIN_BYTES = 1024
"""Where readers look for `%PDF-` (ISO 32000-1, annex H, note 13)."""
_LARGEST_DPI = 300
_WIDEST_PX = 4096
"""A 4K screen's width is 3840."""


async def check(pdf: bytes, limits: Limits | None = None) -> PdfFacts:
    """Open a document and look at every page's size; draws nothing.

    Raises:
        PdfRefused: it is not to be shown or printed.
    """
    limits = limits or Limits()
    async with _painter(pdf, limits, draw=()) as painter:
        return await painter.facts()


async def render(pdf: bytes, page: int, width_px: int, limits: Limits | None = None) -> Pixels:
    """Draw one page (from 0) on white, `width_px` wide, less if it is a very long one.

    Raises:
        PdfRefused: it is not to be shown.
        ValueError: the size is not within 1 to 4096, or there is no such page.
    """
    limits = limits or Limits()
    if not (0 < width_px <= _WIDEST_PX and 0 <= page < limits.pages):
        raise ValueError("no such page or size")
    async with _painter(pdf, limits, draw=(page,), width_px=width_px) as painter:
        if page >= (await painter.facts()).pages:
            raise ValueError("no such page")
        # One more: a width is rounded up.
        return await painter.picture(width_px + 1, width_px * TALLEST + 1)


async def sheets(
    pdf: bytes, *, dpi: int = _LARGEST_DPI, limits: Limits | None = None
) -> AsyncGenerator[Pixels, None]:
    """Draw each page as it goes on A4, upright: wide pages are turned, large ones shrunk.

    Raises:
        PdfRefused: it is not to be printed.
    """
    limits = limits or Limits()
    pages = (await check(pdf, limits)).pages
    wide, high = int(210 / 25.4 * dpi) + 2, int(297 / 25.4 * dpi) + 2
    async with _painter(pdf, limits, draw=range(pages), dpi=dpi) as painter:
        if (await painter.facts()).pages != pages:
            raise PdfRefused(Refusal.BROKEN)
        for _ in range(pages):
            yield await painter.picture(wide, high)


async def sift(pdf: bytes, limits: Limits | None = None) -> None:
    """Look through all objects of a document for what it could do besides being read.

    Raises:
        PdfRefused: `HOSTILE` where it could, or it is not to be shown.
    """
    limits = limits or Limits()
    _take(pdf, limits)
    async with _child("devices.pdf.sifter", pdf, limits) as child:
        await child.harmless()


async def clean(pdf: bytes, limits: Limits | None = None) -> Cleaned:
    """Take out of a document what it could do besides being read.

    Raises:
        PdfRefused: it is not to be shown, clean or not.
    """
    limits = limits or Limits()
    _take(pdf, limits)
    async with _child("devices.pdf.cleaner", pdf, limits) as child:
        removed, cleaned = await child.cleaned()
    return Cleaned(cleaned, removed) if removed else Cleaned(pdf)


async def bind(picture: bytes, limits: Limits | None = None) -> bytes:
    """Make a PDF of one page, A4 at most, of a JPEG or PNG; it is to be checked like any other.

    Raises:
        PdfRefused: it is none, or not a good one.
    """
    limits = limits or Limits()
    if len(picture) > limits.size_bytes:
        raise PdfRefused(Refusal.TOO_LARGE)
    async with _child("devices.pdf.binder", picture, limits) as child:
        return await child.document()


@contextlib.asynccontextmanager
async def _painter(
    pdf: bytes, limits: Limits, *, draw: Sequence[int], width_px: int = 0, dpi: int = 0
) -> AsyncIterator[Listener]:
    _take(pdf, limits)
    asked = {"draw": list(draw), "width_px": width_px, "dpi": dpi}
    async with _child("devices.pdf.painter", pdf, limits, asked) as painter:
        yield painter


def _take(pdf: bytes, limits: Limits) -> None:
    if len(pdf) > limits.size_bytes:
        raise PdfRefused(Refusal.TOO_LARGE)
    if b"%PDF-" not in pdf[:_HEADER_WITHIN_BYTES]:
        raise PdfRefused(Refusal.NOT_A_PDF)


@contextlib.asynccontextmanager
async def _child(
    module: str, content: bytes, limits: Limits, asked: Mapping[str, Any] | None = None
) -> AsyncIterator[Listener]:
    settings = {
        "parent": os.getpid(),
        "memory_bytes": limits.memory_bytes,
        "cpu_s": limits.cpu_s,
        "pages": limits.pages,
        "side_mm": limits.side_mm,
        "image_pixels": limits.image_pixels,
        **(asked or {}),
    }
    async with Disposable.run(module, json.dumps(settings), content) as process:
        yield Listener(process, limits)
