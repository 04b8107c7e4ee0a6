"""How a call ended, as the last screen of a visit shows it."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal

from kiosk.diagnostics.printer_words import for_resident
from kiosk.documents.view import PapersView
from kiosk.visit.snapshot import EndedView

#: Percent at which all of a page's bytes are at the agent's and checked.
THERE = 100


class EndedModel(QObject):
    """By whom, how long, what became of the papers, and how long until Home."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view = EndedView()
        self._papers = PapersView()

    def show(self, view: EndedView, papers: PapersView) -> None:
        """Take over the ending, and the papers as they are then."""
        if (view, papers) != (self._view, self._papers):
            self._view, self._papers = view, papers
            self.changed.emit()

    @Property(str, notify=changed)
    def reason(self) -> str:
        """A value of `EndReason`."""
        return self._view.reason.value

    @Property(int, notify=changed)
    def durationSeconds(self) -> int:
        """How long the call was; -1 when nothing ever came through."""
        return -1 if self._view.duration_s is None else self._view.duration_s

    @Property(int, notify=changed)
    def homeInSeconds(self) -> int:
        """How long the screen stays, from when it is shown."""
        return self._view.home_in_s

    @Property(int, notify=changed)
    def pagesSent(self) -> int:
        """How many scanned pages the agent has."""
        return sum(page.percent >= THERE for page in self._papers.sent)

    @Property(int, notify=changed)
    def pagesNotSent(self) -> int:
        """How many were scanned and never reached the agent."""
        return sum(page.percent < THERE for page in self._papers.sent)

    @Property(int, notify=changed)
    def documentsPrinted(self) -> int:
        """How many of the agent's documents came out on paper."""
        return sum(document.printed for document in self._papers.received)

    @Property(int, notify=changed)
    def documentsTaken(self) -> int:
        """How many were taken away by telephone."""
        return sum(document.taken_away for document in self._papers.received)

    @Property(bool, notify=changed)
    def printing(self) -> bool:
        """Whether sheets of a document may still come out."""
        return self._papers.prints

    @Property(int, notify=changed)
    def pagesToPrint(self) -> int:
        """Of that document, in all copies; 0 until it is known."""
        return self._papers.printing.pages

    @Property(int, notify=changed)
    def pagesPrinted(self) -> int:
        """How many of them came out."""
        return self._papers.printing.pages_printed

    @Property(str, notify=changed)
    def printerSaid(self) -> str:
        """What the printer waits for, in a resident's words; empty when there is nothing."""
        return for_resident(self._papers.printing.reasons)
