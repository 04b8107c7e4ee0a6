"""The step of a guided test that the technician is at."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal

from kiosk.diagnostics.view import GuidedView
from ui.viewmodels.rows import RowsModel

NO_TEST = GuidedView(kind="", name="", number=0, of=0, sentence="")


class GuidedModel(QObject):
    """What `GuidedView` says; the figures are a list of their own, for they change often."""

    changed = Signal()
    stepChanged = Signal()
    levelChanged = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view = NO_TEST
        self._figures = RowsModel("name", "value")

    def show(self, view: GuidedView | None) -> None:
        """Take over the step; None outside a test."""
        before, self._view = self._view, view or NO_TEST
        now = self._view
        self._figures.show(now.figures)
        if now.level != before.level:
            self.levelChanged.emit()
        if now != before:
            self.changed.emit()
        if (now.kind, now.number) != (before.kind, before.number):
            self.stepChanged.emit()

    @Property(str, notify=changed)
    def kind(self) -> str:
        """A value of `DeviceKind`."""
        return self._view.kind

    @Property(str, notify=changed)
    def name(self) -> str:
        """Of the device."""
        return self._view.name

    @Property(int, notify=stepChanged)
    def number(self) -> int:
        """Of the step, from 1."""
        return self._view.number

    @Property(int, notify=changed)
    def of(self) -> int:
        """How many steps the test has."""
        return self._view.of

    @Property(str, notify=changed)
    def sentence(self) -> str:
        """What to do or to look at now."""
        return self._view.sentence

    @Property(QObject, constant=True)
    def figures(self) -> RowsModel:
        """What is measured now, by name and value in words."""
        return self._figures

    @Property(float, notify=levelChanged)
    def level(self) -> float:
        """0 to 1 for a bar; -1 where there is none."""
        return -1.0 if self._view.level is None else min(1.0, max(0.0, self._view.level))

    @Property(str, notify=changed)
    def surface(self) -> str:
        """A value of `Surface`."""
        return self._view.surface.value

    @Property(str, notify=changed)
    def outcome(self) -> str:
        """A value of `Outcome`."""
        return self._view.outcome.value

    @Property(bool, notify=changed)
    def ended(self) -> bool:
        """Whether the step, or the finished test, has been judged."""
        return self._view.outcome.ended

    @Property(bool, notify=changed)
    def asksPerson(self) -> bool:
        """Whether the technician is asked if it works."""
        return self._view.asks_person

    @Property(str, notify=changed)
    def hint(self) -> str:
        """What to do; empty while nothing is wrong."""
        return self._view.hint

    @Property(bool, notify=changed)
    def finished(self) -> bool:
        """Whether the last step is over."""
        return self._view.finished
