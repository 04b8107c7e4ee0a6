"""The end of a visit as its last screens show it: the summary to take away, and the survey."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal

from kiosk.visit.farewell_view import SummaryView, SurveyView
from ui.viewmodels.rows import RowsModel

SUMMARY_ROLES = ("item", "title", "lines", "chosen")


class SummaryModel(QObject):
    """What can be taken away, and how that goes."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view = SummaryView()
        self._lines = RowsModel(*SUMMARY_ROLES)

    def show(self, view: SummaryView) -> None:
        """Take over the summary."""
        before, self._view = self._view, view
        self._lines.show(
            [(line.item.value, line.title, list(line.lines), line.chosen) for line in view.lines]
        )
        if view != before:
            self.changed.emit()

    @Property(QObject, constant=True)
    def lines(self) -> RowsModel:
        """What the summary can say, `SUMMARY_ROLES`."""
        return self._lines

    @Property(bool, notify=changed)
    def anyChosen(self) -> bool:
        """Whether the summary says anything."""
        return any(line.chosen for line in self._view.lines)

    @Property(str, notify=changed)
    def way(self) -> str:
        """A value of `SummaryWay`."""
        return self._view.way.value

    @Property(bool, notify=changed)
    def printPossible(self) -> bool:
        """Whether a printer is there for it."""
        return self._view.print_possible

    @Property(str, notify=changed)
    def qr(self) -> str:
        """The summary itself, as a code says it; empty for none."""
        return self._view.qr


class SurveyModel(QObject):
    """Three faces, one question, and a thank-you."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view = SurveyView()

    def show(self, view: SurveyView) -> None:
        """Take over the survey."""
        if view != self._view:
            self._view = view
            self.changed.emit()

    @Property(int, notify=changed)
    def face(self) -> int:
        """1 to 3; 0 until one is touched."""
        return self._view.face

    @Property(bool, notify=changed)
    def questionShown(self) -> bool:
        """Whether words may be added."""
        return self._view.question_shown

    @Property(int, notify=changed)
    def closesInSeconds(self) -> int:
        """How long it stays without a touch."""
        return self._view.closes_in_s

    @Property(bool, notify=changed)
    def thanked(self) -> bool:
        """Whether it is over."""
        return self._view.thanked
