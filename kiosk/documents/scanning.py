"""The document camera in a visit: looks until a page is good and still, takes it, shows it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

from devices.document_camera.interface import Advice, Corner, DocumentCamera, Look, PageRefused
from devices.picture import Picture, PictureSink
from devices.status import DeviceError
from kiosk.documents.pages import MOST_PAGE_BYTES
from kiosk.documents.picture import Unreadable, from_jpeg
from kiosk.documents.view import NEXT_PAGE, OPENING

_SLACK_S = 0.5
"""Looks come every 0.1 to 0.5 s: by so much a page that has not moved may seem to lie shorter."""
AGAIN_S = 4.0
"""Whoever drops a page wants to lay it otherwise: so long it is not taken again as it lies."""
_GONE = frozenset({Advice.NO_PAGE, Advice.WHOLE_PAGE})

StartTask = Callable[[Coroutine[Any, Any, None], str], object]
"""Runs something in the background, under a name, until the visit ends."""


class _Tap:
    """What the camera holds of us, also long after: cut off, it leads nowhere."""

    def __init__(self, scanning: Scanning) -> None:
        self.scanning: Scanning | None = scanning

    def preview(self, picture: Picture) -> None:
        if self.scanning is not None:
            self.scanning.previewed(picture)

    def look(self, look: Look) -> None:
        if self.scanning is not None:
            self.scanning.looked(look)


class Scanning:
    """One page after another; open from `start` to `stop`."""

    def __init__(
        self,
        *,
        sink: PictureSink,
        still_s: float,
        start: StartTask,
        on_change: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`still_s`: how long a good page lies before it is taken by itself."""
        self._sink = sink
        self._still_s = still_s
        self._start = start
        self._on_change = on_change
        self._clock = clock
        self._camera: DocumentCamera | None = None
        self._tap: _Tap | None = None
        self._look = Look(Advice.NO_PAGE)
        self._taking = False
        self._taken_at: float | None = None
        """Since when the page on the desk has been taken already; None when it has not."""
        self._again_at: float | None = None
        """When that page was dropped to be taken again; None where it was not."""
        self.page: bytes | None = None
        """The JPEG that was taken and is looked at."""
        self.aspect = 0.0
        self.seen = False
        """Whether the camera has shown anything since it was opened."""
        self._been_away = False

    @property
    def is_open(self) -> bool:
        """Whether the camera is in use, if it is there."""
        return self._camera is not None

    @property
    def lost(self) -> bool:
        """Whether the camera can't be used now; it goes on by itself when it is back."""
        return self._camera is not None and self._camera.status.state.faulty

    @property
    def advice(self) -> str:
        """What to do now: an `Advice`, or one of `view`'s own."""
        if self.lost or not self.seen:
            return OPENING
        kept = self._taken_at is not None and self._again_at is None
        good = self._look.advice is Advice.GOOD
        return NEXT_PAGE if kept and good else self._look.advice.value

    @property
    def corners(self) -> tuple[Corner, ...]:
        """Of the page in the preview."""
        return () if self.lost else self._look.corners or ()

    @property
    def steadying(self) -> float:
        """How near the page is to being taken by itself, 0 to 1."""
        if self._look.advice is not Advice.GOOD or self.lost:
            return 0.0
        if self._taken_at is None:
            return min(1.0, self._look.still_s / self._still_s)
        if self._again_at is None:
            return 0.0
        return min(1.0, (self._clock() - self._again_at) / AGAIN_S)

    async def start(self, camera: DocumentCamera) -> None:
        """Open the camera; one that is not there is a status of its own."""
        self._camera, self._tap = camera, _Tap(self)
        self._look, self.page = Look(Advice.NO_PAGE), None
        self._taken_at = self._again_at = None
        self.seen = self._been_away = False
        await camera.start(self._tap.preview, self._tap.look)

    async def stop(self) -> None:
        """Close the camera and forget the page."""
        camera, self._camera, self.page = self._camera, None, None
        if self._tap is not None:
            self._tap.scanning = None
            self._tap = None
        if camera is not None:
            await camera.stop()

    def go_on(self) -> bytes | None:
        """Look for the next page; the one that was looked at is returned, and forgotten here."""
        page, self.page = self.page, None
        self._on_change()
        return page

    def again(self) -> None:
        """Look again, at the same page too: as soon as it is moved, or after a while."""
        self._again_at = self._clock()
        self.go_on()

    async def take(self) -> None:
        """Take the page as it lies, where it is good; what is wrong with it is the new advice."""
        camera, tap = self._camera, self._tap
        if camera is None or self._taking or self.page is not None:
            return
        self._taking = True
        try:
            page = (await camera.take()).jpeg
            picture = await asyncio.to_thread(from_jpeg, page)
        except PageRefused as refused:
            self._look, self.seen = Look(refused.advice), True
        except (DeviceError, Unreadable):
            self._look = Look(Advice.NO_PAGE)
        else:
            if tap is self._tap and len(page) <= MOST_PAGE_BYTES:
                self.page, self._taken_at, self._again_at = page, self._clock(), None
                self.aspect = picture.width / picture.height
                self._sink(picture)
        finally:
            self._taking = False
            self._on_change()

    def look_at_camera(self) -> None:
        """The camera may have gone, or be back."""
        if self.lost:
            self._look, self._been_away = Look(Advice.NO_PAGE), True

    def previewed(self, picture: Picture) -> None:
        """Show what the camera sees, unless a page is looked at."""
        self.seen = True
        if self.page is None:
            self.aspect = picture.width / picture.height
            self._sink(picture)

    def looked(self, look: Look) -> None:
        """Take what the camera's analysis says, several times a second."""
        self.seen = True
        if self._been_away:
            # It counts anew for how long the page lies: what lay there before it went still does.
            self._been_away = False
            self._taken_at = None if self._taken_at is None else self._clock()
        if self._taken_at is not None and self._moved(look, self._clock() - self._taken_at):
            self._taken_at = self._again_at = None
        if self._taking or self.page is not None:
            return
        self._look = look
        self._on_change()
        if self.steadying >= 1:
            self._start(self.take(), "page")

    @staticmethod
    def _moved(look: Look, since_s: float) -> bool:
        """Whether the page that was taken `since_s` ago is not lying there untouched."""
        return look.advice in _GONE or look.still_s + _SLACK_S < since_s
