"""Three parts of the papers' view model: the page in the camera, a print job, a download."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Property, QObject, QPointF, Signal

from kiosk.diagnostics.printer_words import for_resident
from kiosk.documents.view import PapersView, PrintView, TakeAwayView
from ui.viewmodels.countdown import Countdown


class LookModel(QObject):
    """What the document camera sees; it changes several times a second, and repaints alone."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view = PapersView()

    def show(self, view: PapersView) -> None:
        """Take over what is told of the camera's picture."""
        before, self._view = self._view, view
        if _look(before) != _look(view):
            self.changed.emit()

    @Property(str, notify=changed)
    def advice(self) -> str:
        """A value of `Advice`."""
        return self._view.advice

    @Property(list, notify=changed)
    def corners(self) -> list[QPointF]:
        """Of the page, 0 to 1 of the picture's width and height; none or four."""
        return [QPointF(x, y) for x, y in self._view.corners]

    @Property(float, notify=changed)
    def steadying(self) -> float:
        """How near the page is to being taken by itself, 0 to 1."""
        return self._view.steadying


def _look(view: PapersView) -> tuple[object, ...]:
    return (view.advice, view.corners, view.steadying)


class PrintModel(QObject):
    """A print job, with the printer's reasons in a resident's words."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view = PrintView()

    def show(self, view: PrintView) -> None:
        """Take over the job."""
        if view != self._view:
            self._view = view
            self.changed.emit()

    @Property(str, notify=changed)
    def state(self) -> str:
        """A value of `JobState`."""
        return self._view.state

    @Property(int, notify=changed)
    def copies(self) -> int:
        """1 to 3."""
        return self._view.copies

    @Property(int, notify=changed)
    def pages(self) -> int:
        """Of all copies; 0 until it is known."""
        return self._view.pages

    @Property(int, notify=changed)
    def pagesPrinted(self) -> int:
        """How many of them came out."""
        return self._view.pages_printed

    @Property(str, notify=changed)
    def said(self) -> str:
        """What the printer waits for, in a resident's words; empty when there is nothing."""
        return for_resident(self._view.reasons)


class TakeAwayModel(QObject):
    """A download that waits for the resident's telephone."""

    changed = Signal()
    leftChanged = Signal()

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._monotonic = monotonic
        self._view = TakeAwayView()
        self._left = Countdown(self, monotonic)
        self._left.changed.connect(self.leftChanged)

    def show(self, view: TakeAwayView) -> None:
        """Take over the download."""
        if view == self._view:
            return
        self._view = view
        ends = view.expires_at
        self._left.start(0 if ends is None or view.taken else ends - self._monotonic())
        self.changed.emit()

    @Property(str, notify=changed)
    def address(self) -> str:
        """What the code says; empty while the document is on its way."""
        return self._view.address

    @Property(str, notify=changed)
    def pin(self) -> str:
        """Six digits."""
        return self._view.pin

    @Property(bool, notify=changed)
    def timed(self) -> bool:
        """Whether the download has an end at all."""
        return self._view.expires_at is not None

    @Property(int, notify=leftChanged)
    def secondsLeft(self) -> int:
        """Until the code is of no more use."""
        return self._left.left

    @Property(bool, notify=changed)
    def taken(self) -> bool:
        """Whether the telephone has it."""
        return self._view.taken
