"""What the booth believes of a child that has a hostile document open."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
from collections.abc import Iterator
from typing import Any, Protocol

from devices.pdf.facts import POINTS_PER_MM, Limits, PdfFacts, PdfRefused, Pixels, Refusal, Removal


class Speaker(Protocol):
    """A child as far as it is listened to."""

    @property
    def out(self) -> asyncio.StreamReader:
        """What it writes."""

    @property
    def ended(self) -> asyncio.Future[int]:
        """Its exit status, negative for a signal."""


class Listener:
    """Looks at every word of a child: the document may have taken it over."""

    def __init__(self, process: Speaker, limits: Limits) -> None:
        """`process` was asked for what is then listened to, in that order."""
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

    async def cleaned(self) -> tuple[frozenset[Removal], bytes]:
        """What it has taken out, and the document without; raises `PdfRefused`."""
        told = await self._line()
        try:
            removed = frozenset(map(Removal, told["removed"]))
        except (KeyError, TypeError, ValueError):
            raise PdfRefused(Refusal.BROKEN) from None
        return removed, await self._document(told) if removed else b""

    async def document(self) -> bytes:
        """A document that it has made; raises `PdfRefused`."""
        return await self._document(await self._line())

    async def _document(self, told: dict[str, Any]) -> bytes:
        size = told.get("bytes")
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
