"""A visit's papers as their panels show them: one step at a time, and the agent's documents."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Property, QObject, Signal, Slot

from kiosk.documents.view import PapersView, ReceivedDocument
from ui.viewmodels.paper_parts import LookModel, PrintModel, TakeAwayModel
from ui.viewmodels.rows import Row, RowsModel

RECEIVED_ROLES = ("document", "name", "pages", "percent", "refused", "printed", "takenAway", "job")

NOTHING = ReceivedDocument("", "")


class PapersModel(QObject):
    """All of `PapersView`, and which document of the agent's still has to be announced."""

    changed = Signal()
    stepChanged = Signal()
    announcedChanged = Signal()

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._view = PapersView()
        self._look = LookModel()
        self._printing = PrintModel()
        self._take_away = TakeAwayModel(monotonic)
        self._received = RowsModel(*RECEIVED_ROLES)
        self._noticed: frozenset[str] = frozenset()
        self._announced = NOTHING

    def show(self, view: PapersView) -> None:
        """Take over the papers."""
        before, self._view = self._view, view
        if view == before:
            return
        self._look.show(view)
        self._printing.show(view.printing)
        self._take_away.show(view.take_away)
        self._received.show([_row(one) for one in view.received])
        self._announce()
        self.changed.emit()
        if view.step is not before.step:
            self.stepChanged.emit()

    @Slot()
    def putOff(self) -> None:
        """« Plus tard »: the document that is announced stays in the list."""
        self._noticed |= {self._announced.document}
        self._announce()

    def _announce(self) -> None:
        """Announce the oldest document that can be looked at and never was, nor was put off."""
        known = {one.document for one in self._view.received}
        self._noticed = (self._noticed | {self._view.document}) & known
        before, self._announced = self._announced, NOTHING
        for one in self._view.received:
            if one.percent == 100 and not one.refused and one.document not in self._noticed:
                self._announced = one
                break
        if self._announced != before:
            self.announcedChanged.emit()

    @property
    def _read(self) -> ReceivedDocument:
        wanted = self._view.document
        return next((one for one in self._view.received if one.document == wanted), NOTHING)

    @Property(str, notify=stepChanged)
    def step(self) -> str:
        """A value of `PapersStep`."""
        return self._view.step.value

    @Property(str, notify=changed)
    def trouble(self) -> str:
        """A value of `PapersTrouble`."""
        return self._view.trouble.value

    @Property(bool, notify=changed)
    def scanPossible(self) -> bool:
        """Whether there is a document camera that works."""
        return self._view.scan_possible

    @Property(bool, notify=changed)
    def printPossible(self) -> bool:
        """Whether there is a printer that works."""
        return self._view.print_possible

    @Property(bool, notify=changed)
    def takeAwayPossible(self) -> bool:
        """Whether a download can be made."""
        return self._view.take_away_possible

    @Property(QObject, constant=True)
    def look(self) -> LookModel:
        """What the document camera sees."""
        return self._look

    @Property(float, notify=changed)
    def pictureAspect(self) -> float:
        """Width by height of the page shown; 0 when none is."""
        return self._view.picture_aspect

    @Property(int, notify=changed)
    def taken(self) -> int:
        """Pages kept in this visit."""
        return self._view.taken

    @Property(int, notify=changed)
    def arrived(self) -> int:
        """Pages that the agent's page has."""
        return sum(one.percent == 100 for one in self._view.sent)

    @Property(int, notify=changed)
    def held(self) -> int:
        """Pages that go when an agent answers."""
        return sum(one.waiting for one in self._view.sent)

    @Property(int, notify=changed)
    def sendingPercent(self) -> int:
        """Of the pages that are on their way, all together; 100 when none is."""
        going = [one.percent for one in self._view.sent if not one.waiting and one.percent < 100]
        return sum(going) // len(going) if going else 100

    @Property(QObject, constant=True)
    def received(self) -> RowsModel:
        """The agent's documents, `RECEIVED_ROLES`."""
        return self._received

    @Property(int, notify=changed)
    def documents(self) -> int:
        """How many they are."""
        return len(self._view.received)

    @Property(str, notify=announcedChanged)
    def announced(self) -> str:
        """Id of a document of the agent's that the resident should hear of; empty: none."""
        return self._announced.document

    @Property(str, notify=announcedChanged)
    def announcedName(self) -> str:
        """Its name, as the agent's file is called."""
        return self._announced.name

    @Property(str, notify=changed)
    def documentName(self) -> str:
        """Of the document that is read, printed or taken away."""
        return self._read.name

    @Property(int, notify=changed)
    def documentPages(self) -> int:
        """How many pages it has."""
        return self._read.pages

    @Property(bool, notify=changed)
    def documentPrinted(self) -> bool:
        """Whether it came out of the printer once."""
        return self._read.printed

    @Property(bool, notify=changed)
    def documentTakenAway(self) -> bool:
        """Whether the resident's telephone has it."""
        return self._read.taken_away

    @Property(int, notify=changed)
    def page(self) -> int:
        """Which page of it is shown, from 1."""
        return self._view.page

    @Property(QObject, constant=True)
    def printing(self) -> PrintModel:
        """The print job."""
        return self._printing

    @Property(QObject, constant=True)
    def takeAway(self) -> TakeAwayModel:
        """The download."""
        return self._take_away


def _row(one: ReceivedDocument) -> Row:
    return (
        one.document, one.name, one.pages, one.percent, one.refused, one.printed, one.taken_away,
        one.job,
    )  # fmt: skip
