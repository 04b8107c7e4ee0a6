"""What the booth believes of the child that draws a PDF, when the document has taken it over."""

from __future__ import annotations

import asyncio
import contextlib

from devices.pdf import PdfRefused
from devices.pdf.facts import Limits
from devices.pdf.listener import Listener


class _TakenOver:
    """A child that writes whatever it likes, and ends."""

    def __init__(self, said: bytes) -> None:
        self.out = asyncio.StreamReader(limit=65_536)
        self.out.feed_data(said)
        self.out.feed_eof()
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.ended.set_result(-(len(said) % 32))


async def _look(said: bytes) -> None:
    painter = Listener(_TakenOver(said), Limits())
    with contextlib.suppress(PdfRefused):
        facts = await painter.facts()
        assert 0 < facts.pages <= Limits().pages
    with contextlib.suppress(PdfRefused):
        page = await painter.picture(100, 100)
        assert len(page.data) == page.width * page.height * 3
    cleaner = Listener(_TakenOver(said), Limits())
    with contextlib.suppress(PdfRefused):
        removed, cleaned = await cleaner.cleaned()
        assert bool(removed) == bool(cleaned)


def target(data: bytes) -> None:
    """Take `data` as the child's output."""
    asyncio.run(_look(data))
