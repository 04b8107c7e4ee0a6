"""A visit's papers: what the resident touches and the agent says, handed to those who do it."""

from __future__ import annotations

from collections.abc import Callable

from devices.document_camera.interface import DocumentCamera
from devices.document_printer.interface import DocumentPrinter
from devices.picture import PictureSink
from kiosk.calls.lane import Lane
from kiosk.documents.agent_side import AgentSide
from kiosk.documents.background import Background
from kiosk.documents.handing_over import HandingOver
from kiosk.documents.outgoing import Outgoing
from kiosk.documents.possible import can_print, can_scan
from kiosk.documents.receiving import Receiving
from kiosk.documents.transfer import Transfer
from kiosk.documents.view import PapersStep, PapersTrouble, PapersView
from kiosk.link.events import EventKind
from kiosk.link.papers import AnyFrame, Can, Deposited, Hello, Kind, Notes, Taken, Withdrawn
from kiosk.settings.visit import DocumentsSettings


class Papers:
    """Implements `PapersControls`; made for one visit, on the loop, and dropped with it."""

    def __init__(
        self,
        *,
        document_camera: Callable[[], DocumentCamera | None],
        printer: Callable[[], DocumentPrinter | None],
        sink: PictureSink,
        settings: DocumentsSettings,
        on_change: Callable[[], None],
        on_event: Callable[[EventKind, int], None],
    ) -> None:
        """`sink` gets previews and pages; `on_change` is called whenever `view` is another."""
        self._camera, self._printer = document_camera, printer
        self._on_change, self._on_event = on_change, on_event
        self._background = Background()
        self._agent_there = self._over = False
        self._transfer = Transfer(
            refusal=lambda offer: self._down.arrivals.refusal(offer),  # noqa: PLW0108 - made later.
            on_sent=self._sent,
            on_received=lambda _: on_change(),
            on_whole=lambda whole: self._down.arrivals.whole(whole),  # noqa: PLW0108 - made later.
            on_frame=self._hear,
            on_greeted=self._greeted,
        )
        sender = self._transfer.sender
        self._agent = AgentSide(self._transfer.say, on_change)
        self._up = HandingOver(
            document_camera,
            sender,
            self._agent,
            sink=sink,
            still_s=settings.still_s,
            start=self._background.start,
            on_change=on_change,
        )
        self._down = Receiving(
            printer,
            sender,
            self._transfer.say,
            sink=sink,
            settings=settings,
            start=self._background.start,
            on_change=on_change,
            on_event=on_event,
            busy=lambda: self._over or self._up.step is not PapersStep.NONE,
        )
        self._down.arrivals.attach(self._transfer.receiver)

    @property
    def lane(self) -> Lane:
        """What the call's connections carry of the papers."""
        return self._transfer

    @property
    def handed_over(self) -> int:
        """Pages that the agent has."""
        return self._up.pages.handed_over

    @property
    def received(self) -> tuple[str, ...]:
        """Names of the agent's documents that were shown."""
        return self._down.shelf.shown

    @property
    def notes(self) -> Notes:
        """The papers that the agent misses, and what comes next."""
        return self._agent.notes

    @property
    def downloads(self) -> int:
        """Parcels on their way to the agency, or deposited there, that nobody has taken."""
        return self._down.taking.waiting

    @property
    def view(self) -> PapersView:
        """What the screen shows; what the devices can do is asked at this moment."""
        can, up, down = self._can(), self._up, self._down
        reading = down.step is not PapersStep.NONE
        document = down.at_hand
        return PapersView(
            step=down.step if reading else up.step,
            trouble=down.trouble if down.trouble is not PapersTrouble.NONE else up.trouble,
            scan_possible=can.scan,
            print_possible=can.print,
            take_away_possible=can.take_away,
            advice=up.scanning.advice,
            corners=up.scanning.corners,
            steadying=up.scanning.steadying,
            picture_aspect=down.reading.aspect if reading else up.scanning.aspect,
            taken=len(up.pages),
            sent=up.pages.view(waiting=not self._agent_there),
            received=down.arrivals.view,
            document="" if document is None else document.document,
            page=down.reading.page,
            printing=down.printing.view,
            take_away=down.taking.view,
        )

    def agent_there(self, there: bool) -> None:
        """A call has begun or is over; a reconnection in between is neither."""
        self._agent_there = there
        if not there:
            self._agent.answered()
        self._on_change()

    def look_at_devices(self) -> None:
        """A device may have changed: the agent is told what can be done now; `view` says it too."""
        self._up.scanning.look_at_camera()
        self._agent.tell_can(self._can())

    async def scan(self) -> None:
        """Open the document camera."""
        if not self._over:
            await self._down.leave()
        if not self._over:  # Not wiped meanwhile.
            await self._up.scan()

    async def decline(self) -> None:
        """No paper now."""
        await self._up.decline()

    async def take(self) -> None:
        """Take the page now."""
        await self._up.scanning.take()

    async def keep(self) -> None:
        """The page goes to the agent."""
        await self._up.keep()

    async def retake(self) -> None:
        """Drop the page and look again."""
        if self._up.scanning.page is not None:
            self._up.scanning.again()

    async def drop(self) -> None:
        """Drop the page and stop scanning."""
        await self.end_scan()

    async def end_scan(self) -> None:
        """Close the document camera."""
        await self._up.leave()
        self._on_change()

    async def read(self, document: str) -> None:
        """Look at a document."""
        found = self._down.shelf.find(document)
        if found is not None and not self._over:
            await self.close()
            if self._down.shelf.find(document) is found:  # Not taken back or wiped meanwhile.
                self._down.read(found)

    async def show_page(self, page: int) -> None:
        """Look at another page."""
        if self._down.step is PapersStep.READING:
            self._down.reading.show(page)

    async def print(self, copies: int) -> None:
        """Print the document at hand."""
        if not self._over:
            self._down.print(copies)

    async def cancel_print(self) -> None:
        """Stop the job."""
        await self._down.printing.cancel()

    async def take_away(self) -> None:
        """Prepare a download of the document at hand."""
        if not self._over:
            await self._down.take_away()

    async def refuse(self) -> None:
        """Erase the document at hand, and tell the agent."""
        await self._down.refuse()

    async def close(self) -> None:
        """Back to where the resident came from; a job goes on, a code can still be used."""
        await self._up.leave()
        await self._down.leave()
        self._on_change()

    async def close_all(self) -> None:
        """The visit is over: let go of camera and printer; nothing begins any more."""
        self._over = True
        await self.close()
        await self._background.stop()
        await self._down.printing.cancel()

    async def wipe(self) -> int:
        """End, erase everything, and return how many things that were; safe to call twice."""
        erased = self.left()
        self._clear()  # At once: a printer may be silent for longer than a wipe waits.
        try:
            await self.close_all()
        finally:
            self._clear()  # What was still on its way here.
        return erased

    def left(self) -> int:
        """How many documents, pages, pictures, codes and jobs are still here."""
        return self._up.left() + self._down.left()

    def _clear(self) -> None:
        self._over = True
        self._down.clear()
        self._up.pages.clear()
        self._transfer.clear()
        self._agent.clear()

    def _can(self) -> Can:
        return Can(
            scan=can_scan(self._camera()) and not self._up.pages.full,
            print=can_print(self._printer()),
            take_away=self._down.taking.possible,
        )

    def _sent(self, outgoing: Outgoing) -> None:
        if outgoing.offer.kind is Kind.PARCEL:
            self._down.sent(outgoing)
        elif self._up.pages.news():
            self._on_event(EventKind.SCANNED, 1)
        self._on_change()

    def _greeted(self, hello: Hello) -> None:
        self._agent.tell_can(self._can())
        self._agent.tell_again()
        self._down.greeted(hello)

    def _hear(self, frame: AnyFrame) -> None:
        match frame:
            case Deposited():
                self._down.deposited(frame)
            case Taken(id=parcel):
                self._down.taken(parcel)
            case Withdrawn(id=document):
                self._background.start(self._down.withdrawn(document), "withdrawn")
            case _:
                self._agent.hear(frame, len(self._up.pages))
