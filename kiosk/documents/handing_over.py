"""The way up: the agent asks for a paper, the resident shows it, and each page goes over."""

from __future__ import annotations

from collections.abc import Callable

from devices.document_camera.interface import DocumentCamera
from devices.picture import PictureSink
from kiosk.documents.agent_side import AgentSide, ScanState
from kiosk.documents.outgoing import Sender
from kiosk.documents.pages import Pages
from kiosk.documents.scanning import Scanning, StartTask
from kiosk.documents.view import PapersStep, PapersTrouble


class HandingOver:
    """The document camera, the pages kept, and what the agent is told of both."""

    def __init__(
        self,
        camera: Callable[[], DocumentCamera | None],
        sender: Sender,
        agent: AgentSide,
        *,
        sink: PictureSink,
        still_s: float,
        start: StartTask,
        on_change: Callable[[], None],
    ) -> None:
        """`still_s`: how long a good page lies before it is taken by itself."""
        self._camera = camera
        self._agent = agent
        self._on_change = on_change
        self._refused = PapersTrouble.NONE
        self.pages = Pages(sender)
        self.scanning = Scanning(sink=sink, still_s=still_s, start=start, on_change=on_change)

    @property
    def step(self) -> PapersStep:
        """Where the resident is on this way."""
        if self.scanning.page is not None:
            return PapersStep.REVIEWING
        if self.scanning.is_open:
            return PapersStep.SCANNING
        return PapersStep.PROPOSED if self._agent.proposed else PapersStep.NONE

    @property
    def trouble(self) -> PapersTrouble:
        """What the resident has to know."""
        if self.scanning.lost:
            seen = self.scanning.seen
            return PapersTrouble.CAMERA_LOST if seen else PapersTrouble.NO_CAMERA
        return self._refused

    async def scan(self) -> None:
        """Open the document camera, unless it is open, or no page may be added."""
        if self.scanning.is_open:
            return
        self._agent.answered()
        camera = self._camera()
        if camera is None or self.pages.full:
            full = camera is not None
            self._refused = PapersTrouble.TOO_MANY_PAGES if full else PapersTrouble.NO_CAMERA
            self._tell("closed")
            return
        self._refused = PapersTrouble.NONE
        await self.scanning.start(camera)
        self._tell("open")

    async def decline(self) -> None:
        """No paper now."""
        if self._agent.proposed:
            self._agent.answered()
            self._tell("declined")

    async def keep(self) -> None:
        """The page that is looked at goes over; the last that may ends the scanning."""
        page = self.scanning.go_on()
        if page is None:
            return
        self.pages.keep(page)
        if self.pages.full:
            await self.leave()
            self._refused = PapersTrouble.TOO_MANY_PAGES
            self._on_change()
        elif self.scanning.is_open:
            self._tell("open")

    async def leave(self) -> None:
        """Close the camera; a page that was not kept is dropped, and a trouble is over."""
        self._refused = PapersTrouble.NONE
        if self.scanning.is_open:
            await self.scanning.stop()
            self._tell("closed")

    def left(self) -> int:
        """How many pages are here, the one looked at included."""
        return len(self.pages) + (self.scanning.page is not None)

    def _tell(self, state: ScanState) -> None:
        self._agent.tell_scanning(state, len(self.pages))
