"""A visit's papers with an agent's page at the other end, on a line of the test's own."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from typing import TypeVar

from PIL import Image
from pydantic import BaseModel

from devices.document_camera.interface import Advice, Look, Page, PageRefused
from devices.document_printer.interface import DocumentPrinter
from devices.picture import Picture, PictureSink
from devices.status import DeviceError, DeviceKind, DeviceState, DeviceStatus
from kiosk.documents.papers import Papers
from kiosk.documents.view import PapersView
from kiosk.link.events import EventKind
from kiosk.link.papers import Fate, FateState, Kind
from kiosk.settings.visit import DocumentsSettings
from tests.devices.helpers import Watched
from tests.documents.ends import End

Told = TypeVar("Told", bound=BaseModel)
DESK = "https://desk.example.fr"
CORNERS = ((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9))


def jpeg(level: int = 200, size: tuple[int, int] = (85, 120)) -> bytes:
    """A page of one grey."""
    memory = io.BytesIO()
    Image.new("L", size, level).save(memory, "JPEG")
    return memory.getvalue()


class MemoryCamera:
    """A document camera in memory, whose looks and pages the test gives."""

    kind = DeviceKind.DOCUMENT_CAMERA
    capabilities: dict[str, str | int | bool] = {}  # noqa: RUF012 - of the protocol; empty.

    def __init__(self) -> None:
        self.status = DeviceStatus()
        self.pages: list[Page | Exception] = []
        self.is_open = False
        self.preview: PictureSink | None = None
        self.on_look: Callable[[Look], None] = lambda _: None

    def lay(self, level: int = 200) -> None:
        """Lay a page down, to be taken next."""
        self.pages.append(Page(jpeg(level), 85, 120, 200, colour=False))

    def look(self, still_s: float, advice: Advice = Advice.GOOD) -> None:
        """Say that this is seen."""
        self.on_look(Look(advice, CORNERS if advice is Advice.GOOD else None, still_s=still_s))

    def becomes(self, state: DeviceState) -> None:
        """Be in this state."""
        self.status = DeviceStatus(state)

    def on_status(self, listener: Callable[[DeviceStatus], None]) -> None:
        """Nobody is told."""

    async def found(self) -> tuple[str, ...]:
        """Itself."""
        return ("memory",)

    def retry(self) -> None:
        """It is as it is."""

    async def start(self, preview: PictureSink, on_look: Callable[[Look], None]) -> None:
        """Open."""
        self.is_open, self.preview, self.on_look = True, preview, on_look
        self.becomes(DeviceState.ONLINE)

    async def stop(self) -> None:
        """Closed."""
        self.is_open = False
        self.becomes(DeviceState.UNKNOWN)

    async def take(self) -> Page:
        """The next page."""
        if not self.pages:
            raise PageRefused(Advice.NO_PAGE)
        page = self.pages.pop(0)
        if isinstance(page, Exception):
            raise page
        return page


LOST = DeviceError(DeviceState.OFFLINE, "unplugged")


class _SoonPipe:
    """Delivers at the loop's next turn, while it is open."""

    def __init__(self) -> None:
        self.deliver: Callable[[str | bytes], None] | None = None
        self.buffered = 0

    def send(self, data: str | bytes) -> None:
        asyncio.get_running_loop().call_soon(self._arrive, data)

    def _arrive(self, data: str | bytes) -> None:
        if self.deliver is not None:
            self.deliver(data)


class Stage(Watched):
    """The booth's papers, the agent's page, and everything that was told."""

    def __init__(
        self, printer: DocumentPrinter | None = None, camera: MemoryCamera | None = None
    ) -> None:
        super().__init__()
        self.camera = camera
        self.pictures: list[Picture] = []
        self.events: list[tuple[EventKind, int]] = []
        self.agent = End(on_frame=self.happened)
        self.papers = Papers(
            document_camera=lambda: self.camera,
            printer=lambda: printer,
            sink=self._show,
            settings=DocumentsSettings(desk_address=DESK),
            on_change=self.happened,
            on_event=lambda kind, count: self.events.append((kind, count)),
        )
        self._pipes: tuple[_SoonPipe, _SoonPipe] | None = None

    @property
    def view(self) -> PapersView:
        return self.papers.view

    def connect(self) -> None:
        """A connection is there, in place of an older one."""
        self.cut()
        here, there = _SoonPipe(), _SoonPipe()
        here.deliver, there.deliver = self.agent.transfer.take, self.papers.lane.take
        self._pipes = here, there
        self.papers.agent_there(True)
        self.papers.lane.open(here)
        self.agent.transfer.open(there)

    def cut(self) -> None:
        """The connection is lost, with all that is on it."""
        if self._pipes is not None:
            here, there = self._pipes
            here.deliver = there.deliver = None
            self.papers.lane.closed(here)
            self.agent.transfer.closed(there)
            self._pipes = None

    def reload(self) -> None:
        """The agent's page forgets everything, and comes back."""
        self.cut()
        self.agent = End(on_frame=self.happened)
        self.connect()

    async def receive(self, content: bytes, name: str = "lettre.pdf") -> str:
        """The agent gives a document; returns its id when its fate at the booth is decided."""
        given = self.agent.give(content, Kind.DOCUMENT, name=name)
        await self.until(
            lambda: any(
                one.document == given.offer.id and (one.percent == 100 or one.refused)
                for one in self.view.received
            )
        )
        return given.offer.id

    def told(self, kind: type[Told]) -> list[Told]:
        """What the agent's page was told of this kind."""
        return [frame for frame in self.agent.frames if isinstance(frame, kind)]

    def fates(self) -> list[FateState]:
        """What it was told of documents."""
        return [fate.state for fate in self.told(Fate)]

    def _show(self, picture: Picture) -> None:
        self.pictures.append(picture)
        self.happened()
