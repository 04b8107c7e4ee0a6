"""The place in the queue, as the waiting screen shows it."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal

from kiosk.visit.snapshot import WaitingView


class WaitingModel(QObject):
    """Numbers only: QML puts them into words. What is not known is 0 or -1, never a guess."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view = WaitingView()

    def show(self, view: WaitingView) -> None:
        """Take over the place in the queue."""
        if view != self._view:
            self._view = view
            self.changed.emit()

    @Property(int, notify=changed)
    def position(self) -> int:
        """1 is next; 0 until it is known."""
        return self._view.position or 0

    @Property(int, notify=changed)
    def lowestMinutes(self) -> int:
        """The shortest likely wait; -1 where there is no ground for an estimate."""
        return -1 if self._view.estimate_min is None else self._view.estimate_min[0]

    @Property(int, notify=changed)
    def highestMinutes(self) -> int:
        """The longest likely wait; -1 where there is no ground for an estimate."""
        return -1 if self._view.estimate_min is None else self._view.estimate_min[1]

    @Property(bool, notify=changed)
    def arrived(self) -> bool:
        """Whether this is an appointment: no place is counted, the agent knows."""
        return self._view.arrived

    @Property(bool, notify=changed)
    def nobody(self) -> bool:
        """Whether no agent of the agency is there any more."""
        return self._view.nobody

    @Property(bool, notify=changed)
    def closing(self) -> bool:
        """Whether the agency closes with people waiting."""
        return self._view.closing
