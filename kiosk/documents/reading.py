"""A document on the screen, page by page, with the pages next to it drawn ahead."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable

from devices.pdf import PdfRefused
from devices.pdf.reader import render
from devices.picture import Picture, PictureSink
from kiosk.documents.picture import WIDTH_PX, from_pixels
from kiosk.documents.shelf import Received

_KEPT = 5
"""Pictures of 5 MB: the page, its neighbours, and two to go back to."""


class Reading:
    """What is read now, and the pictures that were drawn of it."""

    def __init__(
        self,
        sink: PictureSink,
        on_change: Callable[[], None],
        on_refused: Callable[[Received, PdfRefused], None],
    ) -> None:
        """`on_refused`: drawing a page failed, though the document had passed its checks."""
        self._sink = sink
        self._on_change = on_change
        self._on_refused = on_refused
        self._drawn: OrderedDict[tuple[str, int], Picture] = OrderedDict()
        self._drawing: asyncio.Task[None] | None = None
        self.document: Received | None = None
        self.page = 1
        self.aspect = 0.0

    @property
    def pictures(self) -> int:
        """How many are kept."""
        return len(self._drawn)

    def open(self, document: Received) -> None:
        """Show its first page."""
        self.document = document
        self.show(1)

    def show(self, page: int) -> None:
        """Show a page, from 1; one that is not there is not shown."""
        if self.document is None or not 1 <= page <= self.document.pages:
            return
        self.page = page
        self._halt()
        self._drawing = asyncio.create_task(self._draw(self.document, page), name="page")
        self._on_change()

    async def close(self) -> None:
        """Stop drawing; nothing is on the screen any more."""
        self.document, self.page, self.aspect = None, 1, 0.0
        drawing = self._drawing
        self._halt()
        if drawing is not None:
            await asyncio.wait((drawing,))

    def forget(self, document: str) -> None:
        """Erase a document's pictures."""
        for key in [key for key in self._drawn if key[0] == document]:
            del self._drawn[key]

    def clear(self) -> None:
        """Erase all pictures."""
        self._drawn.clear()

    def _halt(self) -> None:
        if self._drawing is not None:
            self._drawing.cancel()
            self._drawing = None

    async def _draw(self, document: Received, page: int) -> None:
        for number in (page, page + 1, page - 1):
            if not 1 <= number <= document.pages:
                continue
            try:
                picture = await self._picture(document, number)
            except PdfRefused as refused:
                if number == page:
                    self._on_refused(document, refused)
                    return
                continue
            if number == page:
                self.aspect = picture.width / picture.height
                self._sink(picture)
                self._on_change()

    async def _picture(self, document: Received, page: int) -> Picture:
        key = (document.document, page)
        picture = self._drawn.get(key)
        if picture is None:
            pixels = await render(document.pdf, page - 1, WIDTH_PX)
            picture = await asyncio.to_thread(from_pixels, pixels)
            self._drawn[key] = picture
        self._drawn.move_to_end(key)
        while len(self._drawn) > _KEPT:
            self._drawn.popitem(last=False)
        return picture
