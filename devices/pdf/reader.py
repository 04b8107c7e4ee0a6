"""Checks and draws a hostile PDF by means of a disposable child process."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping, Sequence
from typing import Any, Protocol

from devices.pdf.disposable import Disposable
from devices.pdf.facts import POINTS_PER_MM, TALLEST, Limits, PdfFacts, PdfRefused, Pixels, Refusal

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


class Speaker(Protocol):
    """A child as far as it is listened to."""

    @property
    def out(self) -> asyncio.StreamReader:
        """What it writes."""

    @property
    def ended(self) -> asyncio.Future[int]:
        """Its exit status, negative for a signal."""


class Painter:
    """A running child, whose every word is looked at: the document may have taken it over."""

    def __init__(self, process: Speaker, limits: Limits) -> None:
        """`process` was asked for facts, then for pictures."""
        self._process = process
        self._limits = limits

    async def facts(self) -> PdfFacts:
        """What it says first; raises `PdfRefused`."""
        told = await self._line()
        try:
            sizes = tuple(
                (float(width) / POINTS_PER_MM, float(height) / POINTS_PER_MM)
                for width, height in told["sizes_pt"]
            )
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise PdfRefused(Refusal.BROKEN) from error
        most = self._limits.side_mm + 1
        plausible = all(0 < side < most for size in sizes for side in size)
        if not plausible or not 0 < len(sizes) <= self._limits.pages:
            raise PdfRefused(Refusal.BROKEN)
        return PdfFacts(sizes)

    async def picture(self, widest: int, highest: int) -> Pixels:
        """The next picture, not larger than that; raises `PdfRefused`."""
        told = await self._line()
        width, height = told.get("width"), told.get("height")
        if not (isinstance(width, int) and isinstance(height, int)):
            raise PdfRefused(Refusal.BROKEN)
        if not (0 < width <= widest and 0 < height <= highest):
            raise PdfRefused(Refusal.BROKEN)
        return Pixels(width, height, await self._exactly(width * height * 3))

    async def harmless(self) -> None:
        """Return when it has found nothing; raises `PdfRefused`."""
        if (await self._line()).get("harmless") is not True:
            raise PdfRefused(Refusal.BROKEN)

    async def document(self) -> bytes:
        """A document that it has made; raises `PdfRefused`."""
        size = (await self._line()).get("bytes")
        if not isinstance(size, int) or not 0 < size <= self._limits.size_bytes:
            raise PdfRefused(Refusal.BROKEN)
        return await self._exactly(size)

    async def _exactly(self, size: int) -> bytes:
        with _in_time():
            async with asyncio.timeout(self._limits.page_s):
                try:
                    return await self._process.out.readexactly(size)
                except asyncio.IncompleteReadError:
                    raise await self._why_ended() from None

    async def _line(self) -> dict[str, Any]:
        with _in_time():
            async with asyncio.timeout(self._limits.page_s):
                try:
                    line = await self._process.out.readline()
                except ValueError:  # Longer than a megabyte.
                    raise PdfRefused(Refusal.BROKEN) from None
                if not line.endswith(b"\n"):
                    raise await self._why_ended()
        try:
            told = json.loads(line)
            refused = Refusal(told["refused"]) if "refused" in told else None
        except (ValueError, TypeError, RecursionError):
            raise PdfRefused(Refusal.BROKEN) from None
        if refused or not isinstance(told, dict):
            raise PdfRefused(refused or Refusal.BROKEN)
        return told

    async def _why_ended(self) -> PdfRefused:
        # Its pipe is closed, so it is ending.
        match -await self._process.ended:
            case signal.SIGXCPU | signal.SIGKILL:  # The kernel's, for its time; not ours.
                return PdfRefused(Refusal.TOO_SLOW)
            case signal.SIGABRT | signal.SIGILL | signal.SIGTRAP:
                # How PDFium stops when it is refused memory.
                return PdfRefused(Refusal.TOO_HUNGRY)
            case _:
                return PdfRefused(Refusal.BROKEN)


@contextlib.contextmanager
def _in_time() -> Iterator[None]:
    try:
        yield
    except TimeoutError:
        raise PdfRefused(Refusal.TOO_SLOW) from None


@contextlib.asynccontextmanager
async def _painter(
    pdf: bytes, limits: Limits, *, draw: Sequence[int], width_px: int = 0, dpi: int = 0
) -> AsyncIterator[Painter]:
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
) -> AsyncIterator[Painter]:
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
        yield Painter(process, limits)
