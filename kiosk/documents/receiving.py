"""The way down: the agent's documents are read, printed, taken away or refused."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from devices.document_printer.interface import DocumentPrinter
from devices.pdf import PdfRefused
from devices.picture import PictureSink
from kiosk.documents.arrivals import Arrivals
from kiosk.documents.outgoing import Outgoing, Sender
from kiosk.documents.possible import can_print
from kiosk.documents.printing import Printing
from kiosk.documents.reading import Reading
from kiosk.documents.scanning import StartTask
from kiosk.documents.shelf import Received, Shelf
from kiosk.documents.take_away import TakingAway
from kiosk.documents.view import PapersStep, PapersTrouble
from kiosk.link.events import EventKind
from kiosk.link.papers import Cleaned, Deposited, Fate, FateState, Hello
from kiosk.settings.visit import DocumentsSettings

_TICK_S = 1.0
_ONLY_READ = frozenset({None, FateState.SHOWN, FateState.CLOSED})
"""Fates that say no more than whether a document is on the screen."""


class Receiving:
    """One document at hand at a time, and what is done with it."""

    def __init__(
        self,
        printer: Callable[[], DocumentPrinter | None],
        sender: Sender,
        tell: Callable[[Fate | Cleaned], None],
        *,
        sink: PictureSink,
        settings: DocumentsSettings,
        start: StartTask,
        on_change: Callable[[], None],
        on_event: Callable[[EventKind, int], None],
        busy: Callable[[], bool],
    ) -> None:
        """`tell` the agent what was taken out of a document, and what becomes of it.

        `busy`: the resident is not to be shown by itself how a print job has ended.
        """
        self._printer = printer
        self._tell = tell
        self._start, self._busy = start, busy
        self._on_change, self._on_event = on_change, on_event
        self._trouble = PapersTrouble.NONE
        self._ticking = False
        self.step = PapersStep.NONE
        self.shelf = Shelf(tell)
        self.arrivals = Arrivals(
            self.shelf,
            start,
            on_change=on_change,
            on_refused=lambda: self._fail(PapersTrouble.DOCUMENT_REFUSED),
        )
        self.reading = Reading(sink, on_change, self._undrawable)
        self.printing = Printing(
            self._became,
            lambda sheets: on_event(EventKind.PRINTED, sheets),
            self._job_ended,
        )
        self.taking = TakingAway(
            sender,
            settings.desk_address,
            settings.take_away_s,
            on_change=on_change,
            on_failed=self._code_failed,
        )

    @property
    def at_hand(self) -> Received | None:
        """The document that is read, printed or taken away."""
        match self.step:
            case PapersStep.PRINTING:
                return self.printing.document
            case PapersStep.READING | PapersStep.TAKING_AWAY:
                return self.reading.document
            case _:
                return None

    @property
    def trouble(self) -> PapersTrouble:
        """What the resident has to know."""
        trouble = self._trouble
        if trouble is PapersTrouble.ANOTHER_PRINTS and not self._another_prints():
            trouble = PapersTrouble.NONE
        away = self.step is PapersStep.READING and not can_print(self._printer())
        return PapersTrouble.NO_PRINTER if trouble is PapersTrouble.NONE and away else trouble

    def read(self, document: Received) -> None:
        """Show its first page, or how far its print job is."""
        if self.printing.running and self.printing.document is document:
            self._show_job()
            return
        self.step, self._trouble = PapersStep.READING, PapersTrouble.NONE
        self._seen(document, FateState.SHOWN)
        self.reading.open(document)

    def print(self, copies: int) -> None:
        """Print the document at hand, or show the job that runs with it."""
        document, printer = self.at_hand, self._printer()
        if document is None:
            return
        running = self.printing.running and self.printing.document is document
        if printer is None:
            self._trouble = PapersTrouble.NO_PRINTER
        elif running or self.printing.begin(printer, document, copies):
            self.step, self._trouble = PapersStep.PRINTING, PapersTrouble.NONE
        elif self._another_prints():
            self._trouble = PapersTrouble.ANOTHER_PRINTS
        self._on_change()

    async def take_away(self) -> None:
        """Show a code for the document at hand, as soon as its parcel is deposited."""
        document = self.at_hand
        if document is None or not self.taking.possible:
            return
        if self.reading.document is not document:
            self.reading.open(document)
        self.step, self._trouble = PapersStep.TAKING_AWAY, PapersTrouble.NONE
        await self.taking.prepare(document)
        if not self._ticking:
            self._ticking = True
            self._start(self._tick(), "downloads")

    async def refuse(self) -> None:
        """Erase the document at hand, and tell the agent."""
        document = self.at_hand
        if document is not None:
            await self._let_go(document)
            self.shelf.refuse(document)
            self._on_change()

    async def leave(self) -> None:
        """Nothing of a document is on the screen; a job goes on, a code can still be used."""
        if self.reading.document is not None:
            self._seen(self.reading.document, FateState.CLOSED)
        self.step, self._trouble = PapersStep.NONE, PapersTrouble.NONE
        self.taking.hide()
        await self.reading.close()

    async def withdrawn(self, document: str) -> None:
        """The agent has taken it back; what is being printed comes out all the same."""
        found = self.shelf.find(document)
        if found is None or (self.printing.running and self.printing.document is found):
            return
        await self._let_go(found)
        self.shelf.remove(document)
        self._on_change()

    def greeted(self, hello: Hello) -> None:
        """The agent's page is there: it learns what became of its documents, and what it lost."""
        for lost in self.arrivals.lost(hello.giving):
            self._tell(Fate(id=lost.id, state=FateState.LOST, name=lost.name))
        self.shelf.tell_all()

    def deposited(self, told: Deposited) -> None:
        """A parcel lies at the gateway."""
        if (document := self.taking.deposited(told)) is not None:
            self._became(document, self._fate(document, FateState.TO_TAKE_AWAY))

    def taken(self, parcel: str) -> None:
        """A parcel has been fetched."""
        if (document := self.taking.taken(parcel)) is not None:
            document.taken_away = True
            self._on_event(EventKind.TAKEN_AWAY, 1)
            self._became(document, self._fate(document, FateState.TAKEN_AWAY))

    def sent(self, parcel: Outgoing) -> None:
        """More of a parcel is at the agent's page."""
        self.taking.progressed(parcel)

    def left(self) -> int:
        """How many documents, pictures, codes and jobs are here."""
        job = self.printing.document is not None
        return len(self.arrivals.view) + self.taking.waiting + self.reading.pictures + job

    def clear(self) -> None:
        """Erase all of them."""
        for part in (self.taking, self.shelf, self.reading, self.printing):
            part.clear()

    def _another_prints(self) -> bool:
        """Whether the printer is busy with a document that is not the one at hand."""
        printed = self.printing.document
        return printed is not None and bool(printed.job) and printed is not self.at_hand

    def _show_job(self) -> None:
        self.step, self._trouble = PapersStep.PRINTING, PapersTrouble.NONE
        self._on_change()

    def _job_ended(self) -> None:
        """Show how it ended, unless the resident looks at something else."""
        if self.step is PapersStep.NONE and not self._busy():
            self._show_job()

    async def _let_go(self, document: Received) -> None:
        if self.printing.document is document:
            await self.printing.cancel()
            self.printing.clear()
        self.taking.forget(document)
        if self.at_hand in {None, document}:
            await self.leave()
        self.reading.forget(document.document)

    async def _tick(self) -> None:
        try:
            while self.taking.waiting:
                await asyncio.sleep(_TICK_S)
                self.taking.look_at_the_clock()
        finally:
            self._ticking = False

    @staticmethod
    def _fate(document: Received, state: FateState) -> Fate:
        return Fate(id=document.document, state=state)

    def _seen(self, document: Received, state: FateState) -> None:
        if (document.fate.state if document.fate else None) in _ONLY_READ:
            self.shelf.became(document, self._fate(document, state))

    def _became(self, document: Received, fate: Fate) -> None:
        self.shelf.became(document, fate)
        self._on_change()

    def _code_failed(self) -> None:
        if self.step is PapersStep.TAKING_AWAY:
            self.step = PapersStep.READING
            self._fail(PapersTrouble.CODE_FAILED)

    def _undrawable(self, document: Received, _refused: PdfRefused) -> None:
        if self.step is PapersStep.READING and self.reading.document is document:
            self._fail(PapersTrouble.DOCUMENT_REFUSED)

    def _fail(self, trouble: PapersTrouble) -> None:
        self._trouble = trouble
        self._on_change()
